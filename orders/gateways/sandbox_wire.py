"""How the sandbox client reaches the sandbox bank: the bytes of HTTP, without a socket.

The bank lives in the shop's own process. A shop with a single web thread would wait for itself if the call went out
and came in again, so requests are handed to the bank's view directly, as the bytes that a socket would have carried:
same signing, same parsing, same failures. (Notices, from the bank to the shop, travel over a real socket: a worker
sends them.)
"""

from http import HTTPStatus
from io import BytesIO
from urllib.parse import urlsplit

import requests
from django.core.handlers.wsgi import WSGIRequest
from django.urls import resolve
from requests.adapters import BaseAdapter


class InProcess(BaseAdapter):
    """A transport of ``requests`` that calls the view behind an address."""

    def send(self, request, **_options):
        response = requests.Response()
        answer = self._view_answer(request)
        response.status_code = answer.status_code
        response.reason = HTTPStatus(answer.status_code).phrase
        response.headers.update(answer.headers)
        response.raw = BytesIO(answer.content)
        response.url = request.url
        response.request = request
        return response

    def _view_answer(self, request):
        body = request.body or b""
        body = body.encode() if isinstance(body, str) else body
        path = urlsplit(request.url).path
        environ = {
            "REQUEST_METHOD": request.method,
            "PATH_INFO": path,
            "CONTENT_LENGTH": str(len(body)),
            "CONTENT_TYPE": request.headers.get("Content-Type", ""),
            "SERVER_NAME": "sandbox",
            "SERVER_PORT": "80",
            "wsgi.input": BytesIO(body),
            "wsgi.url_scheme": "http",
        }
        environ |= {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in request.headers.items()}
        view, args, kwargs = resolve(path)
        return view(WSGIRequest(environ), *args, **kwargs)

    def close(self):
        """Nothing is held open."""


def session():
    """A ``requests`` session whose calls stay in this process."""
    opened = requests.Session()
    opened.trust_env = False
    opened.mount("http://", InProcess())
    opened.mount("https://", InProcess())
    return opened
