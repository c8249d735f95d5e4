"""Alipay: page pay for computers, wap pay for phones, with the RSA2 keys of an open platform app.

The shopper's browser carries the signed order there, so opening one needs no call. A trade exists only once the shopper
has signed in at Alipay: asked before that, Alipay knows none, which means that nobody has paid.
"""

import json
from datetime import datetime, timedelta
from urllib.error import URLError

from alipay import AliPay
from alipay.exceptions import AliPayException, AliPayValidationError
from alipay.utils import AliPayConfig
from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from orders.gateways import alipay_bill
from orders.gateways.amounts import fen_of, to_yuan
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

TIMEOUT_SECONDS = 8
OLDEST_NOTICE = timedelta(hours=27)  # the last resend comes after 25 hours
FORMAT = "%Y-%m-%d %H:%M:%S"
STATUSES = {
    "WAIT_BUYER_PAY": TradeStatus.WAITING,
    "TRADE_SUCCESS": TradeStatus.PAID,
    "TRADE_FINISHED": TradeStatus.PAID,
    "TRADE_CLOSED": TradeStatus.CLOSED,
}
# What does not change when a notice is sent again.
PASSING = {"sign", "sign_type", "notify_time"}
BROKEN = (AliPayException, AliPayValidationError, URLError, OSError, ValueError, KeyError, TypeError)


