from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Merchant
from catalog.models.sku import Sku


class StockPolicy(models.Model):
    """From how many days of cover on a merchant is warned. Without a row: 14 and 180."""

    LOW_DAYS, OVER_DAYS = 14, 180

    merchant = models.OneToOneField(Merchant, models.CASCADE, related_name="stock_policy", verbose_name=_("merchant"))
    low_days = models.PositiveSmallIntegerField(
        _("low below (days of cover)"), default=LOW_DAYS, validators=[MinValueValidator(1)]
    )
    over_days = models.PositiveSmallIntegerField(_("too much from (days of cover)"), default=OVER_DAYS)

    class Meta:
        verbose_name = _("stock warning")
        verbose_name_plural = _("stock warnings")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(over_days__gt=models.F("low_days"), low_days__gte=1),
                name="too_much_is_more_than_low",
            )
        ]

    def __str__(self):
        return str(self.merchant)

    def clean(self):
        if self.low_days and self.over_days is not None and self.over_days <= self.low_days:
            raise ValidationError({"over_days": _("Too much must be more than low.")})


class StockOutlook(models.Model):
    """How long the stock of a SKU on sale lasts, as the last nightly run found it. Only ``catalog.outlook`` writes it."""

    class State(models.TextChoices):
        OUT = "out", _("sold out")
        LOW = "low", _("low")
        FINE = "fine", _("enough")
        OVER = "over", _("too much")
        STILL = "still", _("nothing sold")

    sku = models.OneToOneField(Sku, models.CASCADE, primary_key=True, related_name="outlook", verbose_name=_("SKU"))
    units = models.IntegerField(_("available"))
    # Units sold in 28 days on Mondays … Sundays.
    weekdays = ArrayField(models.IntegerField(), size=7, verbose_name=_("sold by weekday"))
    sold = models.IntegerField(_("sold in 28 days"))
    days = models.PositiveSmallIntegerField(_("days of cover"), null=True)
    state = models.CharField(_("status"), max_length=5, choices=State)
    # Set while it is low or sold out: whoever was told is not told again before it has recovered.
    low_since = models.DateField(_("low since"), null=True)
    computed_on = models.DateField(_("as of"))

    class Meta:
        verbose_name = _("days of cover")
        verbose_name_plural = _("days of cover")
        indexes = [models.Index(fields=["state", "days"], name="outlook_by_state")]

    def __str__(self):
        return f"{self.sku_id}: {self.days}"
