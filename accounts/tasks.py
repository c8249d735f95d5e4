from datetime import timedelta

from celery import shared_task
from django.contrib.sessions.models import Session
from django.utils import timezone

from accounts import work
from accounts.models import Delivery, RateCount, TextMessage, User

KEPT_DELIVERIES = timedelta(days=90)
UNFINISHED_REGISTRATIONS = timedelta(days=1)
KEPT_TEXT_MESSAGES = timedelta(days=90)


@shared_task
def send_messages():
    work.run_due(Delivery)


@shared_task
def tidy():
    """Delete what nobody needs any more: expired sessions, deliveries long done, old counts and logs of text messages,
    and registrations with a number that nobody proved, so that its owner finds it free."""
    now = timezone.now()
    Session.objects.filter(expire_date__lt=now).delete()
    Delivery.objects.filter(done_at__lt=now - KEPT_DELIVERIES).delete()
    RateCount.objects.filter(window_ends_at__lt=now).delete()
    TextMessage.objects.filter(sent_at__lt=now - KEPT_TEXT_MESSAGES).delete()
    User.objects.filter(
        email=None,
        phone_verified_at=None,
        last_login=None,
        is_staff=False,
        date_joined__lt=now - UNFINISHED_REGISTRATIONS,
    ).delete()
