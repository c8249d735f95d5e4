"""WeChat Pay v3 in public-key mode as its public documents describe it."""

import base64
import gzip
import hashlib
import json
import re
import secrets
import time
from urllib.parse import parse_qs, urlsplit

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from orders.gateways.wechatpay import WechatpayGateway
from tests.channels.server import FakeCompany, FakeTrade, Raw, private_pem, public_pem, sign, verify

APP, MCH, API_KEY = "wx0000000000000001", "1900000001", "0123456789abcdef0123456789abcdef"
SERIAL = "5157F09EFDC096DE15EBE81A47057A7232F1B8E1"
OLD, NEW, FOREIGN = "PUB_KEY_ID_0001", "PUB_KEY_ID_0002", "PUB_KEY_ID_9999"
HEAD = (
    "交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,应结订单金额,"
    "代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注"
)


class FakeWechatpay(FakeCompany):
    name = "wechatpay"

    def __init__(self):
        super().__init__()
        self.serial = OLD
        self.refund_status = "SUCCESS"

    def gateway(self):
        return WechatpayGateway(
            {
                "base": self.base,
                "mchid": MCH,
                "app_id": APP,
                "serial": SERIAL,
                "private_key": private_pem("shop"),
                "api_key": API_KEY,
                "public_keys": {OLD: public_pem(OLD), NEW: public_pem(NEW)},
            }
        )

    def pay(self, payment):
        trade = super().pay(payment)
        trade.reference = f"42{abs(hash(trade.number)) % 10**26:026d}"
        return trade

    def signed(self, body, *, key=None, serial=None, at=0):
        stamp, nonce = str(int(time.time()) + at), secrets.token_hex(16)
        serial = serial or self.serial
        text = f"{stamp}\n{nonce}\n".encode() + body + b"\n"
        return {
            "Wechatpay-Timestamp": stamp,
            "Wechatpay-Nonce": nonce,
            "Wechatpay-Serial": serial,
            "Wechatpay-Signature": base64.b64encode(sign(key or serial, text)).decode(),
            "Wechatpay-Signature-Type": "WECHATPAY2-SHA256-RSA2048",
            "Content-Type": "application/json",
        }

    def _event(self, event, kind, plain, **signing):
        nonce = secrets.token_hex(6)
        box = AESGCM(API_KEY.encode()).encrypt(nonce.encode(), json.dumps(plain).encode(), b"transaction")
        body = {
            "id": event,
            "event_type": kind,
            "resource_type": "encrypt-resource",
            "resource": {
                "algorithm": "AEAD_AES_256_GCM",
                "ciphertext": base64.b64encode(box).decode(),
                "associated_data": "transaction",
                "nonce": nonce,
            },
        }
        data = json.dumps(body).encode()
        return Raw(data, "application/json", self.signed(data, **signing))

    def notice(self, payment, *, key=None, at=0, event="n1", serial=None, **changes):
        trade = changes.pop("trade", None) or self.trades[payment.number]
        plain = self._facts(trade)
        plain["mchid"] = changes.get("merchant", MCH)
        plain["appid"] = changes.get("app", APP)
        plain["out_trade_no"] = changes.get("number", trade.number)
        plain["amount"]["total"] = changes.get("amount_fen", trade.amount_fen)
        plain["trade_state"] = "CLOSED" if changes.get("closed") else "SUCCESS"
        return self._event(event, "TRANSACTION.SUCCESS", plain, key=key, at=at, serial=serial)

    def refund_notice(self, refund, event="n-refund"):
        plain = {
            "mchid": MCH,
            "out_trade_no": refund.payment.number,
            "out_refund_no": refund.number,
            "refund_status": "SUCCESS",
            "amount": {"total": refund.payment.amount_fen, "refund": refund.amount_fen},
        }
        return self._event(event, "REFUND.SUCCESS", plain)

    def answer(self, method, path, headers, body):
        try:
            self._check(method, path, headers, body)
        except (InvalidSignature, AttributeError, AssertionError):
            return self._json(401, {"code": "SIGN_ERROR", "message": "bad signature"})
        if path.startswith("/v3/billdownload"):
            return 200, {"Content-Type": "text/plain"}, self._bill()
        status, answer = self._answer(method, urlsplit(path), json.loads(body) if body else {})
        return self._json(status, answer)

    def _json(self, status, answer):
        data = b"" if answer is None else json.dumps(answer).encode()
        return status, self.signed(data), data

    def _check(self, method, path, headers, body):
        found = dict(re.findall(r'(\w+)="([^"]*)"', headers["Authorization"]))
        assert found["mchid"] == MCH
        assert found["serial_no"] == SERIAL
        text = f"{method}\n{path}\n{found['timestamp']}\n{found['nonce_str']}\n".encode() + body + b"\n"
        verify("shop", base64.b64decode(found["signature"]), text)

    def _answer(self, method, url, facts):
        path = url.path
        if path in {"/v3/pay/transactions/native", "/v3/pay/transactions/h5"}:
            assert facts["amount"]["currency"] == "CNY"
            assert facts["mchid"] == MCH
            number = facts["out_trade_no"]
            self.trades.setdefault(number, FakeTrade(number, facts["amount"]["total"], facts=facts))
            if path.endswith("h5"):
                assert facts["scene_info"]["h5_info"]["type"] == "Wap"
                return 200, {"h5_url": f"https://wx.tenpay.com/cgi-bin/mmpayweb-bin/checkmweb?prepay_id={number}"}
            return 200, {"code_url": f"weixin://wxpay/bizpayurl?pr={number}"}
        if path.startswith("/v3/pay/transactions/out-trade-no/"):
            number = path.split("/")[5]
            trade = self.trades.get(number)
            if trade is None:
                return 404, {"code": "ORDER_NOT_EXIST", "message": "订单不存在"}
            if not path.endswith("/close"):
                assert parse_qs(url.query)["mchid"] == [MCH]
                return 200, self._facts(trade)
            if trade.status == "paid":
                return 400, {"code": "ORDERPAID", "message": "订单已支付"}
            trade.status = "closed"
            return 204, None
        if path == "/v3/refund/domestic/refunds":
            return self._refund(facts)
        if path.startswith("/v3/refund/domestic/refunds/"):
            number = path.rsplit("/", 1)[1]
            _trade, refund = self.refund_of(number)
            if refund is None:
                return 404, {"code": "RESOURCE_NOT_EXISTS", "message": "退款单不存在"}
            return 200, self._refund_facts(number, refund)
        if path == "/v3/bill/tradebill":
            digest = hashlib.sha1(gzip.decompress(self._bill())).hexdigest()
            where = f"{self.base}/v3/billdownload/file?token=abc"
            return 200, {"hash_type": "SHA1", "hash_value": digest, "download_url": where}
        return 404, {"code": "NOT_FOUND", "message": path}

    def _facts(self, trade):
        states = {"waiting": "NOTPAY", "paid": "REFUND" if trade.refunds else "SUCCESS", "closed": "CLOSED"}
        return {
            "appid": APP,
            "mchid": MCH,
            "out_trade_no": trade.number,
            "transaction_id": trade.reference,
            "trade_state": states[trade.status],
            "amount": {"total": trade.amount_fen, "currency": "CNY"},
        }

    def _refund(self, facts):
        trade = self.trade_of(facts["transaction_id"])
        if trade is None:
            return 404, {"code": "RESOURCE_NOT_EXISTS", "message": "订单不存在"}
        problem = self.book_refund(trade, facts["out_refund_no"], facts["amount"]["refund"])
        if problem or facts["amount"]["total"] != trade.amount_fen:
            return 400, {"code": "INVALID_REQUEST", "message": problem or "total"}
        return 200, self._refund_facts(facts["out_refund_no"], trade.refunds[facts["out_refund_no"]])

    def _refund_facts(self, number, refund):
        status = self.refund_status if refund[1] else "PROCESSING"
        return {"out_refund_no": number, "refund_id": f"50{number[1:]}", "status": status}

    def _bill(self):
        rows = ["\ufeff" + HEAD]
        for trade in self.trades.values():
            if trade.status == "paid":
                rows.append(self._line(trade, "SUCCESS", fee="0.16000"))
                for number, (fen, _done) in trade.refunds.items():
                    rows.append(self._line(trade, "REFUND", number=number, fen=fen, fee="-0.01000"))
        rows += [
            "总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额",
            "`1,`1,`0,`0,`0,`1,`0",
        ]
        return gzip.compress("\r\n".join(rows).encode(), mtime=0)

    def _line(self, trade, state, *, fee, number="", fen=0):
        values = dict.fromkeys(HEAD.split(","), "")
        values |= {
            "交易时间": "2026-11-22 10:00:00",
            "商户号": MCH,
            "微信订单号": trade.reference,
            "商户订单号": trade.number,
            "交易状态": state,
            "微信退款单号": f"50{number[1:]}" if number else "0",
            "商户退款单号": number or "0",
            "退款金额": f"{fen / 100:.2f}",
            "手续费": fee,
            "订单金额": f"{(0 if number else trade.amount_fen) / 100:.2f}",
        }
        return ",".join(f"`{value}" for value in values.values())
