"""Who sent a request: one answer for limits, logs, and the channels that want to know from where somebody pays."""

from django.conf import settings


def sender_of(request):
    """The address of who asks: behind ``TRUSTED_PROXY_COUNT`` proxies as the outermost of them saw it; "" when unknown."""
    proxies = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    here = request.META.get("REMOTE_ADDR", "")
    if not proxies:
        return here
    named = [each.strip() for each in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    return ([*named, here][-1 - proxies :] or [here])[0] or here
