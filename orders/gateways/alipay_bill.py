"""Alipay's daily bill: a zip of GBK tables, one of single entries and one of sums; we read the entries."""

from orders.gateways import bill_files
from orders.gateways.amounts import fen_of
from orders.gateways.base import BillRow, Refused

PAID, REFUNDED = "交易", "退款"


def fetch(address):
    """The ``BillRow`` of each entry behind the short-lived ``address``."""
    return parse(bill_files.download(address))


def parse(packed):
    """The ``BillRow`` of each entry in the zip. Raises ``Refused`` for a file that is no bill."""
    details = [data for name, data in bill_files.unzip(packed).items() if "汇总" not in name and name.endswith(".csv")]
    if not details:
        raise Refused("the bill has no entries file")
    try:
        return [
            _row(entry)
            for data in details
            for entry in bill_files.rows_of(data.decode("gb18030"), first_column="支付宝交易号")
            if entry["业务类型"] in {PAID, REFUNDED}
        ]
    except (KeyError, ValueError) as error:
        raise Refused(f"the bill cannot be read: {type(error).__name__}") from error


def _row(entry):
    refund = entry["业务类型"] == REFUNDED
    return BillRow(
        number=entry["退款批次号/请求号"] if refund else entry["商户订单号"],
        is_refund=refund,
        reference=entry["支付宝交易号"],
        amount_fen=abs(fen_of(entry["订单金额（元）"])),
        # Charges are below nothing in this bill.
        fee_fen=-fen_of(entry["服务费（元）"]),
    )
