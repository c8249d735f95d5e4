"""The Celery application. Tasks only ring: what is to be done stands in rows, see ``accounts.work``."""

import os
from pathlib import Path

from celery import Celery
from celery.signals import worker_process_init

from accounts import collector
from config import file_broker
from config.schedule import BEAT_SCHEDULE

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

file_broker.install()
app = Celery("zhanggui")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.beat_schedule = BEAT_SCHEDULE
app.autodiscover_tasks()

if app.conf.broker_url.startswith("filesystem:"):
    # kombu opens these folders and does not make them.
    for _option in ("data_folder_in", "control_folder"):
        Path(app.conf.broker_transport_options[_option]).mkdir(parents=True, exist_ok=True)


@worker_process_init.connect
def _set_aside(**_facts):
    collector.set_aside()
