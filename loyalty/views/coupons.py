from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.way_back import way_back
from loyalty import coupon_pages, packets
from loyalty.coupons import ClaimRefused, claim
from loyalty.models import CouponTemplate, LuckyPacket

PER_PAGE = 20
TAB_NAMES = {"usable": gettext_lazy("Usable"), "used": gettext_lazy("Used"), "expired": gettext_lazy("Expired")}
REFUSALS = {
    "not_open": gettext_lazy("This coupon cannot be claimed now."),
    "over": gettext_lazy("The time for claiming this coupon is over."),
    "sold_out": gettext_lazy("All of these coupons are taken."),
    "limit": gettext_lazy("You have claimed as many of these as one person may."),
    "tier": gettext_lazy("This coupon is for members of other tiers."),
    "newcomers": gettext_lazy("This coupon is for newcomers who have not bought yet."),
}
CLOSED = {
    "over": gettext_lazy("The time of this red packet is over."),
    "empty": gettext_lazy("All shares of this red packet are opened."),
    "sold_out": gettext_lazy("This red packet is no longer given out."),
}


@require_safe
@login_required
def coupons(request):
    """My coupons, under the tab of the address."""
    tab = request.GET.get("tab", "")
    tab = tab if tab in coupon_pages.TABS else "usable"
    numbers = coupon_pages.counts(request.user)
    page = Paginator(coupon_pages.mine(request.user, tab), PER_PAGE).get_page(request.GET.get("page"))
    tabs = [(key, name, numbers[key], key == tab) for key, name in TAB_NAMES.items()]
    context = {"page": page, "tab": tab, "tabs": tabs, "tickets": [coupon_pages.ticket(c) for c in page]}
    return render(request, "loyalty/coupons.html", context)


@require_safe
def coupon_centre(request):
    return render(request, "loyalty/coupon_centre.html", {"tickets": coupon_pages.centre(request.user)})


@require_POST
def coupon_claims(request, pk):
    """Take one; answers with the page it came from, or to htmx with the ticket as it is then."""
    template = get_object_or_404(CouponTemplate.objects.exclude(status="draft"), pk=pk)
    if not request.user.is_authenticated:
        return _sign_in(request)
    try:
        claim(request.user, template)
    except ClaimRefused as refused:
        said, level = REFUSALS[refused.reason], messages.WARNING
    else:
        said, level = _("The coupon is yours. You find it under “My coupons”."), messages.SUCCESS
    if request.htmx:
        ticket = coupon_pages.offer(template, request.user)
        return render(request, "loyalty/_claimed.html", {"ticket": ticket, "said": said})
    messages.add_message(request, level, said)
    return redirect(_back(request))


@require_http_methods(["GET", "HEAD", "POST"])
def packet(request, token):
    """A shared red packet; a POST opens one share."""
    found = get_object_or_404(LuckyPacket.objects.select_related("template__merchant"), token=token)
    if request.method == "POST":
        return _open(request, found)
    taken = packets.opened_by(found)
    context = {
        "packet": found,
        "mine": next((one for one in taken if one.user_id == request.user.pk), None),
        "taken": taken,
        "best": max(taken, key=lambda one: one.amount_fen, default=None) if len(taken) == len(found.shares) else None,
        "closed": packets.closed(found),
    }
    return render(request, "loyalty/packet.html", context)


def _open(request, found):
    if not request.user.is_authenticated:
        return redirect_to_login(found.get_absolute_url())
    try:
        packets.open_packet(found, request.user)
    except packets.PacketClosed as refused:
        messages.warning(request, CLOSED[refused.reason])
    return redirect(found)


def _back(request):
    return way_back(request, reverse("coupon_centre"))


def _sign_in(request):
    answer = redirect_to_login(_back(request))
    if request.htmx:
        return HttpResponse(headers={"HX-Redirect": answer["Location"]})
    return answer
