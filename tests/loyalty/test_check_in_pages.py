"""The check-in page: checking in, the calendar, making up yesterday; and what staff see."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from loyalty import check_ins, points
from loyalty.models import CheckIn, Member

pytestmark = pytest.mark.django_db
PAGE = "/member/check-in/"
WEDNESDAY = "2026-11-18 04:00Z"


@pytest.fixture(autouse=True)
def november():
    with time_machine.travel(WEDNESDAY, tick=False):
        yield


def come(user, *days_before):
    for days in sorted(days_before, reverse=True):
        with time_machine.travel(timezone.now() - timedelta(days=days), tick=False):
            check_ins.check_in(user)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_member_checks_in_with_one_button_and_a_double_click_is_one(client, alice, language):
    client.force_login(alice)
    client.cookies["django_language"] = language
    assert client.get(PAGE).context["board"].done is False
    for _ in range(2):
        answer = client.post(PAGE, follow=True)
    assert answer.redirect_chain == [(PAGE, 302)]
    assert answer.context["board"].done is True
    assert Member.objects.get(user=alice).points == 5
    assert CheckIn.objects.count() == 1


def test_the_board_shows_the_round_the_streak_and_what_tomorrow_brings(client, alice):
    come(alice, 3, 2, 1)
    client.force_login(alice)
    board = client.get(PAGE).context["board"]
    assert (board.streak, board.next.points) == (3, 10)
    assert [place.state for place in board.places] == ["done"] * 3 + ["today"] + ["ahead"] * 3
    client.post(PAGE)
    board = client.get(PAGE).context["board"]
    assert (board.streak, board.next.points) == (4, 15)
    assert [place.state for place in board.places] == ["done"] * 4 + ["ahead"] * 3


def test_the_calendar_tells_days_done_made_up_missed_and_to_come(client, alice):
    points.grant(alice, "gift", 100, "gift")
    come(alice, 40, 5, 3, 2)
    client.force_login(alice)
    client.post(PAGE + "make-up/")
    page = client.get(PAGE)
    states = {cell.day.day: cell.state for week in page.context["board"].weeks for cell in week if cell.day.month == 11}
    assert [states[day] for day in range(12, 20)] == [
        "missed", "done", "missed", "done", "done", "made-up", "today", "ahead"
    ]  # fmt: skip
    assert page.context["board"].before.isoformat() == "2026-10-01"
    older = client.get(PAGE + "?month=2026-10").context["board"]
    assert (older.month.isoformat(), older.before, older.after.isoformat()) == ("2026-10-01", None, "2026-11-01")


@pytest.mark.parametrize("month", ["2030-01", "0001-01", "9999-12", "x", "2026-13", "-1"])
def test_a_month_that_cannot_be_shown_is_the_present_one(client, alice, month):
    client.force_login(alice)
    assert client.get(PAGE + f"?month={month}").context["board"].month.isoformat() == "2026-11-01"


def test_a_make_up_is_offered_when_it_saves_something_and_refused_with_a_reason_when_not(client, alice):
    come(alice, 3, 2)
    client.force_login(alice)
    assert PAGE + "make-up/" in client.get(PAGE).content.decode()
    answer = client.post(PAGE + "make-up/", follow=True)
    assert [message.level_tag for message in answer.context["messages"]] == ["warning"]
    assert CheckIn.objects.count() == 2
    points.grant(alice, "gift", 20, "gift")
    answer = client.post(PAGE + "make-up/", follow=True)
    assert [message.level_tag for message in answer.context["messages"]] == ["success"]
    assert answer.context["board"].streak == 3
    assert PAGE + "make-up/" not in answer.content.decode()


def test_the_page_takes_few_statements(client, alice, django_assert_max_num_queries):
    come(alice, *range(1, 30))
    client.force_login(alice)
    client.get(PAGE)
    with django_assert_max_num_queries(12):
        client.get(PAGE)


def test_the_ledgers_name_the_day(client, alice):
    come(alice, 0)
    client.force_login(alice)
    for page in ("/member/points/", "/member/growth/"):
        assert "2026-11-18" in client.get(page).content.decode()


@pytest.mark.parametrize("model", ["checkin", "lotteryticket"])
def test_staff_read_check_ins_and_tickets_and_change_none(client, alice, operator, model):
    come(alice, *range(7))
    client.force_login(operator)
    assert (
        client.get(f"/admin/loyalty/{model}/").context["cl"].result_count == {"checkin": 7, "lotteryticket": 1}[model]
    )
    assert client.get(f"/admin/loyalty/{model}/add/").status_code == 403
