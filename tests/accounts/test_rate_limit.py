import threading

import pytest
import time_machine
from django.db import connection

from accounts.models import RateCount
from accounts.rate_limit import allow, allow_all, hidden


def test_so_many_in_a_window_and_then_no_more(db):
    with time_machine.travel("2026-11-22 08:00+08:00", tick=False) as clock:
        assert [allow("paste:1", 2, 60) for _ in range(4)] == [True, True, False, False]
        assert allow("paste:2", 2, 60)
        clock.shift(60)
        assert [allow("paste:1", 2, 60) for _ in range(3)] == [True, True, False]


def test_several_windows_count_together(db):
    with time_machine.travel("2026-11-22 08:00+08:00", tick=False) as clock:
        answers = []
        for _ in range(5):
            answers.append(allow_all("sms:1", (1, 60), (3, 3600)))
            clock.shift(61)
        assert answers == [True, True, True, False, False]


def test_a_key_tells_nobody_the_number():
    assert "138" not in hidden("+8613800001234")[:3] or hidden("+8613800001234") != "+8613800001234"
    assert hidden("+8613800001234") == hidden("+8613800001234") != hidden("+8613800001235")


@pytest.mark.django_db(transaction=True)
def test_many_at_once_get_no_more_than_the_limit():
    allowed = []

    def try_it():
        try:
            allowed.append(allow("race", 3, 60))
        finally:
            connection.close()

    threads = [threading.Thread(target=try_it) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(allowed) == 3
    assert RateCount.objects.get(key="race").count == 8
