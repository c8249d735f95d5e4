"""UnionPay's online gateway (B2C, 000201): our own client, since nobody keeps one for Python.

The shopper's browser posts a signed form there. UnionPay closes nothing on request: an order carries the time until
which it may be paid, and money that arrives later than we closed goes back.
"""

import json
from datetime import datetime, timedelta

import requests
from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from orders.gateways import unionpay_bill
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
from orders.gateways.unionpay_signing import Signer, Verifier, read_answer

TIMEOUT_SECONDS = 10
FORMAT = "%Y%m%d%H%M%S"
FILES = "https://filedownload.95516.com"
GOOD = {"00", "A6"}  # A6: good with a restriction that does not concern the amount
PENDING = {"03", "04", "05"}
NOT_KNOWN = "34"
PAY, REFUND = "01", "04"
OLDEST_NOTICE = timedelta(days=2)


class UnionpayGateway(Gateway):
    name = "unionpay"
    title = _("UnionPay")
    text = _("Chinese bank cards and Quick Pass")
    returns_by_post = True
    query_pauses = tuple(timedelta(minutes=minutes) for minutes in (5, 10, 30, 60, 120))
    refund_limits = RefundLimits(days=330, times=50, pause_seconds=3, per_second=10)

    def __init__(self, facts):
        self.merchant, self.base = facts["merchant"], facts["base"]
        self.files = FILES if facts["real"] else facts["base"]
        self.instalments = facts["instalments"]
        self.signer = Signer(facts["key"], facts["key_password"])
        self.verifier = Verifier(facts["roots"], facts["signer"])

    def create(self, payment, *, return_url, subject, visit):
        more = {}
        if visit.instalments:
            more["instalTransInfo"] = f"{{numberOfInstallments={visit.instalments:02d}}}"
        fields = self._fields(
            PAY,
            "03" if visit.instalments else "01",
            orderId=payment.number,
            txnTime=_time(payment.created_at),
            txnAmt=str(payment.amount_fen),
            currencyCode="156",
            channelType="08" if visit.phone else "07",
            frontUrl=return_url,
            backUrl=self._back_url(),
            payTimeout=_time(payment.expires_at),
            **more,
        )
        return Opening(url=f"{self.base}/gateway/api/frontTransReq.do", fields=fields)

    def query(self, payment):
        answer = self._query(payment.number, payment.created_at)
        if answer["respCode"] == NOT_KNOWN:
            return Trade(TradeStatus.UNKNOWN)
        if answer["respCode"] != "00":
            raise Unreachable(answer["respCode"])
        return self._trade(answer, answer.get("origRespCode", ""))

    def close(self, payment):
        trade = self.query(payment)
        late = payment.expires_at <= timezone.now()
        return Trade(TradeStatus.CLOSED) if late and trade.status == TradeStatus.UNKNOWN else trade

    def refund(self, refund):
        answer = self._post(
            "backTransReq.do",
            REFUND,
            "00",
            orderId=refund.number,
            txnTime=_time(refund.sent_at),
            txnAmt=str(refund.amount_fen),
            origQryId=refund.payment.gateway_reference,
            channelType="07",
            backUrl=self._back_url(),
            reqReserved=refund.payment.number,
        )
        code = answer["respCode"]
        if code in {"00", *PENDING}:
            return RefundState(RefundStatus.PROCESSING, reference=answer.get("queryId", ""))
        raise Refused(f"{code} {answer.get('respMsg', '')}")

    def query_refund(self, refund):
        answer = self._query(refund.number, refund.sent_at)
        if answer["respCode"] == NOT_KNOWN:
            return RefundState(RefundStatus.UNKNOWN)
        if answer["respCode"] != "00":
            raise Unreachable(answer["respCode"])
        code, reference = answer.get("origRespCode", ""), answer.get("queryId", "")
        if code in GOOD:
            return RefundState(RefundStatus.SUCCEEDED, reference=reference)
        if code in PENDING:
            return RefundState(RefundStatus.PROCESSING, reference=reference)
        return RefundState(RefundStatus.FAILED, reference=reference, reason=f"{code} {answer.get('origRespMsg', '')}")

    def bill(self, day):
        facts = {"fileType": "00", "settleDate": f"{day:%m%d}", "txnTime": _time(timezone.now())}
        answer = self._post("", "76", "01", base=self.files, **facts)
        if answer["respCode"] != "00":
            raise Unreachable(f"bill: {answer['respCode']}")
        return unionpay_bill.parse(answer.get("fileContent", ""))

    def parse_notice(self, request):
        facts = request.POST.dict()
        if not self.verifier.is_genuine(facts) or facts.get("merId") != self.merchant:
            raise BadSignature
        try:
            return self._notice(facts)
        except (KeyError, ValueError, Unreachable) as error:
            raise BadSignature from error

    def answer(self, ok):
        return HttpResponse("ok" if ok else "fail", status=200 if ok else 400, content_type="text/plain")

    def _notice(self, facts):
        sent = timezone.make_aware(datetime.strptime(facts["txnTime"], FORMAT))  # noqa: DTZ007 (Beijing time)
        if abs(timezone.now() - sent) > OLDEST_NOTICE and facts["txnType"] == PAY:
            raise BadSignature
        refund = facts["txnType"] == REFUND
        passing = {"signature", "signPubKeyCert", "certId"}
        meaning = {name: value for name, value in sorted(facts.items()) if name not in passing}
        return Notice(
            event_id=f"{facts['queryId']}/{facts['txnType']}/{facts['respCode']}"[:80],
            kind=NoticeKind.REFUNDED if refund else NoticeKind.PAID,
            payment_number=facts.get("reqReserved", "") if refund else facts["orderId"],
            trade=Trade(TradeStatus.WAITING) if refund else self._trade(facts, facts["respCode"]),
            refund_number=facts["orderId"] if refund else "",
            meaning=json.dumps(meaning).encode(),
        )

    def _trade(self, facts, code):
        # Whatever is neither good nor pending has failed; the shopper may still try another card until the time is over.
        try:
            return Trade(
                status=TradeStatus.PAID if code in GOOD else TradeStatus.WAITING,
                amount_fen=int(facts.get("txnAmt") or 0),
                reference=facts.get("queryId", ""),
                merchant=facts.get("merId", ""),
                currency="CNY" if facts.get("currencyCode", "156") == "156" else facts["currencyCode"],
            )
        except ValueError as error:
            raise Unreachable("an answer without an amount") from error

    def _fields(self, kind, subkind, **facts):
        return self.signer.sign(
            {
                "version": "5.1.0",
                "encoding": "UTF-8",
                "signMethod": "01",
                "txnType": kind,
                "txnSubType": subkind,
                "bizType": "000000" if kind == "76" else "000201",
                "accessType": "0",
                "merId": self.merchant,
                **facts,
            }
        )

    def _query(self, number, at):
        return self._post("queryTrans.do", "00", "00", orderId=number, txnTime=_time(at))

    def _post(self, path, kind, subkind, *, base="", **facts):
        """The fields of an answer that UnionPay signed. Raises ``Unreachable``."""
        address = f"{base}/" if base else f"{self.base}/gateway/api/{path}"
        try:
            response = requests.post(
                address, data=self._fields(kind, subkind, **facts), timeout=TIMEOUT_SECONDS, allow_redirects=False
            )
            response.encoding = "utf-8"
            answer = read_answer(response.text)
        except requests.RequestException as error:
            raise Unreachable(type(error).__name__) from error
        if response.status_code != 200 or not self.verifier.is_genuine(answer) or "respCode" not in answer:
            raise Unreachable(f"HTTP {response.status_code}")
        return answer

    def _back_url(self):
        return settings.CALLBACK_URL + reverse("notify_gateway", args=[self.name])


def _time(at):
    return timezone.localtime(at).strftime(FORMAT)
