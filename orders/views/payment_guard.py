"""The shopper's own protection of large payments."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.way_back import way_back
from orders import payment_guard
from orders.forms.payment_guard import PaymentGuardForm


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required(allow_get=True)
def protection(request):
    guard, back = payment_guard.guard_of(request.user), way_back(request)
    form = PaymentGuardForm(
        request.POST if request.method == "POST" else None,
        initial={"limit_fen": guard.limit_fen},
        user=request.user,
        has_password=bool(guard.password),
        may_text=payment_guard.may_text(request.user),
    )
    if form.is_valid():
        facts = form.cleaned_data
        payment_guard.choose(request.user, limit_fen=facts["limit_fen"], password=facts["password"])
        messages.success(request, _("Your choice is saved."))
        return redirect(back or "payment_protection")
    context = {"form": form, "guard": guard, "back": back}
    return render(request, "orders/payment_protection.html", context, status=422 if form.errors else 200)
