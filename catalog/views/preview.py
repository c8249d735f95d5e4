from django.http import Http404
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from catalog import previews, product_page, returns_promise, size_guides, specification_table
from catalog.tree import tree
from catalog.views.product import FIELDS, asked_quantity


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def preview(request, token):
    """A listing as shoppers would see it, for those who have its link; nothing is noted and nothing can be bought."""
    try:
        listing = previews.find(token)
    except previews.PreviewEnded:
        return _unfound(render(request, "catalog/preview_ended.html", status=410))
    if listing is None:
        raise Http404
    # Whatever leads to the page itself leads to the preview: the listing may have no other page yet.
    listing.get_absolute_url = lambda: request.path
    asked = request.POST if request.method == "POST" else request.GET
    values = [asked.get(name, "") for name in FIELDS]
    page = product_page.gather(listing, values, asked_quantity(asked), reader=request.user)
    template = "catalog/_choose.html" if request.htmx else "catalog/preview.html"
    return _unfound(render(request, template, _context(request, listing, page)))


def _context(request, listing, page):
    line = tree().line(listing.category_id)
    return {
        "preview": True,
        "product": listing,
        "page": page,
        "choice": page.choice,
        "promise": returns_promise.of(listing),
        "crumbs": [*((c.name_local, c.get_absolute_url()) for c in line), (listing.title_local, "")],
        "guide": size_guides.of(listing),
        "guide_axis": size_guides.axis_of(listing),
        "table": specification_table.of(listing),
        **product_page.said_about(page, request.GET, request.user),
    }


def _unfound(response):
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
