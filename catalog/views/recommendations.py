"""What a shopper says about recommendations, and the page where they see and govern what these are made of."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from accounts.way_back import way_back
from catalog import personal_choice, recommending, shopper_events
from catalog.models import Product

PER_PAGE = 20
SAID = {
    "interested": gettext_lazy("Noted: we show you more like this."),
    "not_interested": gettext_lazy("Noted: we do not show it to you again, and less like it."),
    "have_it": gettext_lazy("Noted: we do not show it to you again."),
    "": gettext_lazy("Taken back."),
}


@require_safe
@login_required
def recommendations(request):
    personal = personal_choice.is_personal(request.user)
    given = request.user.recommendation_feedback.select_related("product__cover")
    context = {
        "personal": personal,
        "noted": [(kind.label, count) for kind, count in personal_choice.noted(request.user).items()],
        "days": shopper_events.KEPT[shopper_events.Kind.VIEW],
        "page": Paginator(given, PER_PAGE).get_page(request.GET.get("page")),
        "next": request.get_full_path(),
        "scale": recommending.weights(),
    }
    return render(request, "catalog/account/recommendations.html", context)


@require_POST
@login_required
def answers(request):
    """``answer`` to the listing ``product``; an empty one takes back what was said. Leads to ``next``."""
    said, text = request.POST.get("answer", "?"), request.POST.get("product", "")
    product = get_object_or_404(
        Product.objects.exclude(published_at=None), pk=int(text) if text.isdecimal() and len(text) < 18 else 0
    )
    if said not in SAID:
        messages.warning(request, _("Please choose one of the three answers."))
        return redirect(way_back(request, "recommendations"))
    if said:
        personal_choice.answer(request.user, product, said)
    else:
        personal_choice.take_back(request.user, product.pk)
    if request.htmx:
        context = {"product": product, "answer": said, "text": SAID[said], "next": way_back(request, "recommendations")}
        return render(request, "catalog/recommended/_answered.html", context)
    messages.success(request, SAID[said])
    return redirect(way_back(request, "recommendations"))


@require_POST
@login_required
def changes(request):
    """``go``: "off", "on", or "forget" (what was noted)."""
    go = request.POST.get("go", "")
    if go == "off":
        personal_choice.refuse(request.user)
        messages.success(request, _("Nothing that you do is used for recommendations from now on."))
    elif go == "on":
        personal_choice.allow(request.user)
        messages.success(request, _("Recommendations may be personal again."))
    elif go == "forget":
        shopper_events.forget(request.user)
        messages.success(request, _("What was noted for recommendations is forgotten."))
    return redirect("recommendations")
