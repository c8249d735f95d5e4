from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.widgets import AdminSplitDateTime
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from orders import balance_windows
from orders.admin.debts import DebtActions
from orders.admin.money import OfAnOrder
from orders.models import DepositDebt, Promotion


@admin.register(DepositDebt)
class DepositDebtAdmin(DebtActions, OfAnOrder):
    """Deposits that we owe a second time: one person pays by bank, another confirms."""

    list_display = ["order_link", "state", "amount_fen", "created_at", "sent_by", "confirmed_by", "paid_at"]
    list_filter = ["status"]
    list_select_related = ["order", "sent_by", "confirmed_by"]
    search_fields = ["order__number"]


class ExtensionForm(forms.Form):
    until = forms.SplitDateTimeField(label=gettext_lazy("Balance until"), widget=AdminSplitDateTime)
    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=200, widget=forms.TextInput(attrs={"class": "vTextField"})
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for part in self.fields["until"].widget.widgets:
            part.attrs["aria-label"] = self.fields["until"].label  # two inputs under one label


class ExtensionPage:
    """Mixed into the admin of promotions: more time for the balances of one presale, for all who have ordered it."""

    @admin.action(description=gettext_lazy("Extend the time for the balance…"), permissions=["publish"])
    def extend_balance(self, request, queryset):
        presale = queryset.filter(kind=Promotion.Kind.PRESALE).select_related("current").first()
        if presale is None or queryset.count() != 1:
            messages.error(request, _("Choose one presale."))
            return None
        form = ExtensionForm(request.POST if "reason" in request.POST else None)
        if form.is_valid() and self._extended(request, presale, form):
            return None
        context = {
            **self.admin_site.each_context(request),
            "title": _("Extend the time for the balance"),
            "presale": presale,
            "end": balance_windows.end_of(presale),
            "outlook": balance_windows.outlook(presale),
            "days": balance_windows.MOST.days,
            "form": form,
            "opts": self.model._meta,
            "checkbox_name": ACTION_CHECKBOX_NAME,
        }
        return TemplateResponse(request, "admin/orders/promotion/extend.html", context)

    def _extended(self, request, presale, form):
        asked = form.cleaned_data
        try:
            n = balance_windows.extend(presale, asked["until"], by=request.user, reason=asked["reason"])
        except balance_windows.NotLater:
            text = _("It must be later than now and than the present end, by %(n)d days at most.")
            form.add_error("until", text % {"n": balance_windows.MOST.days})
            return False
        if not n:
            messages.success(request, _("The balance can be paid until then; no order was waiting for it."))
            return True
        text = ngettext("%(n)d order has more time and was told.", "%(n)d orders have more time and were told.", n)
        messages.success(request, text % {"n": n})
        return True
