"""Personal pages stay out of every cache."""

from django.utils.cache import patch_cache_control


class PrivatePagesMiddleware:
    """Says in ``Cache-Control`` who may keep an answer, where the view has not said it.

    Somebody with a session (signed in, or with a cart) gets ``private, no-store``. A visitor without one sees nothing
    personal, although ``request.user`` was looked at: the answer stays cacheable, only not by shared caches when it
    holds a form, because the form's token belongs to the visitor's cookie.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.has_header("Cache-Control"):
            return response
        if request.session.accessed and not request.session.is_empty():
            patch_cache_control(response, private=True, no_store=True)
        elif request.META.get("CSRF_COOKIE_NEEDS_UPDATE"):
            patch_cache_control(response, private=True)
        return response
