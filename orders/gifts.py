"""What becomes of gifts when goods go back (docs/domain.md 4.7, E19): a gift that the kept goods no longer earn comes back
too, or its value is deducted from the refund; never more than the refund, and nobody is ever billed.

All is read from what was frozen with the order: the steps of the promotion and the lines that earned the gift.
"""

from django.db.models import F

from orders.models import OrderLine
from orders.pricing import THRESHOLD


def unearned(order, going=None):
    """[(gift line, units)] that the goods kept do not earn any more and that neither came back nor were deducted.

    ``going`` maps order line ids to units that are about to go, gift lines included.
    """
    going, found = going or {}, []
    lines = {line.pk: line for line in order.lines.all()}
    if not any(line.is_gift for line in lines.values()):
        return found
    by_number = {line.number: line for line in lines.values()}
    reasons = order.adjustments.filter(stage=THRESHOLD, code="gift").values_list("line_id", "params")
    for line_id, params in sorted(reasons):
        gift = lines[line_id]
        base = sum(_worth_of_kept(by_number[number], going) for number in params["lines"])
        earned = max((units for at, units in params["steps"] if base >= at), default=0)
        charged = gift.gift_charged_fen // gift.gift_value_fen if gift.gift_value_fen else 0
        units = kept(gift, going) - charged - earned
        if units > 0:
            found.append((gift, units))
    return found


def kept(line, going):
    """Units of ``line`` that stay with the shopper, or will come to them."""
    return line.quantity - line.cancelled_quantity - line.returned_quantity - going.get(line.pk, 0)


def _worth_of_kept(line, going):
    """What the kept units of ``line`` cost at the stage at which the gift was earned, in fen."""
    whole = line.gross_fen - line.d_unit_fen - line.d_presale_fen - line.d_line_fen
    return whole * kept(line, going) // line.quantity


def to_deduct(order, going=None):
    """Fen that keeping the unearned gifts costs, were ``going`` to go back without them."""
    return sum(gift.gift_value_fen * units for gift, units in unearned(order, going))


def deduct(order, most_fen):
    """Keep the unearned gifts for their value, out of a refund of ``most_fen``; returns the fen deducted.

    What the refund cannot cover is forgiven. The order is locked by the caller.
    """
    taken = 0
    for gift, units in unearned(order):
        fen = min(gift.gift_value_fen * units, most_fen - taken)
        OrderLine.objects.filter(pk=gift.pk).update(gift_charged_fen=F("gift_charged_fen") + fen)
        taken += fen
    return taken
