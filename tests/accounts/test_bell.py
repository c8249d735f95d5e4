import pytest
from celery import current_app
from django.db import transaction

from accounts import bell


@pytest.fixture
def rung(monkeypatch):
    """The names of the tasks that were sent."""
    names = []
    monkeypatch.setattr(current_app, "send_task", lambda name, **_options: names.append(name))
    return names


def test_the_bell_rings_after_commit_and_once(rung, db, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        bell.ring("a")
        bell.ring("a")
        bell.ring("b")
        assert rung == []
    assert rung == ["a", "b"]


def test_nothing_rings_for_what_was_rolled_back(rung, db, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            bell.ring("a")
            1 / 0  # noqa: B018
        bell.ring("b")
    assert rung == ["b"]


def test_a_ring_that_was_rolled_back_does_not_swallow_the_next(rung, db, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            bell.ring("a")
            1 / 0  # noqa: B018
        bell.ring("a")
    assert rung == ["a"]


def test_a_broken_broker_costs_nobody_a_request(monkeypatch, db, django_capture_on_commit_callbacks):
    def broken(*_args, **_options):
        raise ConnectionError

    monkeypatch.setattr(current_app, "send_task", broken)
    with django_capture_on_commit_callbacks(execute=True):
        bell.ring("a")


def test_bulk_work_is_silent(rung, db, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        with bell.silence():
            bell.ring("a")
        bell.ring("b")
    assert rung == ["b"]
