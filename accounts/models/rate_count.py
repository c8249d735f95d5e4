from django.db import models
from django.utils.translation import gettext_lazy as _


class RateCount(models.Model):
    """How often something was done in the present window; written by ``accounts.rate_limit`` alone."""

    key = models.CharField(_("what"), max_length=120, primary_key=True)
    count = models.PositiveIntegerField(_("count"))
    window_ends_at = models.DateTimeField(_("window ends at"), db_index=True)

    class Meta:
        verbose_name = _("rate count")
        verbose_name_plural = _("rate counts")

    def __str__(self):
        return f"{self.key}: {self.count}"
