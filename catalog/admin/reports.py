from django.contrib import admin, messages
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.history import TransitionNotAllowed
from accounts.reasoned_action import reasoned
from accounts.scoped_admin import HIDDEN_FROM_MERCHANTS, ReadOnlyAdmin
from catalog import reports
from catalog.admin.thumbnails import pill
from catalog.models import Report

TONES = {Report.Status.OPEN: "warn", Report.Status.UPHELD: "bad", Report.Status.DISMISSED: "ok"}


@admin.register(Report)
class ReportAdmin(ReadOnlyAdmin):
    """The queue of the shop's own staff: a merchant does not decide about words on their goods."""

    merchant_path = HIDDEN_FROM_MERCHANTS
    list_display = ["created_at", "reason", "said", "listing", "note", "state", "decision"]
    list_filter = ["status", "reason", "created_at"]
    list_select_related = ["review__product", "follow_up__review__product", "question__product",
                           "answer__question__product"]  # fmt: skip
    list_per_page = 50
    actions = ["uphold", "dismiss"]
    fields = ["reason", "note", "said", "listing", "status", "decision", "created_at"]

    @admin.display(description=_("text"))
    def said(self, found):
        return found.target.text[:100]

    @admin.display(description=_("listing"))
    def listing(self, found):
        return found.target.product

    @admin.display(description=_("status"), ordering="status")
    def state(self, found):
        return pill(found.get_status_display(), TONES[found.status])

    def has_decide_permission(self, request):
        return request.user.has_perm("catalog.change_report")

    @admin.action(description=_("Hide what is reported"), permissions=["decide"])
    @reasoned(_("Hide what is reported"), _("The reason is kept; its author and who reported it are told."))
    def uphold(self, request, queryset, reason):
        self._decide(request, queryset, reports.uphold, reason)

    @admin.action(description=_("Dismiss"), permissions=["decide"])
    @reasoned(_("Dismiss the reports"), _("The text stays; who reported it is told why."))
    def dismiss(self, request, queryset, reason):
        self._decide(request, queryset, reports.dismiss, reason)

    def _decide(self, request, queryset, decide, reason):
        n = late = 0
        for found in queryset:
            try:
                n += decide(found, request.user, reason=reason)
            except TransitionNotAllowed:
                late += 1
        self.message_user(request, ngettext("%(n)d decided.", "%(n)d decided.", n) % {"n": n}, messages.SUCCESS)
        if late:
            self.message_user(request, _("Some had been decided before."), messages.WARNING)
