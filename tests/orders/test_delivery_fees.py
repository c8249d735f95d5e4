"""Delivery fees by template: worked examples of the rule, and what cart, checkout and product page make of them."""

import pytest

from catalog.models import Product
from loyalty.members import Benefits
from orders import anchors, checkout_refusals, delivery_templates
from orders.delivery_fees import BasketFee, Charge, Charges, Terms, Zone, charges_of
from orders.models import DeliveryTemplate, Order, SpecialDelivery
from orders.pricing import SHIPPING
from orders.pricing.basket import Line
from orders.pricing.engine import Offers, quote
from orders.pricing.offers import CouponOffer
from tests.factories import make_product, make_sku

HANGZHOU, SHENZHEN, GUANGZHOU, URUMQI, LHASA = "330106", "440305", "440104", "650102", "540102"

BY_PIECE = Terms(
    1,
    "piece",
    (
        Zone(frozenset({"330000", "310000"}), first=1, first_fen=600, further=2, further_fen=100, free_from_pieces=6),
        Zone(frozenset({"440300"}), first=1, first_fen=500, further=1, further_fen=50),
        Zone(frozenset({"440000"}), first=1, first_fen=900, further=1, further_fen=300, free_from_fen=19_900),
        Zone(frozenset({"540000"}), refused="too far"),
        Zone(first=1, first_fen=1_200, further=1, further_fen=400),
    ),
)
BY_WEIGHT = Terms(2, "weight", (Zone(first=1_000, first_fen=1_000, further=500, further_fen=250),))

NORMAL = Benefits("normal", 10_000, 9_900, 7, priority=False)


@pytest.mark.parametrize(
    ("region", "pieces", "fen"),
    [
        (HANGZHOU, 1, 600),
        (HANGZHOU, 2, 700),  # a begun pair
        (HANGZHOU, 3, 700),
        (HANGZHOU, 4, 800),
        (HANGZHOU, 5, 800),
        (HANGZHOU, 6, 0),  # free from six pieces on
        (SHENZHEN, 2, 550),  # the city beats its province
        (GUANGZHOU, 2, 1_200),
        (URUMQI, 3, 2_000),  # everywhere else
        ("", 1, 1_200),  # not known yet
    ],
)
def test_the_fee_by_piece(region, pieces, fen):
    assert BY_PIECE.zone_at(region).fee("piece", pieces=pieces, grams=0) == fen


@pytest.mark.parametrize(("grams", "fen"), [(0, 1_000), (1_000, 1_000), (1_001, 1_250), (1_500, 1_250), (2_400, 1_750)])
def test_the_fee_by_weight(grams, fen):
    assert BY_WEIGHT.zone_at(HANGZHOU).fee("weight", pieces=3, grams=grams) == fen


def test_every_template_of_a_basket_is_charged_once_and_the_rest_shares_the_fee_of_the_shop():
    goods = [(BY_PIECE, 1, [(11, 2, 0), (12, 1, 0)]), (BY_WEIGHT, 1, [(13, 2, 800)]), (None, 2, [(14, 1, 0)])]
    goods.append((None, 3, [(15, 1, 0)]))
    found = charges_of(goods, HANGZHOU, otherwise_fen=800)
    assert [charge.fen for charge in found.rows] == [700, 1_500, 800]
    assert (found.fen, found.refused) == (3_000, {})


def test_what_is_not_sent_there_is_named_and_costs_nothing():
    found = charges_of([(BY_PIECE, 1, [(11, 2, 0)]), (BY_WEIGHT, 2, [(12, 1, 100)])], LHASA)
    assert (found.refused, found.fen) == ({11: "too far"}, 1_000)


def test_a_region_that_no_zone_names_is_refused():
    only_near = Terms(3, "piece", (Zone(frozenset({"330000"}), first_fen=600),))
    assert charges_of([(only_near, 1, [(11, 1, 0)])], URUMQI, refusal="no").refused == {11: "no"}


def test_a_threshold_counts_the_goods_of_its_own_template():
    charges = Charges((Charge(900, frozenset({11}), 19_900), Charge(1_000, frozenset({12}))))
    fee = BasketFee.over(charges, [11, 12])
    assert fee.fen(39_800, (19_900, 19_900)) == 1_000
    assert fee.fen(39_799, (19_899, 19_900)) == 1_900
    assert fee.fen(19_000, (19_900, 0)) == 1_900  # a coupon took the goods below it
    assert fee.most_fen == 1_900


# --- in the shop -----------------------------------------------------------------------------------------------------


@pytest.fixture
def template(yuji):
    template = DeliveryTemplate.objects.create(merchant=yuji, name="standard", is_default=True)
    template.zones.create(regions=["330000"], first_fen=600, further_fen=200, days=2)
    template.zones.create(regions=["540000"], refused=True, why="高原不发", why_en="Not to the plateau")
    template.zones.create(first_fen=1_500, further_fen=500, days=5)
    delivery_templates.forget()
    return template


@pytest.fixture
def cheap(yuji):
    return make_sku(make_product(yuji, title="茶匙"), price_fen=900)


@pytest.fixture
def to_lhasa(alice, alices_address):
    alices_address.region_code, alices_address.province, alices_address.city = LHASA, "西藏自治区", "拉萨市"
    alices_address.save()
    return alices_address


def test_an_order_pays_what_its_templates_say(alice, cheap, cup, template, place):
    order = place(alice, (cheap, 3), (cup, 1))
    assert order.shipping_fen == 600 + 2 * 200 + 800
    assert sum(line.shipping_share_fen for line in order.lines.all()) == order.shipping_fen


