"""UnionPay's gateway, version 5.1.0, with an authority, a certificate of its own and a file of the day."""

import base64
import hashlib
import zipfile
import zlib
from datetime import UTC, datetime, timedelta
from functools import cache
from io import BytesIO
from urllib.parse import parse_qsl, urlencode

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID
from django.utils import timezone

from orders.gateways.unionpay import UnionpayGateway
from tests.channels.server import FakeCompany, FakeTrade, Raw, key, sign, verify

MERCHANT, PASSWORD, NAME = "777290058110048", "000000", "中国银联股份有限公司"


def _certificate(subject, subject_key, issuer, issuer_key, *, authority=False, days=365):
    def name(text):
        return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])

    start = datetime.now(UTC) - timedelta(days=400)
    return (
        x509.CertificateBuilder()
        .subject_name(name(subject))
        .issuer_name(name(issuer))
        .public_key(key(subject_key).public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(datetime.now(UTC) + timedelta(days=days))
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        .sign(key(issuer_key), SHA256())
    )


@cache
def certificate(name):
    """root, signer, stranger (another company of the same authority), expired, self (signed by itself)."""
    if name == "root":
        return _certificate("CFCA TEST", "up-root", "CFCA TEST", "up-root", authority=True)
    if name == "self":
        return _certificate(f"041@Z1@{NAME}@1", "up-self", f"041@Z1@{NAME}@1", "up-self")
    subject = "041@Z1@别的公司@1" if name == "stranger" else f"041@Z1@{NAME}@00010001"
    return _certificate(subject, f"up-{name}", "CFCA TEST", "up-root", days=-1 if name == "expired" else 365)


@cache
def pfx():
    own = _certificate("merchant", "shop", "CFCA TEST", "up-root")
    secret = serialization.BestAvailableEncryption(PASSWORD.encode())
    return own, pkcs12.serialize_key_and_certificates(b"shop", key("shop"), own, None, secret)


def pem(one):
    return one.public_bytes(serialization.Encoding.PEM)


def digest(facts):
    text = "&".join(f"{name}={value}" for name, value in sorted(facts.items()) if name != "signature" and value != "")
    return hashlib.sha256(text.encode()).hexdigest().encode()


class FakeUnionpay(FakeCompany):
    name = "unionpay"

    def gateway(self):
        return UnionpayGateway(
            {
                "base": self.base,
                "real": False,
                "merchant": MERCHANT,
                "key": pfx()[1],
                "key_password": PASSWORD,
                "roots": pem(certificate("root")),
                "signer": NAME,
                "instalments": {3: 260, 6: 500},
            }
        )

    def arrive(self, payment):
        if payment.number not in self.trades:
            facts = dict(payment.opening["fields"])
            self._check(facts)
            self.trades[payment.number] = FakeTrade(facts["orderId"], int(facts["txnAmt"]), facts=facts)
        return self.trades[payment.number]

    def _check(self, facts):
        verify("shop", base64.b64decode(facts["signature"]), digest(facts))
        assert facts["certId"] == str(pfx()[0].serial_number)
        assert facts["merId"] == MERCHANT
        assert facts["version"] == "5.1.0"

    def signed(self, facts, who="signer"):
        facts = {**facts, "signPubKeyCert": pem(certificate(who)).decode()}
        return facts | {"signature": base64.b64encode(sign(f"up-{who}", digest(facts))).decode()}

    def notice(self, payment, *, key="signer", at=0, event="n1", **changes):
        again = changes.pop("trade", None)
        trade = again or self.trades[payment.number]
        when = timezone.localtime(payment.created_at) + timedelta(seconds=at)
        facts = {
            "version": "5.1.0",
            "txnType": "01",
            "merId": changes.get("merchant", changes.get("app", MERCHANT)),
            "orderId": changes.get("number", trade.number),
            "txnTime": f"{when:%Y%m%d%H%M%S}",
            "txnAmt": str(changes.get("amount_fen", trade.amount_fen)),
            "currencyCode": "156",
            "queryId": trade.reference if again or event == "n1" else f"{trade.reference}{event}"[-21:],
            "respCode": "05" if changes.get("closed") else "00",
        }
        facts = self.signed(facts, key if key in {"signer", "stranger", "expired", "self"} else "self")
        return Raw(urlencode(facts).encode(), "application/x-www-form-urlencoded")

    def refund_notice(self, refund, event="n-refund"):
        facts = {
            "txnType": "04",
            "merId": MERCHANT,
            "orderId": refund.number,
            "txnTime": f"{timezone.localtime():%Y%m%d%H%M%S}",
            "queryId": f"Q{refund.number}",
            "origQryId": refund.payment.gateway_reference,
            "reqReserved": refund.payment.number,
            "respCode": "00",
        }
        return Raw(urlencode(self.signed(facts)).encode(), "application/x-www-form-urlencoded")

    def answer(self, method, path, headers, body):
        facts = dict(parse_qsl(body.decode(), keep_blank_values=True))
        try:
            self._check(facts)
            answer = self._answer(facts)
        except InvalidSignature:
            answer = {"respCode": "11", "respMsg": "验签失败"}
        answer = self.signed({"version": "5.1.0", "merId": MERCHANT, **answer})
        text = "&".join(f"{name}={value}" for name, value in answer.items())
        return 200, {"Content-Type": "text/html;charset=UTF-8"}, text.encode()

    def _answer(self, facts):
        if facts["txnType"] == "76":
            return {"respCode": "00", "fileContent": self.bill_file()}
        number = facts["orderId"]
        if facts["txnType"] == "04":
            trade = next((one for one in self.trades.values() if one.reference == facts["origQryId"]), None)
            problem = self.book_refund(trade, number, int(facts["txnAmt"])) if trade else "unknown"
            return {"respCode": "36" if problem else "00", "respMsg": problem or "", "queryId": f"Q{number}"}
        trade, refund = self.trades.get(number), self.refund_of(number)[1]
        if refund:
            return {"respCode": "00", "origRespCode": "00" if refund[1] else "05", "queryId": f"Q{number}"}
        if trade is None or trade.facts["txnTime"] != facts["txnTime"]:
            return {"respCode": "34", "respMsg": "查无此交易"}
        return {
            "respCode": "00",
            "origRespCode": "00" if trade.status == "paid" else "05",
            "queryId": trade.reference,
            "txnAmt": str(trade.amount_fen),
            "currencyCode": "156",
        }

    def bill_file(self):
        lines = []
        for trade in self.trades.values():
            if trade.status == "paid":
                lines.append(self._line("S22", trade.amount_fen, trade.reference, trade.number, "D000000000016"))
                for number, (fen, _done) in trade.refunds.items():
                    lines.append(self._line("S30", fen, f"Q{number}", number, "D000000000000"))
        box = BytesIO()
        with zipfile.ZipFile(box, "w") as out:
            out.writestr(f"INN26112288ZM_{MERCHANT}", "\r\n".join(lines))
        return base64.b64encode(zlib.compress(box.getvalue())).decode()

    def _line(self, code, fen, reference, number, fee):
        cells = ["" for _width in range(16)]
        cells[0], cells[6], cells[9], cells[11], cells[15] = code, f"{fen:012d}", reference, number, fee
        widths = (3, 11, 11, 6, 10, 19, 12, 4, 2, 21, 2, 32, 2, 6, 10, 13)
        return " ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True))
