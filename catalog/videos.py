"""Short videos that merchants and staff upload: known by their first bytes, kept under a name of our own.

They are not re-encoded: a browser plays MP4 and WebM as they are. What is neither is refused, whatever it is called.
"""

from urllib.parse import urlsplit
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

MOST_BYTES = 50 * 1024 * 1024
HEAD = 64
# Brands of ISO media files that browsers play; a QuickTime or HEIF file begins alike and is something else.
MP4_BRANDS = {b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V ", b"dash"}


def kind_of(head):
    """ "mp4" or "webm" by the first bytes of a file; "" for anything else."""
    if head[4:8] == b"ftyp" and head[8:12] in MP4_BRANDS:
        return "mp4"
    if head[:4] == b"\x1a\x45\xdf\xa3" and b"webm" in head:
        return "webm"
    return ""


def accept(file, *, most_bytes=MOST_BYTES):
    """``file`` with a safe name. Raises ValidationError unless it is a video that browsers play, of at most that size."""
    if file.size > most_bytes:
        facts = {"name": file.name, "most": most_bytes // (1024 * 1024)}
        raise ValidationError(_("“%(name)s” is larger than %(most)s MB."), params=facts)
    head = file.read(HEAD)
    file.seek(0)
    kind = kind_of(head)
    if not kind:
        raise ValidationError(_("“%(name)s” is not an MP4 or WebM video."), params={"name": file.name})
    file.name = f"{uuid4().hex}.{kind}"
    return file


def refuse_unsafe_address(address):
    """Raise ValidationError unless ``address`` is a plain https page that a shopper may be sent to."""
    parts = urlsplit(address)
    if parts.scheme != "https" or not parts.hostname or "." not in parts.hostname or parts.username or parts.password:
        raise ValidationError(_("Write the https address of the page that shows the video."))
