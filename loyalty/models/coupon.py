from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.money import FenField, rate_of
from loyalty.models.coupon_template import CouponTemplate

Q = models.Q


class Coupon(models.Model):
    """One coupon of one person; what it is worth is copied from its template when it is issued (docs/domain.md 2.7).

    ``locked_for`` is the text key of the order that holds or used it. Written by ``loyalty.coupons`` only.
    """

    class Status(models.TextChoices):
        AVAILABLE = "available", _("usable")
        LOCKED = "locked", _("held by an order")
        USED = "used", _("used")
        EXPIRED = "expired", _("expired")
        VOID = "void", _("void")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="coupons", verbose_name=_("person"))
    template = models.ForeignKey(CouponTemplate, models.PROTECT, related_name="coupons", verbose_name=_("template"))
    series = models.UUIDField(editable=False)
    source = models.CharField(_("source"), max_length=80, help_text=_("such as claim:1 or birthday:2026"))
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.AVAILABLE)
    kind = models.CharField(_("kind"), max_length=10, choices=CouponTemplate.Kind)
    threshold_fen = FenField(_("from"), default=0)
    amount_fen = FenField(_("takes off"), null=True)
    rate_bp = models.PositiveIntegerField(_("to pay (basis points)"), null=True)
    cap_fen = FenField(_("takes off at most"), null=True)
    valid_from = models.DateTimeField(_("usable from"))
    valid_until = models.DateTimeField(_("usable until"))
    locked_for = models.CharField(_("for"), max_length=80, blank=True)
    created_at = models.DateTimeField(_("received at"), default=timezone.now)

    class Meta:
        verbose_name = _("coupon")
        verbose_name_plural = _("coupons")
        ordering = ["valid_until", "pk"]
        constraints = [
            # A claim is "claim:<nth>" with nth at most the limit, a grant has its own source: both happen once.
            models.UniqueConstraint(fields=["user", "series", "source"], name="a_coupon_source_issues_once"),
            models.CheckConstraint(
                condition=Q(status__in=["locked", "used"]) & ~Q(locked_for="")
                | Q(status__in=["available", "expired", "void"], locked_for=""),
                name="coupon_held_or_used_says_for_what",
            ),
        ]
        indexes = [
            models.Index(fields=["user", "valid_until"], condition=Q(status="available"), name="coupons_usable"),
            models.Index(fields=["user", "-created_at"], name="coupons_of_user"),
            models.Index(fields=["valid_until"], condition=Q(status="available"), name="coupons_by_expiry"),
            models.Index(fields=["locked_for"], condition=~Q(locked_for=""), name="coupons_by_source"),
        ]

    def __str__(self):
        return f"{self.template.name_local} #{self.pk}"

    @property
    def name_local(self):
        return self.template.name_local

    @property
    def scope(self):
        return self.template.scope

    @property
    def last_day(self):
        """The last local day on which it can be used."""
        return timezone.localtime(self.valid_until - timedelta(microseconds=1)).date()

    def off(self, base_fen):
        """What this takes off goods (or, a delivery coupon, a delivery fee) that cost ``base_fen``; 0 below the threshold.

        For a delivery coupon the caller checks the threshold against the goods.
        """
        if self.kind != CouponTemplate.Kind.SHIPPING and base_fen < self.threshold_fen:
            return 0
        off = base_fen
        if self.amount_fen is not None:
            off = self.amount_fen
        elif self.rate_bp is not None:
            off = base_fen - rate_of(base_fen, self.rate_bp)
        return min(off, base_fen, self.cap_fen if self.cap_fen is not None else base_fen)


class CouponEntry(models.Model):
    """One move of one coupon. Append-only: the last line says the coupon's state, together they are its story."""

    class Kind(models.TextChoices):
        ISSUE = "issue", _("received")
        LOCK = "lock", _("held by an order")
        SPEND = "spend", _("used")
        RELEASE = "release", _("set free")
        GIVE_BACK = "give_back", _("given back")
        EXPIRE = "expire", _("expired")
        VOID = "void", _("made void")

    coupon = models.ForeignKey(Coupon, models.PROTECT, related_name="entries", verbose_name=_("coupon"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    from_state = models.CharField(_("from"), max_length=10, blank=True)
    to_state = models.CharField(_("to"), max_length=10)
    source = models.CharField(_("source"), max_length=80)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    saved_fen = FenField(_("took off"), null=True)
    paid_fen = FenField(_("the order paid"), null=True)
    valid_until = models.DateTimeField(_("usable until"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("by")
    )
    at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        verbose_name = _("coupon entry")
        verbose_name_plural = _("coupon entries")
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint(fields=["coupon", "kind", "source"], name="coupon_entry_once")]

    def __str__(self):
        return f"{self.get_kind_display()} {self.source}"
