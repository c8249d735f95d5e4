"""What staff and shoppers change about an order: its price before payment, its address before packing."""

import pytest
from django.utils import translation
from django.utils.translation import gettext

from accounts.models import AccessLog, StateLog
from catalog.money import allocate
from orders import address_changes, anchors, lifecycle, order_timers, payments, price_cuts, resending
from orders.gateways import sandbox_bank
from orders.models import PriceCut, RiskRules
from tests.fakes.shopping import go_to_cashier, pay, pay_and_hear, run_refunds, to_warehouse
from tests.orders.test_order_books import broken

pytestmark = pytest.mark.django_db


@pytest.fixture
def order(alice, teapot, cup, place):
    """¥268.00 and two cups of ¥45.00, unpaid: ¥358.00 without a delivery fee."""
    return place(alice, (teapot, 1), (cup, 2))


def desk(order, path):
    return f"/admin/orders/order/{order.pk}/{path}/"


def lines(order):
    return list(order.lines.order_by("number").values_list("payable_fen", "anchor_fen"))


def test_a_reduction_is_divided_by_largest_remainder_and_refunds_know_it(order, operator, alice):
    before = [payable for payable, _anchor in lines(order)]
    price_cuts.give(order, 1_001, by=operator, reason="a scratch")
    shares = allocate(1_001, before)
    assert lines(order) == [(was - off, was - off) for was, off in zip(before, shares, strict=True)]
    assert (order.payable_fen, order.discount_fen) == (35_800 - 1_001, 1_001)
    assert not broken()
    pay_and_hear(order)
    assert not broken()
    lifecycle.cancel(order, by=alice)
    run_refunds()
    assert sum(refund.amount_fen for refund in order.refunds.all()) == 34_799
    assert not broken()


def test_a_reduction_of_one_line_leaves_the_others_alone(order, operator):
    line = order.lines.get(number=2)
    price_cuts.give(order, 500, by=operator, reason="last piece", line=line)
    assert sorted(lines(order)) == [(8_500, 8_500), (26_800, 26_800)]
    assert anchors.worth(order.lines.get(pk=line.pk), 1)[0] == 4_250


def test_nothing_costs_less_than_nothing(order, manager):
    with pytest.raises(price_cuts.TooMuch):
        price_cuts.give(order, 9_001, by=manager, reason="x", line=order.lines.get(number=2))
    with pytest.raises(price_cuts.TooMuch):
        price_cuts.give(order, 35_801, by=manager, reason="x")
    order.refresh_from_db()
    assert (order.payable_fen, PriceCut.objects.count()) == (35_800, 0)


def test_an_order_that_costs_nothing_any_more_is_paid_at_once(order, manager):
    price_cuts.give(order, 35_800, by=manager, reason="a present")
    order.refresh_from_db()
    assert (order.status, order.payable_fen) == ("paid", 0)
    assert not broken()


def test_open_attempts_are_closed_at_the_channel_first(order, operator):
    payment = payments.start(order, "sandbox")
    trade = go_to_cashier(payment)
    price_cuts.give(order, 800, by=operator, reason="x")
    payment.refresh_from_db()
    trade.refresh_from_db()
    assert (payment.status, trade.status) == ("closed", "closed")
    with pytest.raises(sandbox_bank.TradeClosed):
        sandbox_bank.pay(trade)
    assert payments.start(order, "sandbox").amount_fen == 35_000


def test_an_order_that_turns_out_to_be_paid_keeps_its_price(order, operator):
    pay(order, "silent")
    with pytest.raises(price_cuts.NotUnpaid):
        price_cuts.give(order, 800, by=operator, reason="x")
    order.refresh_from_db()
    assert (order.status, order.payable_fen, PriceCut.objects.count()) == ("paid", 35_800, 0)


def test_a_channel_that_does_not_answer_leaves_the_price(order, operator, monkeypatch):
    from orders.gateways import GATEWAYS
    from orders.gateways.base import Unreachable

    payments.start(order, "sandbox")

    def silence(*_args, **_kwargs):
        raise Unreachable("nobody there")

    monkeypatch.setattr(type(GATEWAYS["sandbox"]), "_call", silence)
    with pytest.raises(lifecycle.ChannelBusy):
        price_cuts.give(order, 800, by=operator, reason="x")
    order.refresh_from_db()
    assert (order.payable_fen, PriceCut.objects.count()) == (35_800, 0)


def test_above_the_limit_a_second_person_approves(order, operator, manager):
    cut = price_cuts.give(order, 20_001, by=operator, reason="moved house")
    order.refresh_from_db()
    assert (cut.status, order.payable_fen) == ("proposed", 35_800)
    with pytest.raises(price_cuts.OneWaits):
        price_cuts.give(order, 100, by=operator, reason="x")
    with pytest.raises(price_cuts.SamePerson):
        price_cuts.approve(cut, by=operator)
    price_cuts.approve(cut, by=manager)
    order.refresh_from_db()
    assert order.payable_fen == 35_800 - 20_001
    price_cuts.approve(cut, by=manager)
    order.refresh_from_db()
    assert order.payable_fen == 35_800 - 20_001


