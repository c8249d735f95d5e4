from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from orders.models.order import Order


class OrderNote(models.Model):
    """What staff tell each other about an order; shoppers never see it."""

    order = models.ForeignKey(Order, models.PROTECT, related_name="staff_notes", verbose_name=_("order"))
    text = models.CharField(_("note"), max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        verbose_name = _("staff note")
        verbose_name_plural = _("staff notes")
        ordering = ["-pk"]

    def __str__(self):
        return self.text
