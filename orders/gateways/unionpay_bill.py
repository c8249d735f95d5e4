"""UnionPay's daily file: base64 of a zlib stream of a zip; in it a table of fixed widths ("…ZM_…"), one blank apart."""

import base64
import binascii
import zlib

from orders.gateways import bill_files
from orders.gateways.base import BillRow, Refused

WIDTHS = (3, 11, 11, 6, 10, 19, 12, 4, 2, 21, 2, 32, 2, 6, 10, 13)
CODE, AMOUNT, QUERY_ID, ORDER, FEE = 0, 6, 9, 11, 15
PAID, REFUNDED = {"S20", "S22"}, {"S30", "S38"}


def parse(content):
    """The ``BillRow`` of each payment and refund. Raises ``Refused`` for a file that is none."""
    try:
        packed = _inflate(base64.b64decode(content, validate=True))
        tables = [data for name, data in bill_files.unzip(packed).items() if "ZM_" in name]
        lines = [line for data in tables for line in data.decode("gb18030").splitlines() if line.strip()]
        return [row for row in map(_row, lines) if row]
    except (binascii.Error, ValueError, IndexError) as error:
        raise Refused(f"the bill cannot be read: {type(error).__name__}") from error


def _inflate(data):
    stream = zlib.decompressobj()
    try:
        plain = stream.decompress(data, bill_files.MOST_BYTES)
    except zlib.error as error:
        raise Refused("the bill cannot be unpacked") from error
    if stream.unconsumed_tail:
        raise Refused("the bill is too large")
    return plain


def _row(line):
    cells, at = [], 0
    for width in WIDTHS:
        cells.append(line[at : at + width].strip())
        at += width + 1
    if cells[CODE] not in PAID | REFUNDED:
        return None
    return BillRow(
        number=cells[ORDER],
        is_refund=cells[CODE] in REFUNDED,
        reference=cells[QUERY_ID],
        amount_fen=int(cells[AMOUNT]),
        # "D000000000100": D is what we pay, C what we get back.
        fee_fen=int(cells[FEE][1:] or 0) * (-1 if cells[FEE].startswith("C") else 1),
    )
