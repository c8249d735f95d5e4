"""The address book: at most twenty, exactly one of them the default."""

from django.db import transaction

from accounts.models import Address, User
from accounts.pasted_address import Pasted, parse
from accounts.prepared import SOME, Prepared

__all__ = ["MOST", "Pasted", "TooManyAddresses", "book_of", "delete", "make_default", "parse", "save"]

MOST = 20


class TooManyAddresses(Exception):
    """The address book is full."""


def book_of(user):
    """The addresses of ``user``, the default first, then the one changed last. One query."""
    return _book_of(user_id=user.pk)


_book_of = Prepared(lambda user_id: Address.objects.filter(user_id=user_id), user_id=SOME)


@transaction.atomic
def save(user, *, fields, address=None, default=False):
    """Store ``fields`` (model fields) as a new address of ``user``, or in ``address``; returns it.

    The first address is the default whatever is asked; the default one stays the default until another takes over.
    Raises ``TooManyAddresses``.
    """
    _lock(user)
    others = user.addresses.exclude(pk=address.pk if address else None)
    if address is None and others.count() >= MOST:
        raise TooManyAddresses(user.pk)
    address = address or Address(user=user)
    for name, value in fields.items():
        setattr(address, name, value)
    if default or not others.filter(is_default=True).exists():
        others.filter(is_default=True).update(is_default=False)
        address.is_default = True
    address.save()
    return address


@transaction.atomic
def make_default(address):
    """``address`` is what checkout offers first; the one before steps back. A repeated call changes nothing."""
    _lock(address.user)
    Address.objects.filter(user=address.user_id, is_default=True).exclude(pk=address.pk).update(is_default=False)
    Address.objects.filter(pk=address.pk).update(is_default=True)
    address.is_default = True


@transaction.atomic
def delete(address):
    """Remove ``address``; when it was the default, the one changed last takes over. Orders keep their own copy."""
    _lock(address.user)
    address.delete()
    left = Address.objects.filter(user=address.user_id)
    if not left.filter(is_default=True).exists():
        heir = left.order_by("-updated_at").values("pk")[:1]
        Address.objects.filter(pk__in=heir).update(is_default=True)


def _lock(user):
    """Two windows of one person change the book one after the other."""
    User.objects.select_for_update().only("pk").get(pk=user.pk)
