from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.models.product import Product


class ListingReview(models.Model):
    """A listing, or new words for a listing on sale, that staff read before shoppers do."""

    class Status(models.TextChoices):
        SUBMITTED = "submitted", _("waiting for review")
        APPROVED = "approved", _("approved")
        RETURNED = "returned", _("returned")
        WITHDRAWN = "withdrawn", _("withdrawn")

    class Kind(models.TextChoices):
        LISTING = "listing", _("new on sale")
        EDIT = "edit", _("changed words")

    class Reason(models.TextChoices):
        WORDS = "words", _("words that are not allowed")
        FACTS = "facts", _("facts are wrong or missing")
        PICTURES = "pictures", _("pictures are unfit")
        CATEGORY = "category", _("wrong category")
        PRICE = "price", _("price or strike-through price")
        PAPERS = "papers", _("licence or proof is missing")
        OTHER = "other", _("other")

    product = models.ForeignKey(Product, models.CASCADE, related_name="listing_reviews", verbose_name=_("listing"))
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.LISTING)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.SUBMITTED)
    # Words that wait, by field; the listing keeps the old ones until they are approved.
    proposed = models.JSONField(_("new words"), default=dict, blank=True)
    digest = models.CharField(max_length=64, editable=False, blank=True)
    reasons = ArrayField(
        models.CharField(max_length=10, choices=Reason), default=list, blank=True, verbose_name=_("reasons")
    )
    note = models.CharField(_("note to the merchant"), max_length=500, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("submitted by")
    )
    submitted_at = models.DateTimeField(_("submitted at"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided at"), null=True)

    class Meta:
        verbose_name = _("listing review")
        verbose_name_plural = _("listing reviews")
        ordering = ["-submitted_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["product"], condition=models.Q(status="submitted"), name="one_open_review_a_listing"
            )
        ]
        indexes = [
            models.Index(fields=["submitted_at"], condition=models.Q(status="submitted"), name="listing_review_open")
        ]

    def __str__(self):
        return str(self.product)

    @property
    def about(self):
        return f"listing:{self.product_id}"

    @property
    def reason_labels(self):
        return [self.Reason(code).label for code in self.reasons if code in self.Reason.values]
