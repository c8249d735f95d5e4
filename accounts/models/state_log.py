from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class StateLog(models.Model):
    """One change of state: who, when, why. Append-only; timelines and audits are read from here."""

    class Actor(models.TextChoices):
        BUYER = "buyer", _("shopper")
        STAFF = "staff", _("staff")
        SYSTEM = "system", _("system")
        CHANNEL = "channel", _("payment channel")
        CARRIER = "carrier", _("carrier")

    entity = models.CharField(_("kind of thing"), max_length=60)
    entity_id = models.CharField(_("which"), max_length=40)
    about = models.CharField(_("story"), max_length=60, db_index=True)
    from_state = models.CharField(_("from"), max_length=30, blank=True)
    to_state = models.CharField(_("to"), max_length=30)
    actor = models.CharField(_("actor"), max_length=10, choices=Actor)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("who")
    )
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    data = models.JSONField(_("facts"), default=dict)
    at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        verbose_name = _("change of state")
        verbose_name_plural = _("history")
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["entity", "entity_id"], name="state_log_of_entity")]

    def __str__(self):
        return f"{self.entity} {self.entity_id}: {self.from_state} → {self.to_state}"