def test_each_line_bears_what_its_own_template_takes(alice, yuji, cheap, cup, template, place):
    cloth = make_sku(make_product(yuji, title="茶巾"), price_fen=1_100)
    order = place(alice, (cheap, 3), (cup, 1), (cloth, 1))
    shares = {line.sku_id: line.shipping_share_fen for line in order.lines.all()}
    # ¥27.00 and ¥11.00 of one merchant bear its ¥12.00; the cup alone bears the shop's ¥8.00.
    assert shares == {cheap.pk: 853, cloth.pk: 347, cup.pk: 800}
    line = order.lines.get(sku=cup)
    assert anchors.worth(line, 1)[:2] == (4_500, 800)


def test_what_a_coupon_leaves_of_the_fee_is_borne_in_proportion():
    charges = Charges((Charge(1_000, frozenset({11})), Charge(800, frozenset({12}), 99_900)))
    lines = [Line(12, 2, 4_500, 1), Line(11, 1, 900, 3)]
    half = CouponOffer(id=1, stage=SHIPPING, off_fen=900)
    found = quote(lines, benefits=NORMAL, delivery_fee_fen=charges, offers=Offers(coupons=(half,)))
    assert [line.shipping_share_fen for line in found.lines] == [400, 500]


def test_a_listing_may_have_another_template(alice, yuji, cheap, template, place):
    own = DeliveryTemplate.objects.create(merchant=yuji, name="furniture")
    own.zones.create(first_fen=4_000)
    SpecialDelivery.objects.create(product=cheap.product, template=own)
    delivery_templates.forget()
    assert place(alice, (cheap, 1)).shipping_fen == 4_000


def test_the_threshold_of_the_tier_frees_all_templates(alice, teapot, template, place):
    assert place(alice, (teapot, 1)).shipping_fen == 0


@pytest.mark.django_db
def test_nothing_is_ordered_to_where_it_is_not_sent(alice, cheap, template, to_lhasa, place):
    with pytest.raises(checkout_refusals.NotDelivered) as refusal:
        place(alice, (cheap, 1))
    assert list(refusal.value.refused) == [cheap.pk]
    assert not Order.objects.exists()


def test_checkout_says_beside_the_line_what_is_not_sent_there(
    client, alice, cheap, cup, template, to_lhasa, put_in_cart
):
    client.force_login(alice)
    put_in_cart(alice, cheap)
    put_in_cart(alice, cup)
    page = client.get("/checkout/").content.decode()
    assert f'id="refused-{cheap.pk}"' in page
    assert f'id="refused-{cup.pk}"' not in page
    assert "高原不发" in page or "Not to the plateau" in page


def test_the_cart_estimates_for_the_usual_region(client, alice, cheap, template, alices_address, put_in_cart):
    client.force_login(alice)
    put_in_cart(alice, cheap, 2)
    page = client.get("/cart/").content.decode()
    assert "浙江省杭州市" in page
    assert "8.00" in page


@pytest.mark.django_db
def test_the_product_page_shows_fee_and_dates_within_its_queries(
    client, cheap, template, django_assert_max_num_queries
):
    Product.objects.filter(pk=cheap.product_id).update(published_at="2026-01-01T00:00+08:00")
    client.get(cheap.product.get_absolute_url())  # what hardly ever changes is remembered
    with django_assert_max_num_queries(12):
        page = client.get(cheap.product.get_absolute_url()).content.decode()
    assert "15.00" in page


# --- in the back office ----------------------------------------------------------------------------------------------


def zones(*rows):
    form = {"zones-TOTAL_FORMS": str(len(rows)), "zones-INITIAL_FORMS": "0"}
    plain = {"first": "1", "first_fen": "0", "further": "1", "further_fen": "0", "days": "3"}
    for number, row in enumerate(rows):
        form |= {f"zones-{number}-{name}": value for name, value in (plain | row).items()}
    return form | {"special_products-TOTAL_FORMS": "0", "special_products-INITIAL_FORMS": "0"}


def test_a_merchant_writes_regions_by_name_and_amounts_in_yuan(client, yuji, yuji_staff):
    client.force_login(yuji_staff)
    form = {"merchant": yuji.pk, "name": "standard", "by": "weight", "is_default": "on"}
    form |= zones({"places": "浙江省，广东深圳市", "first": "1000", "first_fen": "6.50"}, {"first_fen": "12"})
    saved = client.post("/admin/orders/deliverytemplate/add/", form)
    assert saved.status_code == 302
    near, far = DeliveryTemplate.objects.get().zones.all()
    assert (near.regions, near.first_fen, far.regions, far.first_fen) == (["330000", "440300"], 650, [], 1_200)
    tried = client.get(f"/admin/orders/deliverytemplate/{near.template_id}/change/?pieces=3&kg=2.4").content.decode()
    assert "6.50" in tried


@pytest.mark.django_db
def test_a_region_that_does_not_exist_is_told_beside_its_field(client, yuji, yuji_staff):
    client.force_login(yuji_staff)
    form = {"merchant": yuji.pk, "name": "standard", "by": "piece"} | zones({"places": "大西洲", "first_fen": "1"})
    page = client.post("/admin/orders/deliverytemplate/add/", form)
    assert "大西洲" in page.content.decode()
    assert not DeliveryTemplate.objects.exists()


def test_a_merchants_staff_see_their_own_templates_only(client, songyan, yuji_staff, template):
    other = DeliveryTemplate.objects.create(merchant=songyan, name="theirs")
    client.force_login(yuji_staff)
    assert "theirs" not in client.get("/admin/orders/deliverytemplate/").content.decode()
    assert client.get(f"/admin/orders/deliverytemplate/{other.pk}/change/").status_code == 302
