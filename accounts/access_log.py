"""The log of staff reading personal data: masked is the rule, reading in clear leaves a row."""

from django.core.exceptions import PermissionDenied

from accounts.models import AccessLog


def log_reading(reader, *, subject, fields, reason=""):
    """Write that ``reader`` saw ``fields`` (names) of ``subject`` ("order:ZG…") in clear."""
    return AccessLog.objects.create(reader=reader, subject=subject, fields=", ".join(fields), reason=reason)


def reveal(thing, *, by, subject, fields, reason=""):
    """{field: value in clear} of ``thing`` for the staff member ``by``, logged before anything is returned.

    ``fields`` are attribute names. Raises ``PermissionDenied`` for somebody who is not on the staff; whether ``by`` may
    see this row at all is for the caller to decide (its admin's queryset).
    """
    if not (by.is_active and by.is_staff):
        raise PermissionDenied
    log_reading(by, subject=subject, fields=fields, reason=reason)
    return {field: getattr(thing, field) for field in fields}
