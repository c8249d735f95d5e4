from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from accounts.models import Merchant
from catalog.models.brand import Brand
from catalog.models.product import Product


class SearchRowQuerySet(models.QuerySet):
    def published(self):
        """What shoppers may find, as ``Product.objects.published()``."""
        others = Merchant.objects.exclude(status=Merchant.Status.ACTIVE)
        return self.filter(shown=True).exclude(merchant__in=others)


class SearchRow(models.Model):
    """What a search reads of each of its matches: a short row for every listing with words, named as there.

    A word may have ten thousand matches, and a listing's own row is long. A trigger of the database keeps these
    (``0027_titles_of_search_rows``); nothing else writes them. What most rows lack comes last: before it every column has
    its place.
    """

    product = models.OneToOneField(Product, models.DO_NOTHING, primary_key=True, db_constraint=False, related_name="+")
    merchant = models.ForeignKey(Merchant, models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+")
    price_min_fen = models.BigIntegerField()
    # Parts of the score (``catalog.ranking``) that hang on the listing alone; the moment is in seconds since 1970.
    sales = models.FloatField()
    stars = models.FloatField()
    published = models.FloatField()
    in_stock = models.BooleanField()
    shown = models.BooleanField()
    brand = models.ForeignKey(
        Brand, models.DO_NOTHING, null=True, db_constraint=False, db_index=False, related_name="+"
    )
    # Nothing in place of an empty list: it is compared for every match.
    deals = ArrayField(models.TextField(), null=True)
    choices = ArrayField(models.TextField())
    search = SearchVectorField(null=True)
    titles = models.TextField()  # both, in lower case, a line each

    objects = SearchRowQuerySet.as_manager()

    class Meta:
        indexes = [GinIndex(fields=["search"], name="search_row_words", opclasses=["tsvector_ops"])]

    def __str__(self):
        return f"{self.product_id}"
