from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class NotificationPreference(models.Model):
    """Whether a person wants e-mails of one group of messages. No row means yes; the message centre has them all."""

    class Group(models.TextChoices):
        ORDERS = "orders", _("orders and delivery")
        AFTER_SALES = "aftersales", _("returns and refunds")
        MEMBER = "member", _("points and membership")
        ACCOUNT = "account", _("account and security")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="notification_preferences",
        verbose_name=_("person"),
    )
    group = models.CharField(_("group of messages"), max_length=12, choices=Group)
    email = models.BooleanField(_("by e-mail"), default=True)

    class Meta:
        verbose_name = _("message preference")
        verbose_name_plural = _("message preferences")
        constraints = [models.UniqueConstraint(fields=["user", "group"], name="one_preference_a_group")]

    def __str__(self):
        return f"{self.user_id} {self.group}"
