from unittest import mock

from django.db import OperationalError


def test_healthz_asks_nothing(client, django_assert_num_queries, db):
    with django_assert_num_queries(0):
        answer = client.get("/healthz", headers={"host": "anything"})
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


def test_readyz_reports_database_migrations_and_cache(client, db):
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json() == {"status": "ok", "database": "ok", "migrations": "ok", "cache": "ok"}


def test_readyz_is_503_without_a_database(client, db):
    with mock.patch("config.health.connection.cursor", side_effect=OperationalError):
        answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["database"] == "unreachable"


def test_a_silent_cache_is_reported_and_not_required(client, db):
    with mock.patch("config.health.cache.set", side_effect=ConnectionError):
        answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json()["cache"] == "unreachable (ConnectionError)"
