from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.bilingual import local
from accounts.models import Merchant
from catalog.models import Sku
from catalog.money import FenField
from orders.models.order import Order

Q, F = models.Q, models.F


class Promotion(models.Model):
    """An offer of the shop or of one merchant. The columns are the draft; what shoppers get is ``current``.

    Publishing freezes the draft as a new ``PromotionVersion`` (``orders.promotions.publish``); later edits change nothing
    that was published. Amounts are fen, rates basis points to pay.
    """

    class Kind(models.TextChoices):
        SPEND_SAVE = "spend_save", _("spend and save")
        EVERY = "every", _("save on every so much")
        SPEND_RATE = "spend_rate", _("spend and get a rate")
        PIECES = "pieces", _("several pieces at a rate")
        NTH = "nth", _("every second one cheaper")
        GIFT = "gift", _("gift from so much on")
        ADD_ON = "add_on", _("add-on at a special price")
        SALE = "sale", _("sale")
        MEMBER = "member", _("member price by tier")
        NEWCOMER = "newcomer", _("newcomer price")
        FLASH = "flash", _("flash sale")
        PRESALE = "presale", _("presale with deposit")
        FREE_SHIPPING = "free_shipping", _("free delivery")

    class OnBreak(models.TextChoices):
        KEEP = "keep", _("what is kept keeps its share")
        RESETTLE = "resettle", _("what is kept is priced anew")

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        PUBLISHED = "published", _("published")
        STOPPED = "stopped", _("stopped")

    merchant = models.ForeignKey(
        Merchant,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="promotions",
        verbose_name=_("merchant"),
        help_text=_("Nobody means the goods of the whole shop."),
    )
    kind = models.CharField(_("kind"), max_length=14, choices=Kind)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DRAFT, editable=False)
    name = models.CharField(_("name"), max_length=40, help_text=_("Shoppers read it beside the amount."))
    name_en = models.CharField(_("name in English"), max_length=60, blank=True)
    steps = models.JSONField(_("steps"), default=list, blank=True)
    prices = models.JSONField(_("prices by SKU"), default=dict, blank=True)
    cap_fen = FenField(_("takes off at most"), null=True, blank=True)
    category_ids = ArrayField(models.BigIntegerField(), default=list, blank=True, verbose_name=_("categories"))
    brand_ids = ArrayField(models.BigIntegerField(), default=list, blank=True, verbose_name=_("brands"))
    sku_ids = ArrayField(models.BigIntegerField(), default=list, blank=True, verbose_name=_("SKUs"))
    except_sku_ids = ArrayField(
        models.BigIntegerField(), default=list, blank=True, verbose_name=_("but not these SKUs")
    )
    starts_at = models.DateTimeField(_("starts at"), default=timezone.now)
    ends_at = models.DateTimeField(_("ends at"), null=True, blank=True)
    weekdays = ArrayField(
        models.PositiveSmallIntegerField(), default=list, blank=True, verbose_name=_("only on these days of the week")
    )
    hours_from = models.TimeField(_("daily from"), null=True, blank=True)
    hours_until = models.TimeField(
        _("daily until"),
        null=True,
        blank=True,
        help_text=_("Not after the begin: it goes on after midnight, as part of the day on which it began."),
    )
    tiers = ArrayField(models.CharField(max_length=20), default=list, blank=True, verbose_name=_("tiers"))
    newcomers_only = models.BooleanField(_("newcomers only"), default=False)
    regions = ArrayField(
        models.CharField(max_length=6),
        default=list,
        blank=True,
        verbose_name=_("regions"),
        help_text=_("The first digits of region codes, such as 33 for a province; none: everywhere."),
    )
    excludes = ArrayField(
        models.CharField(max_length=12), default=list, blank=True, verbose_name=_("not together with")
    )
    budget_fen = FenField(_("budget"), null=True, blank=True, help_text=_("Most that it may take off in all."))
    on_break = models.CharField(
        _("when a return breaks it"),
        max_length=8,
        choices=OnBreak,
        default=OnBreak.KEEP,
        help_text=_(
            "For spend-and-save offers. Pricing anew is advised when more than a fifth of the threshold is given."
        ),
    )
    gift_sku = models.ForeignKey(Sku, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("gift"))
    gift_value_fen = FenField(
        _("value of the gift"),
        default=0,
        help_text=_("Told before buying; who returns goods and keeps the gift has this much deducted."),
    )
    # Of a presale: {"counts": {SKU id: fen}, "balance_from": …, "balance_until": …}; its ``prices`` are the deposits.
    presale = models.JSONField(_("presale"), default=dict, blank=True)
    # {SKU id: units}: the stock of its own that a flash sale takes out of normal stock when it begins.
    pool_units = models.JSONField(_("units set aside by SKU"), default=dict, blank=True)
    quota_units = models.PositiveIntegerField(_("units at this price"), null=True, blank=True)
    units_a_member = models.PositiveIntegerField(_("units for one member"), null=True, blank=True)
    used_fen = FenField(_("taken off"), default=0, editable=False)
    used_units = models.PositiveIntegerField(_("units sold"), default=0, editable=False)
    current = models.ForeignKey(
        "orders.PromotionVersion",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("version"),
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    changed_at = models.DateTimeField(_("changed at"), auto_now=True)

    class Meta:
        verbose_name = _("promotion")
        verbose_name_plural = _("promotions")
        ordering = ["-pk"]
        permissions = [("publish_promotion", "Can publish and stop promotions")]
        constraints = [
            models.CheckConstraint(
                condition=Q(quota_units=None) | Q(used_units__lte=F("quota_units")), name="promotion_within_quota"
            ),
            models.CheckConstraint(
                condition=Q(budget_fen=None) | Q(used_fen__lte=F("budget_fen")), name="promotion_within_budget"
            ),
            models.CheckConstraint(
                condition=Q(hours_from=None, hours_until=None)
                | (Q(hours_from__isnull=False, hours_until__isnull=False) & ~Q(hours_from=F("hours_until"))),
                name="promotion_hours_are_two",
            ),
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gt=F("starts_at")), name="promotion_ends_after_it_starts"
            ),
        ]
        indexes = [models.Index(fields=["status"], condition=Q(status="published"), name="promotions_published")]

    def __str__(self):
        return self.name_local

    @property
    def name_local(self):
        return local(self.name, self.name_en)

    @property
    def is_limited(self):
        """Whether a shopper's price depends on what others, or they themselves, have had."""
        limits = (self.quota_units, self.units_a_member, self.budget_fen)
        return bool(self.pool_units) or any(limit is not None for limit in limits)

    @property
    def is_pooled(self):
        """Whether it sells out of a stock of its own (``orders.flash_sales``) and not by the counters of this row."""
        return bool(self.pool_units)


