"""What makes a payment look strange, what the shop does about it, and who decides."""

import pytest

from accounts.history import TransitionNotAllowed
from accounts.models import StateLog
from orders import deadlines, lifecycle, order_timers, payments, risk, risk_assessment, risk_holds
from orders.gateways import sandbox_bank
from orders.models import HoldReview, KnownDevice, Order, Payment, RiskAssessment, RiskRules
from orders.today import cards
from tests.fakes.shopping import go_to_cashier, pay_and_hear, run_refunds
from tests.orders.test_order_books import broken

pytestmark = pytest.mark.django_db

PLAIN = {"amount_fen": 26_800, "paid_before": True}


def codes(verdict):
    return verdict.level, [reason.code for reason in verdict.reasons]


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({}, ("none", [])),
        ({"orders_of_shopper": 6}, ("none", [])),
        ({"orders_of_shopper": 7}, ("hold", ["many_orders"])),
        ({"orders_of_device": 8}, ("none", [])),
        ({"orders_of_device": 9}, ("hold", ["many_orders_of_device"])),
        ({"orders_to_address": 9}, ("hold", ["many_orders_to_address"])),
        ({"attempts": 8}, ("none", [])),
        ({"attempts": 9}, ("ask", ["many_attempts"])),
        ({"failed": 5}, ("ask", ["failed_payments"])),
        ({"device_known": False, "amount_fen": 99_999}, ("none", [])),
        ({"device_known": False, "amount_fen": 100_000}, ("ask", ["new_device"])),
        # Everybody's first device is new.
        ({"device_known": False, "amount_fen": 100_000, "paid_before": False}, ("none", [])),
        ({"region_usual": False, "amount_fen": 149_999}, ("none", [])),
        ({"region_usual": False, "amount_fen": 150_000}, ("ask", ["strange_region"])),
        ({"paid_before": False, "amount_fen": 999_999}, ("none", [])),
        ({"paid_before": False, "amount_fen": 1_000_000}, ("hold", ["first_order"])),
        ({"attempts": 9, "failed": 5}, ("ask", ["many_attempts", "failed_payments"])),
        (
            {"attempts": 9, "failed": 5, "device_known": False, "amount_fen": 100_000},
            ("hold", ["many_attempts", "failed_payments", "new_device"]),
        ),
        ({"attempts": 9, "may_ask": False}, ("hold", ["many_attempts", "cannot_ask"])),
    ],
)
def test_a_rule_answers_at_its_limit_and_names_its_reason(facts, said):
    assert codes(risk.judge(risk.Facts(**PLAIN | facts), RiskRules())) == said


def test_a_reason_says_its_figures():
    (reason,) = risk.judge(risk.Facts(**PLAIN | {"orders_of_shopper": 7}), RiskRules()).reasons
    assert reason.facts == {"count": 7, "most": 6, "minutes": 60}


@pytest.fixture
def order(alice, teapot, place):
    return place(alice, (teapot, 1))


@pytest.fixture
def strict(db):
    """Every first order is held."""
    rules = RiskRules(first_order_from_fen=1)
    rules.save()
    return rules


@pytest.fixture
def held(order, strict):
    risk_assessment.assess(order, "")
    return pay_and_hear(order)


def choose_channel(client, order, **more):
    return client.post(f"/orders/{order.number}/payment/", {"gateway": "sandbox", **more})


def test_an_ordinary_payment_goes_through_and_makes_the_device_known(client, alice, order):
    client.force_login(alice)
    client.get(f"/orders/{order.number}/payment/")
    assert choose_channel(client, order)["Location"].startswith("/sandbox/cashier/")
    assert RiskAssessment.objects.get().level == "none"
    payment = Payment.objects.get()
    sandbox_bank.pay(go_to_cashier(payment))
    payments.query(payment)
    order.refresh_from_db()
    assert (order.status, HoldReview.objects.count(), KnownDevice.objects.count()) == ("paid", 0, 1)
    assert deadlines.due_at(order, order_timers.RELEASE)


