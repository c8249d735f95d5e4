from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render

from aftersales import eligibility, returns, settlement
from aftersales.forms import ReturnForm, reason_of
from orders.models import OrderLine


@login_required
def return_new(request, order_number, line_number):
    """Ask about one line. "Show the estimate" works the refund out for what is typed so far and sends nothing."""
    lines = OrderLine.objects.select_related("order", "picture", "merchant").filter(order__user=request.user)
    line = get_object_or_404(lines, order__number=order_number, number=line_number)
    options = eligibility.options(line)
    sending = request.method == "POST" and request.POST.get("go") != "estimate"
    form = ReturnForm(
        request.POST if sending else None, request.FILES or None, options=options, initial=_typed(request)
    )
    if sending and form.is_valid():
        asked = _send(request, line, form)
        if asked is not None:
            return redirect(asked)
    typed = form.data if sending else form.initial
    return _page(request, line, form, typed, status=422 if form.errors else 200)


def _typed(request):
    data = request.POST or request.GET
    return {name: data[name] for name in ("quantity", "reason", "note", "with_gifts") if data.get(name)}


def _send(request, line, form):
    values = form.cleaned_data
    try:
        asked = returns.request(
            request.user,
            line,
            values["quantity"],
            values["reason"],
            note=values["note"],
            photos=values["photos"],
            with_gifts=values["with_gifts"],
        )
    except returns.NotOffered as refusal:
        form.add_error(None, refusal.why)
        return None
    messages.success(request, _thanks(asked))
    return asked


def _thanks(asked):
    from django.utils.translation import gettext as _

    if asked.kind == asked.Kind.CANCEL_PAID:
        return _("The items are cancelled. The money is on its way back.")
    return _("Your request was sent. The merchant answers within 48 hours.")


def _page(request, line, form, typed, status):
    reason = reason_of(typed.get("reason"), form.options)
    quantity = str(typed.get("quantity") or "1")
    units = int(quantity) if quantity.isdecimal() and len(quantity) < 5 else 1
    choice = form.options.choice(reason.code)
    context = {
        "line": line,
        "order": line.order,
        "form": form,
        "options": form.options,
        "reason": reason,
        "units": min(max(units, 1), choice.most if choice else 1),
        "no_reason_until": eligibility.no_reason_until(line),
    }
    if choice:
        context["estimate"] = settlement.estimate(
            line, context["units"], reason, with_gifts=bool(typed.get("with_gifts"))
        )
    return render(request, "aftersales/return_new.html", context, status=status)
