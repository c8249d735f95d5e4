from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from loyalty import lottery as rules
from loyalty import lottery_pages as pages
from loyalty import tickets
from loyalty.forms_lottery import DrawForm, ExchangeForm
from loyalty.members import member_of

PER_PAGE = 20
REFUSALS = {
    "limit": gettext_lazy("Five tickets a day are the most. Come back tomorrow."),
    "points": gettext_lazy("You have too few points for a ticket."),
}


@require_safe
def lottery(request):
    """The published odds for everybody; a member's tickets and newest draws."""
    table = pages.shown()
    context = {
        "table": table,
        "rows": pages.published(table) if table else [],
        "seed": pages.today() if table else None,
        "price": tickets.PRICE,
        "limit": tickets.TICKETS_A_DAY,
        "key": uuid4(),
    }
    if request.user.is_authenticated:
        context |= pages.own(member_of(request.user))
    return render(request, "loyalty/lottery.html", context)


@require_POST
@login_required
def lottery_tickets(request):
    """Points for a ticket."""
    form = ExchangeForm(request.POST)
    if not form.is_valid():
        return redirect("lottery")
    try:
        tickets.exchange(request.user, form.cleaned_data["key"])
    except tickets.TicketRefused as refused:
        messages.warning(request, REFUSALS[refused.reason])
    else:
        messages.success(request, _("The ticket is yours."))
    return redirect("lottery")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def lottery_draws(request):
    """My draws; a POST uses a ticket and leads to what it won."""
    me = member_of(request.user)
    if request.method == "POST":
        return _draw(request, me)
    page = Paginator(pages.draws_of(me), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "loyalty/lottery_draws.html", {"page": page})


@require_safe
@login_required
def lottery_draw(request, pk):
    """What a draw won, and everything that it can be checked with."""
    drawn = get_object_or_404(pages.draws_of(member_of(request.user)), pk=pk)
    context = {"draw": drawn, "proof": pages.proof(drawn), "rows": pages.published(drawn.table)}
    return render(request, "loyalty/lottery_draw.html", context)


@require_safe
def lottery_seeds(request):
    """Hashes and, for days that are over, seeds: for everybody who checks a draw."""
    page = Paginator(pages.seeds_to_show(), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "loyalty/lottery_seeds.html", {"page": page})


def _draw(request, me):
    form = DrawForm(request.POST)
    if not form.is_valid():
        return redirect("lottery")
    ticket = get_object_or_404(me.tickets, pk=form.cleaned_data["ticket"])
    try:
        return redirect(rules.draw(request.user, ticket.pk))
    except rules.DrawRefused:
        messages.warning(request, _("The lottery is closed at the moment. Your ticket stays good."))
        return redirect("lottery")
