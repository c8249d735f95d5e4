"""Orders that were paid for and have arrived, with amounts frozen as in the worked example E1."""

from datetime import timedelta

import pytest
from django.utils import timezone

from catalog import stock
from catalog.money import allocate
from loyalty import points
from orders.models import Order, OrderLine, Payment
from tests.factories import make_product, make_sku

# title, units, unit price, threshold discount, coupon discount, points
E1 = (("A", 1, 12_800, 1_321, 495, 165), ("B", 2, 9_990, 2_061, 773, 258), ("C", 1, 5_990, 618, 232, 77))


@pytest.fixture
def bought(yuji):
    """``bought(user, rows, …)`` makes a paid order; its lines are shipped and signed for unless told otherwise."""

    def buy(
        user, rows=E1, *, number="26112200000001", shipping=0, status="delivered", signed_days_ago=1, return_days=7
    ):
        used = sum(row[5] for row in rows)
        gross = sum(row[1] * row[2] for row in rows)
        off = sum(sum(row[3:]) for row in rows)
        now = timezone.now()
        order = Order.objects.create(
            number=number,
            user=user,
            status=status,
            checkout_key=number,
            checkout_digest=number,
            goods_fen=gross,
            discount_fen=off,
            shipping_fen=shipping,
            points_used=used,
            payable_fen=gross - off + shipping,
            return_days=return_days,
            receiver="陈屿",
            phone="+8613800000001",
            detail="文三路 1 号",
            region_code="330106",
            province="浙江省",
            placed_at=now,
            paid_at=now,
        )
        if used:
            points.grant(user, f"test:{number}", used, "test")
            points.reserve(user, order.about, used)
            points.spend(order.about)
        arrived = status in {"shipped", "delivered", "completed", "finished"}
        signed = now - timedelta(days=signed_days_ago) if status in {"delivered", "completed", "finished"} else None
        shares = allocate(shipping, [row[1] * row[2] - sum(row[3:]) for row in rows])
        for at, (row, share) in enumerate(zip(rows, shares, strict=True), 1):
            _line(order, yuji, at, row, arrived, signed, share=share)
        points.grant_pending(user, order.about, points.earned(order.payable_fen - shipping, 10_000))
        Payment.objects.create(
            order=order,
            gateway="sandbox",
            number=f"P{number}",
            amount_fen=order.payable_fen,
            status="succeeded",
            applied=True,
            expires_at=now,
        )
        return order

    return buy


def _line(order, merchant, at, row, arrived, signed, *, share):
    title, units, unit, threshold, coupon, used = row
    sku = make_sku(make_product(merchant, title=title), price_fen=unit, on_hand=units)
    payable = unit * units - threshold - coupon - used
    line = OrderLine.objects.create(
        order=order,
        number=at,
        merchant=merchant,
        product=sku.product,
        sku=sku,
        title=title,
        sku_code=sku.code,
        unit_price_fen=unit,
        quantity=units,
        gross_fen=unit * units,
        d_threshold_fen=threshold,
        d_coupon_fen=coupon,
        d_points_fen=used,
        payable_fen=payable,
        shipping_share_fen=share,
        anchor_fen=payable,
        anchor_quantity=units,
        shipped_quantity=units if arrived else 0,
        return_policy=sku.product.return_policy,
        signed_at=signed,
    )
    stock.reserve([stock.Wish(sku.pk, units, line.source)])
    if arrived:
        stock.ship(line.source)


@pytest.fixture
def on_the_shelf():
    """Units of a line's SKU that can be sold."""
    return lambda line: stock.available([line.sku_id])[line.sku_id]
