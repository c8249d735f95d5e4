"""The short rows that searches read: kept by the database whatever writes a listing, and short."""

import math
from datetime import timedelta

import pytest
from django.db import connection
from django.http import QueryDict
from django.utils import timezone

from catalog import facets, listings, search, shelf, shelf_offers
from catalog.books import INVARIANTS
from catalog.models import Product, SearchRow
from catalog.ranking import PLACE, ROW_PARTS, ROW_TITLES, Ranked
from tests.factories import make_product, make_sku

pytestmark = pytest.mark.django_db
NOT_TOLD_APART = 1e-19


def unlike():
    """The listings whose row says something else."""
    (sql,) = [sql for name, _why, sql in INVARIANTS if name == "search-row-equals-listing"]
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


@pytest.fixture
def teapot(yuji):
    product = make_product(yuji, title="霁青 手作茶壶")
    make_sku(product, option1="霁青")
    listings.refresh([product.pk])
    product.refresh_from_db()
    return product


# What is written on the listing, and what the row says then.
CHANGES = {
    "sales": ({"sold_count": 7}, {"sales": pytest.approx(math.log(8))}),
    "stars": ({"rating_sum": 9, "rating_count": 2}, {"stars": 4.5}),
    "price": ({"price_min_fen": 1}, {"price_min_fen": 1}),
    "stock": ({"in_stock": False}, {"in_stock": False}),
    "offers": ({"deals": ["sale", "12"]}, {"deals": ["sale", "12"]}),
    "options": ({"choices": ["颜色:霁青"]}, {"choices": ["颜色:霁青"]}),
    "brand": ({"brand": None}, {"brand": None}),
    "moment": ({"published_at": None}, {"published": 0}),
    "titles": ({"title": "小Pot", "title_en": "A POT"}, {"titles": "小pot\na pot"}),
    "state": ({"status": "taken_down"}, {"shown": False}),
}


@pytest.mark.parametrize(("written", "said"), CHANGES.values(), ids=CHANGES)
def test_a_row_follows_its_listing_whoever_writes_it(teapot, written, said):
    Product.objects.filter(pk=teapot.pk).update(**written)
    assert SearchRow.objects.filter(pk=teapot.pk).values(*said).get() == said
    assert unlike() == []
    Product.objects.filter(pk=teapot.pk).update(deals=["new"])
    Product.objects.filter(pk=teapot.pk).update(deals=[])
    assert SearchRow.objects.get(pk=teapot.pk).deals is None
    assert unlike() == []


def test_a_row_scores_as_its_listing(teapot):
    facts = {"sold_count": 41, "rating_sum": 23, "rating_count": 5}
    Product.objects.filter(pk=teapot.pk).update(**facts, published_at=timezone.now() - timedelta(days=40))
    ranked = Ranked("('茶壶')", "茶壶")
    row, listing = ranked.cheap("catalog_searchrow", ROW_PARTS), ranked.cheap()
    whole_row, whole_listing = ranked.fine("catalog_searchrow", ROW_TITLES), ranked.fine()
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {row}, {listing}, {whole_row}, {whole_listing}"  # noqa: S608
            " FROM catalog_searchrow JOIN catalog_product ON product_id = id",
            ranked.params * 2,
        )
        of_row, of_listing, fine_row, fine_listing = cursor.fetchone()
    assert fine_row == fine_listing > 0
    assert of_row == pytest.approx(of_listing, abs=1e-6)
    assert of_row > 1


def test_what_is_taken_down_is_no_longer_found_and_comes_back(teapot):
    found = lambda: list(search.answer(listings.on_sale(), "茶壶").rows)  # noqa: E731
    assert [row.pk for row in found()] == [teapot.pk]
    listings.take_down(teapot)
    assert found() == []
    Product.objects.filter(pk=teapot.pk).update(status=Product.Status.PUBLISHED)
    assert [row.pk for row in found()] == [teapot.pk]
    assert unlike() == []


