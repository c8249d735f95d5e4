"""How many questions the database may be asked on the way from the cart to the order, and which comes last."""

import cProfile
import pstats

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from orders import checkout, payments, quoting
from orders.models import Order
from orders.pricing import Buyer, Offers, quote
from tests.bench import quote_figures
from tests.factories import make_product, make_sku
from tests.fakes.shopping import notice_for, post_notice
from tests.loyalty.tickets import make_template

pytestmark = pytest.mark.django_db


@pytest.fixture
def full_cart(alice, yuji, songyan, put_in_cart):
    """Six lines of two merchants."""
    skus = [make_sku(make_product(merchant)) for merchant in (yuji, songyan) for _number in range(3)]
    return [put_in_cart(alice, sku) for sku in skus]


@pytest.fixture
def ticket(alice):
    """A coupon that fits: prices with coupons cost more questions than prices without."""
    from loyalty import coupons

    return coupons.claim(alice, make_template())


def queries(work):
    with CaptureQueriesContext(
        connection,
    ) as asked:
        work()
    # one trip may carry several statements
    return [sql for query in asked.captured_queries for sql in query["sql"].strip().split("; ")]


@pytest.mark.parametrize(("page", "most"), [("cart", 10), ("checkout", 25)])
def test_a_page_keeps_its_budget(shopper, alice, full_cart, ticket, alices_address, page, most):
    shopper.get(reverse(page))
    asked = queries(lambda: shopper.get(reverse(page)))
    assert len(asked) <= most, "\n".join(sql[:140] for sql in asked)


def test_adding_to_the_cart_keeps_its_budget(shopper, full_cart, teapot):
    wish = {"sku": teapot.pk, "quantity": 1}
    shopper.post(reverse("cart_lines"), wish)
    asked = queries(lambda: shopper.post(reverse("cart_lines"), wish))
    assert len(asked) <= 10, "\n".join(sql[:140] for sql in asked)


@pytest.mark.parametrize("with_coupon", [False, True])
def test_placing_three_lines_keeps_its_budget_and_takes_stock_last(
    request, alice, alices_address, yuji, put_in_cart, with_coupon
):
    if with_coupon:
        request.getfixturevalue("ticket")
    lines = [put_in_cart(alice, make_sku(make_product(yuji))) for _number in range(3)]
    seen = quoting.quote_for(alice, lines).payable_fen
    asked = queries(
        lambda: checkout.place_order(
            alice, cart_lines=lines, address=alices_address, key="key-budget", seen_payable_fen=seen
        )
    )
    statements = [sql for sql in asked if not sql.startswith(("SAVEPOINT", "RELEASE SAVEPOINT"))]
    assert len(statements) <= 30, "\n".join(sql[:140] for sql in statements)
    touched = [
        number for number, sql in enumerate(statements) if 'UPDATE "catalog_stock"' in sql or "catalog_stock " in sql
    ]
    writes = [sql for sql in statements[touched[-1] + 1 :] if sql.startswith(("UPDATE", "INSERT", "DELETE", "WITH"))]
    assert all("catalog_" in sql for sql in writes), writes


def test_hearing_that_an_order_is_paid_keeps_its_budget(alice, yuji, place):
    order = place(alice, *[(make_sku(make_product(yuji)), 1) for _number in range(3)])
    facts = notice_for(payments.start(order, "sandbox"))
    asked = queries(lambda: post_notice(facts))
    assert Order.objects.get().paid_at
    assert len(asked) <= 35, "\n".join(sql[:140] for sql in asked)


def test_going_to_the_bank_keeps_its_budget(shopper, alice, yuji, place):
    order = place(alice, *[(make_sku(make_product(yuji)), 1) for _number in range(3)])
    page = reverse("order_payment", args=[order.number])
    shopper.get(page)
    asked = queries(lambda: shopper.post(page, {"gateway": "sandbox"}))
    assert order.payments.get().status == "pending"
    assert len(asked) <= 20, "\n".join(sql[:140] for sql in asked)


def test_a_quote_among_a_thousand_promotions_keeps_its_calls():
    """Python calls for each node of the search; both are the same on every machine (docs/performance.md)."""
    lines, coupons = quote_figures.basket(20_000, 20)
    offers = Offers(quote_figures.shop(), Buyer("gold"), coupons)
    quote(lines, offers=offers, **quote_figures.TERMS)
    profile = cProfile.Profile()
    found = profile.runcall(quote, lines, offers=offers, **quote_figures.TERMS)
    assert found.nodes >= 1_000
    assert pstats.Stats(profile).total_calls / found.nodes <= 28
