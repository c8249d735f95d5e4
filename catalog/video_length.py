"""How long a video plays, read from its own headers: MP4 (``mvhd``) and WebM (``Duration``). Nothing is decoded."""

import struct

# A header lies at the beginning or, in an MP4 that was not made for the web, at the end: boxes between are skipped.
MOST_BOXES = 200
EBML_HEAD = 65_536
SEGMENT, INFO, SCALE, DURATION = 0x18538067, 0x1549A966, 0x2AD7B1, 0x4489
MASTERS = {SEGMENT, INFO}


def seconds_of(file, kind):
    """Seconds of the open ``file`` of that kind ("mp4", "webm"), as a float, or None when its headers do not say."""
    file.seek(0)
    try:
        return _mp4(file, file.size) if kind == "mp4" else _webm(file.read(EBML_HEAD))
    except (struct.error, IndexError, ZeroDivisionError):
        return None
    finally:
        file.seek(0)


def _mp4(file, end):
    begin = 0
    for _n in range(MOST_BOXES):
        if begin + 8 > end:
            return None
        file.seek(begin)
        size, name = struct.unpack(">I4s", file.read(8))
        head = 8
        if size == 1:
            size, head = struct.unpack(">Q", file.read(8))[0], 16
        elif size == 0:
            size = end - begin
        if size < head:
            return None
        if name == b"mvhd":
            return _movie_header(file.read(32))
        # The movie's header lies within "moov"; every other box is passed over.
        begin += head if name == b"moov" else size
    return None


def _movie_header(body):
    if body[0] == 1:
        scale, length = struct.unpack(">IQ", body[20:32])
    else:
        scale, length = struct.unpack(">II", body[12:20])
    return length / scale


def _webm(body):
    at, scale, length = 0, 1_000_000, None
    while at < len(body) and length is None:
        element, at = _number(body, at, keep_marker=True)
        size, at = _number(body, at)
        if element in MASTERS:
            continue
        if element == SCALE:
            scale = int.from_bytes(body[at : at + size])
        elif element == DURATION:
            length = struct.unpack(">f" if size == 4 else ">d", body[at : at + size])[0]
        at += size
    return None if length is None else length * scale / 1e9


def _number(body, at, *, keep_marker=False):
    """A number of EBML's varying length, and where it ends."""
    first = body[at]
    length = 9 - first.bit_length()
    value = int.from_bytes(body[at : at + length])
    return value if keep_marker else value & ~(1 << (7 * length)), at + length
