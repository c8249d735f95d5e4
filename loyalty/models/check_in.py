from django.db import models
from django.utils.translation import gettext_lazy as _

from loyalty.models.member import Member


class CheckIn(models.Model):
    """A member was here on a local day. Append-only; streaks are derived from these rows (docs/domain.md 5.5)."""

    member = models.ForeignKey(Member, models.PROTECT, related_name="check_ins", verbose_name=_("member"))
    date = models.DateField(_("day"))
    made_up_in = models.DateField(
        _("made up in"), null=True, blank=True, help_text=_("The first day of the month whose make-up this was.")
    )
    at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        verbose_name = _("check-in")
        verbose_name_plural = _("check-ins")
        ordering = ["-date", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["member", "date"], name="one_check_in_a_day"),
            models.UniqueConstraint(fields=["member", "made_up_in"], name="one_make_up_a_month"),
        ]

    def __str__(self):
        return f"{self.date} · {self.member_id}"
