import datetime

import pytest
import time_machine
from django.core.exceptions import PermissionDenied

from accounts import access_log
from accounts.models import AccessLog, Shop

DAY = {"display_name": "小满", "birthday": "1990-05-20", "language": "zh-hans"}


def test_a_member_changes_name_birthday_and_language(client, alice):
    client.force_login(alice)
    answer = client.post("/account/", {**DAY, "language": "en"}, follow=True)
    alice.refresh_from_db()
    assert (alice.display_name, alice.birthday, alice.language) == ("小满", datetime.date(1990, 5, 20), "en")
    assert '<html lang="en"' in answer.content.decode()


def test_the_birthday_changes_once_a_year(client, alice):
    client.force_login(alice)
    with time_machine.travel("2026-11-22 08:00+08:00", tick=False) as clock:
        client.post("/account/", DAY)
        client.post("/account/", {**DAY, "birthday": "1991-01-01", "display_name": "林"})
        alice.refresh_from_db()
        assert alice.birthday == datetime.date(1990, 5, 20)
        assert alice.display_name == "林"
        clock.shift(datetime.timedelta(days=366))
        client.force_login(alice)
        client.post("/account/", {**DAY, "birthday": "1991-01-01"})
        alice.refresh_from_db()
        assert alice.birthday == datetime.date(1991, 1, 1)


@pytest.mark.parametrize(
    "wrong",
    [
        {"birthday": "2999-01-01"},
        {"birthday": "1800-01-01"},
        {"birthday": "x"},
        {"language": "tlh"},
        {"display_name": "长" * 41},
    ],
)
def test_nonsense_is_refused_and_nothing_changed(client, alice, wrong):
    client.force_login(alice)
    answer = client.post("/account/", DAY | wrong)
    assert answer.status_code == 422
    alice.refresh_from_db()
    assert (alice.display_name, alice.birthday, alice.language) == ("Alice", None, "zh-hans")


def test_the_profile_shows_the_phone_masked(client, alice):
    client.force_login(alice)
    text = client.get("/account/").content.decode()
    assert "138****0001" in text
    assert "13800000001" not in text


# --- who may keep a page ---


def test_pages_of_members_are_kept_by_nobody(client, alice):
    client.force_login(alice)
    assert client.get("/account/")["Cache-Control"] == "private, no-store"


def test_a_guests_page_may_be_kept_by_the_guest(client, db):
    assert client.get("/account/password/reset/done/")["Cache-Control"] == "private"


def test_a_strange_cookie_is_no_session(client, db):
    client.cookies["sessionid"] = "nonsense"
    assert "no-store" not in client.get("/account/password/reset/done/")["Cache-Control"]


# --- the shop's row ---


def test_the_shop_costs_one_query_for_many_pages(db, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert [Shop.current().name for _ in range(3)] == ["屿集"] * 3


def test_a_saved_shop_is_seen_at_once(db):
    Shop.current()
    Shop(name="松风小铺").save()
    assert Shop.current().name == "松风小铺"


# --- reading personal data ---


def test_reading_in_clear_leaves_a_row(alice, operator):
    assert access_log.reveal(alice, by=operator, subject=f"user:{alice.pk}", fields=["phone"], reason="call back") == {
        "phone": "+8613800000001"
    }
    row = AccessLog.objects.get()
    assert (row.reader, row.subject, row.fields, row.reason) == (operator, f"user:{alice.pk}", "phone", "call back")


def test_shoppers_reveal_nothing(alice, bob):
    with pytest.raises(PermissionDenied):
        access_log.reveal(alice, by=bob, subject="user:1", fields=["phone"])
    assert not AccessLog.objects.exists()
