"""What after-sales puts on the back office's first page."""

from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Merchant
from accounts.roles import is_global
from accounts.today_card import Card
from aftersales.models import ReturnRequest

Status = ReturnRequest.Status
GROUPS = {
    "returns-answer": (Status.SUBMITTED, Status.ESCALATED),
    "returns-inspect": (Status.INSPECTING, Status.DISPUTED),
}


def cards(user):
    """Requests that wait for an answer (48 h) and goods that wait to be inspected (48 h)."""
    if not user.has_perm("aftersales.view_returnrequest"):
        return []
    rows = ReturnRequest.objects.all()
    if not is_global(user):
        rows = rows.filter(merchant__in=Merchant.objects.staffed_by(user))
    sums = rows.aggregate(
        **{f"n_{at}": Count("pk", filter=Q(status__in=states)) for at, states in enumerate(GROUPS.values())},
        oldest_0=Min("created_at", filter=Q(status__in=GROUPS["returns-answer"])),
        oldest_1=Min("received_at", filter=Q(status__in=GROUPS["returns-inspect"])),
    )
    titles = (_("Returns to answer"), _("Returns to inspect"))
    page = reverse("admin:aftersales_returnrequest_changelist")
    return [
        Card(
            key=key,
            title=titles[at],
            count=sums[f"n_{at}"],
            url=f"{page}?status__in={','.join(states)}",
            oldest_at=sums[f"oldest_{at}"],
            order=20 + at,
            urgent_after_hours=24,
        )
        for at, (key, states) in enumerate(GROUPS.items())
    ]
