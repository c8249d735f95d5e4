"""The invented shop that figures are measured on: it can be made, searched, and its books add up."""

import pytest
from django.http import QueryDict

from catalog import listings, shelf
from catalog.demo.scale import Scale
from catalog.models import Product
from config import books


@pytest.mark.django_db(transaction=True)
def test_invented_listings_are_found_and_their_books_add_up():
    ids = Scale(30).add()
    made = Product.objects.filter(pk__in=ids)
    assert made.count() == listings.on_sale().count() == 30
    assert all(product.search and product.price_min_fen for product in made)
    some = made.order_by("pk")[0]
    assert some.choices
    found = shelf.build("/search/", QueryDict(), listings.on_sale(), words=some.title[-8:])
    assert some.pk in found.facets.ids
    broken = {finding.name for finding in books.check() if finding.broken}
    assert broken <= {"published-listing-can-be-bought"}  # no picture is there to be lent
