from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog import tax_rates
from catalog.models.product import Product
from catalog.money import FenField


class SkuQuerySet(models.QuerySet):
    def buyable(self):
        return self.filter(is_active=True, product__in=Product.objects.published())


class Sku(models.Model):
    """One combination of a listing's axes: what has a price and a stock."""

    product = models.ForeignKey(Product, models.CASCADE, related_name="skus", verbose_name=_("listing"))
    merchant = models.ForeignKey("accounts.Merchant", models.PROTECT, related_name="+", editable=False)
    code = models.CharField(_("SKU code"), max_length=64)
    option1 = models.CharField(_("first option"), max_length=60, blank=True)
    option2 = models.CharField(_("second option"), max_length=60, blank=True)
    option3 = models.CharField(_("third option"), max_length=60, blank=True)
    price_fen = FenField(_("price"))
    reference_price_fen = FenField(_("strike-through price"), null=True, blank=True)
    # The strike-through price as pages show it: only while it is lawful (``catalog.dealt_prices``).
    shown_reference_fen = FenField(null=True, editable=False)
    weight_g = models.PositiveIntegerField(_("weight (g)"), default=0)
    tax_bp = models.PositiveSmallIntegerField(
        _("tax in the price"),
        null=True,
        blank=True,
        choices=tax_rates.CHOICES,
        help_text=_("Empty: as its category says."),
    )
    barcode = models.CharField(_("barcode"), max_length=32, blank=True)
    picture = models.ForeignKey(
        "catalog.Picture", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("picture")
    )
    is_active = models.BooleanField(_("on sale"), default=True)
    position = models.PositiveIntegerField(_("position"), default=0)

    objects = SkuQuerySet.as_manager()

    class Meta:
        verbose_name = _("SKU")
        verbose_name_plural = _("SKUs")
        ordering = ["position", "pk"]
        permissions = [("price_sku", "Can change prices"), ("count_sku", "Can correct stock")]
        constraints = [
            models.UniqueConstraint(fields=["merchant", "code"], name="sku_code_once_a_merchant"),
            models.UniqueConstraint(fields=["product", "option1", "option2", "option3"], name="one_sku_a_combination"),
            models.CheckConstraint(condition=models.Q(price_fen__gt=0), name="sku_price_is_positive"),
            models.CheckConstraint(
                condition=models.Q(reference_price_fen=None) | models.Q(reference_price_fen__gt=models.F("price_fen")),
                name="strike_through_price_is_higher",
            ),
        ]

    def __str__(self):
        return f"{self.code} {self.options_text}".strip()

    def save(self, *args, **kwargs):
        self.merchant_id = self.product.merchant_id
        super().save(*args, **kwargs)

    @property
    def options(self):
        """The option values in the order of the listing's axes."""
        return [value for value in (self.option1, self.option2, self.option3) if value]

    @property
    def options_text(self):
        return " · ".join(self.options)
