from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.models.product import Product


class ListingCheck(models.Model):
    """What the listing rules found when a listing was looked at last: a cache for lists (``catalog.listing_rules``)."""

    product = models.OneToOneField(Product, models.CASCADE, related_name="check_result", verbose_name=_("listing"))
    findings = models.JSONField(_("findings"), default=list)
    blocks = models.PositiveSmallIntegerField(_("blocking"), default=0)
    wants_proof = models.PositiveSmallIntegerField(_("needing proof"), default=0)
    warnings = models.PositiveSmallIntegerField(_("warnings"), default=0)
    checked_at = models.DateTimeField(_("checked at"))

    class Meta:
        verbose_name = _("check of a listing")
        verbose_name_plural = _("checks of listings")

    def __str__(self):
        return f"{self.product_id}: {self.blocks}/{self.wants_proof}/{self.warnings}"
