from datetime import timedelta

from celery import shared_task
from django.contrib.sessions.models import Session
from django.utils import timezone

from accounts import work
from accounts.models import Delivery, RateCount, TextMessage

KEPT_DELIVERIES = timedelta(days=90)
KEPT_TEXT_MESSAGES = timedelta(days=90)


@shared_task
def send_messages():
    work.run_due(Delivery)


@shared_task
def tidy():
    """Delete what nobody needs any more: expired sessions, deliveries long done, old counts and logs of text messages."""
    now = timezone.now()
    Session.objects.filter(expire_date__lt=now).delete()
    Delivery.objects.filter(done_at__lt=now - KEPT_DELIVERIES).delete()
    RateCount.objects.filter(window_ends_at__lt=now).delete()
    TextMessage.objects.filter(sent_at__lt=now - KEPT_TEXT_MESSAGES).delete()
