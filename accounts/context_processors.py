from functools import cache

from accounts.language import address_without_language
from accounts.models import Shop


def shop(request):
    """``shop``, ``here`` (this address without its language) and ``unread_count`` for every page.

    The count is called by the template: it costs one query, once, and only where it is shown to somebody signed in.
    """

    @cache
    def unread_count():
        user = getattr(request, "user", None)
        return user.notifications.unread().count() if user is not None and user.is_authenticated else 0

    return {"shop": Shop.current(), "here": address_without_language(request), "unread_count": unread_count}
