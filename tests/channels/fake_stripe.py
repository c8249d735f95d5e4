"""Stripe's interface for Checkout sessions, refunds and balance transactions, and its signed webhooks."""

import hashlib
import hmac
import json
import time
from urllib.parse import parse_qs, parse_qsl, urlsplit

from orders.gateways.stripe_checkout import StripeGateway
from tests.channels.server import FakeCompany, FakeTrade, Raw

KEY, ACCOUNT, SECRET, NEXT_SECRET = "sk_live_fake", "acct_1", "whsec_one", "whsec_two"


class FakeStripe(FakeCompany):
    name = "stripe"

    def __init__(self):
        super().__init__()
        self.keys_seen = {}

    def gateway(self):
        return StripeGateway(
            {"base": self.base, "key": KEY, "account": ACCOUNT, "webhook_secrets": [SECRET, NEXT_SECRET]}
        )

    def pay(self, payment):
        trade = super().pay(payment)
        trade.reference = f"pi_{trade.number}"
        return trade

    def signed(self, event, *, key=None, at=0):
        body = json.dumps(event).encode()
        stamp = int(time.time()) + at
        secret = {None: SECRET, "next": NEXT_SECRET}.get(key, key)
        digest = hmac.new(secret.encode(), f"{stamp}.".encode() + body, hashlib.sha256).hexdigest()
        return Raw(body, "application/json", {"Stripe-Signature": f"t={stamp},v1={digest}"})

    def _event(self, event, kind, facts, **more):
        return {
            "id": event,
            "object": "event",
            "type": kind,
            "livemode": True,
            "api_version": "2026-10-28.endive",
            "data": {"object": facts},
        } | more

    def notice(self, payment, *, key=None, at=0, event="n1", **changes):
        facts = self._session(changes.pop("trade", None) or self.trades[payment.number])
        facts["amount_total"] = changes.get("amount_fen", facts["amount_total"])
        facts["metadata"] = {"number": payment.number, "shop": changes.get("merchant", ACCOUNT)}
        facts["client_reference_id"] = changes.get("number", payment.number)
        kind = "checkout.session.completed"
        if changes.get("closed"):
            kind, facts["payment_status"], facts["status"] = "checkout.session.expired", "unpaid", "expired"
        more = {"account": changes["app"]} if "app" in changes else {}
        return self.signed(self._event(event, kind, facts, **more), key=key, at=at)

    def refund_notice(self, refund, event="n-refund"):
        _trade, row = self.refund_of(refund.number)
        return self.signed(self._event(event, "refund.updated", self._refund(refund.number, row)))

    def other_notice(self):
        return self.signed(self._event("n-other", "customer.created", {"id": "cus_1", "object": "customer"}))

    def answer(self, method, path, headers, body):
        if headers["Authorization"] != f"Bearer {KEY}":
            return self._json(401, {"error": {"type": "invalid_request_error", "message": "Invalid API Key"}})
        url = urlsplit(path)
        facts = dict(parse_qsl(body.decode()))
        again = headers.get("Idempotency-Key")
        if method == "POST" and again in self.keys_seen:
            return self.keys_seen[again]
        answer = self._json(*self._answer(method, url, facts))
        if method == "POST" and again:
            self.keys_seen[again] = answer
        return answer

    def _json(self, status, facts):
        return status, {"Content-Type": "application/json", "Request-Id": "req_1"}, json.dumps(facts).encode()

    def _answer(self, method, url, facts):
        parts = url.path.strip("/").split("/")
        if parts[1:] == ["checkout", "sessions"] and method == "POST":
            number = facts["client_reference_id"]
            assert facts["line_items[0][price_data][currency]"] == "cny"
            assert int(facts["expires_at"]) - time.time() > 1800
            fen = int(facts["line_items[0][price_data][unit_amount]"])
            self.trades[number] = FakeTrade(number, fen, facts=facts)
            return 200, self._session(self.trades[number])
        if parts[1:3] == ["checkout", "sessions"]:
            trade = next((one for one in self.trades.values() if f"cs_{one.number}" == parts[3]), None)
            if trade is None:
                return 404, self._error("resource_missing")
            if parts[4:] == ["expire"]:
                if trade.status != "waiting":
                    return 400, self._error("session_not_open")
                trade.status = "closed"
            return 200, self._session(trade)
        if parts[1:] == ["refunds"]:
            return self._refunds(method, url, facts)
        if parts[1:] == ["balance_transactions"]:
            return 200, {"object": "list", "has_more": False, "data": list(self._balance())}
        return 404, self._error("unknown")

    def _refunds(self, method, url, facts):
        intent = facts.get("payment_intent") or parse_qs(url.query)["payment_intent"][0]
        trade = next((one for one in self.trades.values() if one.reference == intent), None)
        if trade is None:
            return 404, self._error("resource_missing")
        if method == "GET":
            rows = [self._refund(number, row) for number, row in trade.refunds.items()]
            return 200, {"object": "list", "has_more": False, "data": rows}
        number = facts["metadata[number]"]
        problem = self.book_refund(trade, number, int(facts["amount"]))
        return (400, self._error(problem)) if problem else (200, self._refund(number, trade.refunds[number]))

    def _refund(self, number, row):
        return {
            "id": f"re_{number}",
            "object": "refund",
            "amount": row[0],
            "currency": "cny",
            "status": "succeeded" if row[1] else "pending",
            "metadata": {"number": number, "shop": ACCOUNT},
        }

    def _session(self, trade):
        return {
            "id": f"cs_{trade.number}",
            "object": "checkout.session",
            "url": f"https://checkout.stripe.com/c/pay/cs_{trade.number}",
            "client_reference_id": trade.number,
            "amount_total": trade.amount_fen,
            "currency": "cny",
            "payment_intent": trade.reference or None,
            "payment_status": "paid" if trade.status == "paid" else "unpaid",
            "status": {"waiting": "open", "paid": "complete", "closed": "expired"}[trade.status],
            "metadata": {"number": trade.number, "shop": ACCOUNT},
        }

    def _balance(self):
        for trade in self.trades.values():
            if trade.status != "paid":
                continue
            charge = {"id": f"ch_{trade.number}", "object": "charge", "amount": trade.amount_fen}
            charge |= {"payment_intent": trade.reference, "metadata": {"number": trade.number}}
            yield self._entry(f"txn_{trade.number}", "charge", trade.amount_fen, 16, charge)
            for number, row in trade.refunds.items():
                yield self._entry(f"txn_{number}", "refund", -row[0], 0, self._refund(number, row))

    def _entry(self, name, kind, fen, fee, source):
        entry = {"id": name, "object": "balance_transaction", "type": kind, "amount": fen, "fee": fee}
        return entry | {"currency": "cny", "source": source}

    def _error(self, code):
        return {"error": {"type": "invalid_request_error", "code": code, "message": code}}
