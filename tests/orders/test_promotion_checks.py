"""Doubts about a promotion, each with a basket that shows it; publishing over them takes a tick."""

from datetime import timedelta

import pytest
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.urls import reverse
from django.utils import timezone

from accounts.models import StateLog
from loyalty import coupon_templates
from loyalty.models import CouponTemplate
from orders import promotion_checks, promotions
from orders.models import Promotion, PromotionVersion
from tests.factories import make_category, make_product, make_sku

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(teapot):
    """``draft(kind, steps, …)``: a draft of the whole shop, in which the teapot at ¥268.00 is on sale."""

    def make(kind, steps=(), **fields):
        steps = [list(step) for step in steps]
        return Promotion.objects.create(kind=kind, steps=steps, name=fields.pop("name", "冬季"), **fields)

    return make


def codes(promotion):
    return [doubt.code for doubt in promotion_checks.doubts(promotion)]


def doubt_of(promotion, code):
    return next(doubt for doubt in promotion_checks.doubts(promotion) if doubt.code == code)


def test_a_plain_offer_raises_no_doubt(draft):
    assert codes(draft("spend_save", [(20_000, 2_000), (40_000, 5_000)])) == []


def test_a_step_at_which_more_goods_cost_less_in_all(draft):
    falling = draft("spend_save", [(20_000, 2_000), (30_000, 13_000)])
    doubt = doubt_of(falling, "falls")
    assert [fen for _text, fen in doubt.rows] == [18_000, 17_000]
    assert "falls" in codes(draft("pieces", [(2, 9_000), (3, 5_000)]))
    assert "falls" in codes(draft("spend_rate", [(20_000, 9_000), (21_000, 8_000)]))
    assert "falls" not in codes(draft("spend_rate", [(20_000, 9_000), (40_000, 8_000)]))


def test_a_stack_below_the_floor_is_shown_as_a_basket_that_adds_up(draft, settings, manager):
    settings.PROMOTION_FLOOR_PERCENT = 80
    promotions.publish(draft("sale", [(0, 9_000)], name="清仓"))
    template = CouponTemplate.objects.create(
        name="店铺券", amount_fen=3_000, quota=9, valid_days=30, claimable=True, per_member=1
    )
    coupon_templates.publish(template, by=manager)
    doubt = doubt_of(draft("spend_save", [(20_000, 4_000)]), "too_deep")
    *parts, (_to_pay, payable) = doubt.rows
    assert sum(fen for _text, fen in parts) == payable == 26_800 - 2_680 - 4_000 - 3_000
    settings.PROMOTION_FLOOR_PERCENT = 60
    assert codes(draft("spend_save", [(20_000, 4_000)])) == []


def test_offers_that_never_meet_are_no_stack(draft, settings):
    settings.PROMOTION_FLOOR_PERCENT = 80
    now = timezone.now()
    promotions.publish(draft("sale", [(0, 8_000)], ends_at=now + timedelta(days=1)))
    later = {"starts_at": now + timedelta(days=2), "ends_at": now + timedelta(days=3)}
    assert codes(draft("spend_save", [(20_000, 4_000)], **later)) == []
    assert codes(draft("spend_save", [(20_000, 4_000)])) == ["too_deep"]
    monday = promotions.publish(draft("sale", [(0, 7_000)], weekdays=[0])).promotion
    assert monday.pk
    promotions.stop(Promotion.objects.earliest("pk"))
    assert codes(draft("spend_save", [(20_000, 4_000)], weekdays=[1])) == []
    assert codes(draft("spend_save", [(20_000, 4_000)], weekdays=[0])) == ["too_deep"]


def test_the_best_tier_is_the_worst_case(draft, settings):
    settings.PROMOTION_FLOOR_PERCENT = 70
    promotions.publish(draft("member", [("gold", 9_500), ("diamond", 7_500)]))
    assert codes(draft("spend_save", [(20_000, 2_000)])) == ["too_deep"]


