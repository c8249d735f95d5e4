"""What loyalty puts on the back office's first page: results of the lottery that chance hardly explains."""

from django.db.models import Count, Min
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.roles import is_global
from accounts.today_card import Card
from loyalty.check_in_rule import DAY
from loyalty.models import LotteryCheck

SHOWN_DAYS = 7


def cards(user):
    if not (is_global(user) and user.has_perm("loyalty.view_lotterycheck")):
        return []
    alarms = LotteryCheck.objects.filter(alarm=True, date__gte=timezone.localdate() - SHOWN_DAYS * DAY)
    seen = alarms.aggregate(count=Count("pk"), oldest=Min("at"))
    return [
        Card(
            key="lottery-alarms",
            title=_("Lottery results unlike their odds"),
            count=seen["count"],
            oldest_at=seen["oldest"],
            url=reverse("admin:loyalty_lotterycheck_changelist") + "?alarm__exact=1",
            order=46,
            urgent=seen["count"] > 0,
        )
    ]
