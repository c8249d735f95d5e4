"""Money on its way back: guards, numbers, the second person, and that only the channel makes it true."""

import pytest
from django.utils import timezone

from accounts import work
from accounts.history import TransitionNotAllowed
from accounts.models import Notification, StateLog
from loyalty import points
from orders import anchors, lifecycle, refund_sending, refunds
from orders.gateways import GATEWAYS
from orders.gateways.base import RefundState, RefundStatus, Unreachable
from orders.models import Refund, RefundLine, SandboxRefund, SandboxTrade
from tests.fakes.shopping import pay_and_hear, run_refunds, states

pytestmark = pytest.mark.django_db


@pytest.fixture
def cups(alice, cup, place):
    """Three cups at ¥45.00 and ¥0 delivery, paid."""
    return pay_and_hear(place(alice, (cup, 3)))


def ask(order, quantity=1, source="return:RT1", **given):
    line = order.lines.get()
    goods, _shipping, points_back = anchors.worth(line, quantity)
    given.setdefault("reason", "return")
    return refunds.request(order, lines=[(line, quantity, goods, 0, points_back)], source=source, **given)


def test_a_refund_goes_to_the_bank_once_and_is_done_when_the_bank_says_so(cups):
    (refund,) = ask(cups)
    assert (refund.status, refund.amount_fen) == ("approved", 4_500)
    work.run_due(Refund)
    refund.refresh_from_db()
    assert (refund.status, SandboxRefund.objects.get().amount_fen) == ("processing", 4_500)
    run_refunds()
    run_refunds()
    refund.refresh_from_db()
    assert (refund.status, refund.gateway_reference) == ("succeeded", SandboxRefund.objects.get().reference)
    kinds = Notification.objects.filter(user=cups.user, kind__startswith="refund").values_list("kind", flat=True)
    assert sorted(kinds) == ["refund_done", "refund_sent"]


def test_the_same_source_gives_the_same_refund(cups):
    assert ask(cups)[0].pk == ask(cups)[0].pk
    assert Refund.objects.count() == 1
    cups.lines.get().refresh_from_db()
    assert cups.lines.get().anchor_returned == 1


def test_one_by_one_and_together_give_the_same_sum(cups):
    cups.lines.update(payable_fen=10_000, anchor_fen=10_000, d_points_fen=3_500)
    amounts = [ask(cups, source=f"return:{n}")[0].amount_fen for n in range(3)]
    assert amounts == [3_333, 3_333, 3_334]
    assert anchors.worth(cups.lines.get(), 1) == (0, 0, 0)


def test_money_without_units_lowers_what_the_units_are_worth(cups):
    line = cups.lines.get()
    refunds.request(cups, lines=[(line, 0, 1_500, 0, 0)], source="comp:1", reason="compensation")
    assert anchors.worth(cups.lines.get(), 3)[0] == 12_000
    ask(cups, 3)
    with pytest.raises(refunds.TooMuch):
        refunds.request(cups, lines=[(line, 0, 1, 0, 0)], source="comp:2", reason="compensation")
    assert sum(Refund.objects.values_list("amount_fen", flat=True)) == 13_500


@pytest.mark.parametrize(
    "part", [(4, 0, 0, 0), (1, 13_501, 0, 0), (1, 4_500, 1, 0), (1, 4_500, 0, 1), (1, 0, 0, 0), (1, -1, 2, 0)]
)
def test_more_than_was_paid_is_refused_and_nothing_is_written(cups, part):
    line = cups.lines.get()
    with pytest.raises(refunds.TooMuch):
        refunds.request(cups, lines=[(line, *part)], source="return:1", reason="return")
    assert not Refund.objects.exists()
    assert not RefundLine.objects.exists()
    assert cups.lines.get().anchor_returned == 0


def test_refunds_on_their_way_count(cups):
    ask(cups, 2, source="return:1")
    with pytest.raises(refunds.TooMuch):
        refunds.request(cups, lines=[(cups.lines.get(), 2, 9_000, 0, 0)], source="return:2", reason="return")


def test_a_withdrawn_refund_gives_the_units_back_to_the_line(cups, operator):
    ask(cups, 1, source="return:1")
    (second,) = ask(cups, 1, source="return:2")
    refunds.cancel(second, by=operator)
    assert anchors.worth(cups.lines.get(), 2)[0] == 9_000
    with pytest.raises(TransitionNotAllowed):
        refunds.approve(second, by=operator)


