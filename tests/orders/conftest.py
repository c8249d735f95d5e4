import pytest
from django.utils import timezone

from accounts.models import Address
from loyalty import coupon_templates, coupons
from loyalty.models import CouponTemplate
from orders import checkout, promotions, quoting
from orders.live_offers import snapshot
from orders.models import Cart, Order, Promotion
from tests.factories import make_product, make_sku
from tests.fakes.shopping import pay_and_hear


@pytest.fixture
def shopper(client, alice):
    """Alice in her browser."""
    client.force_login(alice)
    return client


@pytest.fixture
def alices_address(alice):
    return Address.objects.create(
        user=alice,
        receiver="林小满",
        phone="+8613800000001",
        region_code="330106",
        province="浙江省",
        city="杭州市",
        district="西湖区",
        detail="文三路 478 号 3 幢 1201 室",
        is_default=True,
    )


@pytest.fixture
def teapot(yuji):
    """A SKU at ¥268.00, 10 of them in stock."""
    return make_sku(make_product(yuji), on_hand=10)


@pytest.fixture
def cup(songyan):
    """A SKU of another merchant at ¥45.00."""
    return make_sku(make_product(songyan, title="对饮 品茗杯"), price_fen=4_500, on_hand=20)


@pytest.fixture
def put_in_cart():
    """``put_in_cart(user, sku, quantity)``: a line in the member's cart."""

    def put(user, sku, quantity=1, **fields):
        cart = Cart.objects.get_or_create(user=user)[0]
        return cart.lines.create(sku=sku, quantity=quantity, price_when_added_fen=sku.price_fen, **fields)

    return put


@pytest.fixture
def place(alices_address, put_in_cart):
    """``place(user, (sku, quantity), …)`` puts lines into the cart and orders them at today's price."""

    def place_now(user, *wishes, key="key-1", points=0, **given):
        lines = [put_in_cart(user, sku, quantity) for sku, quantity in wishes]
        seen = given.pop("seen", None)
        if seen is None:
            seen = quoting.quote_for(user, lines, points_wanted=points).payable_fen
        return checkout.place_order(
            user,
            cart_lines=lines,
            address=given.pop("address", alices_address),
            key=key,
            seen_payable_fen=seen,
            points=points,
            **given,
        )

    return place_now


@pytest.fixture
def promote():
    """``promote(kind, steps, …)``: a promotion of the whole shop, published."""

    def publish(kind, steps=(), **fields):
        promotion = Promotion.objects.create(
            kind=kind, steps=[list(step) for step in steps], name=fields.pop("name", "冬季"), **fields
        )
        promotions.publish(promotion)
        snapshot.forget()
        promotion.refresh_from_db()
        return promotion

    return publish


@pytest.fixture
def coupon_of(manager):
    """``coupon_of(user, amount_fen, …)``: a coupon that the person holds."""

    def give(user, amount_fen, **fields):
        template = CouponTemplate.objects.create(
            name="店铺券", amount_fen=amount_fen, quota=100, valid_days=30, **fields
        )
        coupon_templates.publish(template, by=manager)
        return coupons.issue(template, user, source="test")

    return give


@pytest.fixture
def bought(alice, cup, place):
    """Three cups at ¥45.00, paid."""
    return pay_and_hear(place(alice, (cup, 3)))


@pytest.fixture
def received(bought):
    """The same order, received: invoices are issued from here on."""
    Order.objects.filter(pk=bought.pk).update(status="completed", completed_at=timezone.now())
    bought.lines.update(shipped_quantity=3, signed_at=timezone.now())
    bought.refresh_from_db()
    return bought
