"""Where payment channels and carriers call. No session, no cookie: the signature over the bytes says who it is."""

from django.http import Http404, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from accounts import rate_limit
from accounts.senders import sender_of
from orders import carriers, payments, tracking

MOST_BAD = 300  # a minute from one address


@csrf_exempt
@require_POST
def notify_gateway(request, gateway):
    if gateway not in payments.GATEWAYS:
        raise Http404
    return _few_bad_ones(request, payments.receive_notice(gateway, request))


@csrf_exempt
@require_POST
def notify_carrier(request, carrier):
    if carrier not in carriers.TRACKERS:
        raise Http404
    return _few_bad_ones(request, tracking.receive_push(carrier, request))


def _few_bad_ones(request, answer):
    """``answer``, or 429 when too much that was refused came from one address; what is signed well is never limited."""
    if answer.status_code < 400:
        return answer
    sender = rate_limit.hidden(sender_of(request))
    if rate_limit.allow(f"bad-notice:{sender}", MOST_BAD, 60):
        return answer
    return HttpResponse(status=429, headers={"Retry-After": "60"})
