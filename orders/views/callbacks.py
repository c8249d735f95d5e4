"""Where payment channels and carriers call. No session, no cookie: the signature over the bytes says who it is."""

from django.http import Http404
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from orders import carriers, payments, tracking


@csrf_exempt
@require_POST
def notify_gateway(request, gateway):
    if gateway not in payments.GATEWAYS:
        raise Http404
    return payments.receive_notice(gateway, request)


@csrf_exempt
@require_POST
def notify_carrier(request, carrier):
    if carrier not in carriers.TRACKERS:
        raise Http404
    return tracking.receive_push(carrier, request)
