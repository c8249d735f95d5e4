from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Merchant
from accounts.work import WorkRow
from catalog.models.import_run import private


class ExportRun(WorkRow):
    """A file of listings that a worker writes; it can be fetched until ``expires_at`` and is then removed."""

    class Kind(models.TextChoices):
        XLSX = "xlsx", _("workbook (.xlsx)")
        SHOPIFY = "shopify", _("Shopify CSV")

    merchant = models.ForeignKey(Merchant, models.PROTECT, related_name="exports", verbose_name=_("merchant"))
    kind = models.CharField(_("kind of file"), max_length=8, choices=Kind, default=Kind.XLSX)
    language = models.CharField(_("language of the headings"), max_length=10, default="zh-hans")
    product_ids = ArrayField(
        models.BigIntegerField(), default=list, blank=True, verbose_name=_("listings"), help_text=_("none means all")
    )
    total = models.PositiveIntegerField(_("listings"), default=0)
    written = models.PositiveIntegerField(_("written so far"), default=0)
    file = models.FileField(_("file"), upload_to="exports/", storage=private, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("by")
    )
    created_at = models.DateTimeField(_("asked for at"), auto_now_add=True)
    expires_at = models.DateTimeField(_("can be fetched until"), null=True, blank=True)

    class Meta:
        verbose_name = _("export")
        verbose_name_plural = _("exports")
        ordering = ["-pk"]

    def __str__(self):
        return f"{self.get_kind_display()} #{self.pk}"

    @property
    def is_waiting(self):
        return not self.file and self.expires_at is None and self.given_up_at is None

    @property
    def can_be_fetched(self):
        return bool(self.file) and self.expires_at is not None and timezone.now() < self.expires_at

    @property
    def file_name(self):
        ending = "xlsx" if self.kind == self.Kind.XLSX else "csv"
        return f"{self.merchant.slug}-{self.created_at:%Y%m%d-%H%M}.{ending}"

    def perform(self):
        from catalog.exporting.runs import write

        write(self)
