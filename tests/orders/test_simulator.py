"""Staff try a basket: every line of the reasoning, at any moment, and nothing is written."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.urls import reverse
from django.utils import timezone

from accounts import memo
from loyalty import coupon_templates
from loyalty.members import benefits
from loyalty.models import CouponTemplate
from orders import promotions, simulator
from orders.models import Promotion
from orders.simulator import Wish, simulate

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft():
    def make(kind, steps=(), **fields):
        steps = [list(step) for step in steps]
        return Promotion.objects.create(kind=kind, steps=steps, name=fields.pop("name", kind), **fields)

    return make


@pytest.fixture
def promote(draft):
    def publish(kind, steps=(), **fields):
        promotion = draft(kind, steps, **fields)
        promotions.publish(promotion)
        memo.forget_all()
        return promotion

    return publish


def wish(*lines, **more):
    return Wish(lines=lines, **{"at": timezone.localtime(), "benefits": benefits(None), **more})


def became(report):
    """{name: (state's tone, fen)} over all stages."""
    return {row.name: (row.tone, row.fen) for _stage, rows in report.stages for row in rows}


def everything():
    """Every row of every table of the project, to see that none changed."""
    counted = [model for model in apps.get_models() if model._meta.app_label in {"orders", "loyalty", "catalog"}]
    return {model._meta.label: list(model._default_manager.order_by("pk").values()) for model in counted}


def test_each_offer_is_told_with_what_became_of_it(teapot, promote):
    promote("spend_save", [(20_000, 4_000)], name="used")
    promote("spend_save", [(20_000, 3_000)], name="weaker")
    promote("spend_save", [(99_900, 9_000)], name="far")
    promote("pieces", [(3, 9_000)], name="three")
    promote("member", [("gold", 9_000)], name="gold")
    promote("sale", [(0, 9_000)], tiers=["diamond"], name="diamond")
    promote("sale", [(0, 9_000)], starts_at=timezone.now() + timedelta(days=1), name="tomorrow")
    report = simulate(wish((teapot, 1)))
    assert report.quote.payable_fen == 22_800
    states = became(report)
    assert states.pop("used") == ("ok", 4_000)
    assert set(states.values()) == {("plain", 0)}
    assert set(states) == {"weaker", "far", "three", "gold", "diamond", "tomorrow"}
    assert all(row.why for _stage, rows in report.stages for row in rows if row.tone != "ok")
    assert 0 < report.nodes <= report.most_nodes
    assert report.quote.proved_optimal


def test_a_draft_takes_part_only_when_it_is_asked_for(teapot, draft):
    promotion = draft("spend_save", [(20_000, 4_000)])
    assert simulate(wish((teapot, 1))).quote.payable_fen == 26_800
    report = simulate(wish((teapot, 1), drafts=(promotion,)))
    assert report.quote.payable_fen == 22_800
    assert [row.is_draft for _stage, rows in report.stages for row in rows] == [True]


def test_the_changed_draft_of_a_running_offer_takes_its_place(teapot, promote):
    promotion = promote("spend_save", [(20_000, 4_000)])
    promotion.refresh_from_db()
    promotion.steps = [[20_000, 9_000]]
    promotion.save()
    assert simulate(wish((teapot, 1))).quote.payable_fen == 22_800
    assert simulate(wish((teapot, 1), drafts=(promotion,))).quote.payable_fen == 17_800


def test_next_weeks_sale_can_be_tried_today(teapot, promote):
    start = timezone.now() + timedelta(days=7)
    promote("spend_save", [(20_000, 4_000)], starts_at=start, ends_at=start + timedelta(days=1))
    assert simulate(wish((teapot, 1))).quote.payable_fen == 26_800
    later = timezone.localtime(start + timedelta(hours=1))
    assert simulate(wish((teapot, 1), at=later)).quote.payable_fen == 22_800


def test_coupons_are_put_into_the_hand_and_the_shoppers_own_count(teapot, alice, manager):
    template = CouponTemplate.objects.create(name="店铺券", amount_fen=1_500, quota=9, valid_days=30)
    coupon_templates.publish(template, by=manager)
    assert simulate(wish((teapot, 1), templates=(template,))).quote.payable_fen == 25_300
    from loyalty import coupons

    coupons.issue(template, alice, source="test")
    assert simulate(wish((teapot, 1), user=alice)).quote.payable_fen == 25_300
    assert simulate(wish((teapot, 1))).quote.payable_fen == 26_800


def test_nothing_is_written(client, manager, teapot, promote, draft):
    promote("spend_save", [(20_000, 4_000)])
    promotion = draft("spend_save", [(20_000, 9_000)])
    client.force_login(manager)
    address = reverse("admin:orders_promotion_simulator")
    client.get(address)
    before = everything()
    page = client.get(address, {f"u{teapot.pk}": 2, "at": "2027-01-01T10:00", "drafts": promotion.pk, "find": "壶"})
    assert page.status_code == 200
    assert page.context["report"].quote.payable_fen == 53_600 - 9_000
    assert everything() == before


def test_the_page_finds_goods_and_puts_them_in(client, manager, teapot, cup):
    client.force_login(manager)
    address = reverse("admin:orders_promotion_simulator")
    page = client.get(address, {"find": cup.code, f"u{teapot.pk}": "2", "at": ""})
    assert page.context["found"] == [cup]
    page = client.get(address, {"add": cup.pk, f"u{teapot.pk}": "2", "at": ""})
    assert page.context["basket"] == [(teapot, 2), (cup, 1)]
    assert page.context["report"].quote.goods_fen == 2 * 26_800 + 4_500
    assert client.get(address, {f"u{teapot.pk}": "0", "at": ""}).context["basket"] == []
    odd = client.get(address, {f"u{teapot.pk}": "x", "u99999999999999999999": "1", "add": "9" * 18, "at": "yesterday"})
    assert odd.status_code == 422
    assert odd.context["report"] is None


def test_an_unknown_shopper_is_said_beside_the_field(client, manager, teapot):
    client.force_login(manager)
    address = reverse("admin:orders_promotion_simulator")
    page = client.get(address, {f"u{teapot.pk}": "1", "at": "", "shopper": "nobody@example.com"})
    assert page.status_code == 422
    assert list(page.context["form"].errors) == ["shopper"]


def test_merchants_try_their_own_goods_and_drafts_only(client, yuji_staff, teapot, cup, songyan, draft):
    theirs = draft("spend_save", [(100, 50)], merchant=songyan)
    client.force_login(yuji_staff)
    address = reverse("admin:orders_promotion_simulator")
    page = client.get(address, {f"u{teapot.pk}": "1", f"u{cup.pk}": "1", "find": "杯", "at": ""})
    assert page.context["basket"] == [(teapot, 1)]
    assert page.context["found"] == []
    assert "shopper" not in page.context["form"].fields
    refused = client.get(address, {f"u{teapot.pk}": "1", "at": "", "drafts": theirs.pk})
    assert refused.status_code == 422


def test_shoppers_and_staff_without_the_right_are_kept_out(client, alice, yuji_staff, teapot):
    address = reverse("admin:orders_promotion_simulator")
    client.force_login(alice)
    assert client.get(address).status_code == 302
    yuji_staff.groups.clear()
    client.force_login(yuji_staff)
    assert client.get(address).status_code == 403


def test_a_draft_and_its_published_self_read_the_same(promote):
    promotion = promote("every", [(20_000, 1_500)], cap_fen=6_000)
    promotion.refresh_from_db()
    drafted = simulator.draft_offer(promotion)
    from orders.live_offers import offer_of

    published = offer_of(promotion)
    assert (drafted.kind, drafted.steps, drafted.cap_fen) == (published.kind, published.steps, published.cap_fen)
    assert drafted.id > published.id
