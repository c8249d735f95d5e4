"""The nightly run on small worked examples: what goes with what, what is popular, and what a run may not do."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections
from django.utils import timezone

from catalog import books_recommendations, companions, shopper_events
from catalog.models import (
    Companions,
    PopularList,
    RecommendationFeedback,
    RecommendationWeights,
    ShopperChoice,
    ShopperEvent,
)
from tests.factories import make_category, make_product, make_sku

VIEW, FAVOURITE, CART, PURCHASE = ShopperEvent.Kind


@pytest.fixture
def goods(yuji):
    """Pot, cup, tray and lamp; the lamp in another category."""
    tea, light = make_category("茶器"), make_category("灯")
    made = {name: make_product(yuji, title=name, category=tea) for name in ("pot", "cup", "tray")}
    made["lamp"] = make_product(yuji, title="lamp", category=light)
    for product in made.values():
        make_sku(product)
        product.refresh_from_db()
    return made


@pytest.fixture
def people(alice, bob, mallory):
    return [alice, bob, mallory]


def did(user, product, kind=VIEW, days=0):
    ShopperEvent.objects.create(user=user, product=product, kind=kind, day=timezone.localdate() - timedelta(days=days))


def together(product, kind="seen"):
    row = Companions.objects.filter(product=product, kind=kind).first()
    return dict(zip(row.others, row.scores, strict=True)) if row else {}


def test_what_two_shoppers_had_goes_together_and_what_one_had_does_not(people, goods):
    for user in people[:2]:
        did(user, goods["pot"])
        did(user, goods["cup"])
    did(people[0], goods["lamp"])
    companions.run()
    assert list(together(goods["pot"])) == [goods["cup"].pk]
    assert list(together(goods["cup"])) == [goods["pot"].pk]
    assert together(goods["lamp"]) == {}
    assert Companions.objects.get(product=goods["pot"]).shoppers == [2]


def test_the_score_is_the_cosine_less_what_few_shoppers_prove(people, goods):
    """Two shoppers had both, once each: cosine 1, and 2 / (2 + 3) of it counts."""
    for user in people[:2]:
        did(user, goods["pot"])
        did(user, goods["cup"])
    companions.run()
    assert together(goods["pot"]) == {goods["cup"].pk: 400_000}
    did(people[2], goods["cup"])  # the cup is more popular now: cosine 2 / (√2 · √3)
    companions.run()
    assert together(goods["pot"])[goods["cup"].pk] == pytest.approx(0.4 * 2 / 6**0.5 * 1e6, abs=2)


def test_buying_counts_more_than_looking_and_is_listed_apart(people, goods):
    for user in people[:2]:
        did(user, goods["pot"], PURCHASE)
        did(user, goods["cup"], PURCHASE)
        did(user, goods["tray"], VIEW)
    companions.run()
    assert list(together(goods["pot"], "bought")) == [goods["cup"].pk]
    assert set(together(goods["pot"], "seen")) == {goods["cup"].pk, goods["tray"].pk}
    assert together(goods["tray"], "bought") == {}


def test_an_event_of_one_half_life_ago_counts_half(people, goods):
    """Alice and Bob had pot and cup; Bob long ago, so that his half weighs a quarter in each product of weights."""
    for user, days in zip(people[:2], (0, 30), strict=True):
        did(user, goods["pot"], days=days)
        did(user, goods["cup"], days=days)
        did(user, goods["tray"])
    companions.run()
    # cosine of (1, ½) with (1, 1): 1.5 / (√1.25 · √2)
    assert together(goods["pot"])[goods["tray"].pk] == pytest.approx(0.4 * 1.5 / 2.5**0.5 * 1e6, abs=2)


def test_interested_counts_like_an_event(people, goods):
    for user in people[:2]:
        did(user, goods["pot"])
        RecommendationFeedback.objects.create(user=user, product=goods["lamp"], answer="interested", at=timezone.now())
        RecommendationFeedback.objects.create(user=user, product=goods["cup"], answer="have_it", at=timezone.now())
    companions.run()
    assert list(together(goods["pot"])) == [goods["lamp"].pk]


def test_staff_set_how_many_shoppers_are_enough_and_how_many_companions_are_kept(people, goods):
    for name in goods:
        did(people[0], goods[name])
    RecommendationWeights(least_shoppers=1, kept=2).save()
    companions.run()
    assert [len(row.others) for row in Companions.objects.all()] == [2, 2, 2, 2]


def test_what_is_not_on_sale_goes_with_nothing(people, goods):
    for user in people:
        did(user, goods["pot"])
        did(user, goods["cup"])
    goods["cup"].status = "taken_down"
    goods["cup"].save()
    companions.run()
    assert not Companions.objects.exists()


def test_whoever_wants_nothing_personal_is_left_out(people, goods):
    for user in people[:2]:
        did(user, goods["pot"])
        did(user, goods["cup"])
    ShopperChoice.objects.create(user=people[0], personalised=False)
    companions.run()
    assert not Companions.objects.exists()


def test_popular_lists_hold_the_branch_and_the_whole_shop_in_stock_only(people, goods):
    branch = make_category("居家")
    leaf = make_category("靠垫", parent=branch)
    goods["lamp"].category = leaf
    goods["lamp"].save()
    gone = make_product(goods["pot"].merchant, category=leaf)
    make_sku(gone, on_hand=0)
    did(people[0], goods["cup"], PURCHASE)
    did(people[1], goods["cup"], VIEW)
    did(people[1], goods["tray"], CART)
    companions.run()
    shop = PopularList.objects.get(category=None)
    assert shop.products[:2] == [goods["cup"].pk, goods["tray"].pk]
    assert set(shop.products) == {product.pk for product in goods.values()}
    assert PopularList.objects.get(category=branch).products == [goods["lamp"].pk]


def state():
    lists = list(Companions.objects.order_by("product", "kind").values_list("product", "kind", "others", "scores"))
    return lists, list(PopularList.objects.order_by("category").values_list("category", "products", "scores"))


def test_a_second_run_says_the_same_and_a_dry_run_changes_nothing(people, goods):
    for user in people:
        for number, name in enumerate(goods):
            did(user, goods[name], days=number)
    companions.run(dry_run=True)
    assert state() == ([], [])
    companions.run()
    once = state()
    assert len(once[0]) == 4
    companions.run()
    assert state() == once


def test_lists_that_nothing_supports_any_more_are_gone_after_the_next_run(people, goods):
    for user in people:
        did(user, goods["pot"])
        did(user, goods["cup"])
    companions.run()
    ShopperEvent.objects.filter(product=goods["cup"]).delete()
    companions.run()
    assert not Companions.objects.exists()


def test_cut_into_many_parts_the_sum_is_the_same(people, goods, monkeypatch):
    for user in people:
        for name in goods:
            did(user, goods[name])
    companions.run()
    whole = state()
    monkeypatch.setattr(companions, "A_PART", 3)
    companions.run()
    assert state() == whole


def test_events_are_dropped_when_their_kind_is_no_longer_kept(people, goods):
    for days in (89, 91):
        did(people[0], goods["pot"], VIEW, days=days)
        did(people[0], goods["pot"], PURCHASE, days=days)
    assert companions.run().counts["forgotten"] == 1
    assert ShopperEvent.objects.filter(kind=PURCHASE).count() == 2
    assert shopper_events.tidy() == 0


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_are_refused(goods):
    other = connections.create_connection("default")
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [companions.LOCK])
        with pytest.raises(CommandError):
            call_command("recommend")
    finally:
        other.close()
    assert not PopularList.objects.exists()
    call_command("recommend", stdout=StringIO())
    assert PopularList.objects.exists()


def broken():
    names = set()
    for name, _rule, sql in books_recommendations.INVARIANTS:
        with connection.cursor() as cursor:
            cursor.execute(sql)
            names |= {name} if cursor.fetchall() else set()
    return names


def test_the_books_find_a_list_that_is_out_of_order_and_events_that_should_not_be(people, goods):
    for user in people:
        for name in goods:
            did(user, goods[name])
    companions.run()
    assert broken() == set()
    row = Companions.objects.first()
    row.others[0] = row.product_id
    row.save()
    ShopperChoice.objects.create(user=people[0], personalised=False)
    assert broken() == {"companions-are-ordered-lists", "no-events-of-who-refused"}


def test_staff_see_what_goes_with_a_listing_but_not_whom_it_came_from(client, people, goods, manager):
    for user in people:
        for name in goods:
            did(user, goods[name])
    companions.run()
    client.force_login(manager)
    row = Companions.objects.get(product=goods["pot"], kind="seen")
    page = client.get(f"/admin/catalog/companions/{row.pk}/change/").content.decode()
    assert "cup" in page
    assert "alice@example.com" not in page
    assert client.get("/admin/catalog/companions/").status_code == 200
    assert client.get(f"/admin/catalog/popularlist/{PopularList.objects.first().pk}/change/").status_code == 200
