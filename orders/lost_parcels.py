"""What the rules give for a lost parcel, said on the page of its order before anybody asks: again, or the money back."""

from dataclasses import dataclass

from catalog import stock
from orders import anchors, resends
from orders.models import Parcel


@dataclass(frozen=True)
class Offer:
    """``lines`` are (order line, units) that may be settled; ``fen`` is what comes back for them, delivery fee included.

    ``in_stock``: all of it can be sent again now.
    """

    lines: tuple
    fen: int
    in_stock: bool


def offer_for(parcel):
    """The ``Offer`` for a lost parcel, or None when nothing of it is left to settle."""
    if parcel.status != Parcel.Status.LOST:
        return None
    left = resends.sendable(parcel)
    if not left:
        return None
    rows = parcel.lines.select_related("line").filter(line__in=left).order_by("line__number")
    lines = tuple((row.line, left[row.line_id]) for row in rows)
    fen = sum(sum(anchors.worth(line, units)[:2]) for line, units in lines)
    wanted = {}
    for line, units in lines:
        wanted[line.sku_id] = wanted.get(line.sku_id, 0) + units
    there = stock.available(wanted)
    return Offer(lines, fen, all(there[sku_id] >= units for sku_id, units in wanted.items()))
