from django.apps import apps
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

# Steps that are told in the history of something without being one of its states.
STEPS = {"replied": _("replied"), "reply_removed": _("reply taken away")}


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
        return f"{self.kind} {self.entity_id}: {self.named(self.from_state) or '—'} → {self.named(self.to_state)}"

    @property
    def kind(self):
        """What kind of thing this is about, as people call it."""
        model = self._model()
        return model._meta.verbose_name if model else self.entity

    def named(self, code):
        """A state of the thing in words; a code that is none of its states stays as it is."""
        model = self._model()
        field = next((field for field in model._meta.fields if field.name == "status"), None) if model else None
        return str(dict(field.flatchoices if field else ()).get(code) or STEPS.get(code, code))

    def _model(self):
        try:
            return apps.get_model(self.entity)
        except (LookupError, ValueError):
            return None
