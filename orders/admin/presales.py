from django.contrib import admin, messages
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.admin.thumbnails import pill
from orders import presales
from orders.admin.money import OfAnOrder
from orders.models import DepositDebt

TONES = {"owed": "bad", "sent": "warn", "paid": "ok"}


@admin.register(DepositDebt)
class DepositDebtAdmin(OfAnOrder):
    """Deposits that we owe a second time: one person pays by bank, another confirms."""

    list_display = ["order_link", "state", "amount_fen", "created_at", "sent_by", "confirmed_by", "paid_at"]
    list_filter = ["status"]
    list_select_related = ["order", "sent_by", "confirmed_by"]
    search_fields = ["order__number"]
    actions = ["send", "confirm"]

    @admin.display(description=gettext_lazy("status"), ordering="status")
    def state(self, debt):
        return pill(debt.get_status_display(), TONES[debt.status])

    def has_settle_permission(self, request):
        return request.user.has_perm("orders.approve_refund")

    @admin.action(description=gettext_lazy("I have paid it by bank"), permissions=["settle"])
    def send(self, request, queryset):
        for debt in queryset:
            if presales.debt_sent(debt, by=request.user):
                messages.success(request, _("%(debt)s: a second person confirms it.") % {"debt": debt.order})

    @admin.action(description=gettext_lazy("Confirm: it was paid"), permissions=["settle"])
    def confirm(self, request, queryset):
        for debt in queryset:
            try:
                if presales.debt_confirmed(debt, by=request.user):
                    messages.success(request, _("%(debt)s is settled.") % {"debt": debt.order})
            except presales.SamePerson:
                messages.error(request, _("%(debt)s: somebody else has to confirm it.") % {"debt": debt.order})
