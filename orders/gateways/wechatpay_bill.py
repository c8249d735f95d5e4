"""WeChat's daily bill: a gzip of one UTF-8 table in which a line is a payment or a refund."""

import hashlib
import hmac

from orders.gateways import bill_files
from orders.gateways.amounts import fen_of
from orders.gateways.base import BillRow, Refused

PAID, REFUNDED = "SUCCESS", "REFUND"


def parse(packed, told):
    """The ``BillRow`` of each line. ``told`` holds the SHA-1 that WeChat signed for the bytes, packed or unpacked."""
    plain = bill_files.gunzip(packed)
    digests = [hashlib.sha1(data, usedforsecurity=False).hexdigest() for data in (plain, packed)]
    if not any(hmac.compare_digest(digest, str(told.get("hash_value", "")).lower()) for digest in digests):
        raise Refused("the bill is not the one that WeChat signed for")
    try:
        lines = bill_files.rows_of(plain.decode("utf-8-sig"), first_column="交易时间")
        return [_row(line) for line in lines if line["交易状态"] in {PAID, REFUNDED}]
    except (KeyError, ValueError) as error:
        raise Refused(f"the bill cannot be read: {type(error).__name__}") from error


def _row(line):
    refund = line["交易状态"] == REFUNDED
    return BillRow(
        number=line["商户退款单号"] if refund else line["商户订单号"],
        is_refund=refund,
        reference=line["微信退款单号"] if refund else line["微信订单号"],
        amount_fen=fen_of(line["退款金额"] if refund else line["订单金额"]),
        fee_fen=fen_of(line["手续费"].rstrip("0").rstrip(".") or "0"),
    )
