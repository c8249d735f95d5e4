import secrets

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.bilingual import local
from catalog.money import FenField
from loyalty.models.coupon_template import CouponTemplate


def new_token():
    return secrets.token_urlsafe(12)


class LuckyPacket(models.Model):
    """A sum in red packets that friends share: whoever opens it first takes the first of ``shares``.

    The shares are drawn when it is made and sum to ``total_fen``; opening raises a guarded counter. The address is
    unguessable (96 bits) and opens one share a person.
    """

    token = models.CharField(max_length=24, unique=True, default=new_token, editable=False)
    template = models.ForeignKey(CouponTemplate, models.PROTECT, related_name="packets", verbose_name=_("template"))
    source = models.CharField(_("source"), max_length=80, unique=True)
    title = models.CharField(_("greeting"), max_length=40, blank=True)
    title_en = models.CharField(_("greeting in English"), max_length=60, blank=True)
    total_fen = FenField(_("sum"))
    shares = ArrayField(models.BigIntegerField(), verbose_name=_("shares (fen)"))
    opened = models.PositiveIntegerField(_("opened"), default=0)
    expires_at = models.DateTimeField(_("can be opened until"))
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    class Meta:
        verbose_name = _("shared red packet")
        verbose_name_plural = _("shared red packets")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(opened__lte=models.Func("shares", function="cardinality")),
                name="packet_opened_within_its_shares",
            )
        ]

    def __str__(self):
        return f"{self.title or self.template.name_local} #{self.pk}"

    @property
    def title_local(self):
        return local(self.title, self.title_en)

    def get_absolute_url(self):
        return reverse("packet", args=[self.token])
