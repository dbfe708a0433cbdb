"""The table of marks, asked in plain SQL: a hundred values a time for every article that is published.

Through the ORM the same costs five times as much, nearly all of it for building the statements.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from threading import Lock
from typing import Any, Final, NamedTuple

from django.db import connection

from articles.models import StoryMark, direct

_TABLE = StoryMark._meta.db_table
_ADD: Final = f"INSERT INTO {_TABLE} (hash, at, trace_id) VALUES (%s, %s, %s)"  # noqa: S608 - our own table's name
_ADD_ALL: Final = f"INSERT INTO {_TABLE} (hash, at, trace_id) SELECT unnest(%s::integer[]), %s, %s"
FREQUENT: Final = 100  # articles that have a mark; beyond that its weight hardly changes
STILL_AROUND: Final = timedelta(hours=3)
ASK_AGAIN: Final = 60.0  # seconds
MOST_FREQUENT: Final = 50_000


class Around(NamedTuple):
    """Articles of that time, but one."""

    start: datetime
    end: datetime
    but: int


class _Frequent:
    """Counts of marks that so many have that one more or less says nothing: counted on here, and asked for again after a while."""

    def __init__(self) -> None:
        self._seen: dict[int, tuple[int, datetime, float]] = {}  # how many, around which moment, when it was asked
        self._lock = Lock()

    def known(self, numbers: Sequence[int], around: Around) -> dict[int, int]:
        now = time.monotonic()
        found = {number: seen for number in numbers if (seen := self._seen.get(number))}
        return {
            number: times
            for number, (times, start, asked_at) in found.items()
            if abs(start - around.start) < STILL_AROUND and now - asked_at < ASK_AGAIN
        }

    def learn(self, counted: Iterable[tuple[int, int]], around: Around) -> None:
        now = time.monotonic()
        with self._lock:
            if len(self._seen) > MOST_FREQUENT:
                self._seen.clear()
            self._seen |= {number: (times, around.start, now) for number, times in counted if times > FREQUENT}

    def add(self, numbers: Iterable[int]) -> None:
        with self._lock:
            for number in numbers:
                if seen := self._seen.get(number):
                    self._seen[number] = seen[0] + 1, *seen[1:]

    def forget(self) -> None:
        with self._lock:
            self._seen.clear()


_frequent = _Frequent()
forget = _frequent.forget  # for tests


def add(trace: int, numbers: Sequence[int], *, at: datetime) -> None:
    moment = _moment(at)
    _frequent.add(numbers)
    with direct.cursor() as cursor:
        if connection.vendor == "postgresql":  # the driver takes longer for sixty rows than the server
            cursor.execute(_ADD_ALL, [list(numbers), moment, trace])
        else:
            cursor.executemany(_ADD, [(number, moment, trace) for number in numbers])


def counts(numbers: Sequence[int], around: Around) -> dict[int, int]:
    """How many articles of that time have each of the marks; about how many, of those that a great many have."""
    known = _frequent.known(numbers, around)
    counted = _asked("hash, COUNT(*)", "GROUP BY hash", [number for number in numbers if number not in known], around)
    _frequent.learn(counted, around)
    return known | dict(counted)


def sharing(numbers: Sequence[int], around: Around) -> dict[int, int]:
    """How many of the marks each article of that time has."""
    return dict(_asked("trace_id, COUNT(*)", "GROUP BY trace_id", numbers, around))


def _asked(columns: str, grouped: str, numbers: Sequence[int], around: Around) -> list[tuple[int, int]]:
    if not numbers:
        return []  # a text too short to have any; PostgreSQL knows no empty list
    room = 1 << (len(numbers) - 1).bit_length()  # few lengths, so that PostgreSQL keeps the statements; the last number fills the gap
    slots = ", ".join(["%s"] * room)
    sql = f"SELECT {columns} FROM {_TABLE} WHERE hash IN ({slots}) AND at > %s AND at < %s AND trace_id <> %s {grouped}"  # noqa: S608
    with direct.cursor() as cursor:
        cursor.execute(sql, [*numbers, *[numbers[-1]] * (room - len(numbers)), _moment(around.start), _moment(around.end), around.but])
        found: list[tuple[int, int]] = cursor.fetchall()
    return found


def _moment(at: datetime) -> Any:
    return StoryMark._meta.get_field("at").get_db_prep_value(at, connection)