def test_a_large_refund_waits_for_a_second_person(alice, teapot, place, operator, manager):
    order = pay_and_hear(place(alice, (teapot, 8)))
    lifecycle.cancel(order, by=operator, reason="out of production")
    refund = order.refunds.get()
    assert (refund.status, refund.amount_fen) == ("requested", 214_400)
    run_refunds()
    assert not SandboxRefund.objects.exists()
    with pytest.raises(refunds.SamePerson):
        refunds.approve(refund, by=operator)
    refunds.approve(refund, by=manager)
    run_refunds()
    assert states(order) == ([("succeeded", True)], [("succeeded", 214_400)])


def test_an_amount_that_nobody_computed_waits_too(cups, operator):
    assert ask(cups, by=operator, approved=False)[0].status == "requested"


def test_a_silent_bank_leaves_the_refund_on_its_way(cups, monkeypatch):
    (refund,) = ask(cups)
    gateway = type(GATEWAYS["sandbox"])
    real = gateway._call

    def times_out_after_taking_it(self, operation, **facts):
        answer = real(self, operation, **facts)
        if operation == "refund":
            raise Unreachable("time-out")
        return answer

    monkeypatch.setattr(gateway, "_call", times_out_after_taking_it)
    run_refunds()
    refund.refresh_from_db()
    assert (refund.status, SandboxRefund.objects.count()) == ("succeeded", 1)
    assert StateLog.objects.filter(about=cups.about, entity="orders.refund", to_state="succeeded").count() == 1


def test_a_dead_bank_is_asked_for_ever(cups, monkeypatch):
    (refund,) = ask(cups)

    def dead(*_args, **_kwargs):
        raise Unreachable("nobody")

    monkeypatch.setattr(type(GATEWAYS["sandbox"]), "_call", dead)
    for _time in range(15):
        Refund.objects.update(run_after=timezone.now())
        work.run_due(Refund, limit=1)
    refund.refresh_from_db()
    assert (refund.status, refund.done_at, refund.given_up_at) == ("processing", None, None)


def test_a_refused_refund_is_asked_again_under_the_same_number(cups, operator):
    (refund,) = ask(cups)
    SandboxTrade.objects.update(status="closed")
    run_refunds()
    refund.refresh_from_db()
    assert refund.status == "failed"
    SandboxTrade.objects.update(status="paid")
    refund_sending.try_again(refund, by=operator)
    run_refunds()
    refund.refresh_from_db()
    assert (refund.status, SandboxRefund.objects.get().number) == ("succeeded", refund.number)


def test_the_bank_cannot_reach_the_account_so_finance_pays_and_a_second_person_confirms(
    cups, operator, manager, monkeypatch
):
    (refund,) = ask(cups)
    stuck = RefundState(status=RefundStatus.ABNORMAL, reason="card closed")
    monkeypatch.setattr(type(GATEWAYS["sandbox"]), "query_refund", lambda self, refund: stuck)
    run_refunds()
    refund.refresh_from_db()
    assert refund.status == "abnormal"
    refund_sending.paid_by_bank(refund, by=operator)
    with pytest.raises(refunds.SamePerson):
        refund_sending.confirm_bank(refund, by=operator, reference="B1")
    refund_sending.confirm_bank(refund, by=manager, reference="B1")
    refund.refresh_from_db()
    assert (refund.status, refund.gateway_reference) == ("succeeded", "B1")


def test_points_come_back_with_the_money_and_earned_points_go(alice, cup, place):
    points.grant(alice, "test:1", 5_000, "gift")
    order = pay_and_hear(place(alice, (cup, 3), points=1_500))
    line = order.lines.get()
    goods, _shipping, points_back = anchors.worth(line, 1)
    assert (goods, points_back) == (4_000, 500)
    refunds.request(order, lines=[(line, 1, goods, 0, points_back)], source="return:1", reason="return")
    run_refunds()
    assert points.spendable(alice) == 5_000 - 1_500 + 500
    order.refresh_from_db()
    assert order.user.member.lots.get(source=order.about).taken_back == 40


def test_whoever_waits_for_a_success_is_called_once(cups, monkeypatch):
    called = []
    monkeypatch.setattr(refunds, "WHEN_SUCCEEDED", [lambda refund: called.append(refund.number)])
    (refund,) = ask(cups)
    run_refunds()
    refund.refresh_from_db()
    refund_sending.succeed(refund)
    assert called == [refund.number]
