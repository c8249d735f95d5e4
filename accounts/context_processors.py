from django.utils.functional import SimpleLazyObject

from accounts.models import Shop


def shop(request):
    """``shop`` and ``unread_count`` for every page; the count costs a query only for the signed-in, and only if shown."""
    return {"shop": Shop.current(), "unread_count": SimpleLazyObject(lambda: _unread(request))}


def _unread(request):
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return 0
    return user.notifications.unread().count()
