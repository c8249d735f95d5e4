"""The browsing history: one statement a page, only of people signed in, only while they want it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from catalog import browsing
from catalog.models import ViewedProduct
from tests.factories import make_category, make_product, make_sku

MOST_QUERIES = 12


@pytest.fixture
def teapot(yuji):
    return make_sku(make_product(yuji, category=make_category())).product


def test_a_page_somebody_looked_at_is_in_their_history_and_in_nobody_elses(client, alice, bob, teapot):
    client.force_login(alice)
    client.get(teapot.get_absolute_url())
    client.get(teapot.get_absolute_url())
    assert ViewedProduct.objects.get().user == alice
    assert "山影" in client.get("/account/history/").content.decode()
    client.force_login(bob)
    assert "山影" not in client.get("/account/history/").content.decode()


def test_a_guest_leaves_no_trace(client, teapot):
    client.get(teapot.get_absolute_url())
    assert not ViewedProduct.objects.exists()


def test_a_page_fetched_ahead_or_a_changed_choice_does_not_count(client, alice, teapot):
    client.force_login(alice)
    client.get(teapot.get_absolute_url(), headers={"Sec-Purpose": "prefetch;anonymous-client-ip"})
    client.get(teapot.get_absolute_url(), headers={"HX-Request": "true"})
    client.head(teapot.get_absolute_url())
    assert not ViewedProduct.objects.exists()


def test_looking_again_after_a_while_moves_it_up(client, alice, teapot):
    client.force_login(alice)
    long_ago = timezone.now() - timedelta(days=2)
    ViewedProduct.objects.create(user=alice, product=teapot, seen_at=long_ago)
    client.get(teapot.get_absolute_url())
    assert ViewedProduct.objects.get().seen_at > long_ago + timedelta(days=1)


def test_paused_nothing_is_noted_and_cleared_nothing_is_left(client, alice, bob, yuji, teapot):
    ViewedProduct.objects.create(user=bob, product=teapot, seen_at=timezone.now())
    client.force_login(alice)
    client.get(teapot.get_absolute_url())
    client.post("/account/history/changes/", {"go": "pause"})
    another = make_sku(make_product(yuji)).product
    client.get(another.get_absolute_url())
    assert [seen.product for seen in browsing.of(alice)] == [teapot]
    client.post("/account/history/changes/", {"go": "clear"})
    assert not browsing.of(alice)
    client.post("/account/history/changes/", {"go": "resume"})
    client.get(another.get_absolute_url())
    assert [seen.product for seen in browsing.of(alice)] == [another]
    client.post("/account/history/changes/", {"go": f"remove-{another.pk}"})
    assert [seen.user for seen in ViewedProduct.objects.all()] == [bob]


def test_old_and_too_many_rows_are_tidied_away(alice, yuji, monkeypatch):
    monkeypatch.setattr(browsing, "MOST", 2)
    shown = [make_product(yuji) for _ in range(4)]
    for days, product in zip((1, 2, 3, 100), shown, strict=True):
        ViewedProduct.objects.create(user=alice, product=product, seen_at=timezone.now() - timedelta(days=days))
    assert browsing.tidy() == 2
    assert [seen.product for seen in browsing.of(alice)] == shown[:2]


@pytest.mark.parametrize("who", ["guest", "alice"])
def test_a_page_with_reviews_and_questions_stays_within_its_budget(client, alice, bob, teapot, who):
    from catalog import questions, reviews
    from tests.catalog.voices import SAID, invited

    sku = teapot.skus.get()
    for number in range(8):
        invitation = invited(bob, sku, source=f"order-line:{number}")
        reviews.reply(reviews.write(invitation, stars=5, text=SAID), "谢谢您！", by=alice)
        asked = questions.ask(teapot, alice, f"第{number}个问题是什么？")
    questions.answer(asked, bob, "是这样的。")
    if who == "alice":
        client.force_login(alice)
    client.get(teapot.get_absolute_url())
    with CaptureQueriesContext(connection) as seen:
        page = client.get(teapot.get_absolute_url()).content.decode()
    assert "是这样的。" in page
    assert len(seen) <= MOST_QUERIES
