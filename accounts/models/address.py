from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts import place_names
from accounts.encryption import EncryptedTextField
from accounts.masking import mask_phone


class Address(models.Model):
    """Where a shopper's parcels go. Region names are kept beside the code: codes change over the years."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="addresses", verbose_name=_("person")
    )
    receiver = EncryptedTextField(_("receiver"))
    phone = EncryptedTextField(_("phone"))
    region_code = models.CharField(_("region code"), max_length=6)
    province = models.CharField(_("province"), max_length=40)
    city = models.CharField(_("city"), max_length=40, blank=True)
    district = models.CharField(_("district"), max_length=40, blank=True)
    detail = EncryptedTextField(_("street and number"))
    is_default = models.BooleanField(_("default"), default=False)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed at"), auto_now=True)

    class Meta:
        verbose_name = _("address")
        verbose_name_plural = _("addresses")
        ordering = ["-is_default", "-updated_at"]
        constraints = [
            models.UniqueConstraint(fields=["user"], condition=models.Q(is_default=True), name="one_default_address")
        ]

    def __str__(self):
        return f"{self.region_name} {mask_phone(self.phone)}"

    @property
    def region_name(self):
        return "".join(dict.fromkeys([self.province, self.city, self.district]))

    @property
    def region_local(self):
        """The region in the language of the page; ``region_name`` is what is written on parcels."""
        return place_names.joined((self.province, self.city, self.district))

    @property
    def masked_phone(self):
        return mask_phone(self.phone)
