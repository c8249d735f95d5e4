from celery import shared_task

from accounts import work
from accounts.models import Delivery


@shared_task
def send_messages():
    work.run_due(Delivery)
