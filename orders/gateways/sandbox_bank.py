"""The sandbox bank: the other side of the sandbox channel. It knows its own trades and nothing of the shop.

The cashier calls ``open_trade``, ``pay`` and ``cancel``; the shop's client calls the ``ANSWERS`` through signed
requests; a worker sends the notices (``deliver``) until the shop says "success".
"""

import json
import secrets
from datetime import UTC, datetime, timedelta

import requests
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from accounts.bell import ring
from accounts.work import TryLater
from orders.gateways import sandbox_signing
from orders.models import SandboxNotice, SandboxRefund, SandboxTrade

TIMEOUT_SECONDS = 5
# Seconds from one sending of a notice to the next, while the shop does not answer "success".
RESENDS = (4, 10, 60, 600, 600, 3600, 7200, 21600, 54000)
LATE = timedelta(seconds=60)
AGAIN = "*2"  # behind the shop's number of a trade that the bank charged a second time
REFUND_TAKES = timedelta(seconds=3)
# What the bank may do wrong when the shopper pays; chosen in the cashier or by a test.
MISDEEDS = ("duplicate", "reordered", "late", "forged", "wrong_amount", "silent", "twice")


class TradeClosed(Exception):
    """The trade cannot be paid any more."""


def open_trade(number, facts):
    """The trade ``number``, made when the shopper first comes; ``facts`` are those of the signed address."""
    trade, _made = SandboxTrade.objects.get_or_create(
        number=number,
        defaults={
            "reference": "SB" + secrets.token_hex(10),
            "merchant": facts["merchant"],
            "subject": facts["subject"][:120],
            "amount_fen": int(facts["amount"]),
            "instalments": int(facts.get("instalments", 0)),
            "fee_fen": int(facts.get("fee", 0)),
            "return_url": facts["return"],
            "notify_url": facts["notify"],
            "expires_at": datetime.fromtimestamp(int(facts["expires"]), UTC),
        },
    )
    return trade


@transaction.atomic
def pay(trade, misdeed=""):
    """Take the money, once, and send the notice; ``misdeed`` is one of ``MISDEEDS``. Raises ``TradeClosed``."""
    now = timezone.now()
    trade = SandboxTrade.objects.select_for_update().get(pk=trade.pk)
    if trade.status == SandboxTrade.Status.PAID:
        return trade
    if trade.status == SandboxTrade.Status.CLOSED or trade.expires_at < now:
        raise TradeClosed
    trade.status, trade.paid_at = SandboxTrade.Status.PAID, now
    trade.save(update_fields=["status", "paid_at"])
    for notice in _notices_of_payment(trade, misdeed):
        notice.save()
    if misdeed == "twice":
        take_again(trade)
    ring("orders.tasks.send_sandbox_notices")
    return trade


def take_again(trade):
    """The bank takes the money of one trade a second time, under a number of its own."""
    names = (
        "merchant",
        "subject",
        "amount_fen",
        "instalments",
        "fee_fen",
        "return_url",
        "notify_url",
        "status",
        "expires_at",
        "paid_at",
    )
    second = SandboxTrade.objects.create(
        number=f"{trade.number}{AGAIN}",
        reference="SB" + secrets.token_hex(10),
        **{name: getattr(trade, name) for name in names},
    )
    SandboxNotice.objects.create(trade=second, event_id=_event_id(), facts=_facts(second, kind="paid"))


def _notices_of_payment(trade, misdeed):
    wrong = {"amount_fen": trade.amount_fen - 1} if misdeed == "wrong_amount" else {}
    paid = SandboxNotice(trade=trade, event_id=_event_id(), facts=_facts(trade, kind="paid", **wrong))
    if misdeed == "silent":
        return []
    if misdeed == "late":
        paid.run_after = timezone.now() + LATE
    if misdeed == "forged":
        paid.forged = True
    if misdeed == "duplicate":
        return [paid, SandboxNotice(trade=trade, event_id=paid.event_id, facts=paid.facts)]
    if misdeed == "reordered":
        stale = _facts(trade, kind="closed", status=SandboxTrade.Status.CLOSED)
        return [SandboxNotice(trade=trade, event_id=_event_id(), facts=stale), paid]
    return [paid]


