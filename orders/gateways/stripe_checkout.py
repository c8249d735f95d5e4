"""Stripe: cards from abroad, by a Checkout session in yuan. The card is typed in at Stripe, never here.

A session lives at least half an hour at Stripe, longer than some orders: it is expired before its order is closed.
"""

import json
from datetime import UTC, datetime, time, timedelta

import stripe
from django.http import HttpResponse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from orders.gateways.base import (
    BadSignature,
    BillRow,
    Gateway,
    Notice,
    NoticeKind,
    Opening,
    RefundLimits,
    RefundState,
    RefundStatus,
    Refused,
    Trade,
    TradeStatus,
    Unreachable,
)

TIMEOUT_SECONDS = 10
SHORTEST = timedelta(minutes=31)
SESSIONS = {
    "checkout.session.completed": NoticeKind.PAID,
    "checkout.session.async_payment_succeeded": NoticeKind.PAID,
    "checkout.session.async_payment_failed": NoticeKind.CLOSED,
    "checkout.session.expired": NoticeKind.CLOSED,
}
REFUNDS = {"refund.created", "refund.updated", "refund.failed", "charge.refund.updated"}
REFUND_STATUSES = {
    "succeeded": RefundStatus.SUCCEEDED,
    "pending": RefundStatus.PROCESSING,
    "requires_action": RefundStatus.PROCESSING,
    "failed": RefundStatus.ABNORMAL,  # it was on its way and came back: the card is gone
    "canceled": RefundStatus.FAILED,
}


