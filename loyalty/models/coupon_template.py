import uuid
from datetime import datetime, time, timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.bilingual import local
from accounts.models import Merchant
from catalog.money import FenField
from loyalty.models.scope import Scope

Q, F = models.Q, models.F


def _ids(name):
    return ArrayField(models.BigIntegerField(), default=list, blank=True, verbose_name=name)


class CouponTemplate(models.Model):
    """What a coupon is worth, for which goods, for whom and how many there are (docs/domain.md 2.7).

    Once published, a database trigger refuses changes of everything but the status and the counters: an edit is a new
    version of the same ``series`` (``loyalty.coupon_templates``). Limits a member count over the whole series.
    """

    class Kind(models.TextChoices):
        COUPON = "coupon", _("coupon")
        RED_PACKET = "red_packet", _("red packet")
        SHIPPING = "shipping", _("delivery coupon")

    class ScopeKind(models.TextChoices):
        ALL = "all", _("all goods")
        CATEGORIES = "categories", _("categories with all below them")
        BRANDS = "brands", _("brands")
        TAGS = "tags", _("tags")
        GOODS = "goods", _("listings and SKUs")

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        PUBLISHED = "published", _("published")
        PAUSED = "paused", _("paused")
        ENDED = "ended", _("ended")

    series = models.UUIDField(default=uuid.uuid4, editable=False)
    version = models.PositiveSmallIntegerField(_("version"), default=1, editable=False)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DRAFT, editable=False)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.COUPON)
    merchant = models.ForeignKey(
        Merchant,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="coupon_templates",
        verbose_name=_("merchant"),
        help_text=_("Nobody means a coupon of the whole shop."),
    )
    name = models.CharField(_("name"), max_length=40)
    name_en = models.CharField(_("name in English"), max_length=60, blank=True)
    note = models.CharField(_("terms in a sentence"), max_length=120, blank=True)
    note_en = models.CharField(_("terms in English"), max_length=160, blank=True)

    threshold_fen = FenField(
        _("from"), default=0, help_text=_("What the goods must cost after earlier discounts; 0: any.")
    )
    amount_fen = FenField(_("takes off"), null=True, blank=True)
    rate_bp = models.PositiveIntegerField(
        _("to pay (basis points)"), null=True, blank=True, help_text=_("9000 means 10 % off.")
    )
    cap_fen = FenField(_("takes off at most"), null=True, blank=True)

    scope_kind = models.CharField(_("good for"), max_length=10, choices=ScopeKind, default=ScopeKind.ALL)
    category_ids = _ids(_("categories"))
    brand_ids = _ids(_("brands"))
    tags = ArrayField(models.CharField(max_length=40), default=list, blank=True, verbose_name=_("tags"))
    product_ids = _ids(_("listings"))
    sku_ids = _ids(_("SKUs"))
    except_product_ids = _ids(_("but not these listings"))
    except_sku_ids = _ids(_("but not these SKUs"))

    valid_from = models.DateTimeField(_("usable from"), null=True, blank=True)
    valid_until = models.DateTimeField(_("usable until"), null=True, blank=True)
    valid_days = models.PositiveSmallIntegerField(
        _("usable for days after it was received"), null=True, blank=True, help_text=_("In place of fixed dates.")
    )
    claim_from = models.DateTimeField(_("may be claimed from"), null=True, blank=True)
    claim_until = models.DateTimeField(_("may be claimed until"), null=True, blank=True)
    claimable = models.BooleanField(
        _("in the coupon centre"), default=True, help_text=_("Else the shop hands it out itself.")
    )
    quota = models.PositiveIntegerField(_("how many there are"))
    per_member = models.PositiveSmallIntegerField(_("at most for one member"), default=1)
    tier_ranks = ArrayField(
        models.PositiveSmallIntegerField(),
        default=list,
        blank=True,
        verbose_name=_("tiers"),
        help_text=_("None chosen: all."),
    )
    newcomer_only = models.BooleanField(
        _("newcomers only"), default=False, help_text=_("Joined within 30 days and never bought.")
    )
    budget_fen = FenField(_("budget"), null=True, blank=True, help_text=_("Most that all of them may take off."))

    claimed = models.PositiveIntegerField(_("issued"), default=0, editable=False)
    committed_fen = FenField(_("face value issued"), default=0, editable=False)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    published_at = models.DateTimeField(_("published at"), null=True, editable=False)

    class Meta:
        verbose_name = _("coupon template")
        verbose_name_plural = _("coupon templates")
        ordering = ["-pk"]
        permissions = [("publish_coupontemplate", "Can publish, pause, end and hand out coupons")]
        constraints = [
            models.UniqueConstraint(fields=["series", "version"], name="coupon_version_once"),
            models.UniqueConstraint(
                fields=["series"], condition=Q(status__in=["published", "paused"]), name="one_live_version_a_series"
            ),
            models.CheckConstraint(condition=Q(claimed__lte=F("quota")), name="coupons_issued_within_quota"),
            models.CheckConstraint(
                condition=Q(budget_fen=None) | Q(committed_fen__lte=F("budget_fen")), name="coupons_within_budget"
            ),
            models.CheckConstraint(
                condition=Q(amount_fen=None) | Q(rate_bp=None), name="coupon_takes_an_amount_or_a_rate"
            ),
            models.CheckConstraint(
                condition=Q(kind="shipping") | Q(amount_fen__gt=0) | Q(rate_bp__gt=0, rate_bp__lt=10_000),
                name="coupon_takes_something_off",
            ),
            models.CheckConstraint(
                condition=Q(valid_days__isnull=False, valid_from=None, valid_until=None)
                | Q(valid_days=None, valid_until__isnull=False),
                name="coupon_has_one_kind_of_validity",
            ),
        ]
        indexes = [
            models.Index(
                fields=["-published_at"], condition=Q(status="published", claimable=True), name="coupons_in_the_centre"
            )
        ]

    def __str__(self):
        return f"{self.name_local} v{self.version}"

    @property
    def name_local(self):
        return local(self.name, self.name_en)

    @property
    def note_local(self):
        return local(self.note, self.note_en)

    @property
    def scope(self):
        """The goods this is good for, as a pure ``Scope``."""
        return Scope(
            kind=self.scope_kind,
            merchant_id=self.merchant_id,
            category_ids=frozenset(self.category_ids),
            brand_ids=frozenset(self.brand_ids),
            tags=frozenset(self.tags),
            product_ids=frozenset(self.product_ids),
            sku_ids=frozenset(self.sku_ids),
            except_product_ids=frozenset(self.except_product_ids),
            except_sku_ids=frozenset(self.except_sku_ids),
        )

    @property
    def worth_fen(self):
        """The most that one of them takes off, as far as the template says it (0: not said)."""
        return self.amount_fen or self.cap_fen or 0

    def window(self, at):
        """(valid_from, valid_until) of a coupon received ``at``; days end at local midnight (docs/domain.md D11)."""
        if self.valid_days is None:
            return max(at, self.valid_from or at), self.valid_until
        return at, midnight_after(at, self.valid_days)


def midnight_after(at, days):
    """The local midnight at which ``days`` whole days after the day of ``at`` are over."""
    day = timezone.localtime(at).date() + timedelta(days=days + 1)
    return timezone.make_aware(datetime.combine(day, time.min))
