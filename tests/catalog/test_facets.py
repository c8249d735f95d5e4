import pytest
from django.http import QueryDict

from catalog import facet_sql, facets, listings, shelf
from catalog.models import Brand
from tests.factories import make_category, make_product, make_sku


@pytest.fixture
def goods(yuji, songyan):
    """Three teapots: 青 of 山窑 at ¥100, 青 and 白 of 山窑 at ¥200, 白 of 南木 (another merchant) at ¥300, sold out."""
    shanyao = Brand.objects.create(name="山窑", slug="shanyao")
    nanmu = Brand.objects.create(name="南木", slug="nanmu")
    place = make_category()
    rows = [
        (yuji, shanyao, "一号", 10_000, ["青"], 5),
        (yuji, shanyao, "二号", 20_000, ["青", "白"], 5),
        (songyan, nanmu, "三号", 30_000, ["白"], 0),
    ]
    for merchant, brand, title, price, glazes, on_hand in rows:
        product = make_product(merchant, title=title, brand=brand, category=place, axes=["釉色"])
        for glaze in glazes:
            make_sku(product, option1=glaze, price_fen=price, on_hand=on_hand)
    return place


def shown(query):
    return shelf.build("/search/", QueryDict(query), listings.on_sale())


def titles(query):
    return sorted(product.title for product in shown(query).page)


def counts(query):
    return {(v.name, v.value): v.count for _title, values in shown(query).facets.groups for v in values}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["一号", "三号", "二号"]),
        ("brand=shanyao", ["一号", "二号"]),
        ("brand=shanyao&brand=nanmu", ["一号", "三号", "二号"]),
        ("o=釉色:白", ["三号", "二号"]),
        ("o=釉色:白&o=釉色:青", ["一号", "三号", "二号"]),
        ("o=釉色:白&brand=shanyao", ["二号"]),
        ("stock=1", ["一号", "二号"]),
        ("merchant=songyan", ["三号"]),
        ("lo=150", ["三号", "二号"]),
        ("lo=150&hi=250", ["二号"]),
        ("lo=250&hi=150", ["二号"]),
        ("brand=nobody", []),
        ("o=材质:白", []),
    ],
)
@pytest.mark.usefixtures("goods")
def test_values_of_a_group_widen_and_groups_narrow(query, found):
    assert titles(query) == found
    assert shown(query).total == len(found)


@pytest.mark.usefixtures("goods")
def test_the_number_beside_a_value_is_what_choosing_it_would_show():
    for query in ("", "brand=shanyao", "o=釉色:白", "stock=1", "lo=150"):
        group_of = {"brand": "brand=", "merchant": "merchant=", "stock": "stock=", "o": "o="}
        for (name, value), number in counts(query).items():
            others = "&".join(part for part in query.split("&") if part and not part.startswith(group_of[name]))
            assert len(titles(f"{others}&{name}={value}")) == number, (query, name, value)


@pytest.mark.usefixtures("goods")
def test_a_chosen_value_that_finds_nothing_stays_so_that_it_can_be_taken_away():
    assert counts("brand=nobody")["brand", "nobody"] == 0
    assert [link.text for link in shown("brand=nobody").applied] == ["nobody"]


@pytest.mark.usefixtures("goods")
def test_each_applied_filter_is_a_link_without_it_and_keeps_the_rest():
    links = {link.text: link.href for link in shown("brand=shanyao&o=釉色:白&lo=150&sort=price&page=1").applied}
    assert set(links) == {"山窑", "白", "¥150.00 以上"}
    assert titles(links["山窑"].partition("?")[2]) == ["三号", "二号"]
    assert "sort=price" in links["白"]
    assert "page" not in links["白"]


@pytest.mark.parametrize(
    ("query", "first"),
    [("sort=price", "一号"), ("sort=-price", "三号"), ("sort=nonsense", "二号"), ("sort=new", "三号")],
)
@pytest.mark.usefixtures("goods")
def test_a_list_can_be_ordered_and_what_is_sold_out_comes_last_by_default(query, first):
    assert shown(query).page[0].title == first


@pytest.mark.parametrize("price", ["abc", "1.234", "99999999999"])
@pytest.mark.usefixtures("goods")
def test_a_price_that_cannot_be_read_is_explained_and_narrows_nothing(client, price):
    assert shown(f"lo={price}").total == 3
    page = client.get("/search/", {"lo": price}).content.decode()
    assert 'id="lo-error"' in page
    assert 'aria-invalid="true"' in page


@pytest.mark.parametrize("query", ["o=", "o=:", "o=釉色", "o=:白", "page=x", "page=99", "page=-1", "stock=maybe"])
def test_odd_addresses_still_show_a_list(client, goods, query):
    response = client.get(f"{goods.get_absolute_url()}?{query}", follow=True)
    assert response.status_code == 200


def test_empty_parameters_are_taken_out_of_the_address(client, goods):
    response = client.get(f"{goods.get_absolute_url()}?lo=&hi=&brand=nanmu")
    assert response.status_code == 302
    assert response["Location"] == f"{goods.get_absolute_url()}?brand=nanmu"


def test_htmx_gets_the_list_alone_and_the_tidy_address(client, goods):
    response = client.get(f"{goods.get_absolute_url()}?lo=&brand=nanmu", headers={"HX-Request": "true"})
    assert "<html" not in response.content.decode()
    assert 'id="shelf"' in response.content.decode()
    assert response["HX-Push-Url"] == f"{goods.get_absolute_url()}?brand=nanmu"
    assert "HX-Request" in response["Vary"]


def test_a_list_that_is_empty_offers_to_loosen_and_what_others_buy(client, goods):
    page = client.get("/search/?q=扫地机器人&stock=1").content.decode()
    assert "没有找到“扫地机器人”" in page
    assert page.count('href="/search/?q=%E6%89%AB%E5%9C%B0%E6%9C%BA%E5%99%A8%E4%BA%BA"') >= 1
    assert "二号" in page


def test_a_long_list_has_real_pages(client, yuji):
    place = make_category()
    for number in range(shelf.PER_PAGE + 1):
        make_product(yuji, title=f"杯{number}", category=place)
    first = client.get(place.get_absolute_url()).content.decode()
    second = client.get(place.get_absolute_url() + "?page=2").content.decode()
    assert first.count("pcard__name") == shelf.PER_PAGE
    assert second.count("pcard__name") == 1


@pytest.mark.usefixtures("goods")
def test_beyond_many_matches_options_are_not_counted(monkeypatch):
    monkeypatch.setattr(facet_sql, "MOST_MATCHES_WITH_OPTIONS", 2)
    assert not any(name == "o" for name, _value in counts(""))


@pytest.mark.parametrize(("cap", "said"), [(2, "2+"), (3, "3+"), (4, "3")])
@pytest.mark.usefixtures("goods")
def test_a_list_that_is_longer_than_what_is_looked_at_says_so(client, monkeypatch, cap, said):
    monkeypatch.setattr(facets, "MOST_MATCHES", cap)
    page = client.get("/search/", headers={"accept-language": "en"}).content.decode()
    assert f"{said} items" in page
    assert f"Show {said} items" in page
