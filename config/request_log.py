"""The log lines of requests: one when it is over, one more when it failed. Every line of a request has its id and address."""

from uuid import uuid4

from django_structlog.middlewares import RequestMiddleware
from structlog.contextvars import bind_contextvars

from accounts.senders import sender_of


class RequestLog(RequestMiddleware):
    """That of ``django_structlog`` without its line at the beginning, and with the address that a trusted proxy named."""

    def prepare(self, request):
        bind_contextvars(request_id=str(uuid4()), ip=sender_of(request))
