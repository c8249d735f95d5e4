"""What makes a payment look strange, and the orders that wait for a person because of it. Codes, counts and amounts only:
devices and addresses are kept as keyed digests, nothing here says who somebody is."""

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.memo import Memo
from catalog.money import FenField
from orders.models.order import Order

AT_LEAST_ONE = [MinValueValidator(1)]


@Memo(seconds=5)
def _current():
    return RiskRules.objects.filter(pk=1).first() or RiskRules(pk=1)


class RiskRules(models.Model):
    """The one row with the limits of the rules in ``orders.risk``."""

    window_minutes = models.PositiveIntegerField(_("window (minutes)"), default=60, validators=AT_LEAST_ONE)
    orders_per_shopper = models.PositiveIntegerField(
        _("orders of one shopper in the window"), default=6, validators=AT_LEAST_ONE
    )
    orders_per_device = models.PositiveIntegerField(
        _("orders from one device in the window"), default=8, validators=AT_LEAST_ONE
    )
    orders_per_address = models.PositiveIntegerField(
        _("orders to one address in the window"), default=8, validators=AT_LEAST_ONE
    )
    attempts_per_shopper = models.PositiveIntegerField(
        _("payment attempts of one shopper in the window"), default=8, validators=AT_LEAST_ONE
    )
    failed_payments = models.PositiveIntegerField(
        _("failed payments of one shopper in the window"), default=4, validators=AT_LEAST_ONE
    )
    new_device_from_fen = FenField(_("a new device is asked from this amount on"), default=100_000)
    strange_region_from_fen = FenField(_("an unusual province is asked from this amount on"), default=150_000)
    first_order_from_fen = FenField(_("a first order is held from this amount on"), default=1_000_000)
    reasons_to_hold = models.PositiveSmallIntegerField(
        _("reasons to ask that together hold the order"), default=3, validators=AT_LEAST_ONE
    )

    class Meta:
        verbose_name = _("risk rules")
        verbose_name_plural = _("risk rules")
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="risk_rules_are_one_row")]

    def __str__(self):
        return str(_("risk rules"))

    def save(self, *args, **kwargs):
        self.pk = 1
        super().save(*args, **kwargs)
        _current.forget()

    @classmethod
    def current(cls):
        """The limits as of a few seconds ago; defaults when nobody changed them. Not to be changed by the caller."""
        return _current()


class RiskAssessment(models.Model):
    """What the rules said when the shopper went to pay an order: the strongest answer so far."""

    class Level(models.TextChoices):
        NONE = "none", _("nothing strange")
        ASK = "ask", _("second factor")
        HOLD = "hold", _("held for review")

    order = models.OneToOneField(Order, models.PROTECT, related_name="risk", verbose_name=_("order"))
    level = models.CharField(_("answer"), max_length=4, choices=Level, default=Level.NONE)
    reasons = models.JSONField(_("reasons"), default=list, help_text=_("codes and facts"))
    device = models.CharField(max_length=32, blank=True, editable=False)
    address = models.CharField(max_length=32, blank=True, editable=False)
    at = models.DateTimeField(_("at"), auto_now=True)

    class Meta:
        verbose_name = _("risk assessment")
        verbose_name_plural = _("risk assessments")
        indexes = [
            models.Index(fields=["device", "at"], name="risk_of_device"),
            models.Index(fields=["address", "at"], name="risk_of_address"),
        ]

    def __str__(self):
        return f"{self.order_id}: {self.level}"


class KnownDevice(models.Model):
    """A browser from which a shopper has paid an order that was not held."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="known_devices", verbose_name=_("shopper")
    )
    device = models.CharField(max_length=32, editable=False)
    at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        verbose_name = _("known device")
        verbose_name_plural = _("known devices")
        constraints = [models.UniqueConstraint(fields=["user", "device"], name="device_known_once")]

    def __str__(self):
        return f"{self.user_id}: {self.device[:6]}"


class HoldReview(models.Model):
    """A paid order that stays here until a person has looked at it."""

    class Status(models.TextChoices):
        OPEN = "open", _("held")
        RELEASED = "released", _("found in order")
        STOPPED = "stopped", _("order closed")

    order = models.OneToOneField(Order, models.PROTECT, related_name="hold", verbose_name=_("order"))
    status = models.CharField(_("status"), max_length=8, choices=Status, default=Status.OPEN)
    reasons = models.JSONField(_("reasons"), default=list, help_text=_("codes and facts"))
    held_at = models.DateTimeField(_("held at"), auto_now_add=True)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )

    class Meta:
        verbose_name = _("hold for review")
        verbose_name_plural = _("holds for review")
        ordering = ["-held_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status="open", decided_at=None)
                | (~models.Q(status="open") & models.Q(decided_at__isnull=False)),
                name="hold_is_open_or_decided",
            )
        ]
        indexes = [models.Index(fields=["held_at"], condition=models.Q(status="open"), name="hold_open")]

    def __str__(self):
        return f"{self.order_id}: {self.status}"