def test_the_device_cookie_is_signed_and_cannot_be_made_up(client, alice, order):
    client.force_login(alice)
    cookie = client.get(f"/orders/{order.number}/payment/").cookies["device"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    client.cookies["device"] = "made-up:1:signature"
    choose_channel(client, order)
    assert RiskAssessment.objects.get().device == ""


def test_a_strange_payment_asks_for_the_second_factor_and_says_why(client, alice, place, teapot, order):
    from orders import payment_guard

    pay_and_hear(order)
    RiskRules(new_device_from_fen=1).save()
    payment_guard.choose(alice, limit_fen=None, password="kettle-77")
    second = place(alice, (teapot, 1), key="key-2")
    client.force_login(alice)
    page = choose_channel(client, second)
    assert page.status_code == 200
    assert page.context["why"]
    assert not second.payments.exists()
    assert choose_channel(client, second, secret="wrong").status_code == 422
    assert not second.payments.exists()
    assert choose_channel(client, second, secret="kettle-77").status_code == 302
    assert second.payments.get().status == "pending"


def test_a_strange_payment_of_somebody_who_cannot_be_asked_is_held(alice, place, teapot, order):
    pay_and_hear(order)
    RiskRules(new_device_from_fen=1).save()
    alice.phone_verified_at = None
    alice.save()
    second = place(alice, (teapot, 1), key="key-2")
    said = risk_assessment.assess(second, "")
    assert (said.level, said.reasons[-1]["code"]) == ("hold", "cannot_ask")


def test_an_order_that_was_to_be_held_stays_so_on_another_device(order, strict):
    assert risk_assessment.assess(order, "").level == "hold"
    RiskRules().save()
    again = risk_assessment.assess(order, "other")
    assert (again.level, again.reasons[0]["code"]) == ("hold", "first_order")


def test_one_door_is_one_address_however_it_is_written(order, bob, place, teapot, alices_address):
    RiskRules(orders_per_address=1).save()
    assert risk_assessment.assess(order, "").level == "none"
    alices_address.detail = "文三路478号3幢 1201 室"
    other = place(bob, (teapot, 1), key="key-2", address=alices_address)
    said = risk_assessment.assess(other, "")
    assert (said.level, said.reasons[0]["code"]) == ("hold", "many_orders_to_address")


def test_reasons_are_codes_and_figures_and_nobody_is_named(held):
    stored = str(held.hold.reasons) + str(list(StateLog.objects.filter(about=held.about).values("data", "reason")))
    for secret in (held.receiver, held.phone, held.detail):
        assert secret not in stored


def test_a_held_order_is_paid_and_does_not_leave(held, operator):
    assert (held.status, held.hold.status) == ("paid", "open")
    assert deadlines.due_at(held, order_timers.RELEASE) is None
    for by in (None, operator):
        with pytest.raises(TransitionNotAllowed):
            lifecycle.release_to_warehouse(held, by=by)
    held.refresh_from_db()
    assert held.status == "paid"
    assert held.user.notifications.filter(kind="order_held").count() == 1
    assert not broken()


def act(client, order, name, **data):
    return client.post(f"/admin/orders/order/{order.pk}/deeds/{name}/", data)


def buttons(client, order):
    page = client.get(f"/admin/orders/order/{order.pk}/change/").content.decode()
    return {name for name in ("release", "cancel", "unhold", "stop") if f"/deeds/{name}/" in page}


def test_staff_find_it_in_the_queue_and_let_it_go(client, operator, held):
    client.force_login(operator)
    listed = client.get("/admin/orders/order/?queue=held")
    assert held.number in listed.content.decode()
    assert held.number not in client.get("/admin/orders/order/?queue=to_release").content.decode()
    assert {card.key: card.count for card in cards(operator)}["orders-held"] == 1
    assert buttons(client, held) == {"unhold", "stop"}
    assert "268.00" in act(client, held, "unhold").content.decode()
    assert risk_holds.is_held(held)
    act(client, held, "unhold", confirmed="yes", reason="called the shopper")
    hold = HoldReview.objects.get()
    assert (hold.status, hold.decided_by) == ("released", operator)
    assert deadlines.due_at(held, order_timers.RELEASE)
    assert buttons(client, held) == {"release", "cancel"}
    log = StateLog.objects.get(entity="orders.holdreview", to_state="released")
    assert (log.user, log.reason) == (operator, "called the shopper")
    assert lifecycle.release_to_warehouse(held, by=operator)
    assert not broken()


def test_staff_stop_it_and_the_money_goes_back(client, operator, held):
    client.force_login(operator)
    assert "268.00" in act(client, held, "stop").content.decode()
    act(client, held, "stop", confirmed="yes", reason="stolen card")
    run_refunds()
    held.refresh_from_db()
    assert (held.status, held.close_reason, HoldReview.objects.get().status) == ("closed", "risk", "stopped")
    assert held.refunds.get().status == "succeeded"
    assert not broken()


def test_the_shopper_reads_it_on_the_order_and_may_still_cancel(client, alice, held):
    client.force_login(alice)
    page = client.get(held.get_absolute_url())
    assert page.status_code == 200
    assert "cancel" in page.context["actions"]
    lifecycle.cancel(held, by=alice)
    hold = HoldReview.objects.get()
    assert (Order.objects.get().status, hold.status, hold.decided_by) == ("closed", "stopped", None)


def test_a_merchants_staff_see_neither_the_hold_nor_its_reasons(client, yuji_staff, held):
    client.force_login(yuji_staff)
    assert buttons(client, held) == set()
    page = client.get(f"/admin/orders/order/{held.pk}/change/")
    assert page.context["hold"] is None
    assert client.get("/admin/orders/holdreview/").status_code in {302, 403}
    assert act(client, held, "unhold", confirmed="yes", reason="x").status_code == 403
    assert risk_holds.is_held(held)


def test_limits_are_changed_by_managers_only(client, operator, manager, strict):
    fields = {name.name: getattr(RiskRules(), name.name) for name in RiskRules._meta.fields if name.name != "id"}
    client.force_login(operator)
    assert client.get("/admin/orders/riskrules/1/change/").status_code == 200
    assert client.post("/admin/orders/riskrules/1/change/", fields).status_code == 403
    client.force_login(manager)
    form = client.get("/admin/orders/riskrules/1/change/").context["adminform"].form
    data = {name: form[name].value() for name in form.fields} | {"orders_per_shopper": 3}
    assert client.post("/admin/orders/riskrules/1/change/", data).status_code == 302
    assert RiskRules.objects.get().orders_per_shopper == 3
    assert client.post("/admin/orders/riskrules/1/change/", data | {"window_minutes": 0}).status_code != 302
    assert RiskRules.current().orders_per_shopper == 3


def test_a_deed_without_a_hold_is_refused(client, operator, order):
    pay_and_hear(order)
    client.force_login(operator)
    act(client, order, "unhold", confirmed="yes", reason="x")
    assert not HoldReview.objects.exists()
    assert Order.objects.get().status == "paid"
