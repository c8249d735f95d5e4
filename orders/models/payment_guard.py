from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.money import FenField


class PaymentGuard(models.Model):
    """What a shopper has to know or to hold, beside being signed in, to pay a large order.

    ``limit_fen`` is theirs to choose, None asks never. Password and code are kept as hashes only.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="payment_guard", verbose_name=_("shopper")
    )
    limit_fen = FenField(_("asked from this amount on"), null=True, blank=True)
    password = models.CharField(max_length=128, blank=True, editable=False)
    code = models.CharField(max_length=128, blank=True, editable=False)
    code_expires_at = models.DateTimeField(null=True, blank=True, editable=False)
    wrong = models.PositiveSmallIntegerField(_("wrong tries in a row"), default=0)
    locked_until = models.DateTimeField(_("locked until"), null=True, blank=True)

    class Meta:
        verbose_name = _("protection of payments")
        verbose_name_plural = _("protections of payments")

    def __str__(self):
        return str(self.user)
