"""Lists of what we owe by bank: one person pays, another confirms."""

from django.contrib import admin, messages
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.admin.thumbnails import pill
from orders import debts

TONES = {"owed": "bad", "sent": "warn", "paid": "ok"}


class DebtActions:
    """Mixed into the admin of an orders.models.debt.BankDebt."""

    actions = ["send", "confirm"]

    @admin.display(description=gettext_lazy("status"), ordering="status")
    def state(self, debt):
        return pill(debt.get_status_display(), TONES[debt.status])

    def has_settle_permission(self, request):
        return request.user.has_perm("orders.approve_refund")

    @admin.action(description=gettext_lazy("I have paid it by bank"), permissions=["settle"])
    def send(self, request, queryset):
        for debt in queryset:
            if debts.sent(debt, by=request.user):
                messages.success(request, _("%(debt)s: a second person confirms it.") % {"debt": debt.of})

    @admin.action(description=gettext_lazy("Confirm: it was paid"), permissions=["settle"])
    def confirm(self, request, queryset):
        for debt in queryset:
            try:
                if debts.confirmed(debt, by=request.user):
                    messages.success(request, _("%(debt)s is settled.") % {"debt": debt.of})
            except debts.SamePerson:
                messages.error(request, _("%(debt)s: somebody else has to confirm it.") % {"debt": debt.of})
