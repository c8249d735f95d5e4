from datetime import timedelta

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.bilingual import local
from accounts.models import Merchant
from catalog.models.brand import Brand
from catalog.models.category import Category
from catalog.money import FenField

NEW_FOR = timedelta(days=14)


class ProductQuerySet(models.QuerySet):
    def published(self):
        """What shoppers may see and buy."""
        # Asked the other way round, the few merchants who may not sell are looked up once, not joined to every listing.
        others = Merchant.objects.exclude(status=Merchant.Status.ACTIVE)
        return self.filter(status=Product.Status.PUBLISHED).exclude(merchant__in=others)

    def of_merchants(self, merchants):
        return self.filter(merchant__in=merchants)


class Product(models.Model):
    """A listing: one page, one merchant, up to three specification axes, one SKU per combination.

    Prices, stock flag, sales and rating on this row are caches of its SKUs, kept by ``catalog.listings.refresh``.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        IN_REVIEW = "in_review", _("in review")
        PUBLISHED = "published", _("on sale")
        TAKEN_DOWN = "taken_down", _("taken down")

    class ReturnPolicy(models.TextChoices):
        REQUIRED = "required", _("no-reason return")
        EXCLUDED_BY_LAW = "excluded_by_law", _("no no-reason return, by law")
        EXCLUDED_IF_CONFIRMED = "excluded_if_confirmed", _("no no-reason return, if the shopper confirms it")

    merchant = models.ForeignKey(Merchant, models.PROTECT, related_name="listings", verbose_name=_("merchant"))
    handle = models.CharField(_("handle"), max_length=120, help_text=_("The merchant's own key, used by imports."))
    slug = models.SlugField(_("slug"), max_length=120, allow_unicode=True, blank=True)
    title = models.CharField(_("title"), max_length=120)
    title_en = models.CharField(_("title in English"), max_length=160, blank=True)
    subtitle = models.CharField(_("subtitle"), max_length=160, blank=True)
    subtitle_en = models.CharField(_("subtitle in English"), max_length=200, blank=True)
    description = models.TextField(
        _("description"), blank=True, help_text=_("Simple HTML; scripts and styles are removed.")
    )
    description_en = models.TextField(_("description in English"), blank=True)
    category = models.ForeignKey(
        Category, models.PROTECT, null=True, blank=True, related_name="products", verbose_name=_("category")
    )
    brand = models.ForeignKey(
        Brand, models.PROTECT, null=True, blank=True, related_name="products", verbose_name=_("brand")
    )
    tags = ArrayField(models.CharField(max_length=40), default=list, blank=True, verbose_name=_("tags"))
    axes = ArrayField(
        models.CharField(max_length=40), size=3, default=list, blank=True, verbose_name=_("specification axes")
    )
    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.DRAFT)
    return_policy = models.CharField(
        _("return policy"), max_length=24, choices=ReturnPolicy, default=ReturnPolicy.REQUIRED
    )
    return_policy_reason = models.CharField(_("why no no-reason return"), max_length=120, blank=True)
    warranty_months = models.PositiveSmallIntegerField(_("warranty (months)"), default=0)
    ships_within_hours = models.PositiveSmallIntegerField(
        _("sent within (hours)"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(720)],
        help_text=_("Of payment. Nothing: as the merchant always does."),
    )
    presale_on = models.DateField(
        _("pre-sale: sent from"), null=True, blank=True, help_text=_("The first day on which it is sent.")
    )
    size_guide = models.ForeignKey(
        "catalog.SizeGuide",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="listings",
        verbose_name=_("size guide"),
        help_text=_("None: that of the category, if it has one."),
    )
    max_per_order = models.PositiveSmallIntegerField(_("at most per order"), null=True, blank=True)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed at"), auto_now=True)
    published_at = models.DateTimeField(_("on sale since"), null=True, blank=True)

    # caches
    price_min_fen = FenField(_("lowest price"), default=0, editable=False)
    price_max_fen = FenField(_("highest price"), default=0, editable=False)
    reference_price_fen = FenField(_("strike-through price"), null=True, editable=False)
    in_stock = models.BooleanField(_("in stock"), default=False, editable=False)
    sold_count = models.PositiveIntegerField(_("sold"), default=0, editable=False)
    rating_sum = models.PositiveIntegerField(default=0, editable=False)
    rating_count = models.PositiveIntegerField(_("reviews"), default=0, editable=False)
    # How many reviews: {"5": 12, "pictures": 3, "tag:well_packed": 4}.
    review_facets = models.JSONField(default=dict, editable=False)
    cover = models.ForeignKey("catalog.Picture", models.SET_NULL, null=True, editable=False, related_name="+")
    search = SearchVectorField(null=True, editable=False)
    # The sorts and numbers of the offers that run for it (``catalog.shelf_offers``).
    deals = ArrayField(models.TextField(), default=list, db_default=[], editable=False)
    # The options of its SKUs on sale, as "axis:value".
    choices = ArrayField(models.TextField(), default=list, editable=False)

    objects = ProductQuerySet.as_manager()
    # Of no use to who only names or prices a listing, and long.
    LONG = ("search", "choices", "description", "description_en")

    class Meta:
        verbose_name = _("listing")
        verbose_name_plural = _("listings")
        ordering = ["-published_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["merchant", "handle"], name="handle_once_a_merchant")]
        indexes = [
            GinIndex(fields=["search"], name="product_search", opclasses=["tsvector_ops"]),
            models.Index(fields=["category", "-sold_count"], name="product_by_sales"),
            models.Index(fields=["status", "-published_at"], name="product_newest"),
            # The orders of lists, as they are asked for.
            models.Index(
                models.F("published_at").desc(nulls_last=True),
                models.F("id").desc(),
                name="product_by_newest",
                condition=models.Q(status="published"),
            ),
            models.Index(
                models.F("in_stock").desc(),
                models.F("sold_count").desc(),
                name="product_by_default",
                condition=models.Q(status="published"),
            ),
            models.Index(fields=["rating_count", "sold_count"], name="product_by_rating"),
        ]

    def __str__(self):
        return self.title_local

    def get_absolute_url(self):
        return reverse("product", args=[self.slug or "p", self.pk])

    @property
    def title_local(self):
        return local(self.title, self.title_en)

    @property
    def subtitle_local(self):
        return local(self.subtitle, self.subtitle_en)

    @property
    def description_local(self):
        return local(self.description, self.description_en)

    @property
    def is_new(self):
        return self.published_at is not None and timezone.now() - self.published_at < NEW_FOR

    @property
    def flag(self):
        """A word on the card of a listing that has just come in, else nothing."""
        return _("New") if self.is_new else ""

    @property
    def stars(self):
        """Mean stars as a number with one decimal, or None without reviews."""
        return None if self.rating is None else self.rating / 10

    @property
    def is_published(self):
        return self.status == self.Status.PUBLISHED

    @property
    def rating(self):
        """Mean stars in tenths (48 = 4.8), or None without reviews."""
        return round(self.rating_sum * 10 / self.rating_count) if self.rating_count else None


class Specification(models.Model):
    """One row of a listing's specification table (capacity, material …)."""

    product = models.ForeignKey(Product, models.CASCADE, related_name="specifications", verbose_name=_("listing"))
    name = models.CharField(_("name"), max_length=40)
    value = models.CharField(_("value"), max_length=500)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("specification")
        verbose_name_plural = _("specifications")
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["product", "name"], name="specification_once")]

    def __str__(self):
        return f"{self.name}: {self.value}"
