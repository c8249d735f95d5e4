"""The lines of an invoice: what each item cost in cash after discounts and refunds, and the delivery fee."""

from django.db.models import Sum

from catalog.money import BASIS_POINTS
from catalog.tax_rates import USUAL
from orders.models import Refund, RefundLine


def tax_in(fen, rate_bp=USUAL):
    """The tax that ``fen`` hold at a rate in basis points: net is gross / (1 + rate), rounded half up."""
    whole = BASIS_POINTS + rate_bp
    return fen - (fen * BASIS_POINTS * 2 + whole) // (whole * 2)


def rate_in(line):
    """The rate of a frozen line in basis points; lines of before rates were kept hold the usual one."""
    return line.get("tax_bp", USUAL)


def tax_of(lines):
    """The tax in frozen lines, each rounded on its own."""
    return sum(tax_in(line["amount_fen"], rate_in(line)) for line in lines)


def lines_of(order, due_fen):
    """Lines that sum to ``due_fen``: dicts of name, quantity, list_fen, discount_fen, amount_fen and tax_bp.

    The delivery fee follows the goods that it was paid for: one line for each rate among them.
    Raises ``ValueError`` when the frozen amounts of the order do not sum to what is due: nothing is issued then.
    """
    gone = {
        row["line"]: row
        for row in RefundLine.objects.filter(refund__order=order, refund__status=Refund.Status.SUCCEEDED)
        .values("line")
        .order_by()
        .annotate(units=Sum("quantity"), goods=Sum("goods_fen"), shipping=Sum("shipping_fen"))
    }
    lines, shipping = [], {}
    for line in order.lines.order_by("pk"):
        back = gone.get(line.pk, {"units": 0, "goods": 0, "shipping": 0})
        amount = line.payable_fen - back["goods"]
        shipping[line.tax_bp] = shipping.get(line.tax_bp, 0) + line.shipping_share_fen - back["shipping"]
        units = max(line.quantity - back["units"], 0)
        if amount:
            list_fen = max(line.unit_price_fen * units, amount)
            lines.append(_line(line.title, max(units, 1), list_fen, amount, line.tax_bp))
    lines += [_line("delivery", 1, fen, fen, rate) for rate, fen in sorted(shipping.items(), reverse=True) if fen]
    if sum(line["amount_fen"] for line in lines) != due_fen:
        raise ValueError(f"order {order.number}: its lines do not sum to {due_fen} fen")
    return lines


def _line(name, quantity, list_fen, amount_fen, tax_bp):
    return {
        "name": name,
        "quantity": quantity,
        "list_fen": list_fen,
        "discount_fen": list_fen - amount_fen,
        "amount_fen": amount_fen,
        "tax_bp": tax_bp,
    }
