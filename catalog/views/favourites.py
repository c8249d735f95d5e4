"""Favourites, waiting for goods to come back, and the browsing history."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from catalog import browsing, favourites, listings, product_page
from catalog.models import Sku

PER_PAGE = 24


def _number(text):
    return int(text) if text.isdecimal() and len(text) < 18 else 0


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def my_favourites(request):
    """The list; a POST adds ``product`` to it or, with ``remove``, takes it away, and leads back where it came from."""
    if request.method == "POST":
        return _change(request)
    kept = request.user.favourites.select_related("product__cover", "product__merchant")
    page = Paginator(kept, PER_PAGE).get_page(request.GET.get("page"))
    waiting = request.user.stock_alerts.filter(told_at=None).select_related("sku__product")
    return render(request, "catalog/account/favourites.html", {"page": page, "waiting": waiting})


def _change(request):
    gone = _number(request.POST.get("remove", ""))
    if gone:
        favourites.remove(request.user, gone)
        messages.info(request, _("It is no longer among your favourites."))
        back = product_page.find(gone) if request.POST.get("back") == "product" else None
        return redirect(back or "favourites")
    product = get_object_or_404(listings.on_sale(), pk=_number(request.POST.get("product", "")))
    try:
        favourites.add(request.user, product)
    except favourites.TooMany:
        messages.warning(request, _("Your list of favourites is full. Please take something away first."))
        return redirect("favourites")
    messages.success(request, _("It is among your favourites. We tell you when it becomes cheaper."))
    return redirect(product)


@require_POST
@login_required
def stock_alerts(request):
    """Ask to be told when the SKU ``alert`` is back; ``cancel`` takes such a wish away."""
    cancelled = _number(request.POST.get("cancel", ""))
    if cancelled:
        request.user.stock_alerts.filter(pk=cancelled, told_at=None).delete()
        return redirect("favourites")
    on_sale = Sku.objects.filter(is_active=True, product__in=listings.on_sale()).select_related("product")
    sku = get_object_or_404(on_sale, pk=_number(request.POST.get("alert", "")))
    try:
        made = favourites.alert(request.user, sku)
    except favourites.TooMany:
        messages.warning(request, _("You wait for very many things already. Please take one away first."))
        return redirect("favourites")
    said = _("We tell you when it is back.") if made else _("We have noted this already; you will hear from us.")
    messages.success(request, said)
    return redirect(sku.product)


@require_safe
@login_required
def history(request):
    page = Paginator(browsing.of(request.user), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "kept": browsing.is_kept(request.user), "days": browsing.KEPT.days}
    return render(request, "catalog/account/history.html", context)


@require_POST
@login_required
def history_change(request):
    """``go``: "clear", "pause", "resume", or "remove" with ``product``."""
    go = request.POST.get("go", "")
    if go == "clear":
        browsing.clear(request.user)
        messages.success(request, _("Your browsing history is empty."))
    elif go in {"pause", "resume"}:
        browsing.keep(request.user, go == "resume")
        paused = _("From now on we do not note what you look at.")
        messages.success(request, paused if go == "pause" else _("We note again what you look at."))
    elif go.startswith("remove-"):
        browsing.forget(request.user, _number(go.removeprefix("remove-")))
    return redirect("history")
