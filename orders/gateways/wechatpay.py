"""WeChat Pay v3: Native (a code to scan, drawn on our page) and H5 (opens the app on a phone), in public-key mode.

The platform's keys are an allow-list: while WeChat changes its key both are believed, and a serial that nobody gave us
is refused without asking anybody. The client's own check knows one key and no clock, so ours stands in its place.
"""

import json
import time

import requests
from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wechatpayv3 import WeChatPay, WeChatPayType
from wechatpayv3.utils import load_public_key, rsa_verify

from orders.gateways import wechatpay_bill
from orders.gateways.base import (
    BadSignature,
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

TIMEOUT_SECONDS = (3, 8)
TOLERANCE_SECONDS = 300
SIGN_TYPE = "WECHATPAY2-SHA256-RSA2048"
STATUSES = {
    "SUCCESS": TradeStatus.PAID,
    "REFUND": TradeStatus.PAID,  # it was paid, and some of it went back since
    "NOTPAY": TradeStatus.WAITING,
    "USERPAYING": TradeStatus.WAITING,
    "PAYERROR": TradeStatus.WAITING,
    "CLOSED": TradeStatus.CLOSED,
    "REVOKED": TradeStatus.CLOSED,
}
REFUND_STATUSES = {
    "SUCCESS": RefundStatus.SUCCEEDED,
    "PROCESSING": RefundStatus.PROCESSING,
    "CLOSED": RefundStatus.FAILED,
    "ABNORMAL": RefundStatus.ABNORMAL,
}
# Refusals that a later try may overcome: they say nothing about the money.
PASSING = {"SYSTEM_ERROR", "FREQUENCY_LIMITED", "NOT_ENOUGH", "BANKERROR"}
UNKNOWN = {"ORDER_NOT_EXIST", "ORDERNOTEXIST", "RESOURCE_NOT_EXISTS"}


class WechatpayGateway(Gateway):
    name = "wechatpay"
    title = _("WeChat Pay")
    text = _("Scan a code, or open the app on your phone")
    refund_limits = RefundLimits(days=365, times=50, pause_seconds=60, per_second=100)

    def __init__(self, facts):
        self.app_id, self.merchant = facts["app_id"], facts["mchid"]
        self.api_key = facts["api_key"]
        self.keys = {name: load_public_key(text) for name, text in facts["public_keys"].items()}
        first, text = next(iter(facts["public_keys"].items()))
        self.client = WeChatPay(
            wechatpay_type=WeChatPayType.NATIVE,
            mchid=self.merchant,
            private_key=facts["private_key"],
            cert_serial_no=facts["serial"],
            appid=self.app_id,
            apiv3_key=self.api_key,
            public_key=text,
            public_key_id=first,
            timeout=TIMEOUT_SECONDS,
        )
        self.client._core._gate_way = facts["base"]
        self.client._core._verify_signature = self._is_genuine

    def create(self, payment, *, return_url, subject, visit):
        in_app = visit.phone and not visit.in_wechat
        more = {}
        if in_app:
            more["scene_info"] = {"payer_client_ip": visit.ip or "127.0.0.1", "h5_info": {"type": "Wap"}}
        answer = self._call(
            self.client.pay,
            description=subject.encode()[:127].decode(errors="ignore"),
            out_trade_no=payment.number,
            amount={"total": payment.amount_fen, "currency": "CNY"},
            time_expire=timezone.localtime(payment.expires_at).isoformat(timespec="seconds"),
            notify_url=settings.CALLBACK_URL + reverse("notify_gateway", args=[self.name]),
            pay_type=WeChatPayType.H5 if in_app else WeChatPayType.NATIVE,
            **more,
        )
        if in_app:
            back = requests.models.PreparedRequest()
            back.prepare_url(answer["h5_url"], {"redirect_url": return_url})
            return Opening(url=back.url)
        return Opening(code=answer["code_url"])

    def query(self, payment):
        try:
            return self._trade(self._call(self.client.query, out_trade_no=payment.number))
        except _NotKnown:
            return Trade(TradeStatus.UNKNOWN)
        except Refused as refused:
            raise Unreachable(str(refused)) from refused

    def close(self, payment):
        try:
            self._call(self.client.close, out_trade_no=payment.number)
        except _NotKnown:
            return Trade(TradeStatus.UNKNOWN)
        except Refused:
            # Paid already, or closed already: the order itself says which.
            return self.query(payment)
        return Trade(TradeStatus.CLOSED)

    def refund(self, refund):
        try:
            answer = self._call(
                self.client.refund,
                out_refund_no=refund.number,
                transaction_id=refund.payment.gateway_reference,
                amount={"refund": refund.amount_fen, "total": refund.payment.amount_fen, "currency": "CNY"},
                notify_url=settings.CALLBACK_URL + reverse("notify_gateway", args=[self.name]),
            )
        except _NotKnown as unknown:
            raise Refused(str(unknown)) from unknown
        return self._refund_state(answer)

    def query_refund(self, refund):
        try:
            return self._refund_state(self._call(self.client.query_refund, refund.number))
        except _NotKnown:
            return RefundState(RefundStatus.UNKNOWN)
        except Refused as refused:
            raise Unreachable(str(refused)) from refused

    def bill(self, day):
        answer = self._call(self.client.trade_bill, bill_date=str(day))
        return wechatpay_bill.parse(self._download(answer["download_url"]), answer)

    def _download(self, address):
        try:
            status, packed = self.client.download_bill(address)
        except Exception as error:
            raise Unreachable(type(error).__name__) from error
        if status != 200 or not isinstance(packed, bytes):
            raise Unreachable(f"bill: HTTP {status}")
        return packed

    def parse_notice(self, request):
        try:
            told = self.client.callback(request.headers, request.body)
            facts = told["resource"]
            if facts["mchid"] != self.merchant or facts.get("appid", self.app_id) != self.app_id:
                raise BadSignature
            refunded = told["event_type"].startswith("REFUND.")
            # A notice of a refund tells of the refund's amounts; whether money moved is asked, so no trade is in it.
            return Notice(
                event_id=str(told["id"])[:80],
                kind=NoticeKind.REFUNDED if refunded else NoticeKind.PAID,
                payment_number=facts["out_trade_no"],
                trade=Trade(TradeStatus.WAITING) if refunded else self._trade(facts),
                refund_number=facts.get("out_refund_no", ""),
                meaning=json.dumps(facts, sort_keys=True).encode(),
            )
        except BadSignature:
            raise
        except Exception as error:  # the client raises bare exceptions for whatever it does not like
            raise BadSignature from error

    def answer(self, ok):
        if ok:
            return HttpResponse(status=204)
        return JsonResponse({"code": "FAIL", "message": "refused"}, status=401)

    def _is_genuine(self, headers, body):
        """Whether a key on our list signed ``body`` (text) just now."""
        key = self.keys.get(headers.get("Wechatpay-Serial", ""))
        sent = headers.get("Wechatpay-Timestamp", "")
        if key is None or headers.get("Wechatpay-Signature-Type") != SIGN_TYPE or not sent.isdecimal():
            return False
        if abs(time.time() - int(sent[:12])) > TOLERANCE_SECONDS:
            return False
        nonce, signature = headers.get("Wechatpay-Nonce", ""), headers.get("Wechatpay-Signature", "")
        return rsa_verify(sent, nonce, body, signature, key)

    def _call(self, ask, *args, **facts):
        """The facts of a good answer. Raises ``_NotKnown``, ``Refused`` and ``Unreachable``."""
        try:
            status, text = ask(*args, **facts)
            answer = json.loads(text) if text else {}
        except Exception as error:  # a bare exception for a bad signature, one of requests for silence
            raise Unreachable(type(error).__name__) from error
        if 200 <= status < 300:
            return answer
        code = str(answer.get("code", ""))
        if code in UNKNOWN:
            raise _NotKnown(code)
        if status >= 500 or status == 429 or code in PASSING or not code:
            raise Unreachable(f"HTTP {status} {code}")
        raise Refused(f"{code} {answer.get('message', '')}")

    def _trade(self, facts):
        try:
            amount = facts["amount"]
            return Trade(
                status=STATUSES[facts["trade_state"]],
                amount_fen=int(amount["total"]),
                reference=facts.get("transaction_id", ""),
                merchant=facts["mchid"],
                currency=amount.get("currency", "CNY"),
            )
        except (KeyError, TypeError, ValueError) as error:
            raise Unreachable("an answer without a status or an amount") from error

    def _refund_state(self, facts):
        try:
            return RefundState(REFUND_STATUSES[facts["status"]], reference=facts.get("refund_id", ""))
        except KeyError as error:
            raise Unreachable("an answer without a status") from error


class _NotKnown(Refused):
    """WeChat has no order or refund of that number."""
