from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from catalog import search, search_log, suggestions


def suggest(request):
    """A fragment for the box under the search field; before anything is typed, what the visitor searched before."""
    words = _typed(request.GET)
    found = suggestions.of(words)
    context = {"words": words, "suggestions": found, "past": [] if words else search_log.past(request)[:6]}
    response = render(request, "catalog/_suggestions.html", context)
    response["Cache-Control"] = "private, max-age=30" if words else "no-store"
    return response


@require_POST
def forget(request):
    search_log.forget(request, _typed(request.POST))
    return search_log.remember(request, redirect("search"))


def _typed(data):
    return data.get("q", "").replace("\0", "").strip()[: search.LONGEST_QUERY]
