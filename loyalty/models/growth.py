from django.db import models
from django.utils.translation import gettext_lazy as _

from loyalty.models.member import Member
from loyalty.models.source import told


class GrowthEntry(models.Model):
    """One line of the growth ledger. Append-only. The tier looks at the sum of the trailing 365 days."""

    class Reason(models.TextChoices):
        SPEND = "spend", _("spending")
        REVIEW = "review", _("reviews")
        ACTIVITY = "activity", _("activity")
        REFUND = "refund", _("refund")
        GRANT = "grant", _("granted by the shop")

    member = models.ForeignKey(Member, models.PROTECT, related_name="growth_entries", verbose_name=_("member"))
    amount = models.IntegerField(_("growth"))
    reason = models.CharField(_("reason"), max_length=10, choices=Reason)
    source = models.CharField(_("source"), max_length=80)
    effective_date = models.DateField(_("counts from"))
    at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        verbose_name = _("growth entry")
        verbose_name_plural = _("growth entries")
        ordering = ["-effective_date", "-pk"]
        constraints = [models.UniqueConstraint(fields=["source", "reason", "member"], name="growth_entry_once")]
        indexes = [
            models.Index(fields=["member", "effective_date"], name="growth_window"),
            models.Index(fields=["effective_date", "member"], name="growth_by_date"),
        ]

    def __str__(self):
        return f"{self.effective_date} {self.amount:+d}"

    @property
    def told_source(self):
        return told(self.source)