def test_small_reductions_add_up_to_the_limit(order, operator):
    assert price_cuts.give(order, 15_000, by=operator, reason="x").status == "applied"
    assert price_cuts.give(order, 5_001, by=operator, reason="x").status == "proposed"


def test_a_refused_reduction_changes_nothing(order, operator, manager):
    cut = price_cuts.give(order, 20_001, by=operator, reason="x")
    price_cuts.refuse(cut, by=manager, reason="no")
    cut.refresh_from_db()
    order.refresh_from_db()
    assert (cut.status, order.payable_fen) == ("refused", 35_800)
    assert price_cuts.approve(cut, by=manager).status == "refused"


def test_staff_see_every_amount_before_they_lower_the_price(client, operator, order):
    client.force_login(operator)
    asked = client.post(desk(order, "price"), {"fen": "10", "reason": "a scratch"})
    assert "348.00" in asked.content.decode()
    assert not PriceCut.objects.exists()
    assert client.post(desk(order, "price"), {"fen": "400", "reason": "x"}).status_code == 422
    assert client.post(desk(order, "price"), {"fen": "10", "reason": ""}).status_code == 422
    client.post(desk(order, "price"), {"fen": "10", "reason": "a scratch", "confirmed": "yes"})
    order.refresh_from_db()
    assert order.payable_fen == 34_800
    assert client.get(desk(order, "change")).status_code == 200


def test_a_manager_approves_on_the_page_and_not_their_own(client, operator, manager, order):
    cut = price_cuts.give(order, 20_001, by=operator, reason="x")
    act = desk(order, "deeds/give-cut")
    client.force_login(operator)
    assert client.post(act, {"target": cut.pk, "confirmed": "yes", "reason": "x"}).status_code == 403
    client.force_login(manager)
    assert "157.99" in client.post(act, {"target": cut.pk}).content.decode()
    client.post(act, {"target": cut.pk, "confirmed": "yes", "reason": "ok"})
    order.refresh_from_db()
    assert order.payable_fen == 15_799


def test_the_shopper_is_told_and_sees_the_new_total_before_paying(client, alice, operator, order):
    price_cuts.give(order, 800, by=operator, reason="x")
    message = alice.notifications.get(kind="order_repriced")
    assert message.facts == {"number": order.number, "before": "358.00", "now": "350.00"}
    client.force_login(alice)
    page = f"/orders/{order.number}/payment/"
    assert client.post(page, {"gateway": "sandbox", "seen": "35800"})["Location"] == page
    assert not order.payments.exists()
    assert 'name="seen" value="35000"' in client.get(page).content.decode()
    client.post(page, {"gateway": "sandbox", "seen": "35000"})
    assert order.payments.get().amount_fen == 35_000


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_reduction_stands_on_the_page_of_the_order_in_words(client, alice, operator, order, language):
    price_cuts.give(order, 500, by=operator, reason="loyal")
    client.force_login(alice)
    client.cookies["django_language"] = language
    page = client.get(order.get_absolute_url()).content.decode()
    with translation.override(language):
        assert gettext("Reduction by the shop") in page
    assert "staff_price" not in page


def test_a_paid_order_and_merchants_staff_have_no_price_form(client, operator, yuji_staff, order):
    client.force_login(yuji_staff)
    assert client.post(desk(order, "price"), {"fen": "1", "reason": "x"}).status_code == 403
    pay_and_hear(order)
    client.force_login(operator)
    assert "/price/" not in client.get(desk(order, "change")).content.decode()
    assert client.post(desk(order, "price"), {"fen": "1", "reason": "x", "confirmed": "yes"}).status_code == 422
    assert not PriceCut.objects.exists()


# --- the address ---------------------------------------------------------------------------------------------------

NEW = {
    "receiver": "林大满",
    "phone": "13900000009",
    "province": "330000",
    "city": "330100",
    "district": "330106",
    "detail": "学院路 1 号",
}


def shown_address(order):
    order.refresh_from_db()
    return order.receiver, order.phone, order.detail, order.district


def test_the_shopper_changes_the_address_until_it_is_packed(client, alice, operator, order):
    to_warehouse(order)
    client.force_login(alice)
    page = f"/orders/{order.number}/address/"
    assert "address" in client.get(order.get_absolute_url()).context["actions"]
    assert client.get(page).status_code == 200
    assert client.post(page, NEW).status_code == 302
    assert shown_address(order) == ("林大满", "+8613900000009", "学院路 1 号", "西湖区")
    log = StateLog.objects.get(about=order.about, data__event="address")
    assert (log.user, log.data["fields"]) == (alice, ["receiver", "phone", "detail"])
    assert "林大满" not in str(log.data)
    for line in order.lines.all():
        from orders import parcels

        if parcels.to_pack(order, line.merchant):
            parcels.pack(order, line.merchant, operator)
    assert client.post(page, NEW | {"receiver": "周五"}).status_code == 302
    assert shown_address(order)[0] == "林大满"
    assert not broken()


