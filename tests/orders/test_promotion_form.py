"""The form of a promotion in the back office: what it takes as people write it, what it refuses beside the field, and
publishing from it."""

import pytest
from django.urls import reverse

from orders import promotion_checks
from orders.models import Promotion, PromotionVersion

pytestmark = pytest.mark.django_db
ADD = "/admin/orders/promotion/add/"
WINDOW = {
    "ends_at_0": "2027-02-01",
    "ends_at_1": "00:00",
    "balance_from_0": "2027-02-02",
    "balance_from_1": "00:00",
    "balance_until_0": "2027-02-04",
    "balance_until_1": "00:00",
}


@pytest.fixture
def send(client, manager, teapot):
    """``send(kind, …)`` posts the form as a manager; ``teapot`` costs ¥268.00, 10 are in stock."""
    client.force_login(manager)

    def post(kind, to=ADD, **fields):
        when = {"starts_at_0": "2027-01-01", "starts_at_1": "00:00"}
        return client.post(to, {"kind": kind, "name": "冬季", **when, **fields})

    return post


def errors_of(page):
    return page.context["adminform"].form.errors


@pytest.mark.parametrize(
    ("kind", "fields", "where"),
    [
        ("spend_save", {"steps_text": "-100 = -10"}, "steps_text"),
        ("spend_rate", {"steps_text": "100 = 120"}, "steps_text"),
        ("member", {"steps_text": "vip = 90"}, "steps_text"),
        ("member", {"steps_text": "gold = 90\nGold = 80"}, "steps_text"),
        ("sale", {}, "steps_text"),
        ("newcomer", {}, "steps_text"),
        ("flash", {"steps_text": "100 = 90", "prices_text": "{code} = 99"}, "steps_text"),
        ("spend_save", {"steps_text": "100 = 10", "prices_text": "{code} = 99"}, "prices_text"),
        ("flash", {}, "prices_text"),
        ("flash", {"prices_text": "{code} = -9"}, "prices_text"),
        ("sale", {"prices_text": "{code} = 99 x 5"}, "prices_text"),
        ("spend_save", {"steps_text": "100 = 10", "cap_fen": "0"}, "cap_fen"),
        ("every", {"steps_text": "100 = 10", "cap_fen": "5"}, "cap_fen"),
        ("spend_save", {"steps_text": "100 = 10", "budget_fen": "0"}, "budget_fen"),
        ("sale", {"steps_text": "90", "quota_units": "0"}, "quota_units"),
        ("sale", {"steps_text": "90", "units_a_member": "0"}, "units_a_member"),
        ("spend_save", {"steps_text": "100 = 10", "regions": "火星"}, "regions"),
        ("spend_save", {"steps_text": "100 = 10", "regions": "99"}, "regions"),
        ("presale", {"prices_text": "{code} = 60 counts 80", **WINDOW}, "prices_text"),
    ],
)
def test_what_makes_no_offer_is_said_beside_its_field(send, teapot, kind, fields, where):
    page = send(kind, **{name: text.format(code=teapot.code) for name, text in fields.items()})
    assert list(errors_of(page)) == [where]
    assert not Promotion.objects.exists()


def test_a_price_that_cannot_be_read_is_one_complaint(send):
    assert len(errors_of(send("flash", prices_text="NOPE = 3"))["prices_text"]) == 1


def test_steps_places_and_tiers_are_read_as_people_write_them(send):
    send("spend_save", steps_text="１００＝１５", regions="浙江，广东深圳市、330102")
    made = Promotion.objects.get()
    assert (made.steps, made.regions) == ([[10_000, 1_500]], ["33", "4403", "330102"])
    send("member", steps_text="金卡会员 = 95\nDiamond = 90")
    assert Promotion.objects.get(kind="member").steps == [["gold", 9_500], ["diamond", 9_000]]


