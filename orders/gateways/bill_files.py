"""Opening what a channel sends as a bill: bounded in bytes and in files, decoded, read line by line."""

import csv
import gzip
import io
import zipfile
import zlib

import requests

from orders.gateways.base import Refused, Unreachable

MOST_BYTES = 64 * 1024 * 1024  # unpacked; some 300,000 lines
MOST_FILES = 20
TIMEOUT_SECONDS = 30


def download(address, *, headers=None):
    """The bytes at ``address``, at most ``MOST_BYTES`` of them. Raises ``Unreachable`` and ``Refused``."""
    try:
        with requests.get(
            address, headers=headers, timeout=TIMEOUT_SECONDS, stream=True, allow_redirects=False
        ) as response:
            if response.status_code != 200:
                raise Unreachable(f"bill: HTTP {response.status_code}")
            return _read_up_to(response.raw)
    except requests.RequestException as error:
        raise Unreachable(f"bill: {type(error).__name__}") from error


def unzip(packed):
    """name → bytes of the files in a zip. Raises ``Refused`` for a broken one and for one that would fill the house."""
    files, left = {}, MOST_BYTES
    try:
        with zipfile.ZipFile(io.BytesIO(packed)) as box:
            for entry in box.infolist():
                if len(files) >= MOST_FILES:
                    raise Refused("the bill has too many files")
                with box.open(entry) as stream:
                    # What the zip says about its size is the sender's word: count what really comes out.
                    files[_name_of(entry)] = _read_up_to(stream, left)
                left -= len(files[_name_of(entry)])
    except (zipfile.BadZipFile, zlib.error, OSError, RuntimeError, NotImplementedError) as error:
        raise Refused(f"the bill cannot be unpacked: {type(error).__name__}") from error
    return files


def gunzip(packed):
    """The bytes in a gzip, with the same limits as ``unzip``."""
    try:
        with gzip.open(io.BytesIO(packed)) as stream:
            return _read_up_to(stream)
    except (OSError, EOFError, zlib.error) as error:
        raise Refused(f"the bill cannot be unpacked: {type(error).__name__}") from error


def rows_of(text, *, first_column):
    """Dicts of the table in ``text``, whose head is the line that begins with ``first_column``; it ends at the first line
    of another width. Cells lose the tabs, blanks and back quotes that keep spreadsheets from guessing.
    """
    head = None
    for cells in csv.reader(io.StringIO(text)):
        cells = [cell.strip().lstrip("`").strip() for cell in cells]
        if head is None:
            if cells and cells[0].lstrip("\ufeff") == first_column:
                head = [cells[0].lstrip("\ufeff"), *cells[1:]]
            continue
        if len(cells) < len(head) or cells[0].startswith("#") or cells[0] == "总交易单数":
            return
        yield dict(zip(head, cells, strict=False))
    if head is None:
        raise Refused(f"the bill has no column {first_column}")


def _read_up_to(stream, most=MOST_BYTES):
    data = stream.read(most + 1)
    if len(data) > most:
        raise Refused("the bill is too large")
    return data


def _name_of(entry):
    """Names are GBK in bills from Alipay, which zip reads as cp437 unless told."""
    if entry.flag_bits & 0x800:
        return entry.filename
    try:
        return entry.filename.encode("cp437").decode("gbk")
    except UnicodeError:
        return entry.filename
