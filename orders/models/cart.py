from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.models import Sku
from catalog.money import FenField


class Cart(models.Model):
    """What somebody means to buy. A member has one; a guest's is known by the token in the session."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="cart", verbose_name=_("shopper")
    )
    token = models.CharField(max_length=43, null=True, blank=True, unique=True, editable=False)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed at"), auto_now=True)

    class Meta:
        verbose_name = _("cart")
        verbose_name_plural = _("carts")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(user=None, token__isnull=False) | models.Q(user__isnull=False, token=None),
                name="cart_of_member_or_guest",
            )
        ]

    def __str__(self):
        return f"cart {self.pk}"


class CartLine(models.Model):
    sku = models.ForeignKey(Sku, models.CASCADE, related_name="+", verbose_name=_("SKU"))
    cart = models.ForeignKey(Cart, models.CASCADE, related_name="lines", verbose_name=_("cart"))
    quantity = models.PositiveIntegerField(_("quantity"), default=1)
    selected = models.BooleanField(_("selected"), default=True)
    price_when_added_fen = FenField(_("price when added"))
    added_at = models.DateTimeField(_("added at"), auto_now_add=True)

    class Meta:
        verbose_name = _("cart line")
        verbose_name_plural = _("cart lines")
        ordering = ["-added_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["cart", "sku"], name="one_cart_line_a_sku"),
            models.CheckConstraint(
                condition=models.Q(quantity__gte=1, quantity__lte=999), name="cart_quantity_within_limits"
            ),
        ]

    def __str__(self):
        return f"{self.sku_id} × {self.quantity}"


class SavedLine(models.Model):
    """Something put aside for later: no part of the cart's sum, and nothing holds its price or stock."""

    sku = models.ForeignKey(Sku, models.CASCADE, related_name="+", verbose_name=_("SKU"))
    cart = models.ForeignKey(Cart, models.CASCADE, related_name="saved", verbose_name=_("cart"))
    quantity = models.PositiveIntegerField(_("quantity"), default=1)
    price_when_added_fen = FenField(_("price when added"))
    saved_at = models.DateTimeField(_("saved at"), auto_now=True)

    class Meta:
        verbose_name = _("saved line")
        verbose_name_plural = _("saved lines")
        ordering = ["-saved_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["cart", "sku"], name="one_saved_line_a_sku"),
            models.CheckConstraint(
                condition=models.Q(quantity__gte=1, quantity__lte=999), name="saved_quantity_within_limits"
            ),
        ]

    def __str__(self):
        return f"{self.sku_id} × {self.quantity}"
