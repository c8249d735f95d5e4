"""Short ways through the shop for tests: pay at the test bank, let workers run, walk an order to a state."""

from django.test import RequestFactory
from django.utils import timezone

from accounts import work
from orders import lifecycle, parcels, payments
from orders.gateways import sandbox_bank, sandbox_signing
from orders.models import Payment, Refund, SandboxNotice, SandboxRefund, SandboxShipment, SandboxTrade


def go_to_cashier(payment):
    """The shopper's browser follows the payment's address; returns the trade that the bank opens."""
    facts = sandbox_signing.read_query(payment.number, payment.pay_url.partition("?")[2])
    return sandbox_bank.open_trade(payment.number, facts)


def pay(order, misdeed="", gateway="sandbox"):
    """Open an attempt and pay it at the bank. Nothing has reached the shop yet; returns the payment."""
    payment = payments.start(order, gateway)
    sandbox_bank.pay(go_to_cashier(payment), misdeed)
    return payment


def post_notice(facts, *, gateway="sandbox", headers=None, **signing):
    """Hand a notice to the shop as bytes; returns the answer. ``signing``: a wrong ``key``, or ``at`` another time."""
    import json

    body = facts if isinstance(facts, bytes) else json.dumps(facts).encode()
    headers = sandbox_signing.headers_for(body, **signing) if headers is None else headers
    request = RequestFactory().post(f"/notify/{gateway}/", body, content_type="application/json", headers=headers)
    return payments.receive_notice(gateway, request)


def notice_for(payment, event="event-1", **changes):
    """What the bank says when ``payment`` was paid."""
    trade = SandboxTrade.objects.filter(number=payment.number).first()
    return {
        "event": event,
        "kind": "paid",
        "number": payment.number,
        "reference": trade.reference if trade else "SB1",
        "merchant": "sandbox-merchant-1",
        "amount_fen": payment.amount_fen,
        "currency": "CNY",
        "status": "paid",
    } | changes


def deliver_notices():
    """The worker sends whatever the bank has to say, as often as it is due right now."""
    SandboxNotice.objects.filter(done_at=None).update(run_after=timezone.now())
    return work.run_due(SandboxNotice, limit=20)


def pay_and_hear(order):
    """Paid, and the shop knows it by a query; returns the fresh order."""
    payments.query(pay(order))
    order.refresh_from_db()
    return order


def run_refunds():
    """The worker sends refunds and asks until the bank is done."""
    for _round in range(2):
        live = Refund.objects.filter(status__in=[Refund.Status.APPROVED, Refund.Status.PROCESSING])
        live.update(run_after=timezone.now())
        work.run_due(Refund, rows=live, limit=50)
        SandboxRefund.objects.update(ready_at=timezone.now())


def to_warehouse(order):
    """Paid and released; returns the fresh order."""
    pay_and_hear(order)
    lifecycle.release_to_warehouse(order)
    return order


def ship_all(order, by, carrier="shunfeng"):
    """One parcel for each merchant, all handed over; returns them."""
    shipped = []
    for merchant in sorted({line.merchant for line in order.lines.select_related("merchant")}, key=lambda m: m.pk):
        parcel = parcels.pack(order, merchant, by)
        shipped.append(parcels.ship(parcel, carrier, f"SF{parcel.pk:012d}", by))
    order.refresh_from_db()
    return shipped


def drive(steps=1):
    """The test carrier's road goes on by ``steps`` scans."""
    for _step in range(steps):
        SandboxShipment.objects.filter(done_at=None).update(run_after=timezone.now())
        work.run_due(SandboxShipment, limit=SandboxShipment.objects.filter(done_at=None).count() or 1)


def states(order):
    """The states of an order's payments and refunds, for one assertion."""
    paid = list(Payment.objects.filter(order=order).order_by("pk").values_list("status", "applied"))
    back = list(Refund.objects.filter(order=order).order_by("pk").values_list("status", "amount_fen"))
    return paid, back
