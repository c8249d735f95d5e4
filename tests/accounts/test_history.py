import pytest
from django.db import IntegrityError, transaction
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


def test_history_cannot_be_rewritten(yuji):
    row = history.record(yuji, about="merchant:yuji", to=ACTIVE)
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        StateLog.objects.filter(pk=row.pk).update(reason="nothing happened")
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        row.delete()
    assert StateLog.objects.get().reason == ""