def deliver(notice):
    """Send a notice once; raises ``TryLater`` for the next time until the shop has answered exactly "success"."""
    body = json.dumps({"event": notice.event_id, **notice.facts}, ensure_ascii=False).encode()
    key = "somebody else's key" if notice.forged else None
    try:
        response = requests.post(
            notice.trade.notify_url,
            data=body,
            headers={"Content-Type": "application/json", **sandbox_signing.headers_for(body, key=key)},
            timeout=TIMEOUT_SECONDS,
            allow_redirects=False,
        )
        answer = response.text[:80] if response.status_code == 200 else f"HTTP {response.status_code}"
    except requests.RequestException as error:
        answer = type(error).__name__
    SandboxNotice.objects.filter(pk=notice.pk).update(sends=notice.sends + 1, answer=answer)
    if answer != "success" and notice.sends < len(RESENDS):
        raise TryLater(RESENDS[notice.sends])


# --- what the shop may ask ---


def _query(number):
    trade = SandboxTrade.objects.filter(number=number).first()
    return _facts(trade) if trade else {"status": "unknown"}


@transaction.atomic
def _close(number):
    trade = SandboxTrade.objects.select_for_update().filter(number=number).first()
    if trade is None:
        return {"status": "unknown"}
    if trade.status == SandboxTrade.Status.WAITING:
        trade.status = SandboxTrade.Status.CLOSED
        trade.save(update_fields=["status"])
    return _facts(trade)


@transaction.atomic
def _refund(reference, refund_number, amount_fen):
    paid = SandboxTrade.objects.select_for_update().filter(reference=reference, status=SandboxTrade.Status.PAID)
    trade = paid.first()
    if trade is None:
        return _refusal("This trade has not been paid.")
    known = SandboxRefund.objects.filter(number=refund_number).first()
    if known:
        same = known.trade_id == trade.pk and known.amount_fen == amount_fen
        return _refund_facts(known) if same else _refusal("This refund number was used for something else.")
    given = trade.refunds.aggregate(fen=Sum("amount_fen"))["fen"] or 0
    if amount_fen <= 0 or given + amount_fen > trade.amount_fen:
        return _refusal("More than was paid.")
    refund = SandboxRefund.objects.create(
        trade=trade,
        number=refund_number,
        reference="SR" + secrets.token_hex(10),
        amount_fen=amount_fen,
        ready_at=timezone.now() + REFUND_TAKES,
    )
    facts = _facts(trade, kind="refunded", refund_number=refund_number)
    SandboxNotice.objects.create(trade=trade, event_id=_event_id(), facts=facts, run_after=refund.ready_at)
    return _refund_facts(refund)


def _query_refund(refund_number):
    refund = SandboxRefund.objects.filter(number=refund_number).first()
    return _refund_facts(refund) if refund else {"status": "unknown"}


def _bill(day, merchant, channel):
    """Every payment and refund that the bank booked on ``day`` for one of the shop's channels."""
    trades = SandboxTrade.objects.filter(merchant=merchant, notify_url__endswith=f"/{channel}/")
    paid = trades.filter(paid_at__date=day).values_list("number", "reference", "amount_fen")
    back = SandboxRefund.objects.filter(trade__in=trades, created_at__date=day)
    rows = [(number.removesuffix(AGAIN), *row, False) for number, *row in paid] + [
        (*row, True) for row in back.values_list("number", "reference", "amount_fen")
    ]
    names = ("number", "reference", "amount_fen", "is_refund")
    return {"rows": [dict(zip(names, row, strict=True)) for row in rows]}


ANSWERS = {"query": _query, "close": _close, "refund": _refund, "refund-query": _query_refund, "bill": _bill}


def answer(operation, body):
    """The bank's answer to a signed request: a dict with ``code`` OK or REFUSED. Raises ``KeyError``,
    ``TypeError``, ``ValueError``.
    """
    return {"code": "OK", **ANSWERS[operation](**json.loads(body))}


def _event_id():
    return "sbn" + secrets.token_hex(12)


def _facts(trade, **more):
    status = trade.status
    if status == SandboxTrade.Status.WAITING and trade.expires_at < timezone.now():
        status = SandboxTrade.Status.CLOSED
    return {
        "number": trade.number.removesuffix(AGAIN),
        "reference": trade.reference,
        "merchant": trade.merchant,
        "amount_fen": trade.amount_fen,
        "currency": "CNY",
        "status": str(status),
    } | more


def _refund_facts(refund):
    done = refund.ready_at <= timezone.now()
    return {"status": "succeeded" if done else "processing", "reference": refund.reference}


def _refusal(message):
    return {"code": "REFUSED", "message": message}
