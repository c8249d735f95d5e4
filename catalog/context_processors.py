from catalog.tree import tree

# More do not fit beside the search box; the rest are on the home page.
IN_THE_MASTHEAD = 8


def navigation(request):
    """``nav_categories``: the top of the category tree. ``nav_stamp``: all that it shows of them, as a key."""
    top = tree().top[:IN_THE_MASTHEAD]
    return {"nav_categories": top, "nav_stamp": tuple((c.name, c.name_en, c.slug) for c in top)}
