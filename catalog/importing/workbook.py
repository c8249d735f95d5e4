"""A workbook (.xlsx) as records. It is a zip of XML, so it is weighed before anything of it is unpacked."""

import datetime
import warnings
import zipfile
from io import BytesIO
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook

from catalog.importing.reasons import FileRefused, reason

MAGIC = b"PK\x03\x04"
MOST_UNPACKED = 120 * 1024 * 1024
MOST_PARTS = 500
MOST_COLUMNS = 200
# A workbook has no more rows; whatever claims more is none.
LAST_ROW = 1_048_576
DECLARATIONS = [text.encode(code) for text in ("<!DOCTYPE", "<!ENTITY") for code in ("utf-8", "utf-16-le", "utf-16-be")]


def is_workbook(raw):
    return raw[:4] == MAGIC


def records(raw):
    """(row, row, cells as texts, errors) of the first sheet. Raises ``FileRefused``: no workbook, or one that swells."""
    _weigh(raw)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about colours and lists of choices, which nobody asks for
            book = load_workbook(BytesIO(raw), read_only=True, data_only=False, keep_links=False)
            sheet = book.worksheets[0]
            sheet.reset_dimensions()
            yield from _rows(sheet)
    except FileRefused:
        raise
    except (KeyError, ValueError, TypeError, IndexError, AttributeError, OSError, zipfile.BadZipFile, ParseError):
        # What the parser says of a broken file depends on where it is broken.
        raise FileRefused("workbook_broken") from None


def _weigh(raw):
    """Refuse before unpacking: a part never yields more than the size that the zip declares for it."""
    try:
        with zipfile.ZipFile(BytesIO(raw)) as packed:
            parts = packed.infolist()
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
                raise FileRefused("workbook_too_big", limit=MOST_UNPACKED // 1024 // 1024)
            names = {part.filename for part in parts}
            if "[Content_Types].xml" not in names or "xl/workbook.xml" not in names:
                raise FileRefused("zip_is_no_workbook")
            for part in parts:
                body = packed.read(part) if part.filename.endswith((".xml", ".rels")) else b""
                if any(mark in body for mark in DECLARATIONS):
                    raise FileRefused("workbook_broken")
    except (zipfile.BadZipFile, EOFError, OSError, RuntimeError, NotImplementedError, ValueError):
        raise FileRefused("workbook_broken") from None


def _rows(sheet):
    heading = []
    for number, row in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS), 1):
        if number > LAST_ROW:
            raise FileRefused("workbook_broken")
        cells, errors = [], []
        for at, cell in enumerate(row):
            text, wrong = _text(cell)
            cells.append(text)
            if wrong:
                column = heading[at] if at < len(heading) else ""
                errors.append(reason(wrong, line=number, column=column, value=cell.value))
        while cells and not cells[-1]:
            cells.pop()
        heading = heading or cells
        if cells or errors:
            yield number, number, cells, errors


def _text(cell):
    """What a cell says as a text, and the code of what is wrong with it."""
    value = cell.value
    if value is None:
        return "", ""
    if cell.data_type == "f":
        return str(value), "formula_cell"
    if cell.data_type == "e":
        return str(value), "error_cell"
    if isinstance(value, bool):
        return ("true" if value else "false"), ""
    if isinstance(value, float):
        return f"{value:.6f}".rstrip("0").rstrip("."), ""
    if isinstance(value, datetime.datetime | datetime.date | datetime.time):
        return value.isoformat(), ""
    return str(value), ""
