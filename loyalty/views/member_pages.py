from datetime import timedelta

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from loyalty import explanation
from loyalty.members import member_of
from loyalty.models import PointsLot, Tier

PER_PAGE = 20
EXPIRING_WITHIN = timedelta(days=30)


@require_safe
@login_required
def member(request):
    me = member_of(request.user)
    return render(
        request, "loyalty/member.html", {"member": me, "why": explanation.of(me), "tiers": Tier.objects.all()}
    )


@require_safe
@login_required
def points(request):
    me = member_of(request.user)
    entries = me.points_entries.select_related("lot")
    available = me.lots.filter(status=PointsLot.Status.AVAILABLE, remaining__gt=0)
    context = {
        "member": me,
        "page": Paginator(entries, PER_PAGE).get_page(request.GET.get("page")),
        "lots": available.order_by("expires_at", "pk")[:12],
        "pending": me.lots.filter(status=PointsLot.Status.PENDING).order_by("-pk")[:12],
        "soon": timezone.now() + EXPIRING_WITHIN,
    }
    return render(request, "loyalty/points.html", context)


@require_safe
@login_required
def growth(request):
    me = member_of(request.user)
    context = {
        "member": me,
        "why": explanation.of(me),
        "decisions": me.evaluations.select_related("tier_before", "tier_after")[:5],
        "page": Paginator(me.growth_entries.all(), PER_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "loyalty/growth.html", context)
