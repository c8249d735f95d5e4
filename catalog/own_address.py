"""Addresses that staff type to lead somewhere: only pages of this shop, never another site."""

from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.urls import Resolver404, resolve
from django.utils.translation import gettext_lazy as _

NOT_FOR_SHOPPERS = ("/admin/", "/notify/", "/sandbox/", "/media/")


def is_own_address(text):
    """Whether ``text`` is a path of this shop as a browser reads it: "/c/teaware/?sort=new", not "//evil.example"."""
    if not text.startswith("/") or text.startswith("//") or "\\" in text:
        return False
    if any(character.isspace() or ord(character) < 32 or ord(character) == 127 for character in text):
        return False
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return not parts.scheme and not parts.netloc


def refuse_foreign_address(text):
    """Raise ValidationError unless ``text`` leads to a page of this shop."""
    if not is_own_address(text) or text.startswith(NOT_FOR_SHOPPERS):
        raise ValidationError(_("Write an address of this shop, beginning with one slash, such as /c/teaware/."))
    try:
        resolve(urlsplit(text).path)
    except Resolver404:
        raise ValidationError(_("This shop has no page at this address.")) from None
