from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from loyalty.models.member import Member
from loyalty.models.source import told


class PointsLot(models.Model):
    """Points granted together: they mature, are spent and expire together (docs/domain.md 2.8)."""

    class Status(models.TextChoices):
        PENDING = "pending", _("pending")
        AVAILABLE = "available", _("available")
        DEPLETED = "depleted", _("used up")
        EXPIRED = "expired", _("expired")
        REVERSED = "reversed", _("taken back")

    member = models.ForeignKey(Member, models.PROTECT, related_name="lots", verbose_name=_("member"))
    source = models.CharField(_("source"), max_length=80, help_text=_("such as order:ZG…"))
    reason = models.CharField(_("reason"), max_length=40)
    status = models.CharField(_("status"), max_length=10, choices=Status)
    granted = models.PositiveIntegerField(_("granted"))
    remaining = models.PositiveIntegerField(_("remaining"))
    reserved = models.PositiveIntegerField(_("reserved"), default=0)
    taken_back = models.PositiveIntegerField(
        _("taken back"), default=0, help_text=_("of what was granted, from whichever lot it was taken")
    )
    note = models.CharField(_("note"), max_length=200, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("granted by")
    )
    created_at = models.DateTimeField(_("granted at"), auto_now_add=True)
    matured_at = models.DateTimeField(_("available since"), null=True, blank=True)
    expires_at = models.DateTimeField(_("expires at"))

    class Meta:
        verbose_name = _("points lot")
        verbose_name_plural = _("points lots")
        ordering = ["expires_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["source", "reason", "member"], name="a_source_grants_once"),
            models.CheckConstraint(
                condition=models.Q(reserved__lte=models.F("remaining")) & models.Q(remaining__lte=models.F("granted")),
                name="lot_reserved_remaining_granted",
            ),
        ]
        indexes = [
            # Only a change of status touches this index: spending keeps the row in place (HOT).
            models.Index(
                fields=["expires_at", "member"], condition=models.Q(status="available"), name="lot_available_by_expiry"
            ),
        ]

    def __str__(self):
        return f"{self.source}: {self.remaining}/{self.granted}"

    @property
    def last_day(self):
        """The last local day on which the points can be used."""
        return timezone.localtime(self.expires_at - timedelta(microseconds=1)).date()

    @property
    def told_source(self):
        return self.note or told(self.source)


class PointsHold(models.Model):
    """Points of one lot set aside for a source when its order is placed; spent when it is paid."""

    class Status(models.TextChoices):
        HELD = "held", _("reserved")
        SPENT = "spent", _("spent")
        RELEASED = "released", _("released")

    member = models.ForeignKey(Member, models.PROTECT, related_name="holds", verbose_name=_("member"))
    lot = models.ForeignKey(PointsLot, models.PROTECT, related_name="holds", verbose_name=_("lot"))
    source = models.CharField(_("source"), max_length=80)
    points = models.PositiveIntegerField(_("points"))
    given_back = models.PositiveIntegerField(_("given back"), default=0)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.HELD)

    class Meta:
        verbose_name = _("reserved points")
        verbose_name_plural = _("reserved points")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["source", "lot"], name="points_hold_once"),
            models.CheckConstraint(
                condition=models.Q(points__gt=0) & models.Q(given_back__lte=models.F("points")),
                name="points_given_back_at_most_spent",
            ),
        ]

    def __str__(self):
        return f"{self.source}: {self.points}"


class PointsEntry(models.Model):
    """One line of the points ledger. Append-only; the sum of a member's lines is the member's balance.

    Pending points are not in the balance: they enter with their ``MATURE`` line.
    """

    class Kind(models.TextChoices):
        GRANT = "grant", _("granted")
        MATURE = "mature", _("became available")
        SPEND = "spend", _("spent")
        GIVE_BACK = "give_back", _("given back")
        CLAW_BACK = "claw_back", _("taken back")
        EXPIRE = "expire", _("expired")
        REPAY = "repay", _("debt repaid")

    member = models.ForeignKey(Member, models.PROTECT, related_name="points_entries", verbose_name=_("member"))
    lot = models.ForeignKey(
        PointsLot, models.PROTECT, null=True, blank=True, related_name="entries", verbose_name=_("lot")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    amount = models.IntegerField(_("points"))
    source = models.CharField(_("source"), max_length=80)
    at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        verbose_name = _("points entry")
        verbose_name_plural = _("points entries")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["member", "kind", "source", "lot"], nulls_distinct=False, name="points_entry_once"
            )
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.amount:+d}"

    @property
    def told_source(self):
        if self.lot is not None and self.lot.note and self.kind == self.Kind.GRANT:
            return self.lot.note
        return told(self.source)
