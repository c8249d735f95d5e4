from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.bilingual import local
from accounts.models import Merchant
from catalog import tax_rates
from catalog.models import Picture, Product, Sku
from catalog.money import FenField
from orders.models.order import Order


class OrderLine(models.Model):
    """One SKU of an order, with names and amounts as they were (docs/domain.md 4.2).

    ``payable_fen`` is what the line costs after all discounts; refunds read it through the anchor (docs/domain.md 4.4):
    the next units returned are worth a share of ``anchor_fen`` over ``anchor_quantity`` units, ``anchor_returned`` of
    which have come back since the anchor was set.
    """

    order = models.ForeignKey(Order, models.PROTECT, related_name="lines", verbose_name=_("order"))
    number = models.PositiveSmallIntegerField(_("line"))
    merchant = models.ForeignKey(Merchant, models.PROTECT, related_name="order_lines", verbose_name=_("merchant"))
    product = models.ForeignKey(Product, models.PROTECT, related_name="+", verbose_name=_("listing"))
    sku = models.ForeignKey(Sku, models.PROTECT, related_name="order_lines", verbose_name=_("SKU"))
    picture = models.ForeignKey(Picture, models.SET_NULL, null=True, blank=True, related_name="+")
    title = models.CharField(_("title"), max_length=120)
    title_en = models.CharField(max_length=160, blank=True)
    options_text = models.CharField(_("specification"), max_length=200, blank=True)
    sku_code = models.CharField(_("SKU code"), max_length=64)
    unit_price_fen = FenField(_("unit price"))
    quantity = models.PositiveIntegerField(_("quantity"))
    gross_fen = FenField(_("list price"))
    d_unit_fen = FenField(default=0)
    d_presale_fen = FenField(default=0)
    d_line_fen = FenField(default=0)
    d_threshold_fen = FenField(default=0)
    d_coupon_fen = FenField(default=0)
    d_red_packet_fen = FenField(default=0)
    d_points_fen = FenField(default=0)
    payable_fen = FenField(_("payable"))
    shipping_share_fen = FenField(_("share of the delivery fee"), default=0)
    anchor_fen = FenField(_("refund anchor"))
    anchor_quantity = models.PositiveIntegerField()
    anchor_returned = models.PositiveIntegerField(default=0)
    shipped_quantity = models.PositiveIntegerField(_("shipped"), default=0)
    cancelled_quantity = models.PositiveIntegerField(_("cancelled"), default=0)
    returned_quantity = models.PositiveIntegerField(_("returned"), default=0)
    gift_of = models.ForeignKey(
        "orders.PromotionVersion", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("gift of")
    )
    gift_value_fen = FenField(_("value of a gift"), default=0)
    gift_charged_fen = FenField(_("deducted for kept gifts"), default=0)
    tax_bp = models.PositiveSmallIntegerField(_("tax in the price (basis points)"), default=tax_rates.USUAL)
    return_policy = models.CharField(max_length=24, choices=Product.ReturnPolicy)
    return_exclusion_confirmed_at = models.DateTimeField(null=True, blank=True)
    signed_at = models.DateTimeField(_("signed for at"), null=True, blank=True)

    class Meta:
        verbose_name = _("order line")
        verbose_name_plural = _("order lines")
        ordering = ["order", "number"]
        constraints = [
            models.UniqueConstraint(fields=["order", "number"], name="order_line_number_once"),
            models.CheckConstraint(condition=models.Q(quantity__gte=1), name="order_line_has_units"),
            models.CheckConstraint(
                condition=models.Q(
                    gross_fen=models.F("unit_price_fen") * models.F("quantity"),
                    payable_fen=models.F("gross_fen")
                    - models.F("d_unit_fen")
                    - models.F("d_presale_fen")
                    - models.F("d_line_fen")
                    - models.F("d_threshold_fen")
                    - models.F("d_coupon_fen")
                    - models.F("d_red_packet_fen")
                    - models.F("d_points_fen"),
                    payable_fen__gte=0,
                ),
                name="order_line_adds_up",
            ),
            models.CheckConstraint(
                condition=models.Q(quantity__gte=models.F("shipped_quantity") + models.F("cancelled_quantity"))
                & models.Q(returned_quantity__lte=models.F("shipped_quantity")),
                name="order_line_units_add_up",
            ),
            models.CheckConstraint(
                condition=models.Q(gift_of=None)
                | models.Q(payable_fen=0, gift_charged_fen__lte=models.F("gift_value_fen") * models.F("quantity")),
                name="gift_costs_nothing",
            ),
        ]

    def __str__(self):
        return f"{self.order.number}-{self.number}"

    @property
    def source(self):
        """The key of this line in the stock ledger."""
        return f"order-line:{self.pk}"

    @property
    def is_gift(self):
        return self.gift_of_id is not None

    @property
    def title_local(self):
        return local(self.title, self.title_en)

    @property
    def waiting_quantity(self):
        """Units neither shipped nor cancelled."""
        return self.quantity - self.shipped_quantity - self.cancelled_quantity
