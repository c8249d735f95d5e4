from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.models.product import Product


class GuestViews(models.Model):
    """How many browsers of people who were not signed in opened a listing on a day: a number, and nothing about them."""

    product = models.ForeignKey(Product, models.CASCADE, related_name="+", verbose_name=_("listing"))
    day = models.DateField(_("day"))
    views = models.PositiveIntegerField(_("guests who looked"), default=1)

    class Meta:
        verbose_name = _("views by guests")
        verbose_name_plural = _("views by guests")
        constraints = [models.UniqueConstraint(fields=["product", "day"], name="guest_views_once")]
        indexes = [models.Index(fields=["day"], name="guest_views_day")]

    def __str__(self):
        return f"{self.product_id} {self.day}"