class PromotionVersion(models.Model):
    """What a promotion said when it was published. Append-only: orders point at the version that they used."""

    promotion = models.ForeignKey(Promotion, models.PROTECT, related_name="versions", verbose_name=_("promotion"))
    number = models.PositiveIntegerField(_("version"))
    terms = models.JSONField(_("terms"))
    published_at = models.DateTimeField(_("published at"), default=timezone.now)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("by")
    )

    class Meta:
        verbose_name = _("version of a promotion")
        verbose_name_plural = _("versions of promotions")
        ordering = ["promotion", "-number"]
        constraints = [models.UniqueConstraint(fields=["promotion", "number"], name="promotion_version_once")]

    def __str__(self):
        return f"{self.promotion} v{self.number}"

    @property
    def source(self):
        """The key of this version in the steps of orders."""
        return f"promotion:{self.promotion_id}/{self.number}"


class PromotionUse(models.Model):
    """That an order uses a version: how much it takes off and for how many units; ``released_at`` when it was closed."""

    order = models.ForeignKey(Order, models.PROTECT, related_name="promotion_uses", verbose_name=_("order"))
    promotion = models.ForeignKey(Promotion, models.PROTECT, related_name="uses", verbose_name=_("promotion"))
    version = models.ForeignKey(PromotionVersion, models.PROTECT, related_name="+", verbose_name=_("version"))
    fen = FenField(_("takes off"))
    units = models.PositiveIntegerField(_("units"), default=0)
    # Whether the counters of the promotion's row, and of its member, went up with it.
    is_counted = models.BooleanField(default=False, editable=False)
    is_of_member = models.BooleanField(default=False, editable=False)
    released_at = models.DateTimeField(_("given back at"), null=True, blank=True)

    class Meta:
        verbose_name = _("use of a promotion")
        verbose_name_plural = _("uses of promotions")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["order", "promotion"], name="promotion_once_an_order")]

    def __str__(self):
        return f"{self.promotion_id} × {self.order_id}"


class PromotionMember(models.Model):
    """How many units one member has of a promotion that allows each member so many: open and paid orders count."""

    promotion = models.ForeignKey(Promotion, models.PROTECT, related_name="members", verbose_name=_("promotion"))
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("member"))
    units = models.IntegerField(_("units"))

    class Meta:
        verbose_name = _("member's share of a promotion")
        verbose_name_plural = _("members' shares of promotions")
        constraints = [
            models.UniqueConstraint(fields=["promotion", "user"], name="promotion_counts_a_member_once"),
            models.CheckConstraint(condition=Q(units__gte=0), name="member_share_not_negative"),
        ]

    def __str__(self):
        return f"{self.promotion_id}: {self.user_id} × {self.units}"
