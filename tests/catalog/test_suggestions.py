import pytest

from accounts import memo
from catalog import search_terms
from catalog.models import SearchLog, Synonym
from tests.factories import make_category, make_product, make_sku

pytestmark = pytest.mark.django_db


@pytest.fixture
def teapot(yuji):
    product = make_product(yuji, title="霁青 手作茶壶", category=make_category("茶器"))
    make_sku(product)
    search_terms.rebuild()
    return product


@pytest.mark.parametrize("typed", ["手作", "shouzuo", "szch", "jiqing"])
def test_typing_offers_the_listing_however_it_is_typed(client, teapot, typed):
    page = client.get("/search/suggestions/", {"q": typed}).content.decode()
    assert teapot.get_absolute_url() in page


def test_a_past_search_is_offered_and_can_be_removed(client, teapot):
    client.get("/search/", {"q": "茶壶"})
    assert "茶壶" in client.get("/search/suggestions/").content.decode()
    client.post("/search/past/removal/", {"q": "茶壶"})
    assert "茶壶" not in client.get("/search/suggestions/").content.decode()


@pytest.mark.parametrize("signed_in", [False, True])
def test_one_past_search_is_removed_in_the_box_or_all_of_them(client, teapot, alice, signed_in):
    if signed_in:
        client.force_login(alice)
    for words in ("茶壶", "盖碗", "茶杯"):
        client.get("/search/", {"q": words})
    in_box = {"headers": {"HX-Request": "true"}}
    box = client.post("/search/past/removal/", {"past": "盖碗"}, **in_box).content.decode()
    assert box.count("hx-vals") == 3
    assert "盖碗" not in box
    assert "茶杯" in client.get("/search/suggestions/").content.decode()
    assert "hx-vals" not in client.post("/search/past/removal/", {"past": ""}, **in_box).content.decode()
    assert "hx-vals" not in client.get("/search/suggestions/").content.decode()


def test_a_slip_shows_what_was_probably_meant_and_counts_as_finding_nothing(client, teapot):
    page = client.get("/search/", {"q": "茶胡手作"}).content.decode()
    assert teapot.title in page
    assert SearchLog.objects.get(query="茶胡手作").hits == 0


def test_a_synonym_finds_what_is_called_otherwise(client, teapot):
    assert client.get("/search/", {"q": "水注"}).context["shelf"].total == 0
    Synonym.objects.create(words="水注, 茶壶")
    memo.forget_all()
    assert client.get("/search/", {"q": "水注"}).context["shelf"].total == 1


def test_only_staff_see_why_results_stand_in_this_order(client, teapot, alice, operator):
    client.force_login(alice)
    assert "explained" not in client.get("/search/", {"q": "茶壶", "explain": "1"}).context
    client.force_login(operator)
    rows = client.get("/search/", {"q": "茶壶", "explain": "1"}).context["explained"]["rows"]
    assert [row["title"] for row in rows] == [teapot.title]
