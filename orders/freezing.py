"""Writing a quote down: the order, its lines, adjustments and invoice wish, with names and amounts as they are now."""

from catalog.goods_tax import rate_of
from catalog.models import Product
from orders.models import Adjustment, OrderLine
from orders.pricing import COUPON, LINE, RED_PACKET, THRESHOLD, UNIT


def freeze(trip, order, *, line_ids, quote, skus, benefits, invoice, gift_skus=None, presale=False):
    """Put ``order`` (its key drawn; number, key and receiver set) at ``quote`` into ``trip`` (accounts.one_trip).

    ``order.new_lines`` then holds its lines, under the drawn ``line_ids``.
    The gifts of the quote (``gift_skus``: SKU id → SKU) are lines of their own after the goods; they cost nothing.
    Of a ``presale`` the first discount is the gain of its deposit.
    """
    order.goods_fen, order.discount_fen = quote.goods_fen, quote.discount_fen
    order.shipping_fen, order.payable_fen = quote.shipping_fen, quote.payable_fen
    order.points_used = quote.points
    order.tier_code, order.earn_bp = benefits.tier_code, benefits.earn_bp
    order.return_days, order.priority = benefits.return_days, benefits.priority
    trip.add([order])
    lines = [
        _line(order, number, quoted, skus[quoted.line.sku_id], presale) for number, quoted in enumerate(quote.lines, 1)
    ]
    gifts = {len(lines) + n: gift for n, gift in enumerate(quote.gifts, 1)}
    lines += [_gift_line(order, number, gift, gift_skus[gift.sku_id]) for number, gift in gifts.items()]
    order.new_lines = lines
    for line, pk in zip(lines, line_ids, strict=True):
        line.pk = pk
    trip.add(lines)
    trip.add([*_adjustments(order, quote), *_gift_notes(order, gifts)])
    if invoice is not None:
        invoice.order = order
        trip.add([invoice])
    return order


def needs_confirmation(product):
    """Whether the shopper must confirm, separately and before buying, that these goods have no no-reason return."""
    return product.return_policy == Product.ReturnPolicy.EXCLUDED_IF_CONFIRMED


def _names(order, number, sku):
    """What every line says of its SKU, as it is now."""
    product = sku.product
    return {
        "order": order,
        "number": number,
        "merchant_id": sku.merchant_id,
        "product": product,
        "sku": sku,
        "picture_id": sku.picture_id or product.cover_id,
        "title": product.title,
        "title_en": product.title_en,
        "options_text": sku.options_text,
        "sku_code": sku.code,
        "return_policy": product.return_policy,
        "return_exclusion_confirmed_at": order.placed_at if needs_confirmation(product) else None,
    }


def _gift_line(order, number, gift, sku):
    names = _names(order, number, sku) | {"return_exclusion_confirmed_at": None}
    return OrderLine(
        **names,
        unit_price_fen=0,
        quantity=gift.quantity,
        gross_fen=0,
        payable_fen=0,
        anchor_fen=0,
        anchor_quantity=gift.quantity,
        gift_of_id=gift.offer.id,
        gift_value_fen=gift.value_fen,
    )


def _gift_notes(order, gifts):
    """Why each gift is there, for the order page and for the day on which goods come back."""
    for line in order.new_lines:
        if line.number in gifts:
            gift = gifts[line.number]
            facts = {"name": gift.offer.name, "name_en": gift.offer.name_en, "value_fen": gift.value_fen}
            facts |= {"lines": [place + 1 for place in gift.among], "steps": [list(step) for step in gift.offer.steps]}
            yield Adjustment(
                order=order, line=line, stage=THRESHOLD, code="gift", fen=0, params=facts, source=gift.offer.source
            )


def _line(order, number, quoted, sku, presale):
    return OrderLine(
        **_names(order, number, sku),
        unit_price_fen=quoted.line.unit_price_fen,
        quantity=quoted.line.quantity,
        gross_fen=quoted.line.gross_fen,
        d_unit_fen=0 if presale else quoted.share(UNIT),
        d_presale_fen=quoted.share(UNIT) if presale else 0,
        d_line_fen=quoted.share(LINE),
        d_threshold_fen=quoted.share(THRESHOLD),
        d_coupon_fen=quoted.share(COUPON),
        d_red_packet_fen=quoted.share(RED_PACKET),
        d_points_fen=quoted.points_fen,
        payable_fen=quoted.payable_fen,
        shipping_share_fen=quoted.shipping_share_fen,
        anchor_fen=quoted.payable_fen,
        anchor_quantity=quoted.line.quantity,
        tax_bp=rate_of(sku),
    )


def _adjustments(order, quote):
    """One row a line and step; a step that is about no line (the delivery fee) has one row."""
    for step in quote.steps:
        common = {"order": order, "stage": step.stage, "code": step.code, "params": step.params, "source": step.source}
        if not step.shares:
            yield Adjustment(fen=step.fen, **common)
        for line, share in zip(order.new_lines, step.shares, strict=False):
            if share:
                yield Adjustment(line=line, fen=share, **common)


def address_fields(address):
    """What an order keeps of the address (an accounts.Address or the like), by the names of its own fields."""
    names = ("receiver", "phone", "detail", "region_code", "province", "city", "district")
    return {name: getattr(address, name) for name in names}
