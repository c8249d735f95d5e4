from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Merchant
from orders.models.order import Order
from orders.models.order_line import OrderLine


class Parcel(models.Model):
    """Units of one order and one merchant that travel together (docs/domain.md 2.4); inbound ones bring a return."""

    class Status(models.TextChoices):
        CREATED = "created", _("to be packed")
        PACKED = "packed", _("packed")
        SHIPPED = "shipped", _("handed to the carrier")
        IN_TRANSIT = "in_transit", _("on its way")
        OUT_FOR_DELIVERY = "out_for_delivery", _("out for delivery")
        DELIVERED = "delivered", _("delivered")
        EXCEPTION = "exception", _("held up")
        RETURNING = "returning", _("coming back")
        RETURNED = "returned", _("back in the warehouse")
        LOST = "lost", _("lost")
        VOID = "void", _("void")

    class Direction(models.TextChoices):
        OUTBOUND = "outbound", _("to the shopper")
        INBOUND = "inbound", _("back to the shop")

    order = models.ForeignKey(Order, models.PROTECT, related_name="parcels", verbose_name=_("order"))
    merchant = models.ForeignKey(Merchant, models.PROTECT, related_name="parcels", verbose_name=_("merchant"))
    direction = models.CharField(_("direction"), max_length=10, choices=Direction, default=Direction.OUTBOUND)
    # Lost, broken or missing goods go to the shopper once more, at no cost: the parcel that this one stands for.
    resend_of = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="resends", verbose_name=_("sent again for")
    )
    number = models.CharField(_("parcel number"), max_length=32, unique=True)
    status = models.CharField(_("status"), max_length=20, choices=Status, default=Status.CREATED)
    carrier = models.CharField(_("carrier"), max_length=20, blank=True)
    waybill = models.CharField(_("waybill"), max_length=40, blank=True)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    packed_at = models.DateTimeField(_("packed at"), null=True, blank=True)
    shipped_at = models.DateTimeField(_("shipped at"), null=True, blank=True)
    delivered_at = models.DateTimeField(_("delivered at"), null=True, blank=True)
    last_event_at = models.DateTimeField(_("last scan"), null=True, blank=True)

    class Meta:
        verbose_name = _("parcel")
        verbose_name_plural = _("parcels")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["carrier", "waybill"],
                condition=~models.Q(waybill="") & ~models.Q(status="void"),
                name="waybill_once",
            )
        ]

    def __str__(self):
        return self.number


class ParcelLine(models.Model):
    parcel = models.ForeignKey(Parcel, models.CASCADE, related_name="lines", verbose_name=_("parcel"))
    line = models.ForeignKey(OrderLine, models.PROTECT, related_name="parcel_lines", verbose_name=_("order line"))
    quantity = models.PositiveIntegerField(_("quantity"))

    class Meta:
        verbose_name = _("parcel line")
        verbose_name_plural = _("parcel lines")
        constraints = [
            models.UniqueConstraint(fields=["parcel", "line"], name="parcel_line_once"),
            models.CheckConstraint(condition=models.Q(quantity__gte=1), name="parcel_line_has_units"),
        ]

    def __str__(self):
        return f"{self.line} × {self.quantity}"
