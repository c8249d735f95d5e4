"""Timers: set, moved, paused, cancelled, fired."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from orders import deadlines
from orders.models import Deadline
from orders.windows import window_end

SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.fixture
def fired(monkeypatch):
    calls = []
    monkeypatch.setitem(deadlines.HANDLERS, "bell", lambda entity: calls.append(entity.pk))
    return calls


@pytest.mark.django_db
def test_a_timer_fires_once_when_it_is_due(alice, fired):
    deadlines.set_deadline(alice, "bell", timezone.now())
    deadlines.fire_due()
    deadlines.fire_due()
    assert fired == [alice.pk]


@pytest.mark.django_db
def test_a_timer_is_not_early(alice, fired):
    deadlines.set_deadline(alice, "bell", timezone.now() + timedelta(minutes=1))
    assert deadlines.fire_due() == 0
    assert not fired


@pytest.mark.django_db
def test_setting_a_timer_again_moves_it(alice, fired):
    deadlines.set_deadline(alice, "bell", timezone.now())
    deadlines.set_deadline(alice, "bell", timezone.now() + timedelta(days=1))
    assert deadlines.fire_due() == 0
    assert Deadline.objects.count() == 1


@pytest.mark.django_db
def test_a_cancelled_timer_is_silent(alice, fired):
    deadlines.set_deadline(alice, "bell", timezone.now())
    deadlines.cancel_deadlines(alice)
    deadlines.fire_due()
    deadlines.fire(Deadline.objects.get())
    assert not fired


@pytest.mark.django_db
def test_a_paused_timer_keeps_the_time_it_had_left(alice, fired):
    due = timezone.now() + timedelta(hours=1)
    deadlines.set_deadline(alice, "bell", due)
    deadlines.pause(alice)
    Deadline.objects.update(paused_at=timezone.now() - timedelta(days=2))
    deadlines.resume(alice)
    (timer,) = Deadline.objects.all()
    assert timer.paused_at is None
    assert abs(timer.run_after - due - timedelta(days=2)) < timedelta(seconds=5)


@pytest.mark.django_db
def test_a_thing_that_is_gone_does_not_stop_the_others(alice, fired):
    deadlines.set_deadline(alice, "bell", timezone.now())
    Deadline.objects.update(entity_id=0)
    assert deadlines.fire_due() == 1
    assert Deadline.objects.get().done_at
    assert not fired


@pytest.mark.parametrize("clock", [(15, 0), (23, 59), (0, 0)])
def test_a_window_of_days_ends_at_local_midnight(clock):
    signed = datetime(2026, 3, 1, *clock, tzinfo=SHANGHAI)
    assert window_end(signed, 7) == datetime(2026, 3, 9, tzinfo=SHANGHAI)
    assert window_end(signed.astimezone(ZoneInfo("UTC")), 7) == datetime(2026, 3, 9, tzinfo=SHANGHAI)
