from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation

from accounts.models import Shop
from accounts.notifications import wants_email, wording


def send_notification(notification):
    """E-mail ``notification`` in its reader's language, as text and as a page in the shop's look."""
    user = notification.user
    if not user.email or not user.is_active or not wants_email(user, notification.kind):
        return
    with translation.override(user.language):
        compose(notification, to=user.email).send()


def compose(notification, *, to):
    """The mail in the present language."""
    shop = Shop.current()
    subject, body = wording(notification)
    context = {
        "shop": shop,
        "subject": subject,
        "body": body,
        "link": absolute(notification.url),
        "settings_link": absolute("/account/preferences/"),
        "site": settings.SITE_URL,
        "language": translation.get_language(),
    }
    mail = EmailMultiAlternatives(
        subject=" ".join(subject.split()),
        body=render_to_string("emails/notification.txt", context),
        to=[to],
        # One message a notification, however often it is tried: mail clients fold repeats.
        headers={"X-Entity-Ref-ID": f"notification-{notification.pk}", "Auto-Submitted": "auto-generated"},
    )
    mail.attach_alternative(render_to_string("emails/notification.html", context), "text/html")
    return mail


def absolute(path):
    """A path of this shop as people can open it from their mail."""
    return f"{settings.SITE_URL}{path}" if path.startswith("/") else path
