from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.encryption import EncryptedTextField
from accounts.masking import mask_phone


class TextMessage(models.Model):
    """The log of text messages that left the shop. The words are kept only where no real provider sends them."""

    class Purpose(models.TextChoices):
        CODE = "code", _("one-time code")
        NOTICE = "notice", _("notice")

    phone = EncryptedTextField(_("phone"))
    purpose = models.CharField(_("purpose"), max_length=10, choices=Purpose)
    text = EncryptedTextField(_("text"), blank=True, default="")
    provider = models.CharField(_("sent by"), max_length=20)
    provider_id = models.CharField(_("provider's number"), max_length=64, blank=True)
    sent_at = models.DateTimeField(_("sent at"), auto_now_add=True, db_index=True)

    class Meta:
        verbose_name = _("sent text message")
        verbose_name_plural = _("sent text messages")
        ordering = ["-sent_at", "-pk"]

    def __str__(self):
        return f"{self.get_purpose_display()} → {mask_phone(self.phone)}"
