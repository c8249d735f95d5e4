from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.work import WorkRow
from loyalty.models.coupon_template import CouponTemplate


class CouponBatch(WorkRow):
    """Coupons for many members at once: the row is the queue, ``cursor`` is the last person looked at.

    Each step is one transaction, so a killed worker goes on where it was; the source of the coupons names the batch, so
    nobody gets two. Everybody of ``tier_ranks``, or the people in ``user_ids``.
    """

    template = models.ForeignKey(CouponTemplate, models.PROTECT, related_name="batches", verbose_name=_("template"))
    tier_ranks = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True, verbose_name=_("tiers"))
    user_ids = ArrayField(models.BigIntegerField(), default=list, blank=True, verbose_name=_("people"))
    key = models.UUIDField(unique=True, editable=False)
    cursor = models.BigIntegerField(_("last person looked at"), default=0)
    issued = models.PositiveIntegerField(_("issued"), default=0)
    sold_out = models.BooleanField(_("ran out"), default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    created_at = models.DateTimeField(_("asked at"), auto_now_add=True)

    class Meta:
        verbose_name = _("coupons for many")
        verbose_name_plural = _("coupons for many")
        ordering = ["-pk"]
        indexes = [
            models.Index(
                fields=["run_after"], condition=models.Q(done_at=None, given_up_at=None), name="coupon_batch_due"
            )
        ]

    def __str__(self):
        return f"{self.template} · {self.pk}"

    @property
    def source(self):
        return f"batch:{self.pk}"

    def perform(self):
        from loyalty.coupon_batches import work_on

        work_on(self)
