from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.models.product import Product
from catalog.models.sku import Sku

# Of a longer text the part around the first difference is kept.
LONGEST = 300


class ListingChange(models.Model):
    """That one field of a listing went from one value to another. Append-only; ``catalog.listing_changes`` writes it.

    Prices and stock have ledgers of their own and changes of state the history; none of them is repeated here.
    ``field`` is the name of a field, or "specification:…" with the row's name, "picture:…" with its number.
    """

    product = models.ForeignKey(Product, models.PROTECT, related_name="changes", verbose_name=_("listing"))
    sku = models.ForeignKey(Sku, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("SKU"))
    field = models.CharField(_("field"), max_length=80)
    before = models.CharField(_("before"), max_length=LONGEST + 2, blank=True)
    after = models.CharField(_("after"), max_length=LONGEST + 2, blank=True)
    source = models.CharField(_("by way of"), max_length=80, help_text=_("such as editor or import:3"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("by")
    )
    at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        verbose_name = _("change of a listing")
        verbose_name_plural = _("changes of listings")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["product", "-id"], name="listing_change_newest")]

    def __str__(self):
        return f"{self.product_id}: {self.field}"
