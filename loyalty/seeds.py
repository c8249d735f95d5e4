"""The seeds of the lottery: one a day, its hash published before the day begins, the seed itself after it."""

from django.db import transaction
from django.utils import timezone

from loyalty import fair_draw
from loyalty.check_in_rule import DAY
from loyalty.models import LotterySeed


def of(day):
    """The seed of a local ``day``; made with its hash when the job has not come to it."""
    secret = fair_draw.new_seed()
    facts = {"secret": secret, "commitment": fair_draw.commitment(secret)}
    return LotterySeed.objects.get_or_create(date=day, defaults=facts)[0]


@transaction.atomic
def turn():
    """Commit to today and tomorrow, publish the seeds of days that are over. Returns how many were published."""
    today = timezone.localdate()
    for day in (today, today + DAY):
        of(day)
    over = LotterySeed.objects.select_for_update(skip_locked=True).filter(date__lt=today, revealed="").order_by("date")
    for seed in (published := list(over)):
        seed.revealed, seed.revealed_at = seed.secret, timezone.now()
        seed.save(update_fields=["revealed", "revealed_at"])
    return len(published)
