from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.encryption import EncryptedTextField
from loyalty.models.lottery_ticket import LotteryTicket
from loyalty.models.member import Member
from loyalty.models.odds_table import OddsLine, OddsTable
from loyalty.models.prize import Prize


class LotterySeed(models.Model):
    """The secret of a local day: its hash is public from the start, the seed itself when the day is over."""

    date = models.DateField(_("day"), unique=True)
    secret = EncryptedTextField(_("seed, encrypted"), editable=False)
    commitment = models.CharField(_("SHA-256 of the seed"), max_length=64)
    revealed = models.CharField(_("published seed"), max_length=64, blank=True)
    committed_at = models.DateTimeField(_("hash published at"), auto_now_add=True)
    revealed_at = models.DateTimeField(_("seed published at"), null=True, blank=True)

    class Meta:
        verbose_name = _("seed of the lottery")
        verbose_name_plural = _("seeds of the lottery")
        ordering = ["-date"]

    def __str__(self):
        return str(self.date)

    @property
    def published(self):
        """The seed when its day is over, also while the job that writes it down is late; "" before."""
        return self.secret if self.date < timezone.localdate() else ""


class LotteryDraw(models.Model):
    """One ticket, one number, one prize. Append-only."""

    member = models.ForeignKey(Member, models.PROTECT, related_name="draws", verbose_name=_("member"))
    ticket = models.OneToOneField(LotteryTicket, models.PROTECT, related_name="draw", verbose_name=_("ticket"))
    table = models.ForeignKey(OddsTable, models.PROTECT, related_name="draws", verbose_name=_("odds table"))
    seed = models.ForeignKey(LotterySeed, models.PROTECT, related_name="draws", verbose_name=_("day"))
    number = models.PositiveIntegerField(_("drawn number"))
    line = models.ForeignKey(OddsLine, models.PROTECT, related_name="draws", verbose_name=_("won"))
    prize = models.ForeignKey(
        Prize,
        models.PROTECT,
        related_name="draws",
        verbose_name=_("prize received"),
        help_text=_("The prize or its substitute."),
    )
    at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        verbose_name = _("lottery draw")
        verbose_name_plural = _("lottery draws")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["table", "line"], name="draws_by_line")]

    def __str__(self):
        return f"{self.pk} · {self.number}"

    def get_absolute_url(self):
        return reverse("lottery_draw", args=[self.pk])

    @property
    def source(self):
        return f"draw:{self.pk}"


class LotteryCheck(models.Model):
    """The daily test of all results of a table against its odds; ``alarm`` when they are hardly chance."""

    table = models.ForeignKey(OddsTable, models.PROTECT, related_name="checks", verbose_name=_("odds table"))
    date = models.DateField(_("up to the end of"))
    draws = models.PositiveIntegerField(_("draws"))
    chi_square = models.FloatField(_("chi-square"))
    freedom = models.PositiveSmallIntegerField(_("degrees of freedom"))
    p = models.FloatField(_("p"), help_text=_("How likely results at least this far from the odds are."))
    wrong_numbers = models.PositiveIntegerField(
        _("wrong numbers"), default=0, help_text=_("Draws of the day whose number or prize is not what the seed says.")
    )
    alarm = models.BooleanField(_("alarm"), default=False)
    at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        verbose_name = _("check of the lottery")
        verbose_name_plural = _("checks of the lottery")
        ordering = ["-date", "-pk"]
        constraints = [models.UniqueConstraint(fields=["table", "date"], name="one_lottery_check_a_day")]

    def __str__(self):
        return f"{self.date} · {self.table_id}"
