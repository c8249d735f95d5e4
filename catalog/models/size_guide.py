from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.bilingual import local
from accounts.models import Merchant
from catalog.models.category import Category

MOST_ROWS, MOST_COLUMNS = 40, 8
HOW = _("A row a line, its cells divided by | or tabs; the first names the columns.")
HOW_TO_MEASURE = _("One step a line.")


class SizeGuide(models.Model):
    """A table of sizes in both languages, for a category and all below it or for the listings that name it."""

    merchant = models.ForeignKey(
        Merchant,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="size_guides",
        verbose_name=_("merchant"),
        help_text=_("Nobody: a size guide of the shop itself, for every merchant."),
    )
    title = models.CharField(_("title"), max_length=60)
    title_en = models.CharField(_("title in English"), max_length=80, blank=True)
    category = models.ForeignKey(
        Category,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="size_guides",
        verbose_name=_("category"),
        help_text=_("For all its listings, and those of the categories below it. None: for listings that name it."),
    )
    table = models.TextField(_("table"), max_length=8_000, help_text=HOW)
    table_en = models.TextField(_("table in English"), max_length=8_000, blank=True, help_text=HOW)
    measuring = models.TextField(_("how to measure"), max_length=2_000, blank=True, help_text=HOW_TO_MEASURE)
    measuring_en = models.TextField(
        _("how to measure, in English"), max_length=3_000, blank=True, help_text=HOW_TO_MEASURE
    )
    updated_at = models.DateTimeField(_("changed at"), auto_now=True)

    class Meta:
        verbose_name = _("size guide")
        verbose_name_plural = _("size guides")
        ordering = ["title", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["category", "merchant"],
                condition=models.Q(category__isnull=False),
                nulls_distinct=False,
                name="one_size_guide_a_category_and_merchant",
            )
        ]

    def __str__(self):
        return local(self.title, self.title_en)

    def clean(self):
        # The constraint, said beside its field also where the form does not ask for the merchant.
        twins = type(self).objects.filter(category=self.category_id, merchant=self.merchant_id).exclude(pk=self.pk)
        if self.category_id and twins.exists():
            raise ValidationError({"category": _("This category has a size guide of this merchant already.")})
        shape = _shape("table", self.table)
        if self.table_en.strip() and _shape("table_en", self.table_en) != shape:
            raise ValidationError(
                {"table_en": _("The English table needs as many rows and columns as the Chinese one.")}
            )


def cells(text):
    """The rows of a table, each a list of its cells."""
    lines = (line for line in text.splitlines() if line.strip())
    return [[cell.strip() for cell in line.strip().strip("|").replace("\t", "|").split("|")] for line in lines]


def _shape(field, text):
    rows = cells(text)
    if len(rows) < 2:
        raise ValidationError({field: _("Write at least two rows: the first names the columns.")})
    width = len(rows[0])
    if len(rows) > MOST_ROWS or width > MOST_COLUMNS:
        most = {"most": MOST_ROWS, "columns": MOST_COLUMNS}
        message = ValidationError(_("At most %(most)s rows and %(columns)s columns."), params=most)
        raise ValidationError({field: message})
    for number, row in enumerate(rows, 1):
        if len(row) != width:
            facts = {"line": number, "found": len(row), "expected": width}
            told = _("Line %(line)s has %(found)s cells, the first line has %(expected)s.")
            raise ValidationError({field: ValidationError(told, params=facts)})
    return len(rows), width