@pytest.mark.parametrize(
    "wrong",
    [
        {"phone": "12"},
        {"detail": ""},
        {"district": ""},
        {"province": "310000", "city": "310100", "district": "310104"},
    ],
)
def test_an_address_is_checked_and_stays_in_the_province(client, alice, order, wrong):
    client.force_login(alice)
    before = shown_address(order)
    assert client.post(f"/orders/{order.number}/address/", NEW | wrong).status_code == 422
    assert shown_address(order) == before


def test_a_strangers_order_cannot_be_sent_elsewhere(client, mallory, order):
    client.force_login(mallory)
    before = shown_address(order)
    assert client.post(f"/orders/{order.number}/address/", NEW).status_code == 404
    assert shown_address(order) == before


def test_a_held_order_is_changed_by_staff_only(client, alice, operator, order):
    from orders import risk_assessment

    RiskRules(first_order_from_fen=1).save()
    risk_assessment.assess(order, "")
    pay_and_hear(order)
    client.force_login(alice)
    before = shown_address(order)
    assert client.post(f"/orders/{order.number}/address/", NEW).status_code == 302
    assert shown_address(order) == before
    assert address_changes.may_change(order, staff=True)


def test_staff_change_it_with_a_reason_and_the_reading_is_logged(client, operator, alice, order):
    client.force_login(operator)
    assert client.post(desk(order, "address")).status_code == 200
    assert AccessLog.objects.filter(subject=order.about).count() == 1
    assert client.post(desk(order, "address"), NEW | {"reason": ""}).status_code == 422
    assert shown_address(order)[0] == "林小满"
    client.post(desk(order, "address"), NEW | {"reason": "shopper called"})
    assert shown_address(order)[0] == "林大满"
    log = StateLog.objects.get(about=order.about, data__event="address")
    assert (log.user, log.reason) == (operator, "shopper called")
    assert alice.notifications.filter(kind="order_readdressed").exists()
    assert client.get(desk(order, "change")).status_code == 200


def test_merchants_staff_change_no_address(client, yuji_staff, order):
    client.force_login(yuji_staff)
    before = shown_address(order)
    assert client.post(desk(order, "address"), NEW | {"reason": "x"}).status_code == 403
    assert shown_address(order) == before


# --- messages ------------------------------------------------------------------------------------------------------


def test_a_message_goes_out_again_at_most_three_times_a_day(client, operator, alice, order):
    pay_and_hear(order)
    message = next(one for one in resending.told(order) if one.kind == "order_paid")
    client.force_login(operator)
    for _time in range(5):
        client.post(desk(order, f"messages/{message.pk}"))
        message = next(one for one in resending.told(order) if one.kind == "order_paid")
    told = alice.notifications.filter(kind="order_paid")
    assert told.count() == 1 + 3
    assert all(one.facts == message.facts and one.deliveries.count() == 1 for one in told)
    assert StateLog.objects.filter(about=order.about, data__event="resent", user=operator).count() == 3


def test_a_message_about_another_order_is_not_there(client, operator, bob, order, place, cup):
    other = place(bob, (cup, 1), key="key-2")
    (message,) = resending.told(other)
    client.force_login(operator)
    assert client.post(desk(order, f"messages/{message.pk}")).status_code == 404
    assert bob.notifications.count() == 1


# --- the page and its queues ---------------------------------------------------------------------------------------


def test_notes_messages_and_readings_stand_on_the_one_timeline(client, operator, order):
    pay_and_hear(order)
    client.force_login(operator)
    client.post(desk(order, "notes"), {"text": "wants it on Friday"})
    client.post(desk(order, "reading"))
    entries = client.get(desk(order, "change")).context["timeline"]
    assert [entry.at for entry in entries] == sorted((entry.at for entry in entries), reverse=True)
    by_operator = [entry.state for entry in entries if entry.who == str(operator)]
    assert "wants it on Friday" in by_operator
    assert len(by_operator) == 2
    told = {str(one.subject) for one in resending.told(order)}
    assert told <= {entry.state for entry in entries}


def test_every_queue_has_its_count_and_an_order_that_will_close_soon_is_found(client, operator, yuji_staff, order):
    from datetime import timedelta

    from django.utils import timezone

    from orders import deadlines

    def counts():
        page = client.get("/admin/orders/order/")
        assert page.status_code == 200
        return {one.name: one.count for one in page.context["queues"]}

    client.force_login(operator)
    assert counts() | {"unpaid": 1, "expiring": 0, "held": 0, "to_release": 0, "differences": 0} == counts()
    deadlines.set_deadline(order, order_timers.UNPAID, timezone.now() + timedelta(minutes=9))
    assert counts()["expiring"] == 1
    assert order.number in client.get("/admin/orders/order/?queue=expiring").content.decode()
    client.force_login(yuji_staff)
    assert not {"held", "unpaid", "expiring", "refunds", "differences"} & set(counts())
