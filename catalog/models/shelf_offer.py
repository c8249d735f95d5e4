from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.bilingual import local
from accounts.models import Merchant


def _ids(name):
    return ArrayField(models.BigIntegerField(), default=list, blank=True, verbose_name=name)


class ShelfOffer(models.Model):
    """An offer that runs now, as lists know it: what it is called, of which sort, and which goods it is for.

    Whoever keeps offers writes and removes these rows when a window begins and ends (``catalog.shelf_offers``); the key is
    the number that it is known by there. No scope at all means everything.
    """

    class Sort(models.TextChoices):
        SALE = "sale", _("On sale now")
        SPEND = "spend", _("Spend and save")
        PIECES = "pieces", _("Cheaper by the piece")
        GIFT = "gift", _("With a gift")
        PRESALE = "presale", _("Presale")
        MEMBER = "member", _("Member price")
        NEWCOMER = "newcomer", _("Newcomer price")
        ADD_ON = "add_on", _("Add-on price")
        DELIVERY = "delivery", _("Free delivery")

    number = models.BigIntegerField(_("number"), primary_key=True)
    sort = models.CharField(_("sort"), max_length=10, choices=Sort)
    name = models.CharField(_("name"), max_length=40)
    name_en = models.CharField(_("name in English"), max_length=60, blank=True)
    merchant = models.ForeignKey(
        Merchant, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("merchant")
    )
    category_ids = _ids(_("categories with all below them"))
    brand_ids = _ids(_("brands"))
    tags = ArrayField(models.CharField(max_length=40), default=list, blank=True, verbose_name=_("tags"))
    product_ids = _ids(_("listings"))
    sku_ids = _ids(_("SKUs"))
    except_product_ids = _ids(_("but not these listings"))
    except_sku_ids = _ids(_("but not these SKUs"))
    since = models.DateTimeField(_("since"), auto_now_add=True)

    class Meta:
        verbose_name = _("offer on lists")
        verbose_name_plural = _("offers on lists")
        ordering = ["number"]

    def __str__(self):
        return local(self.name, self.name_en)
