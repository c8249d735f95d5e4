"""A hundred thousand listings in five thousand categories cost no statement more than a hundred in none but their own."""

from types import SimpleNamespace

import pytest
from django.db import connection

from accounts import memo
from catalog import search_terms
from catalog.models import Category, Product, Sku, Stock
from tests.catalog.test_few_queries import LIST, PRODUCT, SIGNED_IN_WITH_CART, fill, lists, put_into_cart, statements
from tests.factories import make_category

FEW, MANY = 100, 100_000
BRANCHES, LEAVES = 10, 499  # with their branches five thousand
ALIKE = 10  # every tenth listing lies in the same category and is found by the same words; the others are spread
# A list stops looking after ten thousand: filters of a longer one ask for their page and its number once more.
FILTERED, BEYOND = 1, 2


@pytest.fixture(autouse=True)
def no_memo_grows_old(monkeypatch):
    monkeypatch.setattr(memo, "time", SimpleNamespace(monotonic=lambda: 1.0))


def copied(model, changes, tail, params):
    """Copy rows of ``model`` by one statement: ``changes`` maps columns to the SQL they are copied with."""
    columns = [field.column for field in model._meta.concrete_fields if not field.primary_key]
    values = [changes.get(name, f'old."{name}"') for name in columns]
    names = ", ".join(f'"{name}"' for name in columns)
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {model._meta.db_table} ({names}) SELECT {', '.join(values)} {tail}", params)
        return cursor.rowcount


def grow_categories():
    leaves = []
    for branch in range(BRANCHES):
        top = make_category(f"大类{branch}")
        leaves += [Category(name=f"小类{n}", slug=f"leaf-{branch}-{n}", parent=top) for n in range(LEAVES)]
    Category.objects.bulk_create(leaves)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE catalog_category AS leaf SET path = above.path || leaf.id || '/' FROM catalog_category AS above"
            " WHERE above.id = leaf.parent_id AND leaf.path = ''"
        )
        return cursor.rowcount


def grow_listings(product, to):
    """Copies of a listing with one SKU in stock each, until there are ``to`` on sale; the statistics follow."""
    with connection.cursor() as cursor:
        # One statement writes them all, with the rows that searches read: nothing that a page would ever wait for.
        cursor.execute("SET LOCAL statement_timeout = 0")
    made = copied(
        Product,
        {
            "handle": "'copy-' || n",
            "slug": "'copy-' || n",
            "category_id": "CASE WHEN n %% %s = 0 THEN old.category_id ELSE leaf[1 + n %% array_length(leaf, 1)] END",
            "search": "CASE WHEN n %% %s = 0 THEN old.search ELSE 'else'::tsvector END",
        },
        "FROM catalog_product AS old CROSS JOIN (SELECT array_agg(id) AS leaf FROM catalog_category"
        " WHERE parent_id IS NOT NULL) AS leaves CROSS JOIN generate_series(1, %s) AS n WHERE old.id = %s",
        [ALIKE, ALIKE, to - Product.objects.count(), product.pk],
    )
    tail = "FROM catalog_sku AS old JOIN catalog_product AS copy ON copy.handle LIKE 'copy-%%' WHERE old.id = %s"
    first = product.skus.first()
    copied(Sku, {"product_id": "copy.id", "code": "copy.handle"}, tail, [first.pk])
    tail = "FROM catalog_stock AS old JOIN catalog_sku AS new ON new.code LIKE 'copy-%%' WHERE old.sku_id = %s"
    assert copied(Stock, {"sku_id": "new.id"}, tail, [first.pk]) == made
    search_terms.rebuild()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE catalog_product, catalog_sku, catalog_stock, catalog_category")
        cursor.execute("SET LOCAL statement_timeout TO DEFAULT")


def test_a_hundred_thousand_listings_and_five_thousand_categories_cost_no_statement_more(client, yuji, alice):
    teapot = fill(yuji, FEW, 1, 0)
    pages = [*lists(teapot), teapot.get_absolute_url(), "/"]
    put_into_cart(alice, teapot)

    def counts():
        memo.forget_all()
        client.logout()
        guest = [statements(client, address) for address in pages]
        client.force_login(alice)
        return guest, [statements(client, address) for address in pages]

    small = counts()
    assert grow_categories() == BRANCHES * LEAVES
    grow_listings(teapot, MANY)
    assert Product.objects.filter(status=Product.Status.PUBLISHED).count() == MANY
    assert Category.objects.count() >= BRANCHES * (LEAVES + 1)
    large = counts()
    for before, after in zip(small, large, strict=True):
        before[FILTERED] += BEYOND
        assert all(big <= little for little, big in zip(before, after, strict=True)), (small, large)
    guest, signed_in = large
    assert max(guest[:-2]) <= LIST, guest
    assert guest[-2] <= PRODUCT, guest
    assert max(signed_in[:-2]) <= LIST + SIGNED_IN_WITH_CART, signed_in
    assert signed_in[-2] <= PRODUCT + SIGNED_IN_WITH_CART, signed_in
