"""Recommendations on pages: what is shown, why, what an answer changes on the next page, and the switch."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts import memo
from accounts.prepared import Question
from catalog import companions, favourites, recommending, shopper_events
from catalog.models import RecommendationFeedback, ShopperChoice, ShopperEvent
from orders import cart as carts
from orders.models import Cart
from tests.factories import make_category, make_product, make_sku

ANSWERS, CHANGES = "/account/recommendations/answers/", "/account/recommendations/changes/"
VIEW, FAVOURITE, CART, PURCHASE = ShopperEvent.Kind


@pytest.fixture
def goods(yuji):
    """Six listings of one category and a lamp of another; two shoppers had pot, cup and tray together."""
    tea, light = make_category("茶器"), make_category("灯")
    names = ("pot", "cup", "tray", "tin", "whisk", "scoop")
    made = {name: make_product(yuji, title=f"item {name}", category=tea) for name in names}
    made["lamp"] = make_product(yuji, title="item lamp", category=light)
    for product in made.values():
        make_sku(product)
        product.refresh_from_db()
    memo.forget_all()
    return made


@pytest.fixture
def taste(goods, bob, mallory):
    """Bob and Mallory looked at pot, cup and lamp; both bought pot and tray."""
    for user in (bob, mallory):
        shopper_events.record(user.pk, [goods[name].pk for name in ("pot", "cup", "lamp")], VIEW)
        shopper_events.record(user.pk, [goods[name].pk for name in ("pot", "tray")], PURCHASE)
    companions.run()
    return goods


def names(found):
    return [one.product.title.removeprefix("item ") for one in found]


def shown_to(user, how_many=8):
    return recommending.for_shopper(user, how_many)


def reason_of(found, name):
    return next(one.why for one in found if one.product.title == f"item {name}")


# --- what is noted --------------------------------------------------------------------------------------------------


def noted(user):
    return sorted(ShopperEvent.objects.filter(user=user).values_list("kind", flat=True))


def test_looking_keeping_and_carting_are_noted_once_a_day(client, alice, goods):
    client.force_login(alice)
    for _ in range(2):
        client.get(goods["pot"].get_absolute_url())
        favourites.add(alice, goods["pot"])
        carts.add(Cart.objects.get_or_create(user=alice)[0], goods["pot"].skus.get(), 1)
    assert noted(alice) == [VIEW, FAVOURITE, CART]


def test_a_guests_cart_is_noted_when_it_becomes_a_members(client, alice, goods):
    client.post("/cart/lines/", {"sku": goods["pot"].skus.get().pk, "quantity": "1"})
    assert not ShopperEvent.objects.exists()
    client.force_login(alice)
    client.get("/cart/")
    assert noted(alice) == [CART]


def test_a_guest_and_a_page_fetched_ahead_are_not_noted(client, alice, goods):
    client.get(goods["pot"].get_absolute_url())
    client.force_login(alice)
    client.get(goods["pot"].get_absolute_url(), headers={"Sec-Purpose": "prefetch"})
    assert not ShopperEvent.objects.exists()


def test_a_paused_history_notes_no_views_and_a_cleared_one_forgets_them(client, alice, goods):
    client.force_login(alice)
    client.get(goods["pot"].get_absolute_url())
    client.get(goods["cup"].get_absolute_url())
    client.post("/account/history/changes/", {"go": f"remove-{goods['pot'].pk}"})
    assert list(ShopperEvent.objects.values_list("product", flat=True)) == [goods["cup"].pk]
    favourites.add(alice, goods["pot"])
    client.post("/account/history/changes/", {"go": "clear"})
    assert noted(alice) == [FAVOURITE]
    client.post("/account/history/changes/", {"go": "pause"})
    client.get(goods["tray"].get_absolute_url())
    assert noted(alice) == [FAVOURITE]


# --- what is shown and why ------------------------------------------------------------------------------------------


def test_each_kind_of_event_has_its_reason(alice, taste):
    for kind in ShopperEvent.Kind:
        ShopperEvent.objects.filter(user=alice).delete()
        shopper_events.record(alice.pk, [taste["cup"].pk], kind)
        found = shown_to(alice)
        assert found[0].kind == kind
        assert "item cup" in found[0].why
        assert set(names(found)[:3]) == {"pot", "lamp", "tray"}
        assert "cup" not in names(found)


def test_a_newcomer_sees_what_is_popular_in_the_categories_they_looked_at(alice, taste):
    shopper_events.record(alice.pk, [taste["whisk"].pk], VIEW)
    found = shown_to(alice)
    assert found[0].kind == recommending.IN_CATEGORY
    assert "茶器" in found[0].why
    assert names(found)[0] == "pot"
    assert "whisk" not in names(found)


def test_a_guest_sees_what_is_popular_and_nothing_to_answer(client, taste):
    from django.contrib.auth.models import AnonymousUser

    found = shown_to(AnonymousUser())
    assert {one.kind for one in found} == {recommending.POPULAR}
    page = client.get("/").content.decode()
    assert ANSWERS not in page


def test_what_is_sold_out_or_off_the_shelf_is_not_shown(alice, taste):
    shopper_events.record(alice.pk, [taste["cup"].pk], VIEW)
    before = names(shown_to(alice))
    taste["pot"].in_stock = False
    taste["pot"].save()
    taste["lamp"].status = "taken_down"
    taste["lamp"].save()
    assert set(before) - set(names(shown_to(alice))) == {"pot", "lamp"}


def test_what_belongs_to_a_merchant_who_may_not_sell_is_not_shown(alice, taste, yuji):
    yuji.status = "suspended"
    yuji.save()
    assert shown_to(alice) == []


def test_what_was_bought_rests_for_a_while(alice, taste):
    shopper_events.record(alice.pk, [taste["pot"].pk], PURCHASE)
    assert "pot" not in names(shown_to(alice))
    # Long ago, and no longer among the latest of what the shopper did.
    ShopperEvent.objects.filter(user=alice).update(day=timezone.localdate() - timedelta(days=200))
    assert "pot" in names(shown_to(alice))


def test_a_product_page_says_what_is_bought_and_looked_at_with_it(client, taste):
    found = recommending.beside(taste["pot"], None)
    assert names(found)[0] == "tray"
    assert found[0].kind == recommending.WITH
    assert {"cup", "lamp"} <= {
        one.product.title.removeprefix("item ") for one in found if one.kind == recommending.ALSO
    }
    assert "pot" not in names(found)
    page = client.get(taste["pot"].get_absolute_url()).content.decode()
    assert 'id="h-with"' in page
    assert 'id="h-also"' in page


def test_a_cart_shows_what_goes_with_it(client, alice, taste):
    client.force_login(alice)
    client.post("/cart/lines/", {"sku": taste["tray"].skus.get().pk, "quantity": "1"})
    page = client.get("/cart/").content.decode()
    block = page[page.index("h-rec-cart") :]
    assert "item pot" in block
    assert f'id="rec-{taste["tray"].pk}"' not in block


def test_a_short_list_ends_with_recommendations_and_none_is_shown_twice(client, alice, taste, yuji):
    client.force_login(alice)
    page = client.get(taste["lamp"].category.get_absolute_url()).content.decode()
    assert "h-rec-list" not in page  # the lamp is all there is
    page = client.get("/search/?q=pot").content.decode()
    assert f'id="rec-{taste["pot"].pk}"' not in page
    assert "h-rec-list" in page


# --- answers --------------------------------------------------------------------------------------------------------


def test_not_interested_and_already_have_it_act_on_the_next_page(client, alice, taste):
    client.force_login(alice)
    shopper_events.record(alice.pk, [taste["cup"].pk], VIEW)
    assert "pot" in names(shown_to(alice))[:3]
    answer = client.post(ANSWERS, {"product": taste["pot"].pk, "answer": "not_interested", "next": "/"})
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert f'id="rec-{taste["pot"].pk}"' not in client.get("/").content.decode()
    client.post(ANSWERS, {"product": taste["lamp"].pk, "answer": "have_it"})
    assert not {"pot", "lamp"} & set(names(shown_to(alice)))
    assert "pot" not in names(recommending.beside(taste["tray"], alice))


def test_what_goes_with_something_refused_falls_behind(alice, taste):
    shopper_events.record(alice.pk, [taste["cup"].pk], VIEW)
    assert {one.product.title: one.kind for one in shown_to(alice)}["item lamp"] == VIEW
    RecommendationFeedback.objects.create(user=alice, product=taste["pot"], answer="not_interested", at=timezone.now())
    assert {one.product.title: one.kind for one in shown_to(alice)}["item lamp"] > recommending.ALSO


def test_interested_leads_to_more_like_it_at_once(client, alice, taste):
    client.force_login(alice)
    client.post(ANSWERS, {"product": taste["cup"].pk, "answer": "interested"})
    found = shown_to(alice)
    assert found[0].kind == 5
    assert "item cup" in reason_of(found, "pot")


def test_the_last_answer_counts_and_can_be_taken_back(client, alice, bob, taste):
    client.force_login(alice)
    for said in ("interested", "not_interested"):
        client.post(ANSWERS, {"product": taste["pot"].pk, "answer": said})
    assert RecommendationFeedback.objects.get().answer == "not_interested"
    assert "item pot" in client.get("/account/recommendations/").content.decode()
    client.force_login(bob)
    client.post(ANSWERS, {"product": taste["pot"].pk, "answer": ""})
    assert RecommendationFeedback.objects.get().user == alice
    client.force_login(alice)
    client.post(ANSWERS, {"product": taste["pot"].pk, "answer": ""})
    assert not RecommendationFeedback.objects.exists()
    assert "pot" in names(shown_to(alice))


@pytest.mark.parametrize(
    ("product", "said", "status"), [("x", "interested", 404), ("99999", "interested", 404), ("", "", 404)]
)
def test_an_answer_to_nothing_is_not_found(client, alice, taste, product, said, status):
    client.force_login(alice)
    assert client.post(ANSWERS, {"product": product, "answer": said}).status_code == status
    assert not RecommendationFeedback.objects.exists()


def test_an_answer_that_nobody_offers_or_of_a_guest_is_refused(client, alice, taste):
    assert client.post(ANSWERS, {"product": taste["pot"].pk, "answer": "have_it"})["Location"].startswith(
        "/account/login/"
    )
    client.force_login(alice)
    client.post(ANSWERS, {"product": taste["pot"].pk, "answer": "love"})
    assert not RecommendationFeedback.objects.exists()


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", ""])
def test_an_answer_never_leads_out_of_the_shop(client, alice, taste, elsewhere):
    client.force_login(alice)
    answer = client.post(ANSWERS, {"product": taste["pot"].pk, "answer": "have_it", "next": elsewhere})
    assert answer["Location"] == "/account/recommendations/"


def test_htmx_gets_a_line_in_place_of_the_card_with_a_way_back(client, alice, taste):
    client.force_login(alice)
    asked = {"product": taste["pot"].pk, "answer": "not_interested", "next": "/"}
    part = client.post(ANSWERS, asked, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert f'id="rec-{taste["pot"].pk}"' in part
    assert 'name="answer" value=""' in part


# --- the switch -----------------------------------------------------------------------------------------------------


def test_switched_off_nothing_personal_is_noted_used_or_shown(client, alice, taste):
    client.force_login(alice)
    shopper_events.record(alice.pk, [taste["cup"].pk], VIEW)
    client.post(ANSWERS, {"product": taste["pot"].pk, "answer": "not_interested"})
    client.post(CHANGES, {"go": "off"})
    assert not ShopperEvent.objects.filter(user=alice).exists()
    client.get(taste["cup"].get_absolute_url())
    favourites.add(alice, taste["cup"])
    client.post("/cart/lines/", {"sku": taste["tray"].skus.get().pk, "quantity": "1"})
    assert not ShopperEvent.objects.filter(user=alice).exists()
    found = shown_to(alice)
    assert {one.kind for one in found} == {recommending.POPULAR}
    assert "pot" in names(found)  # the answers are not read either
    assert {one.kind for one in recommending.along([taste["tray"].pk], alice)} == {recommending.POPULAR}
    for address in ("/", "/cart/", "/member/", "/account/recommendations/", taste["pot"].get_absolute_url()):
        assert f'action="{ANSWERS}" hx-post' not in client.get(address).content.decode()


def test_switched_on_again_it_begins_anew(client, alice, taste):
    client.force_login(alice)
    client.post(CHANGES, {"go": "off"})
    client.post(CHANGES, {"go": "on"})
    client.get(taste["cup"].get_absolute_url())
    assert shown_to(alice)[0].kind == VIEW


def test_the_switch_of_one_is_not_that_of_another(client, alice, bob, taste):
    client.force_login(alice)
    client.post(CHANGES, {"go": "off"})
    assert ShopperEvent.objects.filter(user=bob).exists()
    assert not ShopperChoice.objects.filter(user=bob).exists()


def test_forgetting_leaves_the_switch_and_the_answers(client, alice, taste):
    client.force_login(alice)
    shopper_events.record(alice.pk, [taste["cup"].pk], VIEW)
    client.post(ANSWERS, {"product": taste["pot"].pk, "answer": "interested"})
    client.post(CHANGES, {"go": "forget"})
    assert not ShopperEvent.objects.filter(user=alice).exists()
    assert RecommendationFeedback.objects.count() == 1
    assert 'value="off"' in client.get("/account/recommendations/").content.decode()


# --- what it costs --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("signed_in", [False, True])
def test_a_block_is_one_query(alice, taste, signed_in):
    user = alice if signed_in else None
    recommending.for_shopper(user)
    tea = taste["pot"].category
    for ask in (
        lambda: recommending.for_shopper(user),
        lambda: recommending.beside(taste["pot"], user),
        lambda: recommending.along([taste["pot"].pk, taste["cup"].pk], user),
        lambda: recommending.in_category(user, tea),
    ):
        with CaptureQueriesContext(connection) as seen:
            for one in ask():
                assert one.why
                assert one.product.get_absolute_url()
                assert one.product.cover is None
        assert len(seen) == 1


def test_a_block_that_fails_is_absent_and_the_page_is_there(client, taste, monkeypatch):
    from django.db import transaction

    monkeypatch.setattr(recommending, "_rows", lambda **_values: Question("SELECT 1 / 0")())
    with transaction.atomic():
        assert recommending.for_shopper(None) == []
        transaction.set_rollback(True)


def test_every_card_says_why(client, alice, taste):
    client.force_login(alice)
    page = client.get("/account/recommendations/").content.decode()
    cards = re.findall(r'<li class="kept rec".*?</li>\s*</ul>.*?(?:</details>|</p>)', page, re.S)
    assert cards
    assert all("rec__why" in card for card in cards)
