from django.db import models
from django.utils.translation import gettext_lazy as _

from loyalty.models.member import Member

TICKETS_A_DAY = 5


class LotteryTicket(models.Model):
    """The right to one draw. At most five count for a day: a unique (member, day, nth) holds that at any concurrency."""

    member = models.ForeignKey(Member, models.PROTECT, related_name="tickets", verbose_name=_("member"))
    source = models.CharField(_("source"), max_length=80, help_text=_("such as checkin:2026-11-22"))
    day = models.DateField(_("counts for the day"))
    nth = models.PositiveSmallIntegerField(_("number of the day"))
    created_at = models.DateTimeField(_("ticket received at"), auto_now_add=True)
    used_at = models.DateTimeField(_("used at"), null=True, blank=True)

    class Meta:
        verbose_name = _("lottery ticket")
        verbose_name_plural = _("lottery tickets")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["member", "source"], name="a_source_gives_one_ticket"),
            models.UniqueConstraint(fields=["member", "day", "nth"], name="ticket_number_of_the_day"),
            models.CheckConstraint(
                condition=models.Q(nth__gte=1, nth__lte=TICKETS_A_DAY), name="five_tickets_a_day_at_most"
            ),
        ]
        indexes = [
            models.Index(fields=["member", "day"], condition=models.Q(used_at=None), name="tickets_to_use"),
        ]

    def __str__(self):
        return f"{self.day} · {self.nth} · {self.member_id}"
