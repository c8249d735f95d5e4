import structlog
from celery import shared_task

from config import books

log = structlog.get_logger(__name__)


@shared_task
def check_books():
    for finding in books.check():
        if finding.broken:
            log.error("books broken", app=finding.app, invariant=finding.name, rows=finding.broken)
