from catalog.tree import tree

# More do not fit beside the search box; the rest are on the home page.
IN_THE_MASTHEAD = 8


def navigation(request):
    """``nav_categories``: the top of the category tree. ``nav_stamp``: all that it shows of them, as a key."""
    shown = tree()
    return {"nav_categories": shown.top[:IN_THE_MASTHEAD], "nav_stamp": shown.top_stamp}
