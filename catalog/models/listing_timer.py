from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.work import WorkRow
from catalog.models.product import Product


class ListingTimer(WorkRow):
    """That a listing goes on or off sale at a time; ``run_after`` is that time. Done or cancelled, the row stays."""

    class Action(models.TextChoices):
        PUBLISH = "publish", _("put on sale")
        TAKE_DOWN = "take_down", _("take off sale")

    product = models.ForeignKey(Product, models.CASCADE, related_name="timers", verbose_name=_("listing"))
    action = models.CharField(_("what"), max_length=10, choices=Action)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("by")
    )
    created_at = models.DateTimeField(_("planned at"), auto_now_add=True)
    cancelled_at = models.DateTimeField(_("cancelled at"), null=True, blank=True)
    refused_because = models.CharField(_("why not"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("planned sale")
        verbose_name_plural = _("planned sales")
        ordering = ["run_after", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["product", "action"],
                condition=Q(done_at=None, given_up_at=None),
                name="one_open_timer_an_action",
            )
        ]
        indexes = [
            models.Index(fields=["run_after"], condition=Q(done_at=None, given_up_at=None), name="listing_timer_due")
        ]

    def __str__(self):
        return f"{self.get_action_display()}: {self.product_id}"

    @property
    def is_open(self):
        return self.done_at is None and self.given_up_at is None

    def perform(self):
        from catalog.timetable import carry_out

        carry_out(self)
