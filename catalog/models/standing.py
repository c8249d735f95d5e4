"""How far a merchant is trusted: a ledger of points, the levels they lead to, and objections."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Merchant
from catalog.models.product import Product


class StandingLevel(models.Model):
    """What a merchant of a level may do without being read first. The highest ``from_score`` reached counts."""

    class Code(models.TextChoices):
        NEW = "new", _("new")
        TRUSTED = "trusted", _("trusted")
        WATCHED = "watched", _("watched")
        RESTRICTED = "restricted", _("restricted")
        FROZEN = "frozen", _("no new listings")

    code = models.CharField(_("level"), max_length=12, choices=Code, primary_key=True)
    from_score = models.SmallIntegerField(_("from this score on"))
    reviews_listings = models.BooleanField(_("listings are reviewed before they go on sale"), default=False)
    reviews_edits = models.BooleanField(_("changed words of listings on sale are reviewed"), default=False)
    may_publish = models.BooleanField(_("may put listings on sale"), default=True)

    class Meta:
        verbose_name = _("level of standing")
        verbose_name_plural = _("levels of standing")
        ordering = ["-from_score"]

    def __str__(self):
        return self.get_code_display()


class MerchantStanding(models.Model):
    """The score of a merchant (a cache of the ledger) and whether staff have settled the level by hand."""

    class Trust(models.TextChoices):
        BY_SCORE = "by_score", _("by the score")
        NEW = "new", _("as new")
        TRUSTED = "trusted", _("trusted from the start")

    merchant = models.OneToOneField(Merchant, models.CASCADE, related_name="standing", verbose_name=_("merchant"))
    trust = models.CharField(_("trust"), max_length=10, choices=Trust, default=Trust.BY_SCORE)
    score = models.SmallIntegerField(_("score"), default=100, editable=False)
    updated_at = models.DateTimeField(_("changed at"), auto_now=True)

    class Meta:
        verbose_name = _("merchant's standing")
        verbose_name_plural = _("merchants' standing")
        ordering = ["score", "merchant"]

    def __str__(self):
        return f"{self.merchant}: {self.score}"


class StandingEntry(models.Model):
    """One line of the ledger: points taken or given back. It stops counting on ``until``. Append-only."""

    class Reason(models.TextChoices):
        SPOT_CHECK = "spot_check", _("spot check failed")
        RULES = "rules", _("listing rules broken")
        COMPLAINT = "complaint", _("complaint upheld")
        REVERSAL = "reversal", _("given back after an objection")

    merchant = models.ForeignKey(Merchant, models.PROTECT, related_name="standing_entries", verbose_name=_("merchant"))
    points = models.SmallIntegerField(_("points"))
    reason = models.CharField(_("reason"), max_length=12, choices=Reason)
    note = models.CharField(_("note"), max_length=200, blank=True)
    product = models.ForeignKey(
        Product, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("listing")
    )
    source = models.CharField(_("source"), max_length=60, unique=True)
    until = models.DateField(_("counts until"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        verbose_name = _("entry of the standing")
        verbose_name_plural = _("ledger of the standing")
        ordering = ["-pk"]

    def __str__(self):
        return f"{self.points:+d} {self.get_reason_display()} ({self.merchant})"


class Objection(models.Model):
    """A merchant says that points were taken wrongly; staff answer once."""

    class Status(models.TextChoices):
        OPEN = "open", _("to be answered")
        UPHELD = "upheld", _("upheld: points given back")
        DISMISSED = "dismissed", _("dismissed")

    entry = models.OneToOneField(
        StandingEntry, models.PROTECT, related_name="objection", verbose_name=_("entry of the standing")
    )
    text = models.TextField(pgettext_lazy("objection", "what is wrong"), max_length=1000)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+", verbose_name=_("written by")
    )
    created_at = models.DateTimeField(pgettext_lazy("objection", "written at"), auto_now_add=True)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.OPEN, editable=False)
    answer = models.CharField(_("answer"), max_length=200, blank=True, editable=False)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("answered by"),
    )
    answered_at = models.DateTimeField(_("answered at"), null=True, editable=False)

    class Meta:
        verbose_name = _("objection")
        verbose_name_plural = _("objections")
        ordering = ["-pk"]

    def __str__(self):
        return f"#{self.pk} {self.entry}"

    @property
    def about(self):
        return f"objection:{self.pk}"
