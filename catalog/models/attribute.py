import re
import unicodedata
from decimal import Decimal

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.bilingual import local
from catalog.models.category import Category

NUMBER = re.compile(r"^(-?\d{1,9}(?:\.\d{1,4})?)\s*(\D.{0,19})?$")
THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(\D|$))")
YES, NO = "是", "否"
SAID_YES, SAID_NO = {"yes", "y", "true", "1", "是", "有"}, {"no", "n", "false", "0", "否", "无"}


class Attribute(models.Model):
    """A row of the specification table of a category and all below it; the nearest one of a name is meant.

    A listing keeps the value as a text that reads well on its own ("240 ml", "是"); an attribute says how such a text
    is asked for, checked (``read``) and shown in the reader's language (``shown``).
    """

    class Kind(models.TextChoices):
        TEXT = "text", _("text")
        NUMBER = "number", _("number with a unit")
        CHOICE = "choice", _("one of several")
        YES_NO = "yes_no", _("yes or no")

    category = models.ForeignKey(Category, models.CASCADE, related_name="attributes", verbose_name=_("category"))
    name = models.CharField(_("name"), max_length=40)
    name_en = models.CharField(_("name in English"), max_length=60, blank=True)
    group = models.CharField(_("part of the table"), max_length=40, blank=True)
    group_en = models.CharField(_("part of the table in English"), max_length=60, blank=True)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.TEXT)
    unit = models.CharField(_("unit"), max_length=20, blank=True, help_text=_("Of a number: ml, W, 页 …"))
    unit_en = models.CharField(_("unit in English"), max_length=20, blank=True)
    bounds = ArrayField(
        models.PositiveIntegerField(),
        default=list,
        blank=True,
        verbose_name=_("bounds of the filter"),
        help_text=_("Of a number: 200, 500 makes three ranges to filter by. None: every number stands by itself."),
    )
    is_required = models.BooleanField(_("required"), default=False)
    is_highlight = models.BooleanField(_("shown beside the price"), default=False)
    is_filter = models.BooleanField(_("lists can be filtered by it"), default=False)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("specification of a category")
        verbose_name_plural = _("specifications of categories")
        ordering = ["category__path", "position", "pk"]
        constraints = [models.UniqueConstraint(fields=["category", "name"], name="attribute_once_a_category")]

    def __str__(self):
        return self.name_local

    @property
    def name_local(self):
        return local(self.name, self.name_en)

    @property
    def group_local(self):
        return local(self.group, self.group_en)

    @property
    def unit_local(self):
        return local(self.unit, self.unit_en)

    def clean(self):
        if self.kind == self.Kind.TEXT and self.is_filter:
            raise ValidationError({"is_filter": _("Lists can be filtered by choices, numbers, and yes or no.")})
        if self.bounds != sorted(set(self.bounds or [])):
            raise ValidationError({"bounds": _("Write the bounds from the lowest to the highest, each once.")})

    def read(self, text):
        """``text`` as a listing keeps it. Raises ValidationError, with what would fit, when it does not fit."""
        text = unicodedata.normalize("NFC", text).strip()
        if not text or self.kind == self.Kind.TEXT:
            return text
        if self.kind == self.Kind.NUMBER:
            return self._read_number(text)
        if self.kind == self.Kind.YES_NO:
            if text.lower() in SAID_YES | SAID_NO:
                return YES if text.lower() in SAID_YES else NO
            raise ValidationError(_("Say yes or no."))
        for choice in self.choices.all():
            if text.casefold() in (choice.value.casefold(), choice.value_en.casefold()):
                return choice.value
        offered = ", ".join(choice.value_local for choice in self.choices.all())
        raise ValidationError(_("Choose one of these: %(offered)s."), params={"offered": offered})

    def number_in(self, text):
        """The number that ``text`` begins with, when nothing but the unit follows; else None."""
        found = NUMBER.match(THOUSANDS.sub("", unicodedata.normalize("NFKC", text).strip()))
        units = {unicodedata.normalize("NFKC", each).casefold() for each in (self.unit, self.unit_en, "")}
        if not found or (found[2] or "").strip().casefold() not in units:
            return None
        return Decimal(found[1])

    def _read_number(self, text):
        number = self.number_in(text)
        if number is None:
            if self.unit:
                raise ValidationError(_("Write a number in %(unit)s."), params={"unit": self.unit_local})
            raise ValidationError(_("Write a number."))
        return f"{plain(number)} {self.unit}".strip()

    def typed(self, text):
        """A stored text as its form field holds it: a number without its unit; what does not fit as it is."""
        number = self.number_in(text) if self.kind == self.Kind.NUMBER else None
        return text if number is None else plain(number)

    def shown(self, text):
        """A stored text in the language of the page; a text that is just a text as it is."""
        if self.kind == self.Kind.NUMBER and (number := self.number_in(text)) is not None:
            return f"{plain(number)} {self.unit_local}".strip()
        if self.kind == self.Kind.YES_NO and text in (YES, NO):
            return _("Yes") if text == YES else _("No")
        if self.kind == self.Kind.CHOICE:
            for choice in self.choices.all():
                if choice.value == text:
                    return choice.value_local
        return text


def plain(number):
    """A Decimal without needless zeros or exponents: 240, 1.4."""
    return f"{number:f}".rstrip("0").rstrip(".") if "." in f"{number:f}" else f"{number:f}"


class AttributeChoice(models.Model):
    """One of the values that an attribute offers."""

    attribute = models.ForeignKey(Attribute, models.CASCADE, related_name="choices", verbose_name=_("specification"))
    value = models.CharField(_("value"), max_length=60)
    value_en = models.CharField(_("value in English"), max_length=80, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("value offered")
        verbose_name_plural = _("values offered")
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["attribute", "value"], name="choice_once_an_attribute")]

    def __str__(self):
        return self.value_local

    @property
    def value_local(self):
        return local(self.value, self.value_en)
