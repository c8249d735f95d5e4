from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.bilingual import local
from accounts.encryption import EncryptedTextField


class MerchantQuerySet(models.QuerySet):
    def staffed_by(self, user):
        """The merchants whose listings and parcels ``user`` may work on."""
        return self.filter(staff__user=user)


class Merchant(models.Model):
    """Somebody who sells in the shop. Every listing and every parcel has exactly one."""

    class Status(models.TextChoices):
        PENDING = "pending", _("waiting for approval")
        ACTIVE = "active", _("active")
        SUSPENDED = "suspended", _("suspended")

    slug = models.SlugField(_("slug"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=60)
    name_en = models.CharField(_("name in English"), max_length=60, blank=True)
    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.ACTIVE)
    self_operated = models.BooleanField(_("run by the shop itself"), default=False)
    introduction = models.TextField(_("introduction"), blank=True)
    introduction_en = models.TextField(_("introduction in English"), blank=True)
    company_name = models.CharField(_("company"), max_length=100, blank=True)
    licence_number = models.CharField(_("business licence number"), max_length=30, blank=True)
    licence_expires_on = models.DateField(_("licence valid until"), null=True, blank=True)
    return_receiver = EncryptedTextField(_("receiver of returns"), blank=True, default="")
    return_phone = EncryptedTextField(_("phone for returns"), blank=True, default="")
    return_address = EncryptedTextField(_("address for returns"), blank=True, default="")
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    objects = MerchantQuerySet.as_manager()

    class Meta:
        verbose_name = _("merchant")
        verbose_name_plural = _("merchants")
        ordering = ["name"]

    def __str__(self):
        return self.name_local

    @property
    def name_local(self):
        return local(self.name, self.name_en)


class MerchantStaff(models.Model):
    """Who works for which merchant: this is the row scope of the admin."""

    merchant = models.ForeignKey(Merchant, models.CASCADE, related_name="staff", verbose_name=_("merchant"))
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("person"))

    class Meta:
        verbose_name = _("merchant's staff")
        verbose_name_plural = _("merchants' staff")
        constraints = [models.UniqueConstraint(fields=["merchant", "user"], name="merchant_staff_once")]

    def __str__(self):
        return f"{self.user} · {self.merchant}"
