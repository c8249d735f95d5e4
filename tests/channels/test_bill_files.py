"""Bills are files from outside: bounded, and refused when they are not what they say."""

import gzip
import io
import zipfile

import pytest

from orders.gateways import alipay_bill, bill_files, unionpay_bill
from orders.gateways.amounts import fen_of, to_yuan
from orders.gateways.base import Refused


def zipped(**files):
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w", zipfile.ZIP_DEFLATED) as out:
        for name, data in files.items():
            out.writestr(name, data)
    return box.getvalue()


def test_a_zip_that_would_fill_the_house_is_refused(monkeypatch):
    monkeypatch.setattr(bill_files, "MOST_BYTES", 10_000)
    with pytest.raises(Refused, match="large"):
        bill_files.unzip(zipped(a="0" * 6_000, b="0" * 6_000))


def test_a_gzip_that_would_fill_the_house_is_refused(monkeypatch):
    monkeypatch.setattr(bill_files, "_read_up_to", lambda stream, most=1_000: _bounded(stream, most))
    with pytest.raises(Refused):
        bill_files.gunzip(gzip.compress(b"0" * 10_000))


def _bounded(stream, most):
    data = stream.read(most + 1)
    if len(data) > most:
        raise Refused("large")
    return data


def test_a_zip_with_a_thousand_files_is_refused():
    with pytest.raises(Refused, match="many"):
        bill_files.unzip(zipped(**{f"f{number}": "x" for number in range(50)}))


@pytest.mark.parametrize("data", [b"", b"no zip at all", zipped(a="x")[:-10]], ids=["empty", "no archive", "cut short"])
def test_a_broken_zip_is_refused(data):
    with pytest.raises(Refused):
        alipay_bill.parse(data)


def test_a_bill_without_its_columns_is_refused():
    with pytest.raises(Refused):
        alipay_bill.parse(zipped(**{"details.csv": "a,b,c\n1,2,3"}))


@pytest.mark.parametrize("data", ["", "====", "aGVsbG8="])
def test_a_broken_unionpay_file_is_refused(data):
    with pytest.raises(Refused):
        unionpay_bill.parse(data)


@pytest.mark.parametrize(
    ("text", "fen"), [("0.00", 0), ("12", 1_200), ("12.5", 1_250), ("-0.16", -16), ("268.00", 26_800)]
)
def test_amounts_are_read_to_the_fen(text, fen):
    assert fen_of(text) == fen


@pytest.mark.parametrize("text", ["", "1.234", "1e5", "NaN", "１", "--1", "1,000.00"])
def test_what_is_no_amount_is_refused(text):
    with pytest.raises(ValueError):
        fen_of(text)


def test_amounts_are_written_with_two_decimals():
    assert to_yuan(123_405) == "1234.05"
