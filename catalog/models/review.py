from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.files.storage import storages
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.models.moderated import Moderated
from catalog.models.product import Product
from catalog.models.review_invitation import ReviewInvitation
from catalog.models.sku import Sku


class Review(Moderated):
    """What a buyer says of a listing. ``source`` is the order line: one review a line, and buyers only."""

    product = models.ForeignKey(Product, models.PROTECT, related_name="reviews", verbose_name=_("listing"))
    sku = models.ForeignKey(Sku, models.PROTECT, null=True, related_name="+", verbose_name=_("SKU"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="reviews", verbose_name=_("shopper")
    )
    # None for reviews that came with data of another shop.
    invitation = models.OneToOneField(
        ReviewInvitation, models.PROTECT, null=True, blank=True, related_name="review", editable=False
    )
    source = models.CharField(_("source"), max_length=80, unique=True)
    stars = models.PositiveSmallIntegerField(_("stars"), validators=[MinValueValidator(1), MaxValueValidator(5)])
    text = models.TextField(_("text"), max_length=1000, blank=True)
    tags = ArrayField(models.CharField(max_length=20), default=list, blank=True, verbose_name=_("tags"))
    anonymous = models.BooleanField(_("without a name"), default=False)
    reply = models.TextField(_("the merchant's reply"), max_length=500, blank=True)
    replied_at = models.DateTimeField(_("replied at"), null=True, blank=True, editable=False)
    # caches
    picture_count = models.PositiveSmallIntegerField(_("pictures"), default=0, editable=False)
    helpful_count = models.PositiveIntegerField(_("found helpful"), default=0, editable=False)

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        ordering = ["-created_at"]
        permissions = [("reply_review", "Can reply to reviews")]
        constraints = [models.CheckConstraint(condition=models.Q(stars__gte=1, stars__lte=5), name="one_to_five_stars")]
        indexes = [models.Index(fields=["product", "-created_at"], name="review_of_product")]

    def __str__(self):
        return f"{self.stars}★ {self.masked_author} {self.text[:40]}".strip()

    @property
    def masked_author(self):
        return _("Anonymous") if self.anonymous else super().masked_author

    @property
    def tag_labels(self):
        from catalog.review_tags import label_of

        return [label_of(tag) for tag in self.tags]


class FollowUp(Moderated):
    """What the author adds later, once; the review itself stays as it was."""

    review = models.OneToOneField(Review, models.PROTECT, related_name="follow_up", verbose_name=_("review"))
    text = models.TextField(_("text"), max_length=1000)

    class Meta:
        verbose_name = _("follow-up of a review")
        verbose_name_plural = _("follow-ups of reviews")
        ordering = ["-created_at"]

    def __str__(self):
        return f"+ {self.text[:40]}"

    @property
    def user(self):
        return self.review.user

    @property
    def product(self):
        return self.review.product


def private_storage():
    """Where files lie that have no public address."""
    return storages["private"]


class ReviewPicture(models.Model):
    """A buyer's picture, drawn anew without metadata. It has no public address: a view shows it with its review."""

    review = models.ForeignKey(Review, models.PROTECT, related_name="pictures", verbose_name=_("review"))
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    file = models.FileField(_("file"), upload_to="reviews/", storage=private_storage)
    small = models.FileField(_("small file"), upload_to="reviews/", storage=private_storage)

    class Meta:
        verbose_name = _("picture of a review")
        verbose_name_plural = _("pictures of reviews")
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["review", "position"], name="review_picture_place_once")]

    def __str__(self):
        return f"#{self.pk}"


class HelpfulVote(models.Model):
    """Somebody found a review helpful: one vote a person, which can be taken back."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="votes", verbose_name=_("review"))
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("shopper"))

    class Meta:
        verbose_name = _("helpful vote")
        verbose_name_plural = _("helpful votes")
        constraints = [models.UniqueConstraint(fields=["review", "user"], name="one_helpful_vote_a_person")]

    def __str__(self):
        return f"{self.user_id} → {self.review_id}"
