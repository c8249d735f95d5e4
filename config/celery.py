"""The Celery application. Tasks only ring: what is to be done stands in rows, see ``accounts.work``."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("zhanggui")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
