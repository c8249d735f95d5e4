from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from aftersales.models.return_request import ReturnRequest


class ReturnRemark(models.Model):
    """What was said between shopper and shop about a request. Append-only."""

    request = models.ForeignKey(ReturnRequest, models.PROTECT, related_name="remarks", verbose_name=_("return"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    from_staff = models.BooleanField(_("from the shop"), default=False)
    text = models.CharField(_("text"), max_length=500)
    at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        verbose_name = _("remark")
        verbose_name_plural = _("remarks")
        ordering = ["pk"]

    def __str__(self):
        return self.text[:40]
