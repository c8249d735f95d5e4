"""The tax in what is invoiced: the rate that counts, kept with the order, and to the fen."""

import pytest

from catalog import goods_tax
from catalog.models import Category
from catalog.tree import tree
from orders.invoice_lines import lines_of, tax_in, tax_of
from tests.factories import make_product, make_sku
from tests.fakes.shopping import pay_and_hear

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("fen", "tax"), [(11_300, 1_300), (100, 12), (1, 0), (13_500, 1_553)])
def test_the_tax_is_inside_the_price(fen, tax):
    assert tax_in(fen) == tax


@pytest.mark.parametrize(
    ("of_sku", "of_category", "of_parent", "rate"),
    [
        (None, None, None, 1_300),
        (None, None, 900, 900),
        (None, 600, 900, 600),
        (0, 600, 900, 0),
        (900, None, None, 900),
    ],
)
def test_the_nearest_rate_counts(teapot, of_sku, of_category, of_parent, rate):
    above = Category.objects.create(name="茶", slug="tea", tax_bp=of_parent)
    below = Category.objects.create(name="茶叶", slug="leaves", parent=above, tax_bp=of_category, is_active=False)
    teapot.product.category, teapot.tax_bp = below, of_sku
    tree.forget()
    assert goods_tax.rate_of(teapot) == rate


def test_an_order_keeps_its_rates_and_the_delivery_fee_follows_its_goods(alice, yuji, cup, place):
    tea = make_sku(make_product(yuji, title="茶叶"), price_fen=2_000, tax_bp=900)
    order = pay_and_hear(place(alice, (tea, 1), (cup, 1)))
    tea.tax_bp = 0
    tea.save()
    tree.forget()
    found = lines_of(order, order.payable_fen)
    assert order.shipping_fen == 800
    assert {(line["name"] == "delivery", line["amount_fen"], line["tax_bp"]) for line in found} == {
        (False, 2_000, 900),
        (False, 4_500, 1_300),
        (True, 554, 1_300),
        (True, 246, 900),
    }
    assert tax_of(found) == tax_in(2_000, 900) + tax_in(4_500) + tax_in(554) + tax_in(246, 900)


@pytest.mark.parametrize(
    ("fen", "rate", "tax"), [(10_900, 900, 900), (11_300, 1_300, 1_300), (5_000, 0, 0), (1, 1_300, 0)]
)
def test_the_tax_is_in_the_price(fen, rate, tax):
    assert tax_in(fen, rate) == tax
