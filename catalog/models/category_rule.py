from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.models.category import Category
from catalog.models.credential import Licence


class CategoryRule(models.Model):
    """What a category, and all below it, asks of its listings: licences of the merchant, rows of the specification table."""

    category = models.OneToOneField(Category, models.CASCADE, related_name="rule", verbose_name=_("category"))
    licences = ArrayField(
        models.CharField(max_length=16, choices=Licence.Kind), default=list, blank=True, verbose_name=_("licences")
    )
    specifications = ArrayField(
        models.CharField(max_length=40),
        default=list,
        blank=True,
        verbose_name=_("required specifications"),
        help_text=_("Separated by commas, as they are called in the specification table."),
    )

    class Meta:
        verbose_name = _("category's requirements")
        verbose_name_plural = _("categories' requirements")
        ordering = ["category__path"]

    def __str__(self):
        return str(self.category)
