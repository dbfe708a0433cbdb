"""The table of marks, asked in plain SQL: a hundred values a time for every article that is published.

Through the ORM the same costs five times as much, nearly all of it for building the statements.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection

from articles.models import StoryMark

_TABLE = StoryMark._meta.db_table


class Around(NamedTuple):
    """Articles of that time, but one."""

    start: datetime
    end: datetime
    but: int


def add(trace: int, numbers: Iterable[int], *, at: datetime) -> None:
    moment = _moment(at)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {_TABLE} (hash, at, trace_id) VALUES (%s, %s, %s)",  # noqa: S608 - our own table's name
            [(number, moment, trace) for number in numbers],
        )


def counts(numbers: Sequence[int], around: Around) -> dict[int, int]:
    """How many articles of that time have each of the marks."""
    return dict(_asked("hash, COUNT(*)", "GROUP BY hash", numbers, around))


def sharing(numbers: Sequence[int], around: Around) -> dict[int, int]:
    """How many of the marks each article of that time has."""
    return dict(_asked("trace_id, COUNT(*)", "GROUP BY trace_id", numbers, around))


def _asked(columns: str, grouped: str, numbers: Sequence[int], around: Around) -> list[tuple[int, int]]:
    if not numbers:
        return []  # a text too short to have any; PostgreSQL knows no empty list
    slots = ", ".join(["%s"] * len(numbers))
    sql = f"SELECT {columns} FROM {_TABLE} WHERE hash IN ({slots}) AND at > %s AND at < %s AND trace_id <> %s {grouped}"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql, [*numbers, _moment(around.start), _moment(around.end), around.but])
        found: list[tuple[int, int]] = cursor.fetchall()
    return found


def _moment(at: datetime) -> Any:
    return StoryMark._meta.get_field("at").get_db_prep_value(at, connection)
