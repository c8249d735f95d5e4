"""When a coupon that an order used comes back (docs/domain.md 4.8): once nothing kept carries its discount any more.

Joins the caller's transaction, after the order and its refunds and before points.
"""

from django.db.models import F

from loyalty import coupons


def give_back_free(order, *, our_fault=False):
    """Give back each coupon all of whose lines were cancelled or returned; a delivery coupon when nothing is kept.

    One that has expired meanwhile lives on for some days when it was our fault. Returns the coupons given back now.
    """
    carried = list(order.adjustments.filter(source__startswith="coupon:").values_list("source", "line_id"))
    if not carried:
        return []
    kept = set(
        order.lines.filter(quantity__gt=F("cancelled_quantity") + F("returned_quantity")).values_list("pk", flat=True)
    )
    in_use = {source for source, line_id in carried if line_id in kept or (line_id is None and kept)}
    free = {source for source, _line in carried} - in_use
    ids = [int(source.removeprefix("coupon:")) for source in free]
    return coupons.give_back(order.about, coupon_ids=ids, our_fault=our_fault) if ids else []
