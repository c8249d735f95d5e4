from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.models.product import Product


class ViewedProduct(models.Model):
    """That somebody looked at a listing, and when last. Theirs alone: no page of the back office shows it."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="viewed_products", verbose_name=_("shopper")
    )
    product = models.ForeignKey(Product, models.CASCADE, related_name="+", verbose_name=_("listing"))
    seen_at = models.DateTimeField(_("seen at"))

    class Meta:
        verbose_name = _("viewed listing")
        verbose_name_plural = _("browsing history")
        ordering = ["-seen_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["user", "product"], name="viewed_once")]
        indexes = [models.Index(fields=["user", "-seen_at"], name="viewed_of_user")]

    def __str__(self):
        return f"{self.user_id} → {self.product_id}"


class ShopperChoice(models.Model):
    """What a shopper allows; no row means yes to all."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        primary_key=True,
        related_name="shopper_choice",
        verbose_name=_("shopper"),
    )
    keep_history = models.BooleanField(_("keep the browsing history"), default=True)
    personalised = models.BooleanField(_("recommendations may be personal"), default=True)
    may_be_asked = models.BooleanField(_("other shoppers' questions may be sent to me"), default=True)

    class Meta:
        verbose_name = _("choice of a shopper")
        verbose_name_plural = _("choices of shoppers")

    def __str__(self):
        return f"{self.user_id}"
