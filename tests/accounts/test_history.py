import time
from threading import Thread

import pytest
from django.db import DataError, IntegrityError, connection, transaction
from django.utils import timezone

from accounts import history
from accounts.models import Merchant, StateLog

ACTIVE, SUSPENDED, PENDING = Merchant.Status.ACTIVE, Merchant.Status.SUSPENDED, Merchant.Status.PENDING


def test_a_change_of_state_writes_who_when_why(yuji, manager):
    assert history.move(
        yuji, to=SUSPENDED, allowed=[ACTIVE], about="merchant:yuji", by=manager, actor="staff", reason="licence expired"
    )
    row = StateLog.objects.get()
    assert (row.from_state, row.to_state, row.user, row.reason) == (ACTIVE, SUSPENDED, manager, "licence expired")
    assert yuji.status == SUSPENDED


def test_a_repeated_change_changes_nothing(yuji):
    history.move(yuji, to=SUSPENDED, allowed=[ACTIVE], about="merchant:yuji")
    assert not history.move(yuji, to=SUSPENDED, allowed=[ACTIVE], about="merchant:yuji")
    assert StateLog.objects.count() == 1


def test_a_forbidden_change_is_refused_and_nothing_changed(yuji):
    with pytest.raises(history.TransitionNotAllowed):
        history.move(yuji, to=PENDING, allowed=[SUSPENDED], about="merchant:yuji")
    assert Merchant.objects.get().status == ACTIVE
    assert not StateLog.objects.exists()


def test_a_stale_object_cannot_force_its_way(yuji):
    stale = Merchant.objects.get()
    history.move(yuji, to=SUSPENDED, allowed=[ACTIVE], about="merchant:yuji")
    with pytest.raises(history.TransitionNotAllowed):
        history.move(stale, to=PENDING, allowed=[ACTIVE], about="merchant:yuji")


def test_other_fields_change_with_the_state(yuji):
    now = timezone.now()
    history.move(yuji, to=SUSPENDED, allowed=[ACTIVE], about="merchant:yuji", created_at=now)
    assert yuji.created_at == now


def test_staff_read_names_and_not_codes(client, manager, yuji):
    step = history.record(yuji, about="merchant:yuji", to=SUSPENDED, from_state=ACTIVE)
    assert step.kind == yuji._meta.verbose_name
    assert step.named(SUSPENDED) == str(yuji.Status(SUSPENDED).label)
    assert (step.named(""), step.named("something-else")) == ("", "something-else")
    assert StateLog(entity="gone.thing").named("open") == "open"
    client.force_login(manager)
    page = client.get("/admin/accounts/statelog/").content.decode()
    assert str(yuji.Status(SUSPENDED).label) in page
    assert "accounts.merchant" not in page
    assert client.get(f"/admin/accounts/statelog/{step.pk}/change/").status_code == 200


def test_a_change_is_one_statement_and_leaves_the_object_fresh(yuji, django_assert_num_queries):
    stale = Merchant.objects.get()
    stale.name = "只在这里"
    Merchant.objects.update(name="新名")
    with django_assert_num_queries(1):
        history.move(stale, to=SUSPENDED, allowed=[ACTIVE], about="merchant:yuji", data={"why": ["licence"]})
    assert (stale.name, stale.status, StateLog.objects.get().data) == ("新名", SUSPENDED, {"why": ["licence"]})


def test_a_reason_that_is_too_long_is_refused_and_nothing_changed(yuji):
    with pytest.raises(DataError), transaction.atomic():
        history.move(yuji, to=SUSPENDED, allowed=[ACTIVE], about="merchant:yuji", reason="x" * 501)
    assert (Merchant.objects.get().status, StateLog.objects.count()) == (ACTIVE, 0)


@pytest.mark.django_db(transaction=True)
def test_who_comes_second_waits_and_sees_what_the_first_did(yuji):
    answers = []

    def second():
        try:
            answers.append(history.move(Merchant.objects.get(), to=PENDING, allowed=[ACTIVE], about="merchant:yuji"))
        except history.TransitionNotAllowed:
            answers.append("refused")
        finally:
            connection.close()

    thread = Thread(target=second)
    with transaction.atomic():
        history.move(yuji, to=SUSPENDED, allowed=[ACTIVE], about="merchant:yuji")
        thread.start()
        until_somebody_waits()
    thread.join(20)
    assert answers == ["refused"]
    assert Merchant.objects.get().status == SUSPENDED
    assert StateLog.objects.get().to_state == SUSPENDED


def until_somebody_waits():
    """Until another connection waits for a row of ours."""
    waiting = "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid)))"
    for _time in range(150):
        with connection.cursor() as cursor:
            cursor.execute(waiting)
            if cursor.fetchone()[0]:
                return
        time.sleep(0.02)
    raise AssertionError("nobody came")


def test_history_cannot_be_rewritten(yuji):
    row = history.record(yuji, about="merchant:yuji", to=ACTIVE)
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        StateLog.objects.filter(pk=row.pk).update(reason="nothing happened")
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        row.delete()
    assert StateLog.objects.get().reason == ""
