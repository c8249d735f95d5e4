from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from loyalty.models.tier import Tier


class Member(models.Model):
    """A person in the loyalty programme. Balances here are caches of the ledgers, written only with them."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="member", verbose_name=_("person")
    )
    tier = models.ForeignKey(Tier, models.PROTECT, related_name="members", verbose_name=_("tier"))
    tier_since = models.DateField(_("tier since"))
    tier_valid_until = models.DateField(_("tier valid until"), null=True, blank=True)
    grace_until = models.DateField(_("grace until"), null=True, blank=True)
    growth = models.IntegerField(_("growth in 365 days"), default=0)
    points = models.IntegerField(_("points"), default=0, help_text=_("available now; negative means owed"))
    points_pending = models.PositiveIntegerField(_("pending points"), default=0)
    frozen_at = models.DateTimeField(_("spending frozen at"), null=True, blank=True)
    joined_at = models.DateTimeField(_("joined at"), auto_now_add=True)

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")

    def __str__(self):
        return f"{self.user} · {self.tier}"
