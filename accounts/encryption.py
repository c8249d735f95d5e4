"""Personal data at rest: AES-256-GCM with key ids, and a blind index for equality look-ups.

A stored value reads ``v1.<kid>.<base64(nonce ‖ ciphertext ‖ tag)>``; the model and field name are authenticated with it,
so a value cannot be moved to another column. Keys come from ``settings.PII_KEYS``; the first encrypts, all decrypt.
"""

import base64
import hashlib
import hmac
import os
from functools import lru_cache

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import FieldError, ImproperlyConfigured
from django.db import models

NONCE_BYTES = 12


class EncryptedTextField(models.TextField):
    """Text that is encrypted in the database. NULL stays NULL, an empty text stays an encrypted empty text.

    Raises ``cryptography.exceptions.InvalidTag`` when a stored value was changed. Only ``isnull`` look-ups work.
    """

    def get_prep_value(self, value):
        value = super().get_prep_value(value)
        return None if value is None else encrypt(value, context=self._context())

    def from_db_value(self, value, expression, connection):
        return None if value is None else decrypt(value, context=self._context())

    def get_lookup(self, name):
        if name != "isnull":
            raise FieldError(f"{self.name} is encrypted: look it up by its blind index.")
        return super().get_lookup(name)

    def _context(self):
        return f"{self.model._meta.label}.{self.attname}"


def encrypt(text, *, context):
    """The stored form of ``text``; ``context`` names where it is stored."""
    kid, key = next(iter(_keys().items()))
    nonce = os.urandom(NONCE_BYTES)
    sealed = AESGCM(key).encrypt(nonce, text.encode(), context.encode())
    return f"v1.{kid}.{base64.b64encode(nonce + sealed).decode()}"


def decrypt(stored, *, context):
    """The text behind a stored value."""
    _version, kid, body = stored.split(".", 2)
    raw = base64.b64decode(body)
    return AESGCM(_keys()[kid]).decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], context.encode()).decode()


def blind_index(value, *, field):
    """A keyed digest (64 hex digits) of a normalised value: equal values have equal digests, nothing else shows."""
    message = f"{field}:{value}".encode()
    return hmac.new(settings.PII_INDEX_KEY.encode(), message, hashlib.sha256).hexdigest()


def _keys():
    return _parse_keys(settings.PII_KEYS)


@lru_cache(maxsize=4)
def _parse_keys(text):
    keys = {}
    for part in text.split(","):
        kid, _colon, encoded = part.strip().partition(":")
        key = base64.b64decode(encoded)
        if len(key) != 32:
            raise ImproperlyConfigured(f"PII_KEYS: key {kid!r} has {len(key)} bytes, not 32.")
        keys[kid] = key
    return keys
