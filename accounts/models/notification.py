from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.work import WorkRow


class NotificationQuerySet(models.QuerySet):
    def unread(self):
        return self.filter(read_at=None)


class Notification(models.Model):
    """One thing a person is told. Kept as a kind and its facts; worded when it is read, in the reader's language."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="notifications", verbose_name=_("person")
    )
    kind = models.CharField(_("kind"), max_length=40)
    facts = models.JSONField(_("facts"), default=dict, help_text=_("ids and plain facts, no personal data"))
    url = models.CharField(_("link"), max_length=200, blank=True)
    dedupe_key = models.CharField(max_length=120, unique=True, editable=False)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    read_at = models.DateTimeField(_("read at"), null=True, blank=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["user", "-created_at"], name="notification_of_user"),
            models.Index(fields=["user"], condition=models.Q(read_at=None), name="notification_unread"),
        ]

    def __str__(self):
        return f"{self.kind} → {self.user_id}"


class Delivery(WorkRow):
    """A message on its way through one channel; performed by ``accounts.tasks.send_messages``."""

    class Channel(models.TextChoices):
        INBOX = "inbox", _("message centre")
        EMAIL = "email", _("e-mail")
        SMS = "sms", _("text message")

    notification = models.ForeignKey(Notification, models.CASCADE, related_name="deliveries", verbose_name=_("message"))
    channel = models.CharField(_("channel"), max_length=10, choices=Channel)

    class Meta:
        verbose_name = _("delivery of a message")
        verbose_name_plural = _("deliveries of messages")
        constraints = [models.UniqueConstraint(fields=["notification", "channel"], name="one_delivery_a_channel")]
        indexes = [
            models.Index(fields=["run_after"], condition=models.Q(done_at=None, given_up_at=None), name="delivery_due")
        ]

    def __str__(self):
        return f"{self.notification} ({self.channel})"

    def perform(self):
        from accounts.channels import send

        send(self)
