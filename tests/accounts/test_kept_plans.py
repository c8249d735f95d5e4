"""Questions are planned once in a connection, and nobody who asks one notices when a plan is lost."""

import gc
import select
import threading
from importlib import import_module

import psycopg
import pytest
from django.conf import settings
from django.db import DataError, close_old_connections, connection, transaction
from django.db.transaction import TransactionManagementError

from accounts.models import User
from accounts.postgresql.base import DatabaseWrapper
from accounts.prepared import SOME, Prepared, PreparedUnderLock, Question

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def drawer():
    """A table that may be altered, with one row; and a question about it."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE drawer (id bigint PRIMARY KEY, label varchar(10))")
        cursor.execute("INSERT INTO drawer VALUES (1, 'spoons'), (5000000000, 'forks')")
    yield Question("SELECT label FROM drawer WHERE id = %(pk)s")
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE drawer")


@pytest.fixture
def elsewhere():
    """Another process, which changes tables while this one lives."""
    with psycopg.connect(**connection.get_connection_params(), autocommit=True) as other:
        yield other


def plans(text):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT generic_plans + custom_plans FROM pg_prepared_statements WHERE strpos(statement, %s) > 0", [text]
        )
        return [times for (times,) in cursor.fetchall()]


def test_a_question_is_planned_once_whatever_the_size_of_its_numbers(drawer):
    assert [drawer(pk=pk) for pk in (1, 5_000_000_000, 70_000, 1)] == [[("spoons",)], [("forks",)], [], [("spoons",)]]
    assert plans("FROM drawer") == [4]


def test_every_question_counts_as_a_statement(drawer, django_assert_num_queries):
    drawer(pk=1)
    with django_assert_num_queries(2) as seen:
        drawer(pk=1)
        drawer(pk=2)
    assert "FROM drawer" in seen.captured_queries[0]["sql"]


def test_a_table_altered_by_a_migration_is_read_with_its_new_type(drawer, elsewhere, django_assert_num_queries):
    assert drawer(pk=1) == [("spoons",)]
    elsewhere.execute("ALTER TABLE drawer ALTER COLUMN label TYPE text")
    with django_assert_num_queries(1):
        assert drawer(pk=1) == [("spoons",)]
    assert drawer(pk=1) == [("spoons",)]
    assert plans("FROM drawer") == [1]


def test_columns_may_come_and_go_and_the_table_may_be_made_anew(drawer, elsewhere):
    drawer(pk=1)
    elsewhere.execute("ALTER TABLE drawer ADD COLUMN depth int")
    assert drawer(pk=1) == [("spoons",)]
    elsewhere.execute("ALTER TABLE drawer RENAME TO old")
    elsewhere.execute("CREATE TABLE drawer AS SELECT id, label::text || '!' AS label FROM old")
    elsewhere.execute("DROP TABLE old")
    assert drawer(pk=1) == [("spoons!",)]


def test_a_transaction_keeps_no_plans_and_so_loses_none(drawer, elsewhere):
    with transaction.atomic():
        assert drawer(pk=1) == [("spoons",)]
    assert plans("FROM drawer") == []
    drawer(pk=1)
    elsewhere.execute("ALTER TABLE drawer ALTER COLUMN label TYPE text")
    with transaction.atomic():
        assert drawer(pk=1) == [("spoons",)]


def test_after_a_rollback_everything_can_be_asked_again(drawer):
    drawer(pk=1)
    with pytest.raises(DataError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT 1 / 0")
    assert drawer(pk=1) == [("spoons",)]
    with transaction.atomic():
        transaction.set_rollback(True)
        with pytest.raises(TransactionManagementError):
            drawer(pk=1)
    assert drawer(pk=1) == [("spoons",)]


def test_a_pooler_that_gives_another_server_process_costs_a_trip_and_no_page(drawer):
    drawer(pk=1)
    connection.connection.pgconn.exec_(b"DEALLOCATE ALL")  # this one does not know what was prepared
    assert drawer(pk=1) == [("spoons",)]
    [name] = list(connection.connection._prepared._names.values()) or [None]
    assert name is None
    drawer(pk=1)
    [name] = connection.connection._prepared._names.values()
    connection.connection._prepared._names.clear()  # and that one knows it from somebody else
    assert drawer(pk=1) == [("spoons",)]


def test_names_differ_by_what_is_asked_so_that_no_plan_answers_another_question(drawer):
    drawer(pk=1)
    Question("SELECT id FROM drawer WHERE id = %(pk)s")(pk=1)
    Question("SELECT id FROM drawer WHERE label = %(label)s")(label="forks")
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM pg_prepared_statements")
        names = {name for (name,) in cursor.fetchall()}
    assert len(names) == 3
    assert all(name.startswith("zg_") and len(name) == 27 for name in names)


def test_an_error_of_the_question_itself_is_told(drawer):
    wrong = Question("SELECT 1 / %(n)s::bigint")
    for _time in range(2):
        with pytest.raises(DataError):
            wrong(n=0)
    assert wrong(n=1) == [(1,)]


def test_without_prepared_statements_the_same_is_answered(drawer):
    connection.connection.prepare_threshold = None
    try:
        assert [drawer(pk=1), drawer(pk=2)] == [[("spoons",)], []]
        assert plans("FROM drawer") == []
    finally:
        connection.connection.prepare_threshold = 0


def test_threads_share_a_question_and_have_plans_of_their_own(alice):
    by_key, found = Prepared(lambda pk: User.objects.filter(pk=pk), pk=SOME), []

    def ask():
        found.extend(by_key(pk=alice.pk))
        connection.close()

    threads = [threading.Thread(target=ask) for _each in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [alice] * 4


def test_a_question_under_a_lock_is_asked_inside_a_transaction_and_takes_no_plan(alice):
    held = PreparedUnderLock(lambda pk: User.objects.select_for_update().filter(pk=pk), pk=SOME)
    with transaction.atomic():
        assert held(pk=alice.pk) == [alice]
    with pytest.raises(TransactionManagementError):
        held(pk=alice.pk)
    assert plans("FOR UPDATE") == []


def test_values_are_those_that_the_question_names(drawer):
    for values in ({}, {"id": 1}, {"pk": 1, "id": 1}):
        with pytest.raises(TypeError, match="wanted"):
            drawer(**values)
    assert Question("SELECT '%%' || %(word)s::text || %(word)s::text")(word="a") == [("%aa",)]


def test_there_are_fewer_questions_than_a_connection_keeps(drawer):
    import_module(settings.ROOT_URLCONF)
    found = [one for one in gc.get_objects() if type(one) in (Prepared, Question)]
    # A ``Prepared`` that was asked before has made its ``Question``: both are one plan.
    made = {id(one.made[1]) for one in found if type(one) is Prepared and one.made}
    questions = [one for one in found if id(one) not in made]
    assert 20 < len(questions) < connection.connection.prepared_max * 0.7


@pytest.fixture
def asked_for_health(monkeypatch):
    """How often the connection was asked whether it lives."""
    asked, is_usable = [], DatabaseWrapper.is_usable
    monkeypatch.setattr(DatabaseWrapper, "is_usable", lambda self: asked.append(1) or is_usable(self))
    return asked


def process():
    return connection.connection.info.backend_pid


def test_a_connection_that_the_server_closed_is_replaced_before_anybody_notices(drawer, elsewhere, asked_for_health):
    drawer(pk=1)
    before = process()
    elsewhere.execute("SELECT pg_terminate_backend(%s, 10000)", [before])
    close_old_connections()  # as at the beginning of a request
    assert drawer(pk=1) == [("spoons",)]
    assert (process() != before, asked_for_health) == (True, [1])
    before = process()
    elsewhere.execute("SELECT pg_terminate_backend(%s, 10000)", [before])
    close_old_connections()
    assert User.objects.count() == 0
    assert (process() != before, asked_for_health) == (True, [1, 1])


def test_a_connection_that_lives_is_not_asked_whether_it_does(drawer, elsewhere, asked_for_health):
    drawer(pk=1)
    before = process()
    close_old_connections()
    assert drawer(pk=1) == [("spoons",)]
    assert (process(), asked_for_health) == (before, [])
    with connection.cursor() as cursor:
        cursor.execute("LISTEN bell")
    elsewhere.execute("NOTIFY bell")
    assert select.select([connection.connection.pgconn.socket], [], [], 30)[0]
    close_old_connections()
    assert drawer(pk=1) == [("spoons",)]
    assert (process(), asked_for_health) == (before, [1])  # something came: better ask
