"""Who changed which field of a listing, by whatever way, and what is not written twice."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, InternalError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from catalog import listing_changes, listing_reviews, listings, matrix, sku_grid, timetable
from catalog.models import ListingChange, ListingReview, ListingTimer, Picture, Product, Specification
from tests.admin.test_listings import editor, filled
from tests.factories import make_category, make_product, make_sku

pytestmark = pytest.mark.django_db


@pytest.fixture
def pot(yuji):
    pot = make_product(yuji, title="旧壶", category=make_category("壶"), axes=["颜色"])
    for colour in ("白", "青"):
        make_sku(pot, option1=colour)
    Specification.objects.create(product=pot, name="容量", value="240 ml")
    return pot


def told(product):
    return {
        (row.sku.option1 if row.sku else "", row.field): (row.before, row.after)
        for row in ListingChange.objects.filter(product=product).select_related("sku")
    }


def test_a_form_notes_each_field_specification_and_variant_once(client, manager, pot):
    client.force_login(manager)
    page = client.get(editor(pot))
    data = filled(page) | {"title": "新壶", "specifications-0-value": "300 ml"}
    variant = next(key for key, value in data.items() if key.startswith("skus-") and key.endswith("weight_g"))
    answer = client.post(editor(pot), data | {variant: "420"})
    assert answer.status_code == 302, answer.context["errors"]
    assert told(pot) == {
        ("", "title"): ("旧壶", "新壶"),
        ("", "specification:容量"): ("240 ml", "300 ml"),
        ("白", "weight_g"): ("0", "420"),
    }
    row = ListingChange.objects.filter(field="title").get()
    assert (row.by, row.source) == (manager, "editor")


def test_a_form_that_is_refused_notes_nothing(client, manager, pot):
    client.force_login(manager)
    data = filled(client.get(editor(pot))) | {"title": "新壶", "handle": ""}
    assert client.post(editor(pot), data).status_code == 200
    assert not ListingChange.objects.exists()


def test_the_table_of_variants_notes_what_the_ledgers_do_not(pot, manager):
    white = pot.skus.get(option1="白")
    sku_grid.save(pot, fen={white.pk: 100}, active={white.pk: False}, by=manager)
    assert told(pot) == {("白", "is_active"): ("✓", "✗")}


def test_combinations_note_the_variants_that_came(pot, manager):
    matrix.generate(pot, [("颜色", ["白", "青", "墨"])], price_fen=1000, by=manager)
    code = pot.skus.get(option1="墨").code
    assert told(pot) == {("墨", "variant"): ("", code)}


def test_a_review_notes_the_words_it_lets_through(pot, manager):
    review = ListingReview.objects.create(
        product=pot, kind=ListingReview.Kind.EDIT, proposed={"subtitle": "好壶"}, submitted_at=timezone.now()
    )
    listing_reviews.approve(review, manager)
    assert told(pot) == {("", "subtitle"): ("", "好壶")}


def test_a_plan_and_its_end_are_noted(pot, manager):
    at = timezone.now() + timedelta(days=2)
    timer = timetable.plan(pot, ListingTimer.Action.TAKE_DOWN, at, by=manager)
    timetable.cancel(timer, by=manager)
    rows = ListingChange.objects.filter(product=pot, field="plan:take_down").order_by("pk")
    assert [bool(row.after) for row in rows] == [True, False]


def test_work_within_work_is_noted_once_and_undone_work_not_at_all(pot, manager):
    def rename(title):
        with listing_changes.noting([pot.pk], by=manager, source="inner"):
            Product.objects.filter(pk=pot.pk).update(title=title)

    with listing_changes.noting([pot.pk], by=manager, source="outer"):
        rename("二")
        rename("三")
    assert [(row.before, row.after, row.source) for row in ListingChange.objects.all()] == [("旧壶", "三", "outer")]
    with pytest.raises(ZeroDivisionError), listing_changes.noting([pot.pk], by=manager, source="outer"):
        rename("四")
        raise ZeroDivisionError
    assert ListingChange.objects.count() == 1
    rename("五")
    assert ListingChange.objects.count() == 2, "the block that failed left its mark"


def test_pictures_note_their_order_and_their_texts(pot, manager):
    first, second = (Picture.objects.create(product=pot, position=n, alt=f"图{n}") for n in range(2))
    with listing_changes.noting([pot.pk], by=manager, source="editor"):
        Picture.objects.filter(pk=first.pk).update(position=5, alt="新图")
    assert told(pot) == {
        ("", "pictures"): (f"{first.pk}, {second.pk}", f"{second.pk}, {first.pk}"),
        ("", f"picture:{first.pk}"): ("图0", "新图"),
    }


def test_long_texts_are_cut_to_what_surrounds_the_difference():
    before, after = "一" * 2000 + "壶" + "二" * 2000, "一" * 2000 + "杯" + "二" * 2000
    was, now = listing_changes.shortened(before, after)
    assert "壶" in was
    assert "杯" in now
    assert max(len(was), len(now)) <= 302
    assert listing_changes.shortened("短", "也短") == ("短", "也短")


def test_the_book_is_append_only(pot, manager):
    with listing_changes.noting([pot.pk], by=manager, source="editor"):
        Product.objects.filter(pk=pot.pk).update(title="新")
    for change in (lambda rows: rows.update(after="x"), lambda rows: rows.delete()):
        with pytest.raises((InternalError, IntegrityError)), transaction.atomic():
            change(ListingChange.objects.all())
    assert ListingChange.objects.get().after == "新"


def test_noting_takes_the_same_statements_for_one_listing_and_for_ten(yuji, manager):
    def cost(products):
        with CaptureQueriesContext(connection) as seen, listing_changes.noting(products, by=manager, source="import:1"):
            Product.objects.filter(pk__in=products).update(title="新")
        return len(seen)

    ids = [make_product(yuji).pk for _n in range(10)]
    assert cost(ids[:1]) == cost(ids)


def test_the_page_shows_who_and_what_filters_by_field_and_escapes(client, yuji_staff, songyan, pot):
    Product.objects.filter(pk=pot.pk).update(title="<b>旧</b>")
    with listing_changes.noting([pot.pk], by=yuji_staff, source="editor"):
        Product.objects.filter(pk=pot.pk).update(title="新", subtitle_en="sub", max_per_order=3)
    client.force_login(yuji_staff)
    address = reverse("admin:catalog_product_history", args=[pot.pk])
    page = client.get(address)
    assert {row["after"] for row in page.context["rows"]} == {"新", "sub", "3"}
    assert "&lt;b&gt;旧&lt;/b&gt;" in page.content.decode()
    assert [row["after"] for row in client.get(address, {"field": "title"}).context["rows"]] == ["新"]
    assert [row["after"] for row in client.get(address, {"field": "subtitle"}).context["rows"]] == ["sub"]
    assert client.get(address, {"field": "nothing"}).context["rows"] == []
    foreign = make_product(songyan)
    assert client.get(reverse("admin:catalog_product_history", args=[foreign.pk])).status_code == 302


def test_the_page_tells_changes_of_state_too(client, manager, pot):
    listings.take_down(pot, by=manager, reason="季末")
    client.force_login(manager)
    rows = client.get(reverse("admin:catalog_product_history", args=[pot.pk])).context["rows"]
    assert [(str(row["who"]), row["source"]) for row in rows] == [(str(manager), "季末")]
    only = client.get(reverse("admin:catalog_product_history", args=[pot.pk]), {"field": "status"})
    assert len(only.context["rows"]) == 1
