"""What allauth leaves to the project: a page for "too many tries", and 422 for forms with errors."""

from allauth.core.exceptions import RateLimited
from django.shortcuts import render

RETRY_AFTER_SECONDS = "60"


class EntranceMiddleware:
    """Makes the sign-in pages answer like the rest of the shop."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if not isinstance(exception, RateLimited):
            return None
        response = render(request, "429.html", status=429)
        response["Retry-After"] = RETRY_AFTER_SECONDS
        return response

    def process_template_response(self, request, response):
        match = request.resolver_match
        if request.method == "POST" and match and match.func.__module__.startswith("allauth."):
            forms = [(response.context_data or {}).get(name) for name in ("form", "verify_form", "change_form")]
            if response.status_code == 200 and any(getattr(form, "is_bound", False) and form.errors for form in forms):
                response.status_code = 422
        return response
