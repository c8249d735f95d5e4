from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import models
from django.utils.translation import gettext_lazy as _

from aftersales.models.return_request import ReturnRequest


def private_storage():
    """Where files lie that have no public address."""
    return storages["private"]


class ReturnPhoto(models.Model):
    """Proof the shopper uploaded, re-encoded and without metadata; shown only to the shopper and the staff."""

    request = models.ForeignKey(ReturnRequest, models.CASCADE, related_name="photos", verbose_name=_("return"))
    file = models.FileField(_("file"), upload_to="returns/", storage=private_storage)
    created_at = models.DateTimeField(_("uploaded at"), auto_now_add=True)

    class Meta:
        verbose_name = _("photo")
        verbose_name_plural = _("photos")

    def __str__(self):
        return f"#{self.pk}"

    @classmethod
    def keep(cls, request, body):
        """Store safe WebP bytes under a name that nobody can guess."""
        return cls.objects.create(request=request, file=ContentFile(body, name=f"{uuid4().hex}.webp"))