def test_another_title_is_found_and_the_row_of_a_deleted_listing_goes_with_it(teapot):
    Product.objects.filter(pk=teapot.pk).update(title="真丝眼罩")
    listings.refresh([teapot.pk])
    assert search.answer(listings.on_sale(), "眼罩").rows.exists()
    assert not search.answer(listings.on_sale(), "茶壶").rows.exists()
    assert unlike() == []
    draft = make_product(teapot.merchant, title="另一只")
    listings.refresh([draft.pk])
    assert SearchRow.objects.filter(pk=draft.pk).exists()
    draft.delete()
    assert not SearchRow.objects.filter(pk=draft.pk).exists()
    assert unlike() == []


def test_a_listing_has_its_row_while_it_has_words_and_is_written_once(teapot):
    draft = make_product(teapot.merchant, title="另一只")
    Product.objects.filter(pk=draft.pk).update(sold_count=3)
    assert not SearchRow.objects.filter(pk=draft.pk).exists()
    listings.refresh([draft.pk])
    row = SearchRow.objects.get(pk=draft.pk)
    assert row.sales == pytest.approx(math.log(4))
    assert unlike() == []
    Product.objects.filter(pk=draft.pk).update(search=None)
    assert not SearchRow.objects.filter(pk=draft.pk).exists()
    assert unlike() == []


def test_the_books_notice_a_row_that_is_wrong(teapot):
    SearchRow.objects.filter(pk=teapot.pk).update(price_min_fen=1)
    assert unlike() == [(teapot.pk, teapot.pk)]
    shelf_offers.refresh([teapot.pk])
    SearchRow.objects.filter(pk=teapot.pk).update(price_min_fen=teapot.price_min_fen)
    assert unlike() == []


def test_rows_are_short_whatever_the_words_weigh(teapot):
    """A search of a common word reads thousands of rows: their words lie outside, in one piece, however few they are."""
    for _time in range(2):
        listings.refresh([teapot.pk])
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_column_toast_chunk_id(search) IS NOT NULL, pg_column_toast_chunk_id(filler) IS NULL,"
                " pg_column_size(filler) < 100 FROM catalog_searchrow"
            )
            assert cursor.fetchall() == [(True, True, True)]
        Product.objects.filter(pk=teapot.pk).update(title="霁青 手作 大茶壶", sold_count=3)


@pytest.mark.parametrize(
    ("query", "tells"),
    [
        ("('茶壶')", True),
        ("('茶壶') & ('手作')", False),
        ("('茶壶' & '手作')", False),
        ("('茶壶' & '茶壶')", True),
        ("('茶壶' & '手作') | ('cha')", True),
        ("(('茶壶' & '手作') | ('cha'))", True),
        ("('茶壶' | 'cha') & ('手作':*)", False),
        ("'a & b' | 'it''s'", True),
        ("'a | b' & '('", False),
    ],
)
def test_where_words_stand_is_read_only_when_it_can_tell_matches_apart(teapot, query, tells):
    assert Ranked(query, "").places_tell is tells
    vector = "('a & b':1A ' it''s':1B 'a | b':1A '(':1D 茶壶:1A 手作:1B cha:1C)"[1:-1]
    with connection.cursor() as cursor:
        place = PLACE.replace("{row}.search", "%s::tsvector")
        cursor.execute(f"SELECT {place}", [vector, query])  # noqa: S608 a constant of ours
        assert (cursor.fetchone()[0] > NOT_TOLD_APART) is tells


def test_a_search_asks_the_same_statement_whatever_its_words(teapot):
    """Its plan is kept (accounts.prepared): one for a word alone, one for words that must all be there."""
    facets._question.cache_clear()
    for words in ("茶壶", "霁青", "手作茶壶", "霁青 手作", "没有"):
        shelf.build("/search/", QueryDict(), listings.on_sale(), words=words)
    assert facets._question.cache_info().currsize == 2
