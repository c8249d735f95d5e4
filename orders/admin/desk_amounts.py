"""The money of an order on its desk: every step from list price to payable with what caused it, and what came and went."""

from dataclasses import dataclass, field

from django.db.models import Sum
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from orders.models import Refund
from orders.price_words import step_text
from orders.pricing import POINTS, SHIPPING

DELIVERY = {
    "delivery_coupon": gettext_lazy("Delivery coupon: %(name)s"),
    "delivery_promotion": gettext_lazy("Free delivery: %(name)s"),
}
# Kind of cause, as adjustments name it → its page.
PAGES = {"coupon": "admin:loyalty_coupon_change", "promotion": "admin:orders_promotion_change"}


@dataclass
class Row:
    """A line of the sum: ``fen`` as it counts, ``shares`` [(order line, fen)], ``url`` of what caused it or ""."""

    label: str
    fen: int
    url: str = ""
    shares: list = field(default_factory=list)
    is_sum: bool = False


def rows_of(order):
    """The rows of the sum, from the list price down."""
    steps = _steps(order)
    return [
        Row(_("Goods at list price"), order.goods_fen),
        *steps,
        Row(_("Delivery fee"), order.shipping_fen),
        Row(_("Payable"), order.payable_fen, is_sum=True),
    ]


def moved(order):
    """[(label, fen)] of what was paid, went back, is going back and stays."""
    paid = order.payments.filter(applied=True).aggregate(fen=Sum("amount_fen"))["fen"] or 0
    backs = order.refunds.filter(payment__applied=True).exclude(status=Refund.Status.CANCELLED)
    sums = dict(backs.order_by().values_list("status").annotate(fen=Sum("amount_fen")))
    done = sums.pop(Refund.Status.SUCCEEDED, 0)
    under_way = sum(sums.values())
    rows = [(_("Paid"), paid), (_("Refunded"), -done), (_("On its way back"), -under_way)]
    return [row for row in rows if row[1]] + [(_("Left with us"), paid - done - under_way)] if paid else []


def _steps(order):
    found = {}
    for step in order.adjustments.exclude(stage=SHIPPING).select_related("line"):
        key = step.source or step.code
        if key not in found:
            found[key] = Row(_label(step), 0, _url(step.source))
        found[key].fen -= step.fen
        if step.line is not None and step.fen:
            found[key].shares.append((step.line, -step.fen))
    for step in order.adjustments.filter(stage=SHIPPING, code__in=DELIVERY):
        words = DELIVERY[step.code] % {"name": step.params.get("name", "")}
        found[f"shipping:{step.source}"] = Row(words, 0, _url(step.source))
    return list(found.values())


def _label(step):
    if step.stage == POINTS:
        return _("%(n)s points") % {"n": step.params.get("points", step.fen)}
    return step_text(step)


def _url(source):
    """Where staff look at the cause: a promotion, a coupon."""
    kind, _colon, key = source.partition(":")
    key = key.partition("/")[0]
    if kind in PAGES and key.isdigit():
        return reverse(PAGES[kind], args=[key])
    return ""
