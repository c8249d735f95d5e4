import base64

import pytest
from cryptography.exceptions import InvalidTag
from django.core.exceptions import FieldError
from django.db import connection

from accounts.encryption import blind_index, decrypt, encrypt
from accounts.models import User


def stored_phone(user):
    with connection.cursor() as cursor:
        cursor.execute("SELECT phone FROM accounts_user WHERE id = %s", [user.pk])
        return cursor.fetchone()[0]


def test_a_phone_is_unreadable_in_the_database_and_readable_in_the_model(alice):
    assert "13800000001" not in stored_phone(alice)
    assert stored_phone(alice).startswith("v1.demo.")
    assert User.objects.get(pk=alice.pk).phone == "+8613800000001"


def test_the_same_text_never_looks_the_same():
    assert encrypt("x", context="a") != encrypt("x", context="a")


def test_a_value_moved_to_another_column_is_refused():
    with pytest.raises(InvalidTag):
        decrypt(encrypt("secret", context="accounts.User.phone"), context="accounts.Address.phone")


def test_a_changed_value_is_refused():
    version, kid, body = encrypt("secret", context="a").split(".", 2)
    raw = bytearray(base64.b64decode(body))
    raw[-1] ^= 1
    with pytest.raises(InvalidTag):
        decrypt(f"{version}.{kid}.{base64.b64encode(bytes(raw)).decode()}", context="a")


def test_an_old_key_still_reads_after_a_rotation(settings):
    old = settings.PII_KEYS
    value = encrypt("secret", context="a")
    settings.PII_KEYS = "new:" + base64.b64encode(b"n" * 32).decode() + "," + old
    assert decrypt(value, context="a") == "secret"
    assert encrypt("secret", context="a").startswith("v1.new.")


def test_empty_is_not_null(bob):
    assert bob.phone is None
    assert stored_phone(bob) is None
    User.objects.filter(pk=bob.pk).update(phone="")
    assert User.objects.get(pk=bob.pk).phone == ""


def test_looking_up_an_encrypted_field_is_an_error():
    with pytest.raises(FieldError, match="blind index"):
        User.objects.filter(phone="+8613800000001").exists()


def test_a_person_is_found_by_phone_in_any_spelling(alice):
    assert list(User.objects.by_phone("138 0000 0001")) == [alice]
    assert list(User.objects.by_phone("+86 １３８-００００-０００１")) == [alice]
    assert list(User.objects.by_phone("138 0000 0002")) == []


def test_blind_indexes_depend_on_field_and_key(settings):
    first = blind_index("x", field="a")
    assert first != blind_index("x", field="b")
    settings.PII_INDEX_KEY = "other"
    assert first != blind_index("x", field="a")
