"""The cast of every test, and the database they play on."""

import os

import pytest
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.db import connection

from accounts import memo
from accounts.models import Merchant, MerchantStaff, User
from accounts.roles import MANAGER, MERCHANT, OPERATOR
from config import embedded

_server = None


def pytest_configure(config):
    # Workers of xdist share the server of the main process.
    global _server
    if not os.environ.get("PYTEST_XDIST_WORKER"):
        _server = embedded.server()
        _server.__enter__()


def pytest_unconfigure(config):
    if _server is not None:
        _server.__exit__(None, None, None)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    # Tests that commit empty their tables by TRUNCATE, which ledgers refuse; UPDATE and DELETE stay refused.
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'append_only_truncate'")
        for (table,) in cursor.fetchall():
            cursor.execute(f"DROP TRIGGER append_only_truncate ON {table}")


@pytest.fixture(autouse=True)
def empty_cache():
    cache.clear()
    memo.forget_all()


def _person(name, **fields):
    return User.objects.create_user(
        email=f"{name}@example.com", display_name=name.title(), password="secret-42-x", **fields
    )


def _staff(name, role):
    user = _person(name, is_staff=True)
    user.groups.add(Group.objects.get_or_create(name=role)[0])
    return user


@pytest.fixture
def alice(db):
    """A shopper."""
    return _person("alice", phone="13800000001")


@pytest.fixture
def bob(db):
    """Another shopper."""
    return _person("bob")


@pytest.fixture
def mallory(db):
    """A stranger who tries other people's things."""
    return _person("mallory")


@pytest.fixture
def yuji(db):
    """A merchant."""
    return Merchant.objects.create(slug="yuji", name="屿集自营", name_en="Yuji", self_operated=True)


@pytest.fixture
def songyan(db):
    """Another merchant."""
    return Merchant.objects.create(slug="songyan", name="松烟香房", name_en="Songyan")


@pytest.fixture
def yuji_staff(yuji):
    """Works for 屿集."""
    user = _staff("merchant", MERCHANT)
    MerchantStaff.objects.create(merchant=yuji, user=user)
    return user


@pytest.fixture
def operator(db):
    """Ships, refunds, handles returns for everybody."""
    return _staff("operator", OPERATOR)


@pytest.fixture
def manager(db):
    """May do everything an operator may, approve, and read logs."""
    return _staff("manager", MANAGER)