def test_more_than_eight_on_one_sku_are_named(draft):
    for number in range(8):
        promotions.publish(draft("spend_save", [(20_000, 1_000 + number)], name=f"满减{number}"))
    doubt = doubt_of(draft("spend_save", [(20_000, 900)]), "crowded")
    assert len(doubt.rows) == 9
    promotions.stop(Promotion.objects.earliest("pk"))
    assert "crowded" not in codes(draft("spend_save", [(20_000, 900)]))


def test_an_offer_for_nothing_on_sale_and_for_goods_below_a_category(draft, yuji):
    top = make_category("灯具")
    lamps = draft("spend_save", [(20_000, 2_000)], category_ids=[top.pk])
    assert codes(lamps) == ["no_goods"]
    make_sku(make_product(yuji, title="台灯", category=make_category("台灯", parent=top)))
    assert codes(lamps) == []


def test_publishing_over_a_doubt_takes_its_tick_and_is_written_down(draft, manager):
    falling = draft("spend_save", [(20_000, 2_000), (30_000, 13_000)])
    for accepted in ((), ("too_deep",)):
        with pytest.raises(promotion_checks.Doubtful):
            promotion_checks.publish(falling, by=manager, in_spite_of=accepted)
    assert not PromotionVersion.objects.exists()
    falling.refresh_from_db()
    assert falling.status == Promotion.Status.DRAFT
    promotion_checks.publish(falling, by=manager, in_spite_of=["falls"])
    entry = StateLog.objects.get(about=f"promotion:{falling.pk}")
    assert entry.data["in_spite_of"] == ["falls"]


def test_the_admin_asks_doubt_by_doubt(client, manager, draft):
    falling = draft("spend_save", [(20_000, 2_000), (30_000, 13_000)])
    plain = draft("spend_save", [(20_000, 2_000)], name="好的")
    client.force_login(manager)
    changelist = reverse("admin:orders_promotion_changelist")
    posted = {"action": "publish", ACTION_CHECKBOX_NAME: [falling.pk, plain.pk]}
    page = client.post(changelist, posted)
    assert [promotion for promotion, _doubts in page.context["doubtful"]] == [falling]
    assert set(PromotionVersion.objects.values_list("promotion", flat=True)) == {plain.pk}
    unticked = client.post(changelist, {"action": "publish", "asked": "1", ACTION_CHECKBOX_NAME: [falling.pk]})
    assert unticked.context["missed"]
    assert PromotionVersion.objects.count() == 1
    ticked = {"action": "publish", ACTION_CHECKBOX_NAME: [falling.pk], f"spite-{falling.pk}": ["falls"]}
    assert client.post(changelist, ticked).status_code == 302
    assert PromotionVersion.objects.count() == 2


def test_the_form_of_a_doubtful_draft_says_so(client, manager, draft):
    falling = draft("spend_save", [(20_000, 2_000), (30_000, 13_000)])
    client.force_login(manager)
    page = client.get(reverse("admin:orders_promotion_change", args=[falling.pk]))
    assert [doubt.code for doubt in page.context["doubts"]] == ["falls"]


@pytest.mark.parametrize(
    ("steps", "why"),
    [
        ("300 = 400", "more off than it asks"),
        ("300 = 40\n200 = 50", "thresholds fall"),
        ("300 = 40\n400 = 30", "less off"),
    ],
)
def test_steps_that_are_plainly_wrong_are_refused(client, manager, draft, steps, why):
    client.force_login(manager)
    posted = {
        "kind": "spend_save",
        "name": "冬季",
        "steps_text": steps,
        "starts_at_0": "2027-01-01",
        "starts_at_1": "00:00",
    }
    page = client.post(reverse("admin:orders_promotion_add"), posted)
    assert page.context["adminform"].form.errors.get("steps_text"), why
    assert not Promotion.objects.exists()
