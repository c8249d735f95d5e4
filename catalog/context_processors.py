def navigation(request):
    """``nav_categories``: the top of the category tree."""
    return {"nav_categories": []}
