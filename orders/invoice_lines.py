"""The lines of an invoice: what each item cost in cash after discounts and refunds, and the delivery fee."""

from django.db.models import Sum

from catalog.money import BASIS_POINTS
from orders.models import Refund, RefundLine

# Shop prices hold the tax. One rate for all goods until each SKU carries its own.
TAX_BP = 1_300


def tax_in(fen):
    """The tax that ``fen`` hold: net is gross / (1 + rate), rounded half up."""
    whole = BASIS_POINTS + TAX_BP
    return fen - (fen * BASIS_POINTS * 2 + whole) // (whole * 2)


def lines_of(order, due_fen):
    """Lines that sum to ``due_fen``: dicts of name, quantity, list_fen, discount_fen and amount_fen.

    Raises ``ValueError`` when the frozen amounts of the order do not sum to what is due: nothing is issued then.
    """
    gone = {
        row["line"]: row
        for row in RefundLine.objects.filter(refund__order=order, refund__status=Refund.Status.SUCCEEDED)
        .values("line")
        .order_by()
        .annotate(units=Sum("quantity"), goods=Sum("goods_fen"), shipping=Sum("shipping_fen"))
    }
    lines, shipping = [], 0
    for line in order.lines.order_by("pk"):
        back = gone.get(line.pk, {"units": 0, "goods": 0, "shipping": 0})
        amount = line.payable_fen - back["goods"]
        shipping += line.shipping_share_fen - back["shipping"]
        units = max(line.quantity - back["units"], 0)
        if amount:
            lines.append(_line(line.title, max(units, 1), max(line.unit_price_fen * units, amount), amount))
    if shipping:
        lines.append(_line("delivery", 1, shipping, shipping))
    if sum(line["amount_fen"] for line in lines) != due_fen:
        raise ValueError(f"order {order.number}: its lines do not sum to {due_fen} fen")
    return lines


def _line(name, quantity, list_fen, amount_fen):
    return {
        "name": name,
        "quantity": quantity,
        "list_fen": list_fen,
        "discount_fen": list_fen - amount_fen,
        "amount_fen": amount_fen,
    }
