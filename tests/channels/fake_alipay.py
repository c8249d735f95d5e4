"""Alipay's gateway as its public documents describe it."""

import base64
import json
import zipfile
from io import BytesIO
from urllib.parse import parse_qsl, urlencode, urlsplit

from cryptography.exceptions import InvalidSignature
from django.utils import timezone

from orders.gateways.alipay import AlipayGateway
from tests.channels.server import FakeCompany, FakeTrade, Raw, private_pem, public_pem, sign, verify

APP, SELLER = "2021000000000001", "2088000000000001"
HEAD = (
    "支付宝交易号,商户订单号,业务类型,商品名称,创建时间,完成时间,门店编号,门店名称,操作员,终端号,对方账户,订单金额（元）,"
    "商家实收（元）,支付宝红包（元）,集分宝（元）,支付宝优惠（元）,商家优惠（元）,券核销金额（元）,券名称,商家红包消费金额（元）,"
    "卡消费金额（元）,退款批次号/请求号,服务费（元）,分润（元）,备注"
)


def yuan(fen):
    return f"{fen / 100:.2f}"


class GbkName(zipfile.ZipInfo):
    """A file whose name is GBK and does not say so, as Alipay packs it."""

    def _encodeFilenameFlags(self):  # noqa: N802
        return self.filename.encode("gbk"), 0


