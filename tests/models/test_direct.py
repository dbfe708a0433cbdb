"""The cursor without Django's wrapping: the same rows, the same errors, and whoever watches still sees every statement."""

from __future__ import annotations

import sqlite3
import threading

import psycopg
import pytest
from django.db import IntegrityError, OperationalError, ProgrammingError, connection, connections, transaction
from django.db.utils import DatabaseError
from django.test.utils import CaptureQueriesContext

from articles.models import Announcement, Story, Tag, direct

pytestmark = pytest.mark.django_db
on_sqlite = pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL has a cursor of its own")


def test_it_reads_what_django_has_written() -> None:
    Tag.objects.create(name="Öl & Gas 50 %", slug="oel")
    with direct.cursor() as cursor:
        cursor.execute("SELECT name FROM articles_tag WHERE slug = %s AND name LIKE '%%50 %%'", ["oel"])
        assert cursor.fetchall() == [("Öl & Gas 50 %",)]


def test_what_it_writes_is_rolled_back_with_the_rest() -> None:
    with transaction.atomic():
        with direct.cursor() as cursor:
            cursor.executemany("INSERT INTO articles_story (created_at) VALUES (%s)", [("2026-01-01 00:00:00",)] * 2)
        assert Story.objects.count() == 2
        transaction.set_rollback(True)
    assert not Story.objects.exists()


def test_a_constraint_is_djangos_error() -> None:
    tag = Tag.objects.create(name="A", slug="a")
    with pytest.raises(IntegrityError), transaction.atomic(), direct.cursor() as cursor:
        cursor.execute("INSERT INTO articles_tag SELECT * FROM articles_tag WHERE id = %s", [tag.pk])


def test_nonsense_is_djangos_error() -> None:
    with pytest.raises((OperationalError, ProgrammingError)), transaction.atomic(), direct.cursor() as cursor:
        cursor.execute("SELECT nothing FROM nowhere")


def test_a_broken_transaction_takes_nothing_more() -> None:
    with transaction.atomic():
        transaction.set_rollback(True)
        with pytest.raises(transaction.TransactionManagementError), direct.cursor() as cursor:
            cursor.execute("SELECT 1")


def test_whoever_counts_queries_counts_these() -> None:
    with CaptureQueriesContext(connection) as log, direct.cursor() as cursor:
        cursor.execute("SELECT %s", ["seen"])
    assert len(log) == 1


def test_whoever_wraps_queries_is_asked() -> None:
    seen: list[str] = []

    def note(execute, sql, params, many, context):  # type: ignore[no-untyped-def]
        seen.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note), direct.cursor() as cursor:
        cursor.execute("SELECT 1")
    assert seen == ["SELECT 1"]


@on_sqlite
def test_a_fault_while_reading_is_djangos_error() -> None:
    with direct.cursor() as cursor:
        cursor.execute("SELECT abs(value) FROM (SELECT 1 AS value UNION ALL SELECT 2 UNION ALL SELECT -9223372036854775808)")
        assert cursor.fetchone() == (1,)
        with pytest.raises(DatabaseError):
            cursor.fetchall()


@on_sqlite
def test_a_closed_cursor_lets_go_of_its_rows() -> None:
    Announcement.objects.bulk_create(Announcement(keys=[str(number)]) for number in range(3))
    with direct.cursor() as cursor:
        cursor.execute("SELECT id FROM articles_announcement")
        assert cursor.fetchone()
    with pytest.raises(sqlite3.ProgrammingError):
        sqlite3.Cursor.fetchone(cursor)


@pytest.mark.parametrize(
    ("sql", "wanted"),
    [("SELECT %s", "SELECT ?"), ("a LIKE '%%x' AND b = %s", "a LIKE '%x' AND b = ?"), ("'%%s'", "'%s'"), ("'%%%%' = %s", "'%%' = ?"), ("%s, %s", "?, ?")],
)
def test_placeholders(sql: str, wanted: str) -> None:
    assert direct._for_sqlite(sql) == wanted


@pytest.mark.django_db(transaction=True)
def test_each_thread_has_its_own() -> None:
    found: list[object] = []

    def ask() -> None:
        with direct.cursor() as cursor:
            cursor.execute("SELECT COUNT(*) FROM articles_tag")
            found.append(cursor.fetchone())
        connection.close()

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [(0,)] * 3


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has no server that could end a connection")
@pytest.mark.django_db(transaction=True)
def test_a_connection_that_the_server_has_ended_is_replaced_at_the_next_request(monkeypatch: pytest.MonkeyPatch) -> None:
    connection.ensure_connection()
    ended = connection.connection.info.backend_pid
    known = {"dbname", "host", "port", "user", "password"}
    with psycopg.connect(**{name: value for name, value in connection.get_connection_params().items() if name in known}, autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s)", [ended])
    monkeypatch.setattr(connections["default"], "health_check_enabled", True)
    monkeypatch.setattr(connections["default"], "close_at", None)
    connection.close_if_unusable_or_obsolete()  # as Django does when a request begins

    with direct.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        assert cursor.fetchone()[0] != ended
