from accounts.models import Shop


def shop(request):
    """``shop`` and ``unread_count`` for every page."""
    return {"shop": Shop.current(), "unread_count": 0}
