from django.db import models
from django.utils.translation import gettext_lazy as _

from aftersales.models.return_request import ReturnRequest


class ReturnPhoto(models.Model):
    """Proof the shopper uploaded, re-encoded and without metadata; shown only to the shopper and the staff."""

    request = models.ForeignKey(ReturnRequest, models.CASCADE, related_name="photos", verbose_name=_("return"))
    file = models.FileField(_("file"), upload_to="returns/")
    created_at = models.DateTimeField(_("uploaded at"), auto_now_add=True)

    class Meta:
        verbose_name = _("photo")
        verbose_name_plural = _("photos")

    def __str__(self):
        return f"#{self.pk}"
