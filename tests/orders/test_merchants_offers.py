"""Merchants draft promotions and coupons for their own goods; whoever answers for the margin puts them live."""

import pytest
from django.contrib.auth.models import Permission

from loyalty.models import CouponTemplate
from orders.models import Promotion, PromotionVersion
from orders.pricing import Line
from tests.loyalty.tickets import make_template

pytestmark = pytest.mark.django_db

PROMOTIONS = "/admin/orders/promotion/"
COUPONS = "/admin/loyalty/coupontemplate/"
PROMOTION = {
    "kind": "spend_save", "name": "店铺满减", "steps_text": "200 = 20", "gift_value_fen": "0",
    "starts_at_0": "2027-01-01", "starts_at_1": "00:00",
}  # fmt: skip
COUPON = {
    "kind": "coupon", "name": "店铺券", "threshold_fen": "199", "amount_fen": "15", "scope_kind": "all",
    "valid_days": "7", "quota": "100", "per_member": "1", "claimable": "on",
}  # fmt: skip


@pytest.fixture
def office(client, yuji_staff):
    client.force_login(yuji_staff)
    return client


def test_what_a_merchant_drafts_is_for_their_own_goods(office, yuji, songyan):
    for address, posted in ((PROMOTIONS, PROMOTION), (COUPONS, COUPON)):
        refused = office.post(address + "add/", posted)
        assert "merchant" in refused.context["adminform"].form.errors  # never the whole shop's
        refused = office.post(address + "add/", posted | {"merchant": songyan.pk})
        assert "merchant" in refused.context["adminform"].form.errors
    assert not Promotion.objects.exists()
    assert not CouponTemplate.objects.exists()
    for address, posted in ((PROMOTIONS, PROMOTION), (COUPONS, COUPON)):
        assert office.post(address + "add/", posted | {"merchant": yuji.pk}).status_code == 302
    assert Promotion.objects.get().merchant == yuji
    template = CouponTemplate.objects.get()
    assert template.scope.covers(Line(1, yuji.pk, 100, 1))
    assert not template.scope.covers(Line(1, songyan.pk, 100, 1))


def test_codes_name_the_merchants_own_skus(office, yuji, teapot, cup):
    posted = PROMOTION | {"merchant": yuji.pk, "sku_codes": f"{teapot.code} {cup.code}"}
    refused = office.post(PROMOTIONS + "add/", posted)
    assert "sku_codes" in refused.context["adminform"].form.errors
    office.post(PROMOTIONS + "add/", posted | {"sku_codes": teapot.code})
    assert Promotion.objects.get().sku_ids == [teapot.pk]
    foreign = COUPON | {"merchant": yuji.pk, "scope_kind": "goods", "sku_ids": cup.code}
    refused = office.post(COUPONS + "add/", foreign)
    assert "sku_ids" in refused.context["adminform"].form.errors
    assert not CouponTemplate.objects.exists()


def test_a_merchant_does_not_put_offers_live_unless_given_that_right(office, yuji, yuji_staff):
    promotion = Promotion.objects.create(kind="spend_save", name="店铺满减", steps=[[20_000, 2_000]], merchant=yuji)
    template = make_template(merchant=yuji, status="draft", published_at=None)
    for address, row in ((PROMOTIONS, promotion), (COUPONS, template)):
        office.post(address, {"action": "publish", "_selected_action": row.pk})
    promotion.refresh_from_db()
    template.refresh_from_db()
    assert (promotion.status, template.status) == ("draft", "draft")
    assert not PromotionVersion.objects.exists()
    rights = Permission.objects.filter(codename__in=["publish_promotion", "publish_coupontemplate"])
    yuji_staff.user_permissions.set(rights)
    office.post(
        PROMOTIONS, {"action": "publish", "_selected_action": promotion.pk, f"spite-{promotion.pk}": "no_goods"}
    )
    office.post(COUPONS, {"action": "publish", "_selected_action": template.pk})
    promotion.refresh_from_db()
    template.refresh_from_db()
    assert (promotion.status, template.status) == ("published", "published")


def test_offers_of_others_and_of_the_house_are_out_of_a_merchants_reach(office, yuji, songyan, yuji_staff):
    yuji_staff.user_permissions.set(Permission.objects.filter(codename__contains="coupontemplate"))
    rows = [make_template(merchant=songyan), make_template(merchant=None)]
    for template in rows:
        assert office.get(f"{COUPONS}{template.pk}/change/").status_code == 302
        for action in ("pause", "revise", "end"):
            office.post(COUPONS, {"action": action, "_selected_action": template.pk, "reason": "x"})
        assert office.get(f"{COUPONS}{template.pk}/handing-out/").status_code == 404
        template.refresh_from_db()
        assert template.status == "published"
    assert CouponTemplate.objects.count() == 2


def test_an_own_offer_is_not_given_to_another_merchant(office, yuji, songyan):
    promotion = Promotion.objects.create(kind="spend_save", name="店铺满减", steps=[[20_000, 2_000]], merchant=yuji)
    office.post(f"{PROMOTIONS}{promotion.pk}/change/", PROMOTION | {"merchant": songyan.pk})
    promotion.refresh_from_db()
    assert promotion.merchant == yuji


def test_the_house_still_makes_offers_of_the_whole_shop(client, manager):
    client.force_login(manager)
    assert client.post(PROMOTIONS + "add/", PROMOTION).status_code == 302
    assert client.post(COUPONS + "add/", COUPON).status_code == 302
    assert Promotion.objects.get().merchant is None
    assert CouponTemplate.objects.get().merchant is None
