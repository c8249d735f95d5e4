from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.masking import mask_name
from catalog.models.product import Product
from catalog.models.sku import Sku


class Review(models.Model):
    """What a buyer says of a listing. ``source`` is the order line: one review a line, and buyers only."""

    class Status(models.TextChoices):
        PENDING = "pending", _("waiting for moderation")
        PUBLISHED = "published", _("published")
        HIDDEN = "hidden", _("hidden, with a reason")

    product = models.ForeignKey(Product, models.PROTECT, related_name="reviews", verbose_name=_("listing"))
    sku = models.ForeignKey(Sku, models.PROTECT, null=True, related_name="+", verbose_name=_("SKU"))
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("shopper"))
    source = models.CharField(_("source"), max_length=80, unique=True)
    stars = models.PositiveSmallIntegerField(_("stars"), validators=[MinValueValidator(1), MaxValueValidator(5)])
    text = models.TextField(_("text"), max_length=1000, blank=True)
    author_name = models.CharField(_("shown name"), max_length=40, blank=True)
    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.PENDING)
    hidden_reason = models.CharField(_("why hidden"), max_length=200, blank=True)
    created_at = models.DateTimeField(_("written at"))

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        ordering = ["-created_at"]
        constraints = [models.CheckConstraint(condition=models.Q(stars__gte=1, stars__lte=5), name="one_to_five_stars")]
        indexes = [models.Index(fields=["product", "-created_at"], name="review_of_product")]

    def __str__(self):
        return f"{self.stars}★ {self.masked_author}"

    @property
    def masked_author(self):
        return mask_name(self.author_name)
