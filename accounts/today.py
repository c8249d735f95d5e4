"""What waits about people: messages that could not be sent."""

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Delivery
from accounts.roles import is_global
from accounts.today_card import waiting


def cards(user):
    if not (is_global(user) and user.has_perm("accounts.view_delivery")):
        return []
    return [
        waiting(
            Delivery.objects.exclude(given_up_at=None),
            since="given_up_at",
            key="messages",
            title=_("Messages given up"),
            url=reverse("admin:accounts_delivery_changelist") + "?given_up_at__isempty=0",
            order=50,
        )
    ]
