"""How much finer ranking reads: no more than can change the order, and the order is the same."""

import pytest
from django.db import connection
from django.http import QueryDict

from catalog import listings, ranking, search, shelf
from catalog.models import Product
from catalog.ranking import PLACE, TITLES, WORD_PLACE, Ranked
from tests.factories import make_product

pytestmark = pytest.mark.django_db


@pytest.fixture
def wares(yuji):
    """A teapot by its title, one by its subtitle, and a hundredth of a percent."""
    made = [
        make_product(yuji, title="手作茶壶", title_en="Hand-thrown Teapot"),
        make_product(yuji, title="霁青大壶", subtitle="一只茶壶"),
        make_product(yuji, title="100% 真丝_眼罩\\", title_en="Pure SILK"),
    ]
    listings.refresh([product.pk for product in made])
    return made


def of_each(sql, params):
    """What ``sql`` says of every listing, in their order."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {sql} FROM catalog_product ORDER BY id", params)  # noqa: S608 constants of ours
        return [value for (value,) in cursor.fetchall()]


@pytest.mark.parametrize(
    ("text", "word"), [("茶壶", "茶壶"), ("壶", "壶"), ("手作茶壶", None), ("teapot", None), ("霁青", None)]
)
@pytest.mark.usefixtures("wares")
def test_the_place_of_a_word_that_the_title_holds_is_the_one_that_its_vector_says(text, word):
    query = search.query_of(text)
    ranked = Ranked(query, text)
    assert ranked.word == word
    params = [word, f"'{word or '-'}':1A", query, query]
    places = of_each(WORD_PLACE.replace("{titles}", TITLES).replace("{row}", "catalog_product"), params)
    assert places == of_each(PLACE.replace("{row}", "catalog_product"), [query])
    assert max(places) > 0


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("茶壶", [1, 0, 0]),
        ("TEAPOT", [1, 0, 0]),
        ("hand-THROWN", [1, 0, 0]),
        ("silk", [0, 0, 1]),
        ("100%", [0, 0, 1]),
        ("1%0", [0, 0, 0]),
        ("丝_眼", [0, 0, 1]),
        ("真_丝", [0, 0, 0]),
        ("眼罩\\", [0, 0, 1]),
        ("SILK%", [0, 0, 0]),
    ],
)
@pytest.mark.usefixtures("wares")
def test_what_was_typed_stands_in_a_title_letter_by_letter_but_in_either_case(text, holds):
    _weight, sql, params = Ranked(search.query_of(text), text).explained()["exact"]
    assert of_each(sql, params) == holds


def test_pages_are_ranked_finely_as_a_whole_or_not_at_all():
    assert ranking.FINELY_RANKED % shelf.PER_PAGE == 0


def test_beyond_what_is_finely_ranked_the_rest_follows_and_none_comes_twice(yuji, monkeypatch):
    monkeypatch.setattr(ranking, "FINELY_RANKED", 2)
    monkeypatch.setattr(shelf, "PER_PAGE", 2)
    made = [make_product(yuji, title=f"{'大' if n < 3 else ''}茶壶{n}号", sold_count=10 * n) for n in range(5)]
    for product in made:
        Product.objects.filter(pk=product.pk).update(published_at=made[0].published_at)
    listings.refresh([product.pk for product in made])
    pages = [shelf.build("/search/", QueryDict(f"page={n}"), listings.on_sale(), words="茶壶") for n in (1, 2, 3)]
    assert [[card.pk for card in page.page] for page in pages] == [
        [made[4].pk, made[3].pk],
        [made[2].pk, made[1].pk],
        [made[0].pk],
    ]
    assert {page.total for page in pages} == {5}
