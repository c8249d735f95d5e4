from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts import place_names
from accounts.encryption import EncryptedTextField
from accounts.masking import mask_detail, mask_name, mask_phone
from catalog.money import FenField


class OrderQuerySet(models.QuerySet):
    def of_merchants(self, merchants):
        return self.filter(lines__merchant__in=merchants).distinct()


class Order(models.Model):
    """A contract: what was bought at which price, frozen when it was placed (docs/domain.md 2.1, 4.2).

    After-sales and payment states are derived, never stored here. Changes of state are in ``orders.lifecycle``.
    """

    class Status(models.TextChoices):
        PENDING_PAYMENT = "pending_payment", _("waiting for payment")
        PENDING_DEPOSIT = "pending_deposit", _("waiting for the deposit")
        DEPOSIT_PAID = "deposit_paid", _("deposit paid")
        PENDING_BALANCE = "pending_balance", _("waiting for the balance")
        PAID = "paid", _("paid")
        PROCESSING = "processing", _("being packed")
        PARTIALLY_SHIPPED = "partially_shipped", _("partly shipped")
        SHIPPED = "shipped", _("on its way")
        DELIVERED = "delivered", _("delivered")
        COMPLETED = "completed", _("receipt confirmed")
        FINISHED = "finished", _("finished")
        CLOSED = "closed", _("closed")

    class CloseReason(models.TextChoices):
        BUYER = "buyer", _("cancelled by the shopper")
        TIMEOUT = "timeout", _("not paid in time")
        STAFF = "staff", _("cancelled by the shop")
        RISK = "risk", _("stopped for safety")
        BALANCE = "balance", _("balance not paid in time")
        REFUNDED = "refunded", _("everything refunded")

    number = models.CharField(_("order number"), max_length=24, unique=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="orders", verbose_name=_("shopper"))
    status = models.CharField(_("status"), max_length=20, choices=Status, default=Status.PENDING_PAYMENT)
    close_reason = models.CharField(_("why closed"), max_length=10, choices=CloseReason, blank=True)
    checkout_key = models.CharField(max_length=64, unique=True, editable=False)
    checkout_digest = models.CharField(max_length=64, editable=False)
    goods_fen = FenField(_("goods at list price"))
    discount_fen = FenField(_("discounts"), default=0)
    shipping_fen = FenField(_("delivery fee"), default=0)
    points_used = models.PositiveIntegerField(_("points used"), default=0)
    payable_fen = FenField(_("payable"))
    tier_code = models.CharField(_("tier when placed"), max_length=20, blank=True)
    earn_bp = models.PositiveIntegerField(_("points multiplier (basis points)"), default=10_000)
    return_days = models.PositiveSmallIntegerField(_("days for a no-reason return"), default=7)
    priority = models.BooleanField(_("packed first"), default=False)
    note = models.CharField(_("note"), max_length=200, blank=True)
    # Merchant id as text → what the shopper wrote to that merchant.
    merchant_notes = models.JSONField(_("notes to merchants"), default=dict, blank=True)
    receiver = EncryptedTextField(_("receiver"))
    phone = EncryptedTextField(_("phone"))
    detail = EncryptedTextField(_("street and number"))
    region_code = models.CharField(_("region code"), max_length=6)
    province = models.CharField(_("province"), max_length=40)
    city = models.CharField(_("city"), max_length=40, blank=True)
    district = models.CharField(_("district"), max_length=40, blank=True)
    placed_at = models.DateTimeField(_("placed at"))
    paid_at = models.DateTimeField(_("paid at"), null=True, blank=True)
    shipped_at = models.DateTimeField(_("shipped at"), null=True, blank=True)
    delivered_at = models.DateTimeField(_("delivered at"), null=True, blank=True)
    completed_at = models.DateTimeField(_("received at"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    hidden_at = models.DateTimeField(_("hidden by the shopper at"), null=True, blank=True)

    objects = OrderQuerySet.as_manager()

    class Meta:
        verbose_name = _("order")
        verbose_name_plural = _("orders")
        ordering = ["-placed_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(payable_fen__gte=0, goods_fen__gte=0, discount_fen__gte=0, shipping_fen__gte=0),
                name="order_amounts_not_negative",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    payable_fen=models.F("goods_fen") - models.F("discount_fen") + models.F("shipping_fen")
                ),
                name="order_amounts_add_up",
            ),
        ]
        indexes = [
            models.Index(fields=["user", "-placed_at"], name="order_of_user"),
            models.Index(fields=["status", "placed_at"], name="order_queue"),
        ]

    def __str__(self):
        return self.number

    def get_absolute_url(self):
        return reverse("order", args=[self.number])

    @property
    def about(self):
        """The key of this order's story in the history."""
        return f"order:{self.number}"

    def note_for(self, merchant_id):
        """What the shopper wrote to one merchant, or to the whole shop."""
        return self.merchant_notes.get(str(merchant_id), "") or self.note

    @property
    def waits_for_money(self):
        status = self.Status
        return self.status in {status.PENDING_PAYMENT, status.PENDING_DEPOSIT, status.PENDING_BALANCE}

    @property
    def due_fen(self):
        """What is asked for next: the whole amount, or of a presale the deposit, then the balance."""
        if self.status == self.Status.PENDING_DEPOSIT:
            return self.presale.deposit_fen
        if self.status == self.Status.PENDING_BALANCE:
            return self.payable_fen - self.presale.deposit_fen
        return self.payable_fen

    @property
    def due_purpose(self):
        """The ``Payment.Purpose`` of what is asked for next."""
        return {self.Status.PENDING_DEPOSIT: "deposit", self.Status.PENDING_BALANCE: "balance"}.get(self.status, "full")

    @property
    def region_name(self):
        return "".join(dict.fromkeys([self.province, self.city, self.district]))

    @property
    def region_local(self):
        """The region in the language of the page; ``region_name`` is what is written on parcels."""
        return place_names.joined((self.province, self.city, self.district))

    @property
    def province_local(self):
        return place_names.spoken(self.province)

    @property
    def masked_receiver(self):
        return mask_name(self.receiver)

    @property
    def masked_phone(self):
        return mask_phone(self.phone)

    @property
    def masked_detail(self):
        return mask_detail(self.detail)
