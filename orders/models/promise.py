from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.bilingual import local
from accounts.models import Merchant
from loyalty.models import CouponTemplate
from orders.models.order import Order


class ShippingTerms(models.Model):
    """What a merchant promises about sending, and what the shopper gets when the promise is broken."""

    class Gift(models.TextChoices):
        NONE = "none", _("an apology")
        POINTS = "points", _("points")
        COUPON = "coupon", _("a coupon")

    merchant = models.OneToOneField(Merchant, models.CASCADE, related_name="shipping_terms", verbose_name=_("merchant"))
    within_hours = models.PositiveSmallIntegerField(_("sends within hours of payment"), default=48)
    works_weekends = models.BooleanField(_("works at weekends"), default=True)
    late_gift = models.CharField(_("for a late parcel"), max_length=10, choices=Gift, default=Gift.NONE)
    late_points = models.PositiveIntegerField(_("points for a late parcel"), default=0)
    late_coupon = models.ForeignKey(
        CouponTemplate,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("coupon for a late parcel"),
    )

    class Meta:
        verbose_name = _("sending terms")
        verbose_name_plural = _("sending terms")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(within_hours__gte=1, within_hours__lte=720), name="ships_within_a_month"
            )
        ]

    def __str__(self):
        return f"{self.merchant} · {self.within_hours} h"


class Holiday(models.Model):
    """A day on which warehouses rest, or a weekend day on which they work (``works``)."""

    day = models.DateField(_("day"), unique=True)
    name = models.CharField(_("name"), max_length=40)
    name_en = models.CharField(_("name in English"), max_length=60, blank=True)
    works = models.BooleanField(_("a working day after all"), default=False)

    class Meta:
        verbose_name = _("day off")
        verbose_name_plural = _("days off")
        ordering = ["-day"]

    def __str__(self):
        return f"{self.day} {local(self.name, self.name_en)}"


class OrderPart(models.Model):
    """What one merchant has promised about an order: made when it is paid, moved only when a pre-sale comes in."""

    order = models.ForeignKey(Order, models.CASCADE, related_name="parts", verbose_name=_("order"))
    merchant = models.ForeignKey(Merchant, models.PROTECT, related_name="order_parts", verbose_name=_("merchant"))
    ship_by = models.DateTimeField(_("to be sent by"))
    arrive_by = models.DateField(_("to arrive by"))
    # Until the units that were sold before they came have come; then the promise follows.
    presale_on = models.DateField(_("pre-sale is sent from"), null=True, blank=True)
    late_at = models.DateTimeField(_("told of the delay at"), null=True, blank=True)
    compensated = models.CharField(_("given for the delay"), max_length=40, blank=True)
    waits_until = models.DateTimeField(_("shopper waits until"), null=True, blank=True)
    arrival_late_at = models.DateTimeField(_("told of the late arrival at"), null=True, blank=True)

    class Meta:
        verbose_name = _("part of an order")
        verbose_name_plural = _("parts of orders")
        ordering = ["order", "merchant"]
        constraints = [models.UniqueConstraint(fields=["order", "merchant"], name="order_part_once")]
        indexes = [models.Index(fields=["ship_by"], name="order_part_ship_by")]

    def __str__(self):
        return f"{self.order} · {self.merchant}"
