"""Turns away what no browser sends by itself and no column can hold, before it reaches a query."""

from django.core.exceptions import SuspiciousOperation
from django.http import Http404

LONGEST_PATH = 2000  # bytes; the longest address that the shop writes has a tenth of it
NUL = "\x00"


class StrangeRequestMiddleware:
    """No NUL in the path (404) or the query string (400), no path of kilobytes (404).

    PostgreSQL text holds no NUL, and a query with one would fail as our error. Form fields refuse it themselves.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        # Here and not in __call__: the error page then knows the language and the visitor.
        if NUL in request.path_info or len(request.path_info.encode(errors="replace")) > LONGEST_PATH:
            raise Http404
        if "%00" in request.META.get("QUERY_STRING", "") or NUL in request.META.get("QUERY_STRING", ""):
            raise SuspiciousOperation("NUL in the query string")
