"""Carts with everything in them at once cost no more questions than small ones."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts import memo
from catalog import product_page
from catalog.models import Product
from loyalty import coupons, points
from orders import cart_view, checkout, quoting, saved_lines, shown_offers
from orders.models import DeliveryTemplate, PromotionMember, SpecialDelivery
from tests.factories import make_product, make_sku
from tests.loyalty.tickets import make_template

pytestmark = pytest.mark.django_db

CART, CHECKOUT, PRODUCT, PLACING = 10, 25, 12, 30


@pytest.fixture
def cloth(yuji):
    """A SKU that is given away, two are there."""
    return make_sku(make_product(yuji, title="茶巾"), price_fen=3_900, on_hand=2)


@pytest.fixture
def tray(yuji):
    """A SKU that can be added at a special price."""
    return make_sku(make_product(yuji, title="茶盘"), price_fen=9_900)


@pytest.fixture
def offers(promote, teapot, cup, cloth, tray):
    """Every kind of offer that asks about the shopper or the shelf."""
    flash = {"prices": {str(teapot.pk): 9_900}, "pool_units": {str(teapot.pk): 4}, "units_a_member": 2}
    return {
        "flash": promote("flash", name="秒杀", **flash),
        "gift": promote(
            "gift", [(9_900, 1)], gift_sku=cloth, gift_value_fen=2_990, merchant=teapot.merchant, name="满赠"
        ),
        "add_on": promote("add_on", [(5_000, 0)], prices={str(tray.pk): 990}, units_a_member=1, name="加价购"),
        "newcomer": promote("spend_save", [(30_000, 500)], newcomers_only=True, merchant=cup.merchant, name="新人"),
        "member": promote("member", [("gold", 9_500)], name="会员价"),
        "quota": promote(
            "spend_save", [(2_000, 100)], quota_units=1_000, budget_fen=1_000_000, merchant=cup.merchant, name="满减"
        ),
    }


@pytest.fixture
def fill(alice, alices_address, yuji, songyan, teapot, cup, offers, put_in_cart):
    """``fill(more)``: a flash line, one of another merchant and ``more`` others, one sold out, one saved, a coupon."""

    def filled(more):
        lines = [put_in_cart(alice, teapot), put_in_cart(alice, cup)]
        for number in range(more):
            lines.append(put_in_cart(alice, make_sku(make_product((yuji, songyan)[number % 2]))))
        put_in_cart(alice, make_sku(make_product(yuji), on_hand=0))
        for merchant in (yuji, songyan):
            saved = put_in_cart(alice, make_sku(make_product(merchant)))
            saved_lines.put_aside(saved.cart, saved.sku_id)
        coupons.claim(alice, make_template())
        own = DeliveryTemplate.objects.create(merchant=yuji, name="furniture")
        own.zones.create(first_fen=1_200, days=2)
        SpecialDelivery.objects.create(product=teapot.product, template=own)
        memo.forget_all()
        return lines

    return filled


def asked_by(work):
    with CaptureQueriesContext(connection) as seen:
        work()
    return [sql for query in seen.captured_queries for sql in query["sql"].strip().split("; ")]


def cost_of(client, address):
    assert client.get(address).status_code == 200  # what a process remembers it remembers in life too
    return asked_by(lambda: client.get(address))


def told(asked):
    return "\n".join(sql[:140] for sql in asked)


@pytest.mark.parametrize("more", [0, 10])
def test_a_full_cart_keeps_its_budget(shopper, fill, more, cloth, tray):
    fill(more)
    asked = cost_of(shopper, reverse("cart"))
    shown = shopper.get(reverse("cart")).context["cart"]
    assert (len(shown.groups), len(shown.lines), len(shown.invalid), len(shown.saved)) == (2, 2 + more, 1, 2)
    assert [gift.sku_id for gift in shown.quote.gifts] == [cloth.pk]
    assert [offer.sku.pk for offer in shown.add_ons] == [tray.pk]
    assert len(asked) <= CART, told(asked)


def test_a_cart_of_one_line_costs_what_one_of_twelve_does(shopper, alice, fill, put_in_cart):
    lines = fill(10)
    many = cost_of(shopper, reverse("cart"))
    for line in lines[1:]:
        line.delete()
    one = cost_of(shopper, reverse("cart"))
    assert len(shopper.get(reverse("cart")).context["cart"].lines) == 1
    assert len(one) == len(many), f"{told(one)}\n\n{told(many)}"


@pytest.mark.parametrize("more", [0, 10])
@pytest.mark.parametrize("with_points", [False, True])
def test_the_checkout_of_a_full_cart_keeps_its_budget(shopper, alice, fill, more, with_points):
    fill(more)
    if with_points:
        points.grant(alice, "test", 10_000, "welcome")
    assert shopper.get(reverse("checkout")).status_code == 200
    wish = {"go": "show", "use_points": "on"} if with_points else {}
    send = shopper.post if with_points else shopper.get
    asked = asked_by(lambda: send(reverse("checkout"), wish))
    assert len(asked) <= CHECKOUT, told(asked)


@pytest.mark.parametrize("more", [0, 10])
def test_placing_a_full_cart_keeps_its_budget(alice, alices_address, fill, more):
    fill(more)
    lines = cart_view.chosen_of(alice.cart)
    seen = quoting.quote_for(alice, lines, region_code=alices_address.region_code).payable_fen
    asked = asked_by(
        lambda: checkout.place_order(
            alice, cart_lines=lines, address=alices_address, key="key-full", seen_payable_fen=seen
        )
    )
    asked = [sql for sql in asked if not sql.startswith(("SAVEPOINT", "RELEASE SAVEPOINT"))]
    assert len(asked) <= PLACING, told(asked)


def test_the_page_of_a_flash_sale_keeps_its_budget_for_a_member(shopper, alice, fill, teapot, offers):
    fill(0)
    asked = cost_of(shopper, teapot.product.get_absolute_url())
    assert len(asked) <= PRODUCT, told(asked)
    assert shown_price(shopper, teapot) < teapot.price_fen - 10_000
    PromotionMember.objects.create(promotion=offers["flash"], user=alice, units=2)
    assert shown_price(shopper, teapot) > 20_000, "the member has had both"


def shown_price(client, sku):
    user = client.get(sku.product.get_absolute_url()).wsgi_request.user
    listing = product_page.find(sku.product_id)
    return shown_offers.of_page(listing, product_page.gather(listing), user).unit.fen


def test_a_full_cart_reads_price_and_stock_of_this_moment(shopper, fill, teapot, cup):
    fill(0)
    shopper.get(reverse("cart"))
    type(cup).objects.filter(pk=cup.pk).update(price_fen=4_400)
    cup.stocks.update(on_hand=3)
    shown = {line.sku_id: line for line in shopper.get(reverse("cart")).context["cart"].lines}[cup.pk]
    assert (shown.price_fen, shown.available, shown.cheaper_by_fen) == (4_400, 3, 100)
    Product.objects.filter(pk=cup.product_id).update(status=Product.Status.TAKEN_DOWN)
    page = shopper.get(reverse("cart")).context["cart"]
    assert cup.pk in {line.sku_id for line in page.invalid}
    assert cup.pk not in {line.sku_id for line in page.lines}
