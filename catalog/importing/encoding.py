"""What encoding a catalogue file is in: what spreadsheets in China write, the unmistakable first."""

import codecs

from catalog.importing.reasons import FileRefused

MARKS = [
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
]


def decode(raw):
    """Text of a file in UTF-8, UTF-16 (with or without mark) or GB18030 (which holds GBK and GB2312).

    Raises ``FileRefused`` when it is empty, an old workbook, or none of these encodings.
    """
    if not raw.strip():
        raise FileRefused("file_empty")
    if raw[:4] == b"\xd0\xcf\x11\xe0":
        raise FileRefused("file_is_workbook")
    for mark, encoding in MARKS:
        if raw.startswith(mark):
            return _decode(raw[len(mark) :], encoding)
    guessed = _utf16_without_mark(raw)
    if guessed:
        return _decode(raw, guessed)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return _decode(raw, "gb18030")


def _decode(raw, encoding):
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise FileRefused("file_encoding", line=line) from None


def _utf16_without_mark(raw):
    """A header of Latin letters in UTF-16 is half NULs: on which side tells the byte order."""
    head = raw[:200]
    if head[1::2].count(0) > len(head) // 4:
        return "utf-16-le"
    if head[0::2].count(0) > len(head) // 4:
        return "utf-16-be"
    return None
