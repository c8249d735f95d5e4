from django.db import models
from django.utils.translation import gettext_lazy as _


class LoyaltyRun(models.Model):
    """One nightly recalculation for one business date; a killed run goes on from its step and cursor."""

    class Status(models.TextChoices):
        RUNNING = "running", _("running")
        DONE = "done", _("done")

    date = models.DateField(_("business date"), unique=True)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.RUNNING)
    step = models.CharField(_("step"), max_length=20, blank=True)
    cursor = models.BigIntegerField(_("last member done"), default=0)
    counts = models.JSONField(_("counts"), default=dict)
    started_at = models.DateTimeField(_("started at"), auto_now_add=True)
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)

    class Meta:
        verbose_name = _("nightly run")
        verbose_name_plural = _("nightly runs")
        ordering = ["-date"]

    def __str__(self):
        return f"{self.date} {self.get_status_display()}"
