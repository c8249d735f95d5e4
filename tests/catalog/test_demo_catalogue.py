import pytest

from catalog.demo.load import load_catalogue
from catalog.demo.written_reviews import load_reviews
from catalog.models import Category, Picture, Product, Review, Sku
from config import books


@pytest.fixture(autouse=True)
def own_media(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)


def test_the_demo_catalogue_is_whole_and_loading_it_again_changes_nothing(alice, bob):
    made = load_catalogue()
    assert made["products"] == Product.objects.published().count() >= 60
    assert made["skus"] == Sku.objects.count()
    assert Category.objects.filter(parent=None).count() == 8
    assert not Picture.objects.exclude(status=Picture.Status.READY).exists()
    assert not Product.objects.filter(cover=None).exists()
    reviews = load_reviews([alice, bob])
    assert reviews == Review.objects.count() > 0
    assert load_catalogue()["products"] == 0
    assert load_reviews([alice, bob]) == 0
    assert [finding.name for finding in books.check() if finding.app == "catalog" and finding.broken] == []


def test_the_books_find_a_price_a_stock_and_a_rating_that_were_changed_behind_the_rules(alice):
    load_catalogue()
    load_reviews([alice])
    Product.objects.filter(pk=Product.objects.first().pk).update(price_min_fen=1, rating_count=99)
    sku = Sku.objects.filter(stocks__on_hand__gt=1).first()
    sku.stocks.update(on_hand=1_000)
    Picture.objects.filter(pk=Picture.objects.first().pk).update(file="")
    broken = {finding.name for finding in books.check() if finding.app == "catalog" and finding.broken}
    assert broken == {
        "listing-prices-equal-skus",
        "listing-rating-equals-reviews",
        "stock-equals-movements",
        "ready-picture-has-a-file",
    }
