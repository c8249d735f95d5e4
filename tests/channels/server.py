"""A payment company on a local port: threads, keys of its own, and ways to misbehave."""

import threading
from dataclasses import dataclass, field, replace
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256


@cache
def key(name):
    """The RSA key called ``name``; made once."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def private_pem(name):
    return (
        key(name)
        .private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        .decode()
    )


def public_pem(name):
    return (
        key(name)
        .public_key()
        .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
        .decode()
    )


def sign(name, data):
    return key(name).sign(data, padding.PKCS1v15(), SHA256())


def verify(name, signature, data):
    """Raises ``InvalidSignature``."""
    key(name).public_key().verify(signature, data, padding.PKCS1v15(), SHA256())


@dataclass
class Raw:
    """A request as bytes, ready to be handed to the shop."""

    body: bytes
    content_type: str
    headers: dict = field(default_factory=dict)


@dataclass
class FakeTrade:
    """What a fake remembers of a payment and its refunds (number → [fen, done])."""

    number: str
    amount_fen: int
    status: str = "waiting"
    reference: str = ""
    facts: dict = field(default_factory=dict)
    refunds: dict = field(default_factory=dict)


class FakeCompany:
    """The base of every fake: ``answer`` gets a request and returns (status, headers, bytes).

    ``mode``: "" answers well, "silence" hangs up, "error" is HTTP 500. ``calls`` records what was asked.
    """

    def __init__(self):
        self.mode, self.calls, self.trades = "", [], {}
        fake = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def handle_one(self):
                length = int(self.headers.get("Content-Length") or 0)
                body = self.rfile.read(length)
                fake.calls.append((self.command, urlsplit(self.path).path))
                if fake.mode == "silence":
                    self.close_connection = True
                    return
                status, headers, data = (
                    (500, {}, b"oops")
                    if fake.mode == "error"
                    else fake.answer(self.command, self.path, self.headers, body)
                )
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            do_GET = do_POST = handle_one  # noqa: N815

            def log_message(self, *_args):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self.thread.start()
        self.base = f"http://127.0.0.1:{self.server.server_address[1]}"

    def stop(self):
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()

    # --- what a test asks of every channel ---------------------------------------------------------------------------

    def arrive(self, payment):
        """The shopper comes to the cashier: from here on the company knows the trade."""
        return self.trades[payment.number]

    def pay(self, payment):
        trade = self.arrive(payment)
        trade.status, trade.reference = "paid", trade.reference or f"T{len(self.trades):020d}"
        return trade

    def pay_again(self, payment):
        """The company takes the money of one trade a second time, under another number of its own."""
        first = self.trades[payment.number]
        second = replace(first, reference=f"{first.reference[:-1]}A", refunds={})
        self.trades[f"{payment.number}*2"] = second
        return second

    def trade_of(self, reference):
        """The paid trade that the company knows by its own number ``reference``."""
        return next((one for one in self.trades.values() if reference and one.reference == reference), None)

    def finish_refunds(self):
        for trade in self.trades.values():
            for refund in trade.refunds.values():
                refund[1] = True

    def book_refund(self, trade, number, fen):
        """None when it was taken on, or why not. The same number again changes nothing."""
        if number in trade.refunds:
            return None if trade.refunds[number][0] == fen else "changed"
        if trade.status != "paid":
            return "unpaid"
        if sum(given for given, _done in trade.refunds.values()) + fen > trade.amount_fen:
            return "too much"
        trade.refunds[number] = [fen, False]
        return None

    def refund_of(self, number):
        for trade in self.trades.values():
            if number in trade.refunds:
                return trade, trade.refunds[number]
        return None, None
