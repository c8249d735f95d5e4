"""The anchor of an order line: what its units are worth when they come back.

Amounts are frozen: a refund reads the anchors of the lines (domain.md 4.4) and never prices anything again. The anchor
moves when a refund is asked for, so that two requests on their way together divide the line as two in a row would.
"""

from django.db.models import Sum

from catalog.money import part_returned
from orders.models import OrderLine, Refund, RefundLine


def worth(line, quantity):
    """What the next ``quantity`` units of ``line`` are worth: (goods fen, share of the delivery fee in fen, points).

    Units that are no longer there are worth nothing.
    """
    quantity = min(quantity, line.anchor_quantity - line.anchor_returned)
    if quantity <= 0:
        return 0, 0, 0
    goods = part_returned(line.anchor_fen, line.anchor_quantity, line.anchor_returned, quantity)
    gone = refunded(line)
    before = min(gone["quantity"], line.quantity - quantity)
    shipping = part_returned(line.shipping_share_fen, line.quantity, before, quantity)
    points = part_returned(line.d_points_fen, line.quantity, before, quantity)
    return (
        goods,
        min(shipping, line.shipping_share_fen - gone["shipping_fen"]),
        min(points, line.d_points_fen - gone["points"]),
    )


def refunded(line):
    """Units, goods, delivery fee and points of ``line`` that went back or are on their way: a dict of four sums."""
    live = RefundLine.objects.filter(line=line).exclude(refund__status__in=Refund.DEAD)
    names = ("quantity", "goods_fen", "shipping_fen", "points")
    sums = live.aggregate(**{f"sum_{name}": Sum(name) for name in names})
    return {name: sums[f"sum_{name}"] or 0 for name in names}


def take_off(line, *, units, fen):
    """Units come off the anchor; money without units (a compensation) sets a new one over the units kept."""
    line = OrderLine.objects.select_for_update().get(pk=line.pk)
    if units:
        line.anchor_returned += units
    else:
        set_anew(line, fen=-fen, units=0)
    line.save(update_fields=["anchor_fen", "anchor_quantity", "anchor_returned"])


def set_anew(line, *, fen, units):
    """A new anchor: what is left of the present one, plus ``fen`` and ``units``."""
    left = line.anchor_fen - part_returned(line.anchor_fen, line.anchor_quantity, 0, line.anchor_returned)
    line.anchor_fen = max(left + fen, 0)
    line.anchor_quantity = line.anchor_quantity - line.anchor_returned + units
    line.anchor_returned = 0
