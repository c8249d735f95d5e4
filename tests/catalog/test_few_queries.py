"""How many statements a page costs: few, and the same however large the shop is."""

from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts import memo
from catalog import listings, search_terms, shelf
from catalog.models import Picture, Product, SearchLog, Sku, Stock, Warehouse
from orders.models import Cart, CartLine
from tests.factories import make_category

LIST, PRODUCT, SIGNED_IN_WITH_CART = 10, 6, 4
SMALL, LARGE = (30, 1, 0), (300, 132, 300)


@pytest.fixture(autouse=True)
def no_memo_grows_old(monkeypatch):
    """A memo that falls due between two requests costs a statement that no size of the shop explains."""
    monkeypatch.setattr(memo, "time", SimpleNamespace(monotonic=lambda: 1.0))


def fill(merchant, products, skus, categories):
    """A shop of that size; returns its first listing, which has all the SKUs."""
    place = make_category(f"茶器{products}")
    for number in range(categories):
        make_category(f"分类{number}")
    made = Product.objects.bulk_create(
        Product(
            merchant=merchant, handle=f"p-{products}-{n}", slug=f"p-{n}", title=f"山影 侧提茶壶 {n}", category=place,
            axes=["釉色"], status=Product.Status.PUBLISHED, published_at=timezone.now(),
        )
        for n in range(products)
    )  # fmt: skip
    numbers = [(product, n) for product in made for n in range(skus if product is made[0] else 1)]
    rows = Sku.objects.bulk_create(
        Sku(product=product, merchant=merchant, code=f"{product.pk}-{n}", option1=f"色{n}", price_fen=9_900)
        for product, n in numbers
    )
    home, _made = Warehouse.objects.get_or_create(merchant=merchant, is_default=True, defaults={"name": "仓"})
    Stock.objects.bulk_create(Stock(sku=sku, warehouse=home, on_hand=5) for sku in rows)
    Picture.objects.bulk_create(
        Picture(product=product, status=Picture.Status.READY, file=f"products/{product.pk}.webp", width=800, height=800)
        for product in made
    )
    listings.refresh([product.pk for product in made])
    search_terms.rebuild()
    memo.forget_all()
    return Product.objects.get(pk=made[0].pk)


def statements(client, address):
    client.get(address)  # what a process remembers between requests it remembers in life too
    with CaptureQueriesContext(connection) as seen:
        response = client.get(address)
    assert response.status_code == 200
    return len(seen)


def put_into_cart(user, product):
    CartLine.objects.create(
        cart=Cart.objects.create(user=user), sku=product.skus.first(), quantity=2, price_when_added_fen=9_900
    )


def lists(product):
    category = product.category.get_absolute_url()
    return [
        category,
        f"{category}?o=釉色:色0&stock=1&sort=price",
        "/search/?q=茶壶",
        "/search/?q=茶胡",
        "/search/?q=扫地机 器人",
    ]


@pytest.mark.parametrize("who", ["guest", "alice"])
@pytest.mark.parametrize("per_page", [24, 96])
def test_a_page_takes_few_statements_whatever_the_size_of_the_shop(client, yuji, alice, monkeypatch, who, per_page):
    monkeypatch.setattr(shelf, "PER_PAGE", per_page)
    more = SIGNED_IN_WITH_CART if who == "alice" else 0
    if who == "alice":
        client.force_login(alice)
    counts = []
    for size in (SMALL, LARGE):
        Product.objects.update(status=Product.Status.DRAFT)
        teapot = fill(yuji, *size)
        if who == "alice" and not Cart.objects.exists():
            put_into_cart(alice, teapot)
        counts.append([statements(client, address) for address in [*lists(teapot), teapot.get_absolute_url()]])
    small, large = counts
    assert all(big <= little for little, big in zip(small, large, strict=True)), counts
    assert max(large[:-1]) <= LIST + more, large
    assert large[-1] <= PRODUCT + more, large


def spread(merchant):
    """A listing with 1 SKU among 100 listings, then one with 132 among 1,000, with 500 more categories."""
    return [fill(merchant, *size) for size in ((100, 1, 0), (1_000, 132, 500))]


def cost_of_both(client, addresses_of, shops):
    """The statements of each page in both shops; only one shop is on sale at a time."""
    counts = []
    for product in shops:
        Product.objects.update(status=Product.Status.DRAFT)
        Product.objects.filter(category=product.category).update(status=Product.Status.PUBLISHED)
        memo.forget_all()
        counts.append([statements(client, address) for address in addresses_of(product)])
    return counts


def test_ten_times_the_listings_cost_no_statement_more_and_a_cart_of_three_lines_at_most_four(
    client, yuji, alice, monkeypatch
):
    shops = spread(yuji)

    def addresses(product):
        return [product.category.get_absolute_url(), "/search/?q=茶壶", product.get_absolute_url()]

    monkeypatch.setattr(shelf, "PER_PAGE", 96)
    assert shops[-1].skus.count() == 132
    guest = cost_of_both(client, addresses, shops)
    cart = Cart.objects.create(user=alice)
    for sku in shops[-1].skus.order_by("pk")[:3]:
        CartLine.objects.create(cart=cart, sku=sku, quantity=2, price_when_added_fen=9_900)
    client.force_login(alice)
    signed_in = cost_of_both(client, addresses, shops)
    for small, large in (guest, signed_in):
        assert all(big <= little for little, big in zip(small, large, strict=True)), (guest, signed_in)
    assert max(guest[1][:2]) <= LIST, guest
    assert guest[1][2] <= PRODUCT, guest
    assert all(
        theirs <= ours + SIGNED_IN_WITH_CART for ours, theirs in zip(guest[1][:2], signed_in[1][:2], strict=True)
    ), (guest, signed_in)
    assert max(signed_in[1][:2]) <= LIST + SIGNED_IN_WITH_CART, signed_in
    assert signed_in[1][2] <= PRODUCT + SIGNED_IN_WITH_CART, signed_in


@pytest.mark.parametrize("typed", ["茶壶", "茶胡", "chahuu", "扫地机 器人", "茶壶 器人"])
def test_the_first_search_of_a_stranger_takes_few_statements(client, yuji, typed):
    fill(yuji, *SMALL)
    client.get("/search/?q=别的")
    client.cookies.clear()
    with CaptureQueriesContext(connection) as seen:
        client.get("/search/", {"q": typed})
    assert len(seen) <= LIST, [query["sql"][:120] for query in seen]
    assert SearchLog.objects.filter(query=typed).exists()
