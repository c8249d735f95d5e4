"""What orders put on the back office's first page; see accounts.today_card."""

from datetime import datetime, time, timedelta

from django.db.models import Count, Sum
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.roles import is_global
from accounts.today_card import Day, Figures, narrowed, waiting
from loyalty.models import CouponTemplate
from orders.models import HoldReview, Order, Promotion, Refund
from orders.today_desk import desk_cards

Status = Order.Status
DAYS = 14
SHIP_WITHIN_HOURS = 48


def cards(user):
    """Orders to release and to ship, and those whose shoppers have not paid yet."""
    if not user.has_perm("orders.view_order"):
        return []
    return [
        _card(user, "orders-to-release", _("To hand to the warehouse"), [Status.PAID], order=10, hours=1),
        _card(
            user,
            "orders-to-ship",
            _("To be sent"),
            [Status.PROCESSING, Status.PARTIALLY_SHIPPED],
            order=11,
            hours=SHIP_WITHIN_HOURS,
        ),
        _card(user, "orders-unpaid", _("Waiting for payment"), [Status.PENDING_PAYMENT], order=19),
        *desk_cards(user),
        *_drafts(user),
    ]


def _drafts(user):
    """Offers that merchants drafted, for those who put them live."""
    rows = (
        (Promotion, "orders.publish_promotion", "promotion-drafts", _("Promotions to publish")),
        (CouponTemplate, "loyalty.publish_coupontemplate", "coupon-drafts", _("Coupons to publish")),
    )
    for model, right, key, title in rows:
        if is_global(user) and user.has_perm(right):
            drafts = model.objects.filter(status="draft").exclude(merchant=None)
            url = reverse(f"admin:{model._meta.label_lower.replace('.', '_')}_changelist") + "?status__exact=draft"
            yield waiting(drafts, since="created_at", key=key, title=title, url=url, order=45)


def figures(user):
    """Paid orders of today and yesterday, and of the last fourteen days; only for those who see every merchant."""
    if not (is_global(user) and user.has_perm("orders.view_order")):
        return None
    today = timezone.localdate()
    days = _days(today)
    back = Refund.objects.filter(succeeded_at__gte=_start(today)).aggregate(fen=Sum("amount_fen"))["fen"] or 0
    return Figures(
        sales_today_fen=days[-1].amount_fen,
        orders_today=days[-1].orders,
        sales_yesterday_fen=days[-2].amount_fen,
        orders_yesterday=days[-2].orders,
        refunds_today_fen=back,
        days=days,
    )


def _card(user, key, title, states, *, order, hours=None):
    # Held ones have a card of their own.
    found = Order.objects.filter(status__in=states).exclude(hold__status=HoldReview.Status.OPEN)
    return waiting(
        narrowed(found, user, "lines__merchant"),
        since="placed_at" if states == [Status.PENDING_PAYMENT] else "paid_at",
        key=key,
        title=title,
        url=reverse("admin:orders_order_changelist") + "?status__in=" + ",".join(states),
        order=order,
        urgent_after_hours=hours,
    )


def _days(today):
    first = today - timedelta(days=DAYS - 1)
    paid = Order.objects.filter(paid_at__gte=_start(first)).values(day=TruncDate("paid_at"))
    sums = {row["day"]: row for row in paid.annotate(fen=Sum("payable_fen"), n=Count("pk"))}
    dates = [first + timedelta(days=number) for number in range(DAYS)]
    return [Day(day, sums.get(day, {}).get("fen", 0), sums.get(day, {}).get("n", 0)) for day in dates]


def _start(day):
    return timezone.make_aware(datetime.combine(day, time()))
