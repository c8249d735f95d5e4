import uuid

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.bilingual import local
from loyalty import odds
from loyalty.models.prize import Prize

Q, F = models.Q, models.F


class Period(models.Func):
    function = "tstzrange"
    output_field = DateTimeRangeField()


class OddsTable(models.Model):
    """A lottery: what can be won with which odds, from when to when (docs/domain.md 5.8).

    Once published, triggers refuse changes of everything but the status, and of its lines altogether: an edit is a new
    version of the same ``series`` in the members' favour (``loyalty.odds_tables``). At most one is open at any moment.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        PUBLISHED = "published", _("published")
        CLOSED = "closed", _("closed")

    series = models.UUIDField(default=uuid.uuid4, editable=False)
    version = models.PositiveSmallIntegerField(_("version"), default=1, editable=False)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DRAFT, editable=False)
    name = models.CharField(_("name"), max_length=40)
    name_en = models.CharField(_("name in English"), max_length=60, blank=True)
    rules = models.TextField(_("rules"), help_text=_("Shown beside the odds; one rule a line."))
    rules_en = models.TextField(_("rules in English"), blank=True)
    opens_at = models.DateTimeField(_("opens at"))
    closes_at = models.DateTimeField(_("closes at"))
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    published_at = models.DateTimeField(_("published at"), null=True, editable=False)

    class Meta:
        verbose_name = _("odds table")
        verbose_name_plural = _("odds tables")
        ordering = ["-pk"]
        permissions = [("publish_oddstable", "Can publish and close lotteries")]
        constraints = [
            models.UniqueConstraint(fields=["series", "version"], name="odds_version_once"),
            models.CheckConstraint(condition=Q(opens_at__lt=F("closes_at")), name="lottery_opens_before_it_closes"),
            ExclusionConstraint(
                name="one_lottery_at_a_time",
                expressions=[(Period("opens_at", "closes_at"), RangeOperators.OVERLAPS)],
                condition=Q(status="published"),
            ),
        ]

    def __str__(self):
        return f"{self.name_local} v{self.version}"

    def validate_constraints(self, exclude=None):
        """Forms edit drafts, which may overlap; ``loyalty.odds_tables`` says in words what the database holds."""

    @property
    def name_local(self):
        return local(self.name, self.name_en)

    @property
    def rules_local(self):
        return local(self.rules, self.rules_en)

    @property
    def is_open(self):
        return self.status == self.Status.PUBLISHED and self.opens_at <= timezone.now() < self.closes_at

    def rows(self):
        """Its lines with their prizes in the order in which the numbers are laid out. One query."""
        return list(
            self.lines.select_related("prize__coupon_template", "substitute__coupon_template").order_by("place")
        )

    def odds(self):
        """The table as pure values, in the order of the numbers."""
        return [line.pure for line in self.rows()]


class OddsLine(models.Model):
    """``weight`` parts of a million win ``prize``; when it has run out the ``substitute`` is handed over instead."""

    table = models.ForeignKey(OddsTable, models.PROTECT, related_name="lines", verbose_name=_("odds table"))
    place = models.PositiveSmallIntegerField(_("place"))
    prize = models.ForeignKey(Prize, models.PROTECT, related_name="lines", verbose_name=_("prize"))
    weight = models.PositiveIntegerField(_("parts of a million"))
    substitute = models.ForeignKey(
        Prize,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("when it has run out"),
        help_text=_("Worth at least as much. Without one the lottery closes when the prize has run out."),
    )

    class Meta:
        verbose_name = _("line of an odds table")
        verbose_name_plural = _("lines of an odds table")
        ordering = ["table", "place"]
        constraints = [
            models.UniqueConstraint(fields=["table", "place"], name="odds_line_place_once"),
            models.UniqueConstraint(fields=["table", "prize"], name="odds_line_prize_once"),
            models.CheckConstraint(
                condition=Q(weight__gt=0, weight__lte=odds.WHOLE), name="odds_line_weighs_something"
            ),
        ]

    def __str__(self):
        return f"{self.prize} {self.weight}"

    @property
    def pure(self):
        substitute = self.substitute.value_fen if self.substitute_id else None
        return odds.Line(self.prize_id, self.weight, self.prize.value_fen, substitute)
