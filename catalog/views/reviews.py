"""Reviews in a shopper's account: what can be reviewed, what was written."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from catalog import reviews
from catalog.forms import FollowUpForm, ReviewForm

PER_PAGE = 10
WITH_GOODS = ("product__cover", "sku")


@require_safe
@login_required
def my_reviews(request):
    """Two lists: goods waiting for a review, and reviews with their state."""
    written = "written" in request.GET
    if written:
        rows = request.user.reviews.select_related(*WITH_GOODS, "invitation", "follow_up").prefetch_related("pictures")
    else:
        rows = reviews.to_write(request.user).select_related(*WITH_GOODS)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "catalog/account/reviews.html", {"page": page, "written": written})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def review_new(request, pk):
    mine = request.user.review_invitations.select_related(*WITH_GOODS)
    invitation = get_object_or_404(mine, pk=pk)
    form = ReviewForm(
        request.POST if request.method == "POST" else None,
        request.FILES or None,
        category_id=invitation.product.category_id,
    )
    if request.method == "POST" and form.is_valid():
        return _write(request, invitation, form.cleaned_data)
    if not form.is_bound and (not invitation.is_open or hasattr(invitation, "review")):
        return _not_now(request, too_late=not hasattr(invitation, "review"))
    context = {"invitation": invitation, "form": form}
    return render(request, "catalog/account/review_new.html", context, status=422 if form.errors else 200)


def _write(request, invitation, values):
    try:
        review = reviews.write(
            invitation,
            stars=values["stars"],
            text=values["text"],
            tags=values["tags"],
            pictures=values["photos"],
            anonymous=values["anonymous"],
        )
    except reviews.NotNow as refusal:
        return _not_now(request, too_late=refusal.too_late)
    messages.success(request, _thanks(review))
    return redirect("my_reviews")


def _thanks(said):
    if said.is_shown:
        return _("Thank you. What you wrote is on the page of the item now.")
    return _("Thank you. Somebody of the shop reads it first, and then it is shown; we tell you when.")


def _not_now(request, *, too_late):
    text = _("The time for this is over.") if too_late else _("You have written this already.")
    messages.warning(request, text)
    return redirect("my_reviews")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def review_follow_up(request, pk):
    review = get_object_or_404(request.user.reviews.select_related(*WITH_GOODS, "invitation"), pk=pk)
    form = FollowUpForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            added = reviews.follow_up(review, form.cleaned_data["text"])
        except reviews.NotNow as refusal:
            return _not_now(request, too_late=refusal.too_late)
        messages.success(request, _thanks(added if review.is_shown else review))
        return redirect(f"{reverse('my_reviews')}?written")
    context = {"review": review, "form": form}
    return render(request, "catalog/account/follow_up.html", context, status=422 if form.errors else 200)
