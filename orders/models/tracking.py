from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.work import WorkRow
from orders.models.parcel import Parcel


class TrackingEvent(models.Model):
    """One scan, with the carrier's time. The parcel's state is the event with the highest (rank, time)."""

    parcel = models.ForeignKey(Parcel, models.CASCADE, related_name="events", verbose_name=_("parcel"))
    at = models.DateTimeField(_("at"))
    code = models.CharField(_("carrier's code"), max_length=10)
    status = models.CharField(_("status"), max_length=20, choices=Parcel.Status)
    context = models.CharField(_("text"), max_length=300)
    city = models.CharField(_("city"), max_length=40, blank=True)
    received_at = models.DateTimeField(_("received at"), auto_now_add=True)

    class Meta:
        verbose_name = _("tracking event")
        verbose_name_plural = _("tracking events")
        ordering = ["-at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["parcel", "at", "context"], name="tracking_event_once")]

    def __str__(self):
        return f"{self.at:%m-%d %H:%M} {self.context}"


class TrackingSubscription(WorkRow):
    """Our request to a carrier's push service to follow a parcel."""

    parcel = models.OneToOneField(Parcel, models.CASCADE, related_name="subscription", verbose_name=_("parcel"))
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    times = models.PositiveSmallIntegerField(_("subscribed, times"), default=0)
    queried_at = models.DateTimeField(_("asked for at"), null=True, blank=True)

    class Meta:
        verbose_name = _("tracking subscription")
        verbose_name_plural = _("tracking subscriptions")

    def __str__(self):
        return str(self.parcel)

    def perform(self):
        from orders.tracking import subscribe

        subscribe(self)


class CarrierPush(models.Model):
    """The inbox of a carrier's signed pushes: kept before they act, act once."""

    carrier = models.CharField(_("carrier"), max_length=20)
    digest = models.CharField(_("digest of the body"), max_length=64)
    parcel = models.ForeignKey(
        Parcel, models.CASCADE, null=True, blank=True, related_name="pushes", verbose_name=_("parcel")
    )
    outcome = models.CharField(_("outcome"), max_length=40, blank=True)
    received_at = models.DateTimeField(_("received at"), auto_now_add=True)
    times = models.PositiveIntegerField(_("times received"), default=1)

    class Meta:
        verbose_name = _("carrier push")
        verbose_name_plural = _("carrier pushes")
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint(fields=["carrier", "digest"], name="push_acts_once")]

    def __str__(self):
        return f"{self.carrier} {self.digest[:8]}"
