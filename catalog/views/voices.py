"""What others do with a text: find it helpful, report it, look at its pictures."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import Merchant
from accounts.rate_limit import allow
from accounts.roles import is_global
from catalog import reports, reviews
from catalog.forms import ReportForm
from catalog.models import Answer, FollowUp, Question, Review, ReviewPicture
from catalog.models.moderated import Moderated

KINDS = {"review": Review, "follow-up": FollowUp, "question": Question, "answer": Answer}
A_DAY = 20


@require_POST
@login_required
def vote(request, pk):
    """One more tap takes the vote back."""
    review = get_object_or_404(_shown(Review).select_related("product"), pk=pk)
    if review.user_id == request.user.pk:
        messages.info(request, _("This is your own review."))
    elif reviews.vote(review, request.user):
        messages.success(request, _("Thank you. You found this review helpful."))
    else:
        messages.info(request, _("Your vote was taken back."))
    return redirect(f"{review.product.get_absolute_url()}#review-{review.pk}")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def report(request, kind, pk):
    if kind not in KINDS:
        raise Http404
    said = get_object_or_404(_shown(KINDS[kind]), pk=pk)
    form = ReportForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if not allow(f"report:{request.user.pk}", A_DAY, 24 * 3600):
            messages.warning(request, _("That is enough for today. Thank you."))
        elif reports.report(said, request.user, **form.cleaned_data):
            messages.success(request, _("Thank you. We look at it and tell you what we decided."))
        else:
            messages.info(request, _("You have reported this already."))
        return redirect(said.product)
    context = {"said": said, "form": form}
    return render(request, "catalog/report.html", context, status=422 if form.errors else 200)


def _shown(model):
    return model.objects.filter(status=Moderated.Status.PUBLISHED)


@require_safe
def picture(request, pk, size):
    """A buyer's picture. Before its review is shown, and when it is hidden, only for its author and for staff."""
    found = get_object_or_404(ReviewPicture.objects.select_related("review__product"), pk=pk)
    if not found.review.is_shown and not _may_see(request.user, found.review):
        raise Http404
    file = found.small if size == "small" else found.file
    response = FileResponse(file.open(), content_type="image/webp")
    response["Cache-Control"] = "private, max-age=600"
    return response


def _may_see(user, review):
    if not user.is_authenticated:
        return False
    staffed = Merchant.objects.staffed_by(user).filter(pk=review.product.merchant_id)
    return review.user_id == user.pk or (user.is_staff and (is_global(user) or staffed.exists()))
