"""The log of staff reading personal data."""

from accounts.models import AccessLog


def log_reading(reader, *, subject, fields, reason=""):
    """Write that ``reader`` saw ``fields`` (names) of ``subject`` ("order:ZG…") in clear."""
    return AccessLog.objects.create(reader=reader, subject=subject, fields=", ".join(fields), reason=reason)
