"""Coupon centre, my coupons, the strip of a product page and shared red packets, as a shopper meets them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from loyalty import coupons, packets
from loyalty.models import Coupon, CouponTemplate
from tests.factories import make_category, make_product, make_sku
from tests.loyalty.tickets import make_template

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def shown(yuji):
    """A listing of 屿集 in a category."""
    product = make_product(yuji, category=make_category())
    make_sku(product)
    return product


@pytest.fixture
def packet(db):
    template = make_template(kind="red_packet", claimable=False, threshold_fen=0)
    return packets.make(
        template, total_fen=1_000, pieces=2, expires_at=timezone.now() + timedelta(days=1), source="test", seed=7
    )


def claims(template):
    return f"/member/coupons/centre/{template.pk}/claims/"


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_centre_shows_what_can_be_claimed_to_guests_and_members(client, alice, language):
    make_template()
    make_template(rate_bp=9_000, amount_fen=None, cap_fen=5_000)
    make_template(kind="shipping", amount_fen=None)
    make_template(status="draft")
    make_template(claimable=False)
    make_template(claim_until=timezone.now())
    client.cookies["django_language"] = language
    for user in (None, alice):
        if user:
            client.force_login(user)
        page = client.get("/member/coupons/centre/")
        assert [ticket.state for ticket in page.context["tickets"]] == ["claim"] * 3


@pytest.mark.parametrize(("language", "said"), [("zh-hans", "不与定金同用"), ("en", "Not with deposits")])
def test_what_the_shop_adds_to_the_terms_is_read_before_claiming_and_afterwards(client, alice, language, said):
    template = make_template(note="不与定金同用", note_en="Not with deposits")
    client.cookies["django_language"] = language
    client.force_login(alice)
    for page in ("/member/coupons/centre/", "/member/coupons/"):
        assert said in client.get(page).content.decode()
        client.post(claims(template))


def test_claiming_without_javascript_leads_back_to_where_it_was_asked(client, alice, shown):
    template = make_template()
    client.force_login(alice)
    answer = client.post(claims(template), {"next": shown.get_absolute_url()})
    assert answer["Location"] == shown.get_absolute_url()
    assert Coupon.objects.get().user == alice
    answer = client.post(claims(template), {"next": "https://evil.example/"})
    assert answer["Location"] == "/member/coupons/centre/"
    assert Coupon.objects.count() == 1


def test_claiming_with_htmx_answers_with_the_ticket_as_it_is_now(client, alice):
    template = make_template()
    client.force_login(alice)
    answer = client.post(claims(template), **HTMX)
    assert answer.context["ticket"].state == "claimed"
    assert b"<html" not in answer.content


def test_a_guest_signs_in_first_and_nothing_is_claimed(client, db):
    template = make_template()
    answer = client.post(claims(template), {"next": "/"})
    assert "/account/login/?next=/" in answer["Location"]
    assert "/account/login/" in client.post(claims(template), **HTMX)["HX-Redirect"]
    assert not Coupon.objects.exists()


def test_a_draft_cannot_be_claimed_by_its_address(client, alice):
    client.force_login(alice)
    assert client.post(claims(make_template(status="draft"))).status_code == 404
    assert not Coupon.objects.exists()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_my_coupons_say_where_each_one_stands_and_why(client, alice, bob, language):
    used, held, void, late = (coupons.issue(make_template(), alice, source="gift") for _ in range(4))
    coupons.issue(make_template(), alice, source="gift")
    coupons.issue(make_template(), bob, source="gift")
    coupons.lock(alice, [used.pk], source="order:261122000001")
    coupons.spend("order:261122000001")
    coupons.lock(alice, [held.pk], source="order:261122000002")
    coupons.void(void, reason="test")
    Coupon.objects.filter(pk=late.pk).update(valid_until=timezone.now())
    client.force_login(alice)
    client.cookies["django_language"] = language
    states = {}
    for tab in ("usable", "used", "expired"):
        page = client.get(f"/member/coupons/?tab={tab}")
        states[tab] = sorted(ticket.state for ticket in page.context["tickets"])
        assert {key: number for key, _name, number, _on in page.context["tabs"]} == {
            "usable": 2,
            "used": 1,
            "expired": 2,
        }
    assert states == {"usable": ["held", "use"], "used": ["used"], "expired": ["gone", "gone"]}
    assert "/orders/261122000001/" in client.get("/member/coupons/?tab=used").content.decode()
    assert client.get("/member/coupons/?tab=nonsense").status_code == 200


def test_a_product_page_offers_the_coupons_that_fit_it(client, alice, shown, yuji, songyan):
    good = [
        make_template(name="all"),
        make_template(name="category", scope_kind="categories", category_ids=[shown.category_id]),
        make_template(name="this", scope_kind="goods", product_ids=[shown.pk], merchant=yuji),
    ]
    make_template(name="else", scope_kind="goods", product_ids=[shown.pk + 1])
    make_template(name="not this", except_product_ids=[shown.pk])
    make_template(name="another merchant", merchant=songyan)
    make_template(name="gold only", tier_ranks=[2])
    make_template(name="sold out", quota=0)
    page = client.get(shown.get_absolute_url()).content.decode()
    assert {t.pk for t in CouponTemplate.objects.all() if claims(t) in page} == {t.pk for t in good}
    client.force_login(alice)
    coupons.claim(alice, good[0])
    page = client.get(shown.get_absolute_url()).content.decode()
    assert claims(good[0]) not in page
    assert claims(good[1]) in page


def test_a_product_page_with_coupons_keeps_its_budget(client, alice, shown, django_assert_max_num_queries):
    for _ in range(3):
        make_template()
    client.get(shown.get_absolute_url())
    with django_assert_max_num_queries(12):
        client.get(shown.get_absolute_url())


def test_a_shared_packet_is_opened_once_and_shows_masked_names(client, alice, bob, mallory, packet):
    address = packet.get_absolute_url()
    assert client.get(address).context["mine"] is None
    assert "/account/login/" in client.post(address)["Location"]
    for user in (alice, bob, mallory):
        client.force_login(user)
        client.post(address)
        client.post(address)
    assert sum(Coupon.objects.values_list("amount_fen", flat=True)) == 1_000
    assert Coupon.objects.count() == 2
    page = client.get(address)
    assert page.context["closed"] == "empty"
    assert "Alice" not in page.content.decode()
    client.force_login(alice)
    assert client.get(address).context["mine"].user == alice


def test_a_wrong_address_of_a_packet_is_not_found(client, packet):
    assert client.get("/member/packets/abc/").status_code == 404
