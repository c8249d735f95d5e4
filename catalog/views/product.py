from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_http_methods, require_POST

from catalog import (
    browsing,
    guest_views,
    guides,
    product_page,
    returns_promise,
    size_guides,
    specification_table,
    structured_data,
)
from catalog.head import Head
from catalog.tree import tree

FIELDS = ("o1", "o2", "o3")


@require_http_methods(["GET", "HEAD", "POST"])
def product(request, slug, pk):
    """The page of a listing. A POST asks for the same page with another choice and leads to its address."""
    listing = product_page.open_for(request.user, pk, voices=not request.htmx)
    if listing is None:
        raise Http404
    if f"/p/{slug}-{pk}/" != f"/p/{listing.slug or 'p'}-{pk}/":
        return redirect(listing, permanent=True)
    if not product_page.is_on_sale(listing):
        return render(request, "catalog/off_shelf.html", {"product": listing, "similar": product_page.similar(listing)})
    asked = request.POST if request.method == "POST" else request.GET
    page = product_page.gather(listing, [asked.get(name, "") for name in FIELDS], asked_quantity(asked))
    if request.method == "POST" and not request.htmx:
        return redirect(_address(page))
    response = render(request, _template(request), _context(request, listing, page))
    if request.method == "GET" and not request.htmx:
        browsing.note(request, listing)
    patch_vary_headers(response, ["HX-Request"])
    if request.htmx:
        response["HX-Replace-Url"] = _address(page)
    return response


@require_POST
def seen(request, pk):
    """The browser of a guest says that the page of a listing was opened; signed-in shoppers are noted with the page."""
    if not request.user.is_authenticated:
        guest_views.count(pk, request.headers.get("User-Agent", ""))
    return HttpResponse(status=204)


def _template(request):
    return "catalog/_choose.html" if request.htmx else "catalog/product.html"


def asked_quantity(asked):
    quantity = asked.get("quantity", "1")
    step = asked.get("step", "0")
    return str(int(quantity) + int(step)) if quantity.isdecimal() and step in ("1", "-1") else quantity


def _address(page):
    pairs = {axis.field: axis.chosen for axis in page.choice.axes if axis.chosen and len(axis.options) > 1}
    if page.quantity > 1:
        pairs["quantity"] = page.quantity
    return page.product.get_absolute_url() + (f"?{urlencode(pairs)}" if pairs else "")


def _context(request, listing, page):
    context = {"product": listing, "page": page, "choice": page.choice, "promise": returns_promise.of(listing)}
    context |= {"table": specification_table.of(listing), "guide": size_guides.of(listing)}
    context["guide_axis"] = size_guides.axis_of(listing) if context["guide"] else ""
    if request.htmx:
        return context
    line, shown = tree().line(listing.category_id), guides.of_product(listing)
    return context | {
        "crumbs": [*((c.name_local, c.get_absolute_url()) for c in line), (listing.title_local, "")],
        **product_page.said_about(page, request.GET, request.user),
        "guides": shown,
        "guides_stamp": guides.stamp_of_cards(shown),
        "head": _head(listing, page),
        "structured_data": structured_data.of(page, line, page.skus),
    }


def _head(listing, page):
    # The choice of a specification is a state of one page, not a page: its address stays out of the canonical one.
    shown = page.pictures[0] if page.pictures else None
    title, text = listing.title_local, listing.subtitle_local
    return Head(listing.get_absolute_url(), kind="product", title=title, text=text, banner=shown)
