from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.models.product import Product
from catalog.models.sku import Sku


class ReviewInvitation(models.Model):
    """The right to review what was received: one for each order line, named by ``source``; times are set at delivery."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="review_invitations", verbose_name=_("shopper")
    )
    product = models.ForeignKey(Product, models.PROTECT, related_name="+", verbose_name=_("listing"))
    sku = models.ForeignKey(Sku, models.PROTECT, null=True, related_name="+", verbose_name=_("SKU"))
    source = models.CharField(_("source"), max_length=80, unique=True)
    review_until = models.DateTimeField(_("to be reviewed until"))
    follow_up_until = models.DateTimeField(_("follow-up until"))
    created_at = models.DateTimeField(_("invited at"), auto_now_add=True)

    class Meta:
        verbose_name = _("invitation to review")
        verbose_name_plural = _("invitations to review")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["user", "-review_until"], name="invitation_of_user"),
            models.Index(fields=["product", "-created_at"], name="invitation_of_product"),
        ]

    def __str__(self):
        return self.source

    @property
    def is_open(self):
        return timezone.now() < self.review_until

    @property
    def may_follow_up(self):
        return timezone.now() < self.follow_up_until
