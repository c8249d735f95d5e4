from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Merchant
from catalog.models.category import Category
from catalog.models.product import Product
from catalog.models.review import private_storage


class SpotCheckRound(models.Model):
    """A random sample of listings on sale. The order is a hash of seed and listing, so anybody can draw it again."""

    name = models.CharField(_("name"), max_length=80)
    seed = models.CharField(_("seed"), max_length=32, editable=False)
    size = models.PositiveSmallIntegerField(_("how many listings"), default=20)
    category = models.ForeignKey(
        Category, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("only this category")
    )
    merchant = models.ForeignKey(
        Merchant, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("only this merchant")
    )
    population = models.PositiveIntegerField(_("drawn from"), default=0, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+")
    created_at = models.DateTimeField(_("drawn at"), auto_now_add=True)

    class Meta:
        verbose_name = _("round of spot checks")
        verbose_name_plural = _("rounds of spot checks")
        ordering = ["-pk"]

    def __str__(self):
        return self.name


class SpotCheck(models.Model):
    """One listing of a sample and what was found."""

    class Status(models.TextChoices):
        OPEN = "open", _("to be checked")
        PASSED = "passed", _("passed")
        FAILED = "failed", pgettext_lazy("spot check", "failed")

    class Fault(models.TextChoices):
        WORDS = "words", _("forbidden or untrue words")
        PICTURES = "pictures", _("pictures do not show the goods")
        PRICE = "price", _("untrue price")
        SPECIFICATIONS = "specifications", _("specifications are wrong")
        PAPERS = "papers", _("licence or proof is missing")
        QUALITY = "quality", _("goods below the standard")
        COUNTERFEIT = "counterfeit", _("counterfeit goods")

    class Gravity(models.TextChoices):
        MINOR = "minor", _("minor: 3 points for 90 days")
        SERIOUS = "serious", _("serious: 12 points for 180 days")
        GRAVE = "grave", _("grave: 40 points for a year")

    round = models.ForeignKey(SpotCheckRound, models.PROTECT, related_name="checks", verbose_name=_("round"))
    position = models.PositiveSmallIntegerField(_("position"))
    product = models.ForeignKey(Product, models.PROTECT, related_name="spot_checks", verbose_name=_("listing"))
    status = models.CharField(_("result"), max_length=8, choices=Status, default=Status.OPEN)
    fault = models.CharField(_("what is wrong"), max_length=16, choices=Fault, blank=True)
    gravity = models.CharField(_("how grave"), max_length=8, choices=Gravity, blank=True)
    note = models.CharField(_("what was found"), max_length=300, blank=True)
    evidence = models.FileField(_("picture of it"), upload_to="spot-checks/", storage=private_storage, blank=True)
    taken_down = models.BooleanField(_("taken off sale"), default=False)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("checked by")
    )
    checked_at = models.DateTimeField(_("checked at"), null=True, blank=True)

    class Meta:
        verbose_name = _("spot check")
        verbose_name_plural = _("spot checks")
        ordering = ["-round", "position"]
        constraints = [models.UniqueConstraint(fields=["round", "product"], name="a_listing_once_a_round")]

    def __str__(self):
        return f"{self.round} · {self.product}"

    @property
    def about(self):
        return f"spot-check:{self.pk}"
