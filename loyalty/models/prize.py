from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.bilingual import local
from catalog.money import FenField
from loyalty.models.coupon_template import CouponTemplate
from loyalty.odds import TOP_FEN

Q, F = models.Q, models.F


class Prize(models.Model):
    """What a lottery can give. Once an odds table with it is published, a trigger lets its stock rise and nothing else change.

    ``value_fen`` follows from what it is (``loyalty.odds_tables.worth``), so that nobody can write a worth that is not there.
    """

    class Kind(models.TextChoices):
        POINTS = "points", _("points")
        COUPON = "coupon", _("coupon")
        NOTHING = "nothing", _("no prize")

    name = models.CharField(_("name"), max_length=40)
    name_en = models.CharField(_("name in English"), max_length=60, blank=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    points = models.PositiveIntegerField(_("points"), default=0)
    coupon_template = models.ForeignKey(
        CouponTemplate, models.PROTECT, null=True, blank=True, related_name="prizes", verbose_name=_("coupon template")
    )
    value_fen = FenField(_("worth"), default=0, editable=False)
    stock = models.PositiveIntegerField(
        _("how many there are"), null=True, blank=True, help_text=_("Empty: as many as are won.")
    )
    given = models.PositiveIntegerField(
        _("given away"), default=0, editable=False, help_text=_("Counted when there is a limit.")
    )

    class Meta:
        verbose_name = _("lottery prize")
        verbose_name_plural = _("lottery prizes")
        ordering = ["-value_fen", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(stock=None) | Q(given__lte=F("stock")), name="prizes_given_within_stock"
            ),
            models.CheckConstraint(condition=Q(value_fen__lte=TOP_FEN), name="top_prize_within_the_law"),
            models.CheckConstraint(
                condition=Q(kind="points", points__gt=0, coupon_template=None)
                | Q(kind="coupon", points=0, coupon_template__isnull=False)
                | Q(kind="nothing", points=0, coupon_template=None, value_fen=0, stock=None),
                name="prize_is_what_its_kind_says",
            ),
        ]

    def __str__(self):
        return self.name_local

    @property
    def name_local(self):
        return local(self.name, self.name_en)

    @property
    def left(self):
        """How many are left; None without a limit."""
        return None if self.stock is None else self.stock - self.given

    @property
    def is_endless(self):
        """Whether it can always be handed over: coupons can run out or end, whatever the stock says."""
        return self.stock is None and self.kind != self.Kind.COUPON

    def take(self):
        """Take one from the stock; whether there was one. Only a draw calls this, in its transaction.

        What has no limit is not counted, so that draws do not queue for the row of "no prize".
        """
        if self.stock is None:
            return True
        return bool(Prize.objects.filter(pk=self.pk, given__lt=F("stock")).update(given=F("given") + 1))
