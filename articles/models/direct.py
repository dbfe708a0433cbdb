"""A cursor without what Django puts around it for each statement: for SQL that is sent twenty times for every item of the wire.

What it watches over stays: errors are Django's, a broken transaction takes nothing more. Whoever reads the log of queries, or has
put something around them, gets Django's own.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, Self

import psycopg
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper


def cursor(alias: str = DEFAULT_DB_ALIAS) -> Any:
    """For a `with`. On PostgreSQL one that prepares: planning a union of a dozen walks takes it longer than walking."""
    asked = connections[alias]
    if asked.queries_logged or asked.execute_wrappers:
        return asked.cursor()
    asked.close_if_health_check_failed()
    asked.ensure_connection()
    if asked.vendor == "sqlite":
        return _Direct(asked)
    return asked._prepare_cursor(_Preparing(asked.connection))  # type: ignore[attr-defined]


class _Preparing(psycopg.Cursor[tuple[Any, ...]]):
    """Sends values apart from the SQL. Where the settings switch preparing off, for a pooler, it only does that."""

    def execute(self, query: Any, params: Any = None, *, prepare: bool | None = True, binary: bool | None = None) -> Any:
        return super().execute(query, params, prepare=prepare, binary=binary)


class _Direct(sqlite3.Cursor):
    """Takes SQL with Django's placeholders; as the driver's own cursor it would wait until it is collected to let go of its rows."""

    def __init__(self, asked: BaseDatabaseWrapper) -> None:
        super().__init__(asked.connection)
        self._asked = asked

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_fault: object) -> None:
        self.close()

    def execute(self, sql: str, params: Sequence[Any] = ()) -> Self:  # type: ignore[override]
        self._asked.validate_no_broken_transaction()
        with self._asked.wrap_database_errors:
            return super().execute(_for_sqlite(sql), params)

    def executemany(self, sql: str, rows: Iterable[Sequence[Any]]) -> Self:  # type: ignore[override]
        self._asked.validate_no_broken_transaction()
        with self._asked.wrap_database_errors:
            return super().executemany(_for_sqlite(sql), rows)

    def fetchone(self) -> Any:
        with self._asked.wrap_database_errors:
            return super().fetchone()

    def fetchall(self) -> list[Any]:
        with self._asked.wrap_database_errors:
            return super().fetchall()


@lru_cache(maxsize=1_000)
def _for_sqlite(sql: str) -> str:
    """`?` for `%s`, `%` for `%%`."""
    return "%".join(piece.replace("%s", "?") for piece in sql.split("%%"))