class StripeGateway(Gateway):
    name = "stripe"
    title = _("Bank card (Visa, Mastercard, Amex)")
    text = _("Also from abroad; charged in yuan")
    refund_limits = RefundLimits(days=180, times=100, pause_seconds=0, per_second=20)

    def __init__(self, facts):
        self.merchant = facts["account"]
        self.secrets = facts["webhook_secrets"]
        self.live = "_live_" in facts["key"]
        self.client = stripe.StripeClient(
            facts["key"],
            base_addresses={"api": facts["base"]},
            max_network_retries=0,
            http_client=stripe.RequestsClient(timeout=TIMEOUT_SECONDS),
        )

    def create(self, payment, *, return_url, subject, visit):
        about = {"number": payment.number, "shop": self.merchant}
        params = {
            "mode": "payment",
            "client_reference_id": payment.number,
            "success_url": return_url,
            "cancel_url": return_url,
            "expires_at": int(max(payment.expires_at, timezone.now() + SHORTEST).timestamp()),
            "locale": "zh" if (translation.get_language() or "").startswith("zh") else "en",
            "line_items": [
                {
                    "quantity": 1,
                    "price_data": {
                        "currency": "cny",
                        "unit_amount": payment.amount_fen,
                        "product_data": {"name": subject},
                    },
                }
            ],
            "metadata": about,
            "payment_intent_data": {"metadata": about},
        }
        session = self._call(self.client.v1.checkout.sessions.create, params, payment.number)
        return Opening(url=session["url"], session=session["id"])

    def query(self, payment):
        session = payment.opening.get("session")
        if not session:
            return Trade(TradeStatus.UNKNOWN)  # Stripe's address never reached us, so nobody was sent there
        try:
            return self._trade(self._call(self.client.v1.checkout.sessions.retrieve, session))
        except Refused as refused:
            raise Unreachable(str(refused)) from refused

    def close(self, payment):
        session = payment.opening.get("session")
        if not session:
            return Trade(TradeStatus.UNKNOWN)
        try:
            return self._trade(self._call(self.client.v1.checkout.sessions.expire, session))
        except Refused:
            return self.query(payment)

    def refund(self, refund):
        params = {
            "payment_intent": refund.payment.gateway_reference,
            "amount": refund.amount_fen,
            "metadata": {"number": refund.number, "shop": self.merchant},
        }
        return self._refund_state(self._call(self.client.v1.refunds.create, params, refund.number))

    def query_refund(self, refund):
        params = {"payment_intent": refund.payment.gateway_reference, "limit": 100}
        try:
            found = self._call(self.client.v1.refunds.list, params)
        except Refused as refused:
            raise Unreachable(str(refused)) from refused
        mine = [row for row in found["data"] if (row.get("metadata") or {}).get("number") == refund.number]
        return self._refund_state(mine[0]) if mine else RefundState(RefundStatus.UNKNOWN)

    def bill(self, day):
        start = datetime.combine(day, time(), tzinfo=timezone.get_current_timezone()).astimezone(UTC)
        params = {
            "created": {"gte": int(start.timestamp()), "lt": int((start + timedelta(days=1)).timestamp())},
            "limit": 100,
            "expand": ["data.source"],
        }
        rows = []
        while True:
            page = self._call(self.client.v1.balance_transactions.list, params)
            rows += [_bill_row(entry) for entry in page["data"] if entry["type"] in BILLED]
            if not page.get("has_more") or not page["data"]:
                return rows
            params = {**params, "starting_after": page["data"][-1]["id"]}

    def parse_notice(self, request):
        event = self._event(request)
        if event.get("livemode") is not self.live or event.get("account", self.merchant) != self.merchant:
            raise BadSignature
        facts = event["data"]["object"]
        about = facts.get("metadata") or {}
        kind = SESSIONS.get(event["type"]) or (NoticeKind.REFUNDED if event["type"] in REFUNDS else NoticeKind.OTHER)
        if kind != NoticeKind.OTHER and about.get("shop") != self.merchant:
            raise BadSignature
        refund = kind == NoticeKind.REFUNDED
        return Notice(
            event_id=event["id"][:80],
            kind=kind,
            payment_number="" if refund else facts.get("client_reference_id") or "",
            trade=self._trade(facts) if event["type"] in SESSIONS else Trade(TradeStatus.WAITING),
            refund_number=about.get("number", "") if refund else "",
            meaning=json.dumps(event["data"], sort_keys=True).encode(),
        )

    def answer(self, ok):
        return HttpResponse(status=200 if ok else 400)

    def _event(self, request):
        """The event as plain data, signed with one of our secrets (two are good while one is being replaced)."""
        header = request.headers.get("Stripe-Signature", "")
        for secret in self.secrets:
            try:
                self.client.construct_event(request.body, header, secret)
                return json.loads(request.body)
            except (stripe.SignatureVerificationError, ValueError, KeyError, TypeError):
                continue
        raise BadSignature

    def _call(self, ask, about, key=None):
        """Stripe's answer as plain data. ``about`` is an id or the parameters; ``key`` makes a repetition harmless.

        Raises ``Refused`` and ``Unreachable``.
        """
        options = {"idempotency_key": key} if key else {}
        try:
            answer = ask(about, options=options) if isinstance(about, dict) else ask(about, {}, options)
            return json.loads(str(answer))
        except (stripe.InvalidRequestError, stripe.CardError) as refused:
            raise Refused(f"{refused.code or ''} {refused.user_message or ''}".strip()) from refused
        except (stripe.StripeError, ValueError) as error:
            raise Unreachable(type(error).__name__) from error

    def _trade(self, session):
        status = TradeStatus.WAITING
        if session.get("payment_status") == "paid":
            status = TradeStatus.PAID
        elif session.get("status") == "expired":
            status = TradeStatus.CLOSED
        return Trade(
            status=status,
            amount_fen=int(session.get("amount_total") or 0),
            reference=session.get("payment_intent") or "",
            merchant=(session.get("metadata") or {}).get("shop", ""),
            currency=str(session.get("currency", "")).upper(),
        )

    def _refund_state(self, facts):
        status = REFUND_STATUSES.get(facts.get("status"), RefundStatus.PROCESSING)
        return RefundState(status, reference=facts.get("id", ""), reason=facts.get("failure_reason") or "")


BILLED = {"charge": False, "payment": False, "refund": True, "payment_refund": True}


def _bill_row(entry):
    """What was charged is in yuan; what Stripe settles may be in another currency, and then its fee is not comparable."""
    source = entry.get("source") or {}
    return BillRow(
        number=(source.get("metadata") or {}).get("number", ""),
        is_refund=BILLED[entry["type"]],
        reference=source.get("payment_intent") if not BILLED[entry["type"]] else source.get("id", ""),
        amount_fen=abs(int(source.get("amount", 0))),
        fee_fen=int(entry.get("fee", 0)) if entry.get("currency") == "cny" else 0,
    )
