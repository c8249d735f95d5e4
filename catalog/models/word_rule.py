from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.models.category import Category
from catalog.models.severity import Severity


class WordRule(models.Model):
    """A word, or a pattern, that a listing may not use, may use with proof, or had better not use."""

    class Kind(models.TextChoices):
        SUPERLATIVE = "superlative", _("absolute claim")
        AUTHORITY = "authority", _("authority or honour")
        MEDICAL = "medical", _("medical claim")
        INDUCEMENT = "inducement", _("pressure to buy")
        GUARANTEE = "guarantee", _("guaranteed effect")
        PRICE = "price", _("price without a basis")
        DISPARAGING = "disparaging", _("disparaging others")
        SUPERSTITION = "superstition", _("superstition")
        CONTACT = "contact", _("contact outside the shop")
        FORBIDDEN = "forbidden", _("forbidden goods or words")

    class Where(models.TextChoices):
        LISTINGS = "listings", _("listings")
        SHOPPERS = "shoppers", _("what shoppers write")
        BOTH = "both", _("both")

    text = models.CharField(_("word or pattern"), max_length=120, unique=True)
    is_pattern = models.BooleanField(_("is a regular expression"), default=False)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    severity = models.CharField(_("what happens"), max_length=8, choices=Severity, default=Severity.BLOCK)
    where = models.CharField(_("where it counts"), max_length=8, choices=Where, default=Where.LISTINGS)
    law = models.CharField(_("law and article"), max_length=120, blank=True)
    suggestion = models.CharField(_("what to write instead"), max_length=200, blank=True)
    suggestion_en = models.CharField(_("what to write instead, in English"), max_length=200, blank=True)
    exceptions = ArrayField(
        models.CharField(max_length=40),
        default=list,
        blank=True,
        verbose_name=_("phrases that may hold it"),
        help_text=_("Separated by commas: “第一次” is no claim to be the first."),
    )
    categories = models.ManyToManyField(
        Category,
        blank=True,
        related_name="+",
        verbose_name=_("only in these categories"),
        help_text=_("With all below them; none means everywhere."),
    )
    is_active = models.BooleanField(_("in use"), default=True)
    updated_at = models.DateTimeField(_("changed at"), auto_now=True)

    class Meta:
        verbose_name = _("word rule")
        verbose_name_plural = _("word rules")
        ordering = ["kind", "text"]

    def __str__(self):
        return self.text

    def clean(self):
        from catalog.listing_rules.patterns import compiled

        if self.is_pattern:
            try:
                compiled(self.text)
            except ValueError as error:
                raise ValidationError({"text": str(error)}) from None
