"""The sandbox channel: our side. It behaves like a real one, so that what works here works there.

- ``create`` makes a signed address of the bank's cashier, as Alipay's page pay does; no call is needed.
- ``query``, ``close`` and the refund calls are signed JSON over HTTP, bytes in and bytes out (see sandbox_wire for the
  road they take). Every failure to get a believable answer is ``Unreachable``, never "no".
- Notices come from a worker over a real socket, signed, with resends, possibly never (see sandbox_bank).
"""

import json
from datetime import timedelta

import requests
from django.conf import settings
from django.urls import reverse

from orders.gateways import sandbox_signing, sandbox_wire
from orders.gateways.base import (
    BadSignature,
    BillRow,
    Gateway,
    Notice,
    NoticeKind,
    Opening,
    RefundState,
    RefundStatus,
    Refused,
    Trade,
    TradeStatus,
    Unreachable,
)

TIMEOUT_SECONDS = 5


class SandboxGateway(Gateway):
    merchant = "sandbox-merchant-1"
    query_pauses = tuple(timedelta(seconds=seconds) for seconds in (20, 60, 300, 900, 1800))
    refund_pauses = tuple(timedelta(seconds=seconds) for seconds in (3, 10, 60, 300, 3600))

    def __init__(self, name, title, text, instalments=None):
        self.name, self.title, self.text = name, title, text
        self.instalments = instalments or {}

    def create(self, payment, *, return_url, subject, visit):
        facts = {
            "amount": str(payment.amount_fen),
            "expires": str(int(payment.expires_at.timestamp())),
            "fee": str(payment.instalment_fee_fen),
            "instalments": str(payment.instalments),
            "merchant": self.merchant,
            "notify": settings.CALLBACK_URL + reverse("notify_gateway", args=[self.name]),
            "return": return_url,
            "subject": subject,
        }
        cashier = reverse("sandbox_cashier", args=[payment.number])
        return Opening(url=f"{cashier}?{sandbox_signing.sign_query(payment.number, facts)}")

    def query(self, payment):
        return self._trade(self._call("query", number=payment.number))

    def close(self, payment):
        return self._trade(self._call("close", number=payment.number))

    def refund(self, refund):
        return self._refund_state(
            self._call(
                "refund",
                reference=refund.payment.gateway_reference,
                refund_number=refund.number,
                amount_fen=refund.amount_fen,
            )
        )

    def query_refund(self, refund):
        return self._refund_state(self._call("refund-query", refund_number=refund.number))

    def bill(self, day):
        answer = self._call("bill", day=str(day), merchant=self.merchant, channel=self.name)
        try:
            return [BillRow(**row) for row in answer["rows"]]
        except (KeyError, TypeError) as error:
            raise Refused("the bill cannot be read") from error

    def parse_notice(self, request):
        body = request.body
        if not sandbox_signing.is_genuine(body, request.headers):
            raise BadSignature
        try:
            facts = json.loads(body)
            return Notice(
                event_id=str(facts["event"])[:80],
                kind=NoticeKind(facts["kind"]),
                payment_number=str(facts["number"]),
                trade=self._trade(facts),
                refund_number=str(facts.get("refund_number", "")),
            )
        except (ValueError, KeyError, TypeError) as error:
            raise BadSignature from error

    def _call(self, operation, **facts):
        body = json.dumps(facts).encode()
        try:
            with sandbox_wire.session() as session:
                response = session.post(
                    settings.CALLBACK_URL + reverse("sandbox_bank", args=[operation]),
                    data=body,
                    headers={"Content-Type": "application/json", **sandbox_signing.headers_for(body)},
                    timeout=TIMEOUT_SECONDS,
                )
            if response.status_code >= 500 or not sandbox_signing.is_genuine(response.content, response.headers):
                raise Unreachable(f"{operation}: HTTP {response.status_code}")
            answer = response.json()
        except (requests.RequestException, ValueError) as error:
            raise Unreachable(f"{operation}: {type(error).__name__}") from error
        if answer.get("code") != "OK":
            raise Refused(answer.get("message", ""))
        return answer

    def _trade(self, facts):
        return Trade(
            status=TradeStatus(facts["status"]),
            amount_fen=int(facts.get("amount_fen", 0)),
            reference=str(facts.get("reference", "")),
            merchant=str(facts.get("merchant", "")),
            currency=str(facts.get("currency", "")),
        )

    def _refund_state(self, facts):
        return RefundState(status=RefundStatus(facts["status"]), reference=str(facts.get("reference", "")))