def test_a_form_that_is_sent_back_as_it_was_shown_changes_nothing(client, send, teapot):
    send("presale", prices_text=f"{teapot.code} = 50 抵 100", regions="浙江省", **WINDOW)
    made = Promotion.objects.get()
    assert (made.prices, made.presale["counts"]) == ({str(teapot.pk): 5_000}, {str(teapot.pk): 10_000})
    address = reverse("admin:orders_promotion_change", args=[made.pk])
    shown = client.get(address).context["adminform"].form
    again = {name: shown[name].value() for name in ("prices_text", "regions")}
    send("presale", to=address, **again, **WINDOW)
    kept = Promotion.objects.get()
    assert (kept.prices, kept.presale, kept.regions) == (made.prices, made.presale, ["33"])


def test_a_draft_is_published_from_its_form_and_an_edit_is_a_second_version(send, client):
    send("spend_save", steps_text="100 = 10", _publish="1")
    made = Promotion.objects.get()
    assert (made.status, made.current.number) == ("published", 1)
    address = reverse("admin:orders_promotion_change", args=[made.pk])
    send("spend_save", to=address, steps_text="100 = 12", _continue="1")
    assert PromotionVersion.objects.count() == 1
    send("spend_save", to=address, steps_text="100 = 12", _publish="1")
    assert list(PromotionVersion.objects.order_by("number").values_list("number", flat=True)) == [1, 2]


def test_doubts_are_asked_before_a_form_publishes(send):
    page = send("spend_save", steps_text="200 = 20\n300 = 130", _publish="1")
    made = Promotion.objects.get()
    assert [promotion for promotion, _doubts in page.context["doubtful"]] == [made]
    assert (made.status, PromotionVersion.objects.count()) == ("draft", 0)


def test_whoever_only_drafts_cannot_publish_by_the_form(send, client, operator):
    client.force_login(operator)
    page = client.get(ADD)
    assert page.context["may_publish"] is False
    send("spend_save", steps_text="100 = 10", _publish="1")
    assert not PromotionVersion.objects.exists()
    assert not Promotion.objects.exclude(status="draft").exists()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_groups_for_one_kind_are_marked_in_every_language(client, manager, language):
    client.force_login(manager)
    client.cookies["django_language"] = language
    sets = client.get(ADD).context["adminform"].fieldsets
    marked = {tuple(options["classes"]): options["fields"][0] for _title, options in sets if options["classes"]}
    assert marked == {("for-gift",): "gift_sku", ("for-presale",): "balance_from"}


# --- doubts about a kind ---------------------------------------------------------------------------------------------


def codes(promotion):
    return [doubt.code for doubt in promotion_checks.doubts(promotion)]


def test_a_presale_that_gives_most_of_the_price_is_doubted(teapot):
    def presale(counts):
        facts = {"prices": {str(teapot.pk): 5_000}, "presale": {"counts": {str(teapot.pk): counts}}}
        return Promotion.objects.create(kind="presale", name="预售", **facts)

    assert codes(presale(10_000)) == []
    (doubt,) = promotion_checks.doubts(presale(22_000))
    assert [fen for _text, fen in doubt.rows] == [26_800, 5_000, 4_800, 9_800]


def test_a_flash_sale_of_more_than_there_is_is_doubted(teapot):
    def flash(units):
        facts = {"prices": {str(teapot.pk): 20_000}, "pool_units": {str(teapot.pk): units}}
        return Promotion.objects.create(kind="flash", name="秒杀", **facts)

    assert codes(flash(10)) == []
    assert codes(flash(11)) == ["too_few"]


def test_a_tier_that_pays_more_than_a_lower_one_is_doubted(teapot):
    steps = [["gold", 9_500], ["platinum", 9_300], ["diamond", 9_000]]
    assert codes(Promotion.objects.create(kind="member", name="会员价", steps=steps)) == []
    (doubt,) = promotion_checks.doubts(Promotion.objects.create(kind="member", name="会员价", steps=[steps[0]]))
    assert [fen for _text, fen in doubt.rows] == [9_500, 10_000]
