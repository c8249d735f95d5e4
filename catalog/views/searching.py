from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from catalog import search, search_log, suggestions

SHOWN = 6  # past searches under the field


def suggest(request):
    """A fragment for the box under the search field; before anything is typed, what the visitor searched before."""
    words = _typed(request.GET.get("q", ""))
    past = [] if words else search_log.past(request)
    response = _box(request, past, words=words, suggestions=suggestions.of(words))
    response["Cache-Control"] = "private, max-age=30" if words else "no-store"
    return response


@require_POST
def forget(request):
    """Take away one past search (``q``, from the box ``past``), or all: back to the search page, or the box without it."""
    query = _typed(request.POST.get("past", request.POST.get("q", "")))
    search_log.forget(request, query)
    response = _box(request, search_log.past(request), stays=True) if request.htmx else redirect("search")
    return search_log.remember(request, response)


def _box(request, past, **more):
    return render(request, "catalog/_suggestions.html", {"past": past[:SHOWN], **more})


def _typed(text):
    return text.replace("\0", "").strip()[: search.LONGEST_QUERY]
