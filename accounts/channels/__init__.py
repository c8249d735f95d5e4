"""The ways a message leaves the shop. Called by workers, outside any transaction, at least once a delivery."""

from accounts.channels import email, sms
from accounts.models import Delivery

WAYS = {Delivery.Channel.EMAIL: email.send_notification, Delivery.Channel.SMS: sms.send_notification}


def send(delivery):
    """Send one ``Delivery``. Quietly nothing when the person cannot or does not want to be reached this way; raises to
    be tried again."""
    WAYS[delivery.channel](delivery.notification)
