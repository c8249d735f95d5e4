"""The row is the queue: claimed once, tried again, given up, found again after a crash."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from accounts import work
from accounts.models import Delivery, Notification


@pytest.fixture
def delivery(alice):
    message = Notification.objects.create(user=alice, kind="test", dedupe_key="test:1")
    return Delivery.objects.create(notification=message, channel=Delivery.Channel.EMAIL)


@pytest.fixture
def performed(monkeypatch):
    """Rows as they are performed; ``performed.effect`` may raise."""

    class Performed(list):
        effect = staticmethod(lambda row: None)

    rows = Performed()

    def perform(row):
        rows.append(row.pk)
        rows.effect(row)

    monkeypatch.setattr(Delivery, "perform", perform)
    return rows


def test_a_due_row_is_performed_once(delivery, performed):
    assert work.run_due(Delivery) == 1
    assert work.run_due(Delivery) == 0
    assert performed == [delivery.pk]
    delivery.refresh_from_db()
    assert delivery.done_at
    assert delivery.leased_until is None


def test_a_row_waits_for_its_time(delivery, performed):
    Delivery.objects.update(run_after=timezone.now() + timedelta(minutes=1))
    assert work.run_due(Delivery) == 0
    assert performed == []


def test_a_failure_is_kept_and_tried_again_later(delivery, performed):
    performed.effect = lambda row: 1 / 0
    work.run_due(Delivery)
    delivery.refresh_from_db()
    assert delivery.last_error == "ZeroDivisionError: division by zero"
    assert delivery.done_at is None
    assert timedelta(seconds=4) < delivery.run_after - timezone.now() < timedelta(seconds=7)


def test_pauses_double_up_to_an_hour(delivery, performed):
    performed.effect = lambda row: 1 / 0
    Delivery.objects.update(attempts=10)
    work.run_due(Delivery)
    delivery.refresh_from_db()
    assert timedelta(minutes=59) < delivery.run_after - timezone.now() < timedelta(minutes=73)


def test_the_last_failure_gives_the_row_up_and_tells(delivery, performed, monkeypatch):
    told = []
    monkeypatch.setattr(Delivery, "work_given_up", lambda row: told.append(row.pk))
    performed.effect = lambda row: 1 / 0
    Delivery.objects.update(attempts=Delivery.MAX_ATTEMPTS - 1)
    work.run_due(Delivery)
    delivery.refresh_from_db()
    assert delivery.given_up_at
    assert told == [delivery.pk]
    assert work.run_due(Delivery) == 0


def test_waiting_longer_is_no_failure(delivery, performed):
    def not_yet(row):
        raise work.TryLater(seconds=30)

    performed.effect = not_yet
    work.run_due(Delivery)
    delivery.refresh_from_db()
    assert (delivery.attempts, delivery.last_error) == (0, "")
    assert delivery.run_after > timezone.now() + timedelta(seconds=25)


@pytest.mark.parametrize("again", [False, True])
def test_a_worker_that_held_its_row_longer_still_says_how_it_ended(delivery, performed, again):
    """Long work renews its lease; the end of the work is noted all the same, at once and not when the lease ends."""

    def slow(row):
        assert row.hold(timedelta(minutes=5), last_error="half-way")
        if again:
            raise work.TryLater(0)

    performed.effect = slow
    work.run_due(Delivery, limit=1)
    delivery.refresh_from_db()
    assert (delivery.leased_until, delivery.done_at is None) == (None, again)
    assert (delivery.attempts, delivery.last_error) == ((0, "half-way") if again else (1, ""))
    assert work.waiting(Delivery).exists() is again


def test_a_row_that_was_set_anew_is_held_no_longer(delivery, performed):
    def anew(row):
        Delivery.objects.update(leased_until=None, attempts=0)
        assert not row.hold(last_error="not mine")

    performed.effect = anew
    work.run_due(Delivery, limit=1)
    delivery.refresh_from_db()
    assert (delivery.leased_until, delivery.attempts, delivery.last_error, delivery.done_at) == (None, 0, "", None)


def test_a_row_of_a_killed_worker_is_taken_over_after_its_lease(delivery, performed):
    Delivery.objects.update(leased_until=timezone.now() + timedelta(seconds=5), attempts=1)
    assert work.run_due(Delivery) == 0
    Delivery.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
    assert work.run_due(Delivery) == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_never_perform_one_row(alice, performed):
    message = Notification.objects.create(user=alice, kind="test", dedupe_key="test:2")
    rows = [Delivery.objects.create(notification=message, channel=channel) for channel in Delivery.Channel]
    start = threading.Barrier(4)

    def worker():
        start.wait()
        work.run_due(Delivery)
        connection.close()

    threads = [threading.Thread(target=worker) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(performed) == sorted(row.pk for row in rows)
