from django.contrib import admin, messages
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.history import TransitionNotAllowed
from accounts.scoped_admin import HIDDEN_FROM_MERCHANTS, ReadOnlyAdmin
from catalog.admin.thumbnails import pill
from catalog.money import yuan
from orders import invoice_mails, invoices
from orders.models import Invoice, InvoiceRequest
from orders.reason_words import words_of

TONES = {"issued": "ok", "failed": "bad", "issuing": "warn", "reversing": "warn"}


class Headed(ReadOnlyAdmin):
    @admin.display(description=_("invoice title"), ordering="title")
    def headed(self, row):
        """To whom it is made out: called by its own word, which is not that of a page's title in Chinese."""
        return row.title


@admin.register(InvoiceRequest)
class InvoiceRequestAdmin(Headed):
    """The queue of invoices: what waits, what failed and why."""

    merchant_path = HIDDEN_FROM_MERCHANTS
    list_display = ["order", "headed", "kind", "state", "amount", "why", "created_at"]
    list_filter = ["status", "kind", "created_at"]
    list_select_related = ["order"]
    search_fields = ["order__number", "title", "tax_number"]
    exclude = ["email"]
    actions = ["try_again", "settle"]

    def has_issue_permission(self, request):
        return request.user.has_perm("orders.change_invoicerequest")

    @admin.display(description=_("status"), ordering="status")
    def state(self, wish):
        return pill(wish.get_status_display(), TONES.get(wish.status, "plain"))

    @admin.display(description=_("amount"))
    def amount(self, wish):
        return f"¥{yuan(wish.amount_fen)}" if wish.amount_fen is not None else ""

    @admin.display(description=_("why it failed"), ordering="failure")
    def why(self, wish):
        return words_of(wish.failure)

    @admin.action(description=_("Try again what failed"), permissions=["issue"])
    def try_again(self, request, queryset):
        done = 0
        for wish in queryset:
            try:
                done += invoices.try_again(wish, by=request.user) is not None
            except TransitionNotAllowed:
                messages.warning(request, _("%(wish)s has not failed.") % {"wish": wish})
        messages.success(request, _("%(done)s sent to the issuer again.") % {"done": done})

    @admin.action(description=_("Issue or take back what is due now"), permissions=["issue"])
    def settle(self, request, queryset):
        done = sum(invoices.settle(wish, by=request.user) is not None for wish in queryset.exclude(status="failed"))
        messages.success(request, _("%(done)s documents were begun.") % {"done": done})


@admin.register(Invoice)
class InvoiceAdmin(Headed):
    merchant_path = HIDDEN_FROM_MERCHANTS
    list_display = [
        "number",
        "official_number",
        "kind",
        "status",
        "amount",
        "headed",
        "issued_at",
        "last_error",
        "paper",
    ]
    list_filter = ["status", "kind", "issued_at"]
    list_select_related = ["request__order"]
    search_fields = ["number", "official_number", "request__order__number", "title"]
    actions = ["mail_again"]

    def has_issue_permission(self, request):
        return request.user.has_perm("orders.change_invoicerequest")

    @admin.action(description=_("Mail to the shopper once more"), permissions=["issue"])
    def mail_again(self, request, queryset):
        done = left = 0
        for document in queryset.select_related("request"):
            try:
                invoice_mails.again(document, by=request.user)
                done += 1
            except (invoice_mails.NoMailbox, invoice_mails.TooOften):
                left += 1
        if done:
            messages.success(request, ngettext("%(n)d is on its way.", "%(n)d are on their way.", done) % {"n": done})
        if left:
            words = ngettext(
                "%(n)d was left: no mailbox, not issued, or sent three times today.",
                "%(n)d were left: no mailbox, not issued, or sent three times today.",
                left,
            )
            messages.warning(request, words % {"n": left})

    @admin.display(description=_("amount"))
    def amount(self, document):
        return f"{'' if document.kind == Invoice.Kind.BLUE else '−'}¥{yuan(document.amount_fen)}"

    @admin.display(description=_("paper"))
    def paper(self, document):
        if document.status != Invoice.Status.ISSUED:
            return ""
        return format_html(
            '<a href="{}">PDF</a>', reverse("invoice_paper", args=[document.request.order.number, document.pk])
        )
