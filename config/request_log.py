"""The log lines of requests: one when it is over, one more when it failed. Every line of a request has its id and address."""

from uuid import uuid4

from django.conf import settings
from django_structlog.middlewares import RequestMiddleware
from structlog.contextvars import bind_contextvars


class RequestLog(RequestMiddleware):
    """That of ``django_structlog`` without its line at the beginning, and with the address that a trusted proxy named."""

    def prepare(self, request):
        bind_contextvars(request_id=str(uuid4()), ip=sender_of(request))


def sender_of(request):
    """The address of who asks: behind ``TRUSTED_PROXY_COUNT`` proxies as the outermost of them saw it."""
    proxies = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    here = request.META.get("REMOTE_ADDR", "")
    if not proxies:
        return here
    named = [each.strip() for each in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    return ([*named, here][-1 - proxies :] or [here])[0] or here
