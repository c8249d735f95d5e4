"""The test bank: its cashier for people and its interface for shops. Nothing here reads or writes a row of the shop."""

import json
from functools import wraps

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from orders import instalments
from orders.gateways import sandbox_bank, sandbox_signing
from orders.models import SandboxTrade


def only_in_the_sandbox(view):
    """A shop without test channels has no such address."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not settings.SANDBOX_CHANNELS:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


@only_in_the_sandbox
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def cashier(request, number):
    """The page of the bank. A trade begins when somebody comes with an address that the shop has signed."""
    if request.method == "POST":
        return _pay(request, get_object_or_404(SandboxTrade, number=number))
    facts = sandbox_signing.read_query(number, request.META["QUERY_STRING"])
    trade = sandbox_bank.open_trade(number, facts) if facts else get_object_or_404(SandboxTrade, number=number)
    plan = instalments.spread(trade.amount_fen, trade.instalments, trade.fee_fen) if trade.instalments else None
    context = {"trade": trade, "plan": plan, "too_late": trade.expires_at < timezone.now()}
    return render(request, "orders/sandbox/cashier.html", context)


def _pay(request, trade):
    misdeed = request.POST.get("misdeed", "")
    try:
        if request.POST.get("answer") == "pay":
            sandbox_bank.pay(trade, misdeed if misdeed in sandbox_bank.MISDEEDS else "")
        elif request.POST.get("answer") == "late":
            sandbox_bank.pay(trade, "late")
    except sandbox_bank.TradeClosed:
        return redirect(request.path)
    return redirect(trade.return_url)


@csrf_exempt
@only_in_the_sandbox
@require_POST
def bank(request, operation):
    """What a shop asks the bank: signed JSON in, signed JSON out."""
    body = request.body
    if operation not in sandbox_bank.ANSWERS or not sandbox_signing.is_genuine(body, request.headers):
        return HttpResponseBadRequest("bad signature")
    try:
        answer = json.dumps(sandbox_bank.answer(operation, body)).encode()
    except (ValueError, TypeError):
        return HttpResponseBadRequest("bad request")
    return HttpResponse(answer, content_type="application/json", headers=sandbox_signing.headers_for(answer))
