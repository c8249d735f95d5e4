"""Text messages. ``settings.SMS_BACKEND`` names the provider's class; empty means that the shop sends none."""

from django.conf import settings
from django.utils import translation
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from accounts.models import TextMessage
from accounts.notifications import wording

# Providers approve each template beforehand and put the shop's 【name】 in front.
TEMPLATES = {
    "code": _("Your code is %(code)s, valid for 5 minutes. Do not pass it on to anybody."),
    "account_exists": _("You already have an account with this number. You can sign in with a code."),
    "notice": "%(text)s",
}


def send(phone, template, **facts):
    """Send ``template`` with ``facts`` to ``phone`` (E.164) and log that it left; the words only if the provider is a
    pretended one. Raises whatever the provider's client raises."""
    provider = import_string(settings.SMS_BACKEND)()
    text = str(TEMPLATES[template]) % facts
    number = provider.send(phone, template=template, facts=facts, text=text)
    return TextMessage.objects.create(
        phone=phone,
        purpose=TextMessage.Purpose.CODE if template == "code" else TextMessage.Purpose.NOTICE,
        text=text if provider.pretended else "",
        provider=provider.name,
        provider_id=number,
    )


def send_notification(notification):
    """The subject of ``notification`` as a text message, to a number that is proved."""
    user = notification.user
    if settings.SMS_BACKEND and user.is_active and user.phone and user.phone_verified_at:
        with translation.override(user.language):
            send(user.phone, "notice", text=wording(notification)[0])
