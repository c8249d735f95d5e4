"""What recommendations are made of: events of shoppers, what goes with what, what is popular, and what shoppers answer."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.models.category import Category
from catalog.models.product import Product


class ShopperEvent(models.Model):
    """That a signed-in shopper looked at, kept, carted or bought a listing: at most one row a day of each kind.

    Written by ``catalog.shopper_events`` only, never for somebody who wants no personal recommendations.
    """

    class Kind(models.IntegerChoices):
        VIEW = 1, _("looked at")
        FAVOURITE = 2, _("kept as a favourite")
        CART = 3, _("put into the cart")
        PURCHASE = 4, _("bought")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        db_index=False,
        related_name="shopper_events",
        verbose_name=_("shopper"),
    )
    product = models.ForeignKey(Product, models.CASCADE, related_name="+", verbose_name=_("listing"))
    kind = models.PositiveSmallIntegerField(_("kind"), choices=Kind)
    day = models.DateField(_("day"))

    class Meta:
        verbose_name = _("event of a shopper")
        verbose_name_plural = _("events of shoppers")
        constraints = [
            # The day comes second: a shopper's latest events are read by this index too.
            models.UniqueConstraint(fields=["user", "day", "product", "kind"], name="shopper_event_once_a_day")
        ]

    def __str__(self):
        return f"{self.user_id} {self.get_kind_display()} {self.product_id}"


class Companions(models.Model):
    """The listings that go with ``product``, the best first, as the last nightly run found them.

    One row holds the whole list, so that a run replaces lists and readers never see half of one. ``scores`` are
    millionths of the cosine of the two listings' shoppers; ``shoppers`` is how many had both.
    """

    class Kind(models.TextChoices):
        SEEN = "seen", _("looked at by the same shoppers")
        BOUGHT = "bought", _("carted or bought by the same shoppers")

    product = models.ForeignKey(Product, models.CASCADE, related_name="companions", verbose_name=_("listing"))
    kind = models.CharField(_("kind"), max_length=6, choices=Kind)
    others = ArrayField(models.BigIntegerField(), verbose_name=_("other listings"))
    scores = ArrayField(models.IntegerField(), verbose_name=_("scores"))
    shoppers = ArrayField(models.IntegerField(), verbose_name=_("shoppers"))
    made_at = models.DateTimeField(_("made at"))

    class Meta:
        verbose_name = _("what goes with a listing")
        verbose_name_plural = _("what goes with what")
        ordering = ["product", "kind"]
        constraints = [models.UniqueConstraint(fields=["product", "kind"], name="companions_once")]

    def __str__(self):
        return f"{self.product_id}: {self.get_kind_display()}"


class PopularList(models.Model):
    """What is popular now in a category with all below it, or in the whole shop (no category); the best first."""

    category = models.ForeignKey(
        Category, models.CASCADE, null=True, db_index=False, related_name="+", verbose_name=_("category")
    )
    products = ArrayField(models.BigIntegerField(), verbose_name=_("listings"))
    scores = ArrayField(models.IntegerField(), verbose_name=_("scores"))
    made_at = models.DateTimeField(_("made at"))

    class Meta:
        verbose_name = _("what is popular")
        verbose_name_plural = _("what is popular")
        constraints = [models.UniqueConstraint(fields=["category"], nulls_distinct=False, name="popular_once")]

    def __str__(self):
        return str(self.category or _("the whole shop"))


class RecommendationFeedback(models.Model):
    """What a shopper answered to a recommendation. The last answer counts; it is theirs to see and to take back."""

    class Answer(models.TextChoices):
        INTERESTED = "interested", _("interested")
        NOT_INTERESTED = "not_interested", _("not interested")
        HAVE_IT = "have_it", _("already have it")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="recommendation_feedback", verbose_name=_("shopper")
    )
    product = models.ForeignKey(Product, models.CASCADE, related_name="+", verbose_name=_("listing"))
    answer = models.CharField(_("answer"), max_length=14, choices=Answer)
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("answer to a recommendation")
        verbose_name_plural = _("answers to recommendations")
        ordering = ["-at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["user", "product"], name="feedback_once")]

    def __str__(self):
        return f"{self.user_id} {self.get_answer_display()} {self.product_id}"


def _weight(name, default, help_text=""):
    return models.PositiveIntegerField(name, default=default, validators=[MaxValueValidator(100)], help_text=help_text)


def _number(name, default, least, most, help_text=""):
    limits = [MinValueValidator(least), MaxValueValidator(most)]
    return models.PositiveSmallIntegerField(name, default=default, validators=limits, help_text=help_text)


class RecommendationWeights(models.Model):
    """The one row that says what counts how much. The nightly run reads it; the pages read it for the latest events."""

    view = _weight(_("looked at"), 1)
    favourite = _weight(_("kept as a favourite"), 3)
    cart = _weight(_("put into the cart"), 4)
    purchase = _weight(_("bought"), 6)
    interested = _weight(_("said “interested”"), 8)
    half_life = _number(_("half-life (days)"), 30, 1, 365, _("An event of so many days ago counts half."))
    least_shoppers = _number(
        _("shoppers in common"), 2, 1, 50, _("Two listings go together when at least so many shoppers had both.")
    )
    kept = _number(_("companions of a listing"), 20, 4, 50)
    rest_days = _number(_("rest after buying (days)"), 90, 0, 365, _("What was bought is not recommended for so long."))

    class Meta:
        verbose_name = _("weights of recommendations")
        verbose_name_plural = _("weights of recommendations")
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="recommendation_weights_is_one_row")]

    def __str__(self):
        return str(_("weights of recommendations"))

    def save(self, *args, **kwargs):
        self.pk = 1
        super().save(*args, **kwargs)