class FakeAlipay(FakeCompany):
    name = "alipay"

    def gateway(self):
        return AlipayGateway(
            {
                "base": f"{self.base}/gateway.do",
                "app_id": APP,
                "seller_id": SELLER,
                "private_key": private_pem("shop"),
                "public_key": public_pem("alipay"),
                "instalments": {3: 230, 6: 450, 12: 750},
            }
        )

    def arrive(self, payment):
        if payment.number not in self.trades:
            facts = self._read(dict(parse_qsl(urlsplit(payment.pay_url).query, keep_blank_values=True)))
            content = json.loads(facts["biz_content"])
            fen = round(float(content["total_amount"]) * 100)
            self.trades[payment.number] = FakeTrade(content["out_trade_no"], fen, facts={**facts, **content})
        return self.trades[payment.number]

    def notice(self, payment, *, key="alipay", at=0, event="n1", **changes):
        trade = changes.pop("trade", None) or self.trades[payment.number]
        now = timezone.localtime() + timezone.timedelta(seconds=at)
        facts = {
            "notify_id": event,
            "notify_type": "trade_status_sync",
            "notify_time": f"{now:%Y-%m-%d %H:%M:%S}",
            "app_id": APP,
            "seller_id": SELLER,
            "charset": "utf-8",
            "version": "1.0",
            "trade_no": trade.reference,
            "out_trade_no": trade.number,
            "trade_status": "TRADE_SUCCESS",
            "total_amount": yuan(trade.amount_fen),
        }
        facts |= self._wrong(changes)
        text = "&".join(f"{name}={facts[name]}" for name in sorted(facts))
        facts |= {"sign_type": "RSA2", "sign": base64.b64encode(sign(key, text.encode())).decode()}
        return Raw(urlencode(facts).encode(), "application/x-www-form-urlencoded")

    def _wrong(self, changes):
        names = {"merchant": "seller_id", "app": "app_id", "amount_fen": "total_amount", "number": "out_trade_no"}
        changed = {names.get(name, name): value for name, value in changes.items()}
        if "amount_fen" in changes:
            changed["total_amount"] = yuan(changes["amount_fen"])
        if changed.pop("closed", False):
            changed["trade_status"] = "TRADE_CLOSED"
        return changed

    def refund_notice(self, refund, event="n-refund"):
        changes = {"out_biz_no": refund.number, "refund_fee": yuan(refund.amount_fen), "gmt_refund": "2026-11-22"}
        return self.notice(refund.payment, event=event, **changes)

    def _read(self, facts):
        signature = base64.b64decode(facts.pop("sign"))
        verify("shop", signature, "&".join(f"{name}={facts[name]}" for name in sorted(facts)).encode())
        assert facts["app_id"] == APP
        return facts

    def answer(self, method, path, headers, body):
        if path.startswith("/bill"):
            return 200, {}, self.bill_file()
        query = dict(parse_qsl(urlsplit(path).query, keep_blank_values=True)) | dict(parse_qsl(body.decode()))
        try:
            facts = self._read(query)
        except InvalidSignature:
            inner = json.dumps({"code": "40002", "sub_code": "isv.invalid-signature", "sub_msg": "bad"})
            return 200, {}, f'{{"error_response":{inner},"sign":"{self._sign(inner)}"}}'.encode()
        content = json.loads(facts["biz_content"])
        inner = json.dumps(self._answer(facts["method"], content), ensure_ascii=False)
        node = facts["method"].replace(".", "_") + "_response"
        return 200, {}, f'{{"{node}":{inner},"sign":"{self._sign(inner)}"}}'.encode()

    def _sign(self, text):
        return base64.b64encode(sign("alipay", text.encode())).decode()

    def _answer(self, method, content):
        good = {"code": "10000", "msg": "Success"}
        if method.endswith("downloadurl.query"):
            return good | {"bill_download_url": f"{self.base}/bill?token=1"}
        by_number = self.trades.get(content.get("out_trade_no"))
        trade = self.trade_of(content["trade_no"]) if "trade_no" in content else by_number
        if trade is None:
            return {"code": "40004", "sub_code": "ACQ.TRADE_NOT_EXIST", "sub_msg": "交易不存在"}
        good |= {"trade_no": trade.reference or "2026112200", "out_trade_no": trade.number}
        if method == "alipay.trade.query":
            status = {"waiting": "WAIT_BUYER_PAY", "paid": "TRADE_SUCCESS", "closed": "TRADE_CLOSED"}[trade.status]
            return good | {"trade_status": status, "total_amount": yuan(trade.amount_fen)}
        if method == "alipay.trade.close":
            if trade.status != "waiting":
                return {"code": "40004", "sub_code": "ACQ.TRADE_STATUS_ERROR", "sub_msg": "交易状态不合法"}
            trade.status = "closed"
            return good
        number = content["out_request_no"]
        if method == "alipay.trade.refund":
            known = number in trade.refunds
            problem = self.book_refund(trade, number, round(float(content["refund_amount"]) * 100))
            if problem:
                return {"code": "40004", "sub_code": "ACQ.REASON_TRADE_REFUND_FEE_ERR", "sub_msg": problem}
            return good | {"fund_change": "N" if known else "Y"}
        if number not in trade.refunds:
            return good
        fen, done = trade.refunds[number]
        return (
            good
            | {"out_request_no": number, "refund_amount": yuan(fen)}
            | ({"refund_status": "REFUND_SUCCESS"} if done else {})
        )

    def bill_file(self):
        rows = ["#支付宝业务明细查询", "#账号：[20880000000000010156]", HEAD]
        for trade in self.trades.values():
            if trade.status == "paid":
                rows.append(self._line(trade, "交易", trade.amount_fen, "", "-0.16"))
                for number, (fen, _done) in trade.refunds.items():
                    rows.append(self._line(trade, "退款", -fen, number, "0.00"))
        rows += ["#-----业务明细列表结束-----", "#交易合计：1笔"]
        box = BytesIO()
        with zipfile.ZipFile(box, "w", zipfile.ZIP_DEFLATED) as out:
            for name, text in (("业务明细.csv", "\r\n".join(rows)), ("业务明细(汇总).csv", "#汇总")):
                out.writestr(GbkName(name), text.encode("gb18030"))
        return box.getvalue()

    def _line(self, trade, kind, fen, request, fee):
        cells = [trade.reference + "\t", trade.number + "\t", kind, "订单", "", "", "", "", "", "", "a***@b.c"]
        cells += [yuan(fen), yuan(fen), *["0.00"] * 5, "", "0.00", "0.00", request + "\t", fee, "0.00", ""]
        return ",".join(cells)
