from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class AccessLog(models.Model):
    """Who on the staff read whose personal data. Append-only, kept at least 180 days."""

    reader = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("reader"))
    subject = models.CharField(_("whose"), max_length=60, db_index=True, help_text=_("such as order:ZG… or user:12"))
    fields = models.CharField(_("what"), max_length=200)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        verbose_name = _("reading of personal data")
        verbose_name_plural = _("readings of personal data")
        ordering = ["-at"]

    def __str__(self):
        return f"{self.reader} · {self.subject}"
