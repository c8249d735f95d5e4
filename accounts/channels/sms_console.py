import sys

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from accounts.masking import mask_phone


class ConsoleProvider:
    """For one's own machine: writes the message on the terminal instead of sending it. Refuses production, where a code
    must never be readable in an output."""

    name = "console"
    pretended = True

    def send(self, phone, *, template, facts, text):
        if settings.PRODUCTION:
            raise ImproperlyConfigured("SMS_BACKEND: the console is no provider in production.")
        sys.stdout.write(f"text message to {mask_phone(phone)}: {text}\n")
        sys.stdout.flush()
        return ""
