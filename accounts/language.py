"""Which language a page is in."""

from django.conf import settings
from django.middleware.locale import LocaleMiddleware
from django.utils import translation


class LanguageMiddleware(LocaleMiddleware):
    """The chosen language (cookie), else for a first visit Chinese or English by ``Accept-Language``, else Chinese.

    Django would also try every other configured language and its variants; here only English can displace Chinese, and
    only when the browser prefers it.
    """

    def process_request(self, request):
        translation.activate(chosen_language(request))
        request.LANGUAGE_CODE = translation.get_language()


def chosen_language(request):
    """``"zh-hans"`` or ``"en"``."""
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
