"""Which language a page is in."""

from django.conf import settings
from django.middleware.locale import LocaleMiddleware
from django.utils import translation

# ?lang=en names a language in an address: search engines and shared links need one address for each language.
PARAMETER = "lang"


class LanguageMiddleware(LocaleMiddleware):
    """The language the address names (and the visit then stays in), else the chosen one (cookie).

    On a first visit it is Chinese or English by ``Accept-Language``, else Chinese. Django would also try every other
    configured language and its variants; here only English can displace Chinese, and only when the browser prefers it.
    """

    def process_request(self, request):
        translation.activate(chosen_language(request))
        request.LANGUAGE_CODE = translation.get_language()

    def process_response(self, request, response):
        named = named_language(request)
        if named and request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME) != named:
            response.set_cookie(
                settings.LANGUAGE_COOKIE_NAME,
                named,
                max_age=settings.LANGUAGE_COOKIE_AGE,
                secure=settings.LANGUAGE_COOKIE_SECURE,
                samesite="Lax",
            )
        return super().process_response(request, response)


def named_language(request):
    """The language that the address names, or ""."""
    named = request.GET.get(PARAMETER, "")
    return named if named in dict(settings.LANGUAGES) else ""


def address_without_language(request):
    """The path and query of ``request``, whatever language it names: where somebody who changes it comes back to."""
    if PARAMETER not in request.GET:
        return request.get_full_path()
    query = request.GET.copy()
    query.pop(PARAMETER)
    return request.path + (f"?{query.urlencode()}" if query else "")


def chosen_language(request):
    """``"zh-hans"`` or ``"en"``."""
    named = named_language(request)
    if named:
        return named
    cookie = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
    if cookie in dict(settings.LANGUAGES):
        return cookie
    return preferred(request.headers.get("Accept-Language", ""))


def preferred(header):
    """The better of Chinese and English in an ``Accept-Language`` header; Chinese when neither is there."""
    best = {"zh": 0.0, "en": 0.0}
    for part in header[:500].split(","):
        tag, _semicolon, weight = part.strip().partition(";q=")
        family = tag.strip().lower().split("-")[0]
        if family in best:
            best[family] = max(best[family], _quality(weight))
    return "en" if best["en"] > best["zh"] else settings.LANGUAGE_CODE


def _quality(text):
    try:
        return min(max(float(text), 0.0), 1.0) if text else 1.0
    except ValueError:
        return 0.0
