from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.bilingual import local
from catalog.money import FenField


class Tier(models.Model):
    """A member level, its threshold and what it grants (docs/domain.md 5.1). Ordered by ``rank``, 0 is where all begin."""

    rank = models.PositiveSmallIntegerField(_("rank"), primary_key=True)
    code = models.SlugField(_("code"), unique=True)
    name = models.CharField(_("name"), max_length=20)
    name_en = models.CharField(_("name in English"), max_length=20)
    threshold = models.PositiveIntegerField(_("growth in 365 days"))
    spend_share_bp = models.PositiveIntegerField(
        _("part of it from spending (basis points)"), default=0, help_text=_("5000 means half")
    )
    earn_bp = models.PositiveIntegerField(_("points multiplier (basis points)"), default=10_000)
    free_delivery_from_fen = FenField(_("free delivery from"), default=9_900)
    return_days = models.PositiveSmallIntegerField(_("days for a no-reason return"), default=7)
    instant_refund_fen = FenField(_("instant refund up to"), default=0)
    priority_shipping = models.BooleanField(_("packed first"), default=False)

    class Meta:
        verbose_name = _("tier")
        verbose_name_plural = _("tiers")
        ordering = ["rank"]

    def __str__(self):
        return self.name_local

    @property
    def name_local(self):
        return local(self.name, self.name_en)


class TierEvaluation(models.Model):
    """Why a member has a tier: one row a member and business date on which something was decided. Append-only."""

    class Outcome(models.TextChoices):
        UPGRADE = "upgrade", _("upgraded")
        RENEW = "renew", _("renewed for a year")
        GRACE = "grace", _("grace began")
        DEMOTE = "demote", _("down one level")

    member = models.ForeignKey("loyalty.Member", models.PROTECT, related_name="evaluations", verbose_name=_("member"))
    date = models.DateField(_("business date"))
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome)
    tier_before = models.ForeignKey(Tier, models.PROTECT, related_name="+", verbose_name=_("before"))
    tier_after = models.ForeignKey(Tier, models.PROTECT, related_name="+", verbose_name=_("after"))
    growth = models.IntegerField(_("growth in 365 days"))
    facts = models.JSONField(_("facts"), default=dict)
    at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        verbose_name = _("tier decision")
        verbose_name_plural = _("tier decisions")
        ordering = ["-date"]
        constraints = [
            models.UniqueConstraint(fields=["member", "date", "outcome", "tier_after"], name="one_tier_decision_a_day")
        ]

    def __str__(self):
        return f"{self.date} {self.get_outcome_display()}"
