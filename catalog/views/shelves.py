from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers

from catalog import listings, mending, ranking, search, search_log, shelf, structured_data
from catalog.head import Head
from catalog.tree import tree

POPULAR_WHEN_EMPTY = 6


def category(request, slug):
    here = tree().by_slug.get(slug)
    if here is None:
        raise Http404
    line = tree().line(here.pk)
    top = line[0]
    context = {
        "category": here,
        "crumbs": [(c.name_local, c.get_absolute_url() if c is not here else "") for c in line],
        "siblings": [top, *tree().children(top)] if tree().children(top) else [],
        "title": here.name_local,
        "structured_data": structured_data.of_category(line),
    }
    return _shelf(request, listings.in_category(here), context)


def find(request):
    words = request.GET.get("q", "").replace("\0", "").strip()[: search.LONGEST_QUERY]
    context = {"words": words, "search_query": words, "siblings": [] if words else tree().top}
    if not request.GET:
        context |= {"past": search_log.past(request), "hot": search_log.hot()}
    return _shelf(request, listings.on_sale(), context, words=words)


def _shelf(request, found, context, *, words=""):
    tidy = shelf.tidy_address(request.path, request.GET)
    if not shelf.is_tidy(request.GET) and not request.htmx:
        return redirect(tidy)
    shown = shelf.build(request.path, request.GET, found, words=words)
    context |= {"shelf": shown, "popular": [] if shown.total else shelf.popular(POPULAR_WHEN_EMPTY)}
    if words:
        context |= _about(request, shown, found, words)
    context["head"] = _head(request.path, shown, context.get("category"))
    whole = "catalog/shelf.html" if not request.htmx else "catalog/_shelf.html"
    response = render(request, whole, context)
    patch_vary_headers(response, ["HX-Request"])
    if request.htmx:
        response["HX-Push-Url"] = tidy
    return search_log.remember(request, response)


def _head(path, shown, category):
    """A category is found by its plain pages; an order leads to them, and what is narrowed or searched is not found."""
    narrowed = category is None or bool(shown.applied or shown.price_errors)
    page = 1 if shown.sort else shown.page.number
    title = category.name_local if category else ""
    cover = shown.page[0].cover if category and shown.total else None
    pages = 1 if shown.sort else shown.page.paginator.num_pages
    return Head(path, page=page, pages=pages, indexed=not narrowed and shown.total > 0, title=title, banner=cover)


def _about(request, shown, found, words):
    """What the page says about a search: what to loosen, and to staff who ask why the results stand in this order."""
    if shown.page.number == 1 and not shown.applied and not request.htmx and not shown.sort:
        fruitless = shown.answer.close or shown.answer.mended
        search_log.note(request, words, 0 if fruitless else shown.total)
    about = {"looser": mending.without_each(found, words) if shown.answer.close else []}
    if request.GET.get("explain") == "1" and request.user.is_staff:
        about["explained"] = ranking.explain(shown.answer.ranked, shown.facets.ids)
    return about
