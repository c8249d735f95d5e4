"""The sandbox bank in the clothes of the other fakes, so that it keeps the same contract."""

import json

from django.utils import timezone

from orders.gateways import sandbox_bank, sandbox_signing, sandbox_wire
from orders.gateways.base import Unreachable
from orders.gateways.sandbox import SandboxGateway
from orders.models import SandboxRefund, SandboxTrade
from tests.channels.server import Raw
from tests.fakes.shopping import go_to_cashier


class FakeSandbox:
    name = "sandbox"

    def __init__(self):
        self.mode, self.session = "", sandbox_wire.session
        sandbox_wire.session = self._session

    def _session(self):
        if self.mode:
            raise Unreachable(self.mode)
        return self.session()

    def stop(self):
        sandbox_wire.session = self.session

    def gateway(self):
        return SandboxGateway("sandbox", "Test wallet", "")

    def arrive(self, payment):
        return go_to_cashier(payment)

    def pay(self, payment):
        return sandbox_bank.pay(go_to_cashier(payment), "silent")

    def pay_again(self, payment):
        sandbox_bank.take_again(SandboxTrade.objects.get(number=payment.number))
        return SandboxTrade.objects.latest("pk")

    def finish_refunds(self):
        SandboxRefund.objects.update(ready_at=timezone.now())

    def notice(self, payment, *, key=None, at=0, event="n1", **changes):
        trade = changes.pop("trade", None) or SandboxTrade.objects.get(number=payment.number)
        facts = {
            "event": event,
            "kind": "closed" if changes.get("closed") else "paid",
            "number": changes.get("number", payment.number),
            "reference": trade.reference,
            "merchant": changes.get("merchant", changes.get("app", trade.merchant)),
            "amount_fen": changes.get("amount_fen", trade.amount_fen),
            "currency": "CNY",
            "status": "closed" if changes.get("closed") else "paid",
        }
        return self._signed(facts, key=key, at=at)

    def refund_notice(self, refund, event="n-refund"):
        trade = SandboxTrade.objects.get(number=refund.payment.number)
        facts = {"event": event, "kind": "refunded", "number": trade.number, "refund_number": refund.number}
        facts |= {"reference": trade.reference, "merchant": trade.merchant, "amount_fen": trade.amount_fen}
        return self._signed({**facts, "currency": "CNY", "status": "paid"})

    def _signed(self, facts, *, key=None, at=0):
        import time

        body = json.dumps(facts).encode()
        return Raw(body, "application/json", sandbox_signing.headers_for(body, key=key, at=time.time() + at))