class AlipayGateway(Gateway):
    name = "alipay"
    title = _("Alipay")
    text = _("By app or account")
    refund_limits = RefundLimits(days=365, times=50, pause_seconds=3, per_second=20)

    def __init__(self, facts):
        self.app_id, self.merchant = facts["app_id"], facts["seller_id"]
        self.instalments = facts["instalments"]
        self.client = AliPay(
            appid=self.app_id,
            app_notify_url=None,
            app_private_key_string=facts["private_key"],
            alipay_public_key_string=facts["public_key"],
            sign_type="RSA2",
            config=AliPayConfig(timeout=TIMEOUT_SECONDS),
        )
        # The client knows its two own addresses only; a setting may name another one.
        self.client._gateway = facts["base"]

    def create(self, payment, *, return_url, subject, visit):
        pay = self.client.api_alipay_trade_wap_pay if visit.phone else self.client.api_alipay_trade_page_pay
        more = {"time_expire": timezone.localtime(payment.expires_at).strftime(FORMAT)}
        if visit.phone:
            more["quit_url"] = return_url
        if visit.instalments:
            more["extend_params"] = {"hb_fq_num": str(visit.instalments), "hb_fq_seller_percent": "0"}
        query = pay(
            subject=subject[:256],
            out_trade_no=payment.number,
            total_amount=to_yuan(payment.amount_fen),
            return_url=return_url,
            notify_url=settings.CALLBACK_URL + reverse("notify_gateway", args=[self.name]),
            **more,
        )
        return Opening(url=f"{self.client._gateway}?{query}")

    def query(self, payment):
        return self._trade(self._call("alipay.trade.query", out_trade_no=payment.number))

    def close(self, payment):
        answer = self._call("alipay.trade.close", out_trade_no=payment.number)
        if answer.get("code") == "10000":
            return Trade(TradeStatus.CLOSED, reference=answer.get("trade_no", ""))
        # Nobody has been there, it is closed already, or the shopper was faster: the trade itself says which.
        return self.query(payment)

    def refund(self, refund):
        answer = self._call(
            "alipay.trade.refund",
            trade_no=refund.payment.gateway_reference,
            out_request_no=refund.number,
            refund_amount=to_yuan(refund.amount_fen),
        )
        if answer.get("code") != "10000":
            _refuse(answer)
        # "N" only says that this call moved nothing: an earlier one under the same number did, or will.
        done = answer.get("fund_change") == "Y"
        return self._refund_state(refund, RefundStatus.SUCCEEDED if done else RefundStatus.PROCESSING)

    def query_refund(self, refund):
        answer = self._call(
            "alipay.trade.fastpay.refund.query",
            trade_no=refund.payment.gateway_reference,
            out_request_no=refund.number,
        )
        if answer.get("code") != "10000":
            if answer.get("sub_code") in {"ACQ.TRADE_NOT_EXIST", "ACQ.REFUND_NOT_EXIST"}:
                return RefundState(RefundStatus.UNKNOWN)
            raise Unreachable(answer.get("sub_code", ""))
        if answer.get("refund_status") == "REFUND_SUCCESS":
            return self._refund_state(refund, RefundStatus.SUCCEEDED)
        known = answer.get("out_request_no") and answer.get("refund_amount")
        return RefundState(RefundStatus.PROCESSING if known else RefundStatus.UNKNOWN)

    def bill(self, day):
        answer = self._call("alipay.data.dataservice.bill.downloadurl.query", bill_type="trade", bill_date=str(day))
        if answer.get("code") != "10000":
            raise Unreachable(answer.get("sub_code", "no bill"))
        return alipay_bill.fetch(answer["bill_download_url"])

    def parse_notice(self, request):
        facts = request.POST.dict()
        sign = facts.pop("sign", "")
        try:
            genuine = self.client.verify(dict(facts), sign)
            sent = timezone.make_aware(datetime.strptime(facts["notify_time"], FORMAT))  # noqa: DTZ007 (Beijing time)
            if not genuine or facts["app_id"] != self.app_id or facts["seller_id"] != self.merchant:
                raise BadSignature
            if not -timedelta(minutes=5) < timezone.now() - sent < OLDEST_NOTICE:
                raise BadSignature
            return self._notice(facts)
        except (*BROKEN, AttributeError) as error:
            raise BadSignature from error

    def answer(self, ok):
        return HttpResponse("success" if ok else "failure", content_type="text/plain")

    def _notice(self, facts):
        # A refund speaks on the same address with the status of the trade: success while part of the money is here,
        # closed when all of it went back.
        refunded = bool(facts.get("gmt_refund") or facts.get("refund_fee"))
        kind = NoticeKind.CLOSED if facts["trade_status"] == "TRADE_CLOSED" else NoticeKind.PAID
        meaning = {name: value for name, value in sorted(facts.items()) if name not in PASSING}
        return Notice(
            event_id=facts["notify_id"][:80],
            kind=NoticeKind.REFUNDED if refunded else kind,
            payment_number=facts["out_trade_no"],
            trade=self._trade({**facts, "code": "10000"}),
            refund_number=facts.get("out_biz_no", "") if refunded else "",
            meaning=json.dumps(meaning).encode(),
        )

    def _call(self, method, **content):
        """The answer of Alipay, its business failures included. Raises ``Unreachable``."""
        try:
            return self.client.server_api(method, content)
        except BROKEN as error:
            raise Unreachable(f"{method}: {type(error).__name__}") from error

    def _trade(self, answer):
        if answer.get("code") != "10000":
            if answer.get("sub_code") == "ACQ.TRADE_NOT_EXIST":
                return Trade(TradeStatus.UNKNOWN)
            raise Unreachable(answer.get("sub_code", ""))
        try:
            return Trade(
                status=STATUSES[answer["trade_status"]],
                amount_fen=fen_of(answer["total_amount"]),
                reference=answer.get("trade_no", ""),
                # A notice names the seller and was compared; an answer to our own signed question is for us alone.
                merchant=answer.get("seller_id", self.merchant),
            )
        except (KeyError, ValueError) as error:
            raise Unreachable("an answer without a status or an amount") from error

    def _refund_state(self, refund, status):
        return RefundState(status, reference=refund.number)


def _refuse(answer):
    words = f"{answer.get('sub_code', '')} {answer.get('sub_msg', '')}".strip()
    if answer.get("sub_code") in {"ACQ.SYSTEM_ERROR", "aop.ACQ.SYSTEM_ERROR"} or answer.get("code") == "20000":
        raise Unreachable(words)
    raise Refused(words)
