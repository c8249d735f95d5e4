from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Merchant
from catalog.models import Product
from catalog.money import FenField


class DeliveryTemplate(models.Model):
    """What a merchant takes for sending, by region. The default one is for every listing that has no other."""

    class By(models.TextChoices):
        PIECE = "piece", _("by piece")
        WEIGHT = "weight", _("by weight")

    merchant = models.ForeignKey(
        Merchant, models.CASCADE, related_name="delivery_templates", verbose_name=_("merchant")
    )
    name = models.CharField(_("name"), max_length=60)
    by = models.CharField(_("counted"), max_length=10, choices=By, default=By.PIECE)
    is_default = models.BooleanField(_("for all other listings"), default=False)
    products = models.ManyToManyField(
        Product,
        through="SpecialDelivery",
        related_name="+",
        verbose_name=_("listings"),
    )

    class Meta:
        verbose_name = _("delivery template")
        verbose_name_plural = _("delivery templates")
        ordering = ["merchant", "-is_default", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["merchant"], condition=models.Q(is_default=True), name="one_default_delivery_template"
            )
        ]

    def __str__(self):
        return self.name


class DeliveryZone(models.Model):
    """The regions with one fee. ``regions`` are codes of provinces, cities or districts; empty: everywhere else.

    ``first`` and ``further`` are pieces, or grams when the template counts weight. ``free_from_fen`` and
    ``free_from_pieces`` make it free; None: never. ``refused``: nothing is sent there, and ``why`` says why.
    """

    template = models.ForeignKey(
        DeliveryTemplate, models.CASCADE, related_name="zones", verbose_name=_("delivery template")
    )
    regions = models.JSONField(_("regions"), default=list, blank=True)
    first = models.PositiveIntegerField(_("first (pieces or g)"), default=1)
    first_fen = FenField(_("fee for them"), default=0)
    further = models.PositiveIntegerField(_("each further (pieces or g)"), default=1)
    further_fen = FenField(_("fee for each"), default=0)
    free_from_fen = FenField(_("free from an amount of"), null=True, blank=True)
    free_from_pieces = models.PositiveIntegerField(_("free from pieces"), null=True, blank=True)
    days = models.PositiveSmallIntegerField(_("days on the road"), default=3)
    refused = models.BooleanField(_("nothing is sent there"), default=False)
    why = models.CharField(_("why not"), max_length=80, blank=True)
    why_en = models.CharField(_("why not, in English"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("delivery zone")
        verbose_name_plural = _("delivery zones")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(first__gte=1, further__gte=1), name="delivery_zone_counts"),
            models.CheckConstraint(
                condition=models.Q(first_fen__gte=0, further_fen__gte=0), name="delivery_zone_fees_not_negative"
            ),
        ]

    def __str__(self):
        return f"{self.template} {self.pk}"


class SpecialDelivery(models.Model):
    """A listing that is sent by another template of its merchant than the default one."""

    product = models.OneToOneField(Product, models.CASCADE, related_name="+", verbose_name=_("listing"))
    template = models.ForeignKey(
        DeliveryTemplate, models.CASCADE, related_name="special_products", verbose_name=_("delivery template")
    )

    class Meta:
        verbose_name = _("listing with its own delivery")
        verbose_name_plural = _("listings with their own delivery")

    def __str__(self):
        return f"{self.product} · {self.template}"
