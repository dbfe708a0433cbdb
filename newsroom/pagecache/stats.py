"""How often the cache answered, and how: one row of shared counters a process, added up when somebody asks."""

from __future__ import annotations

import os
import threading
from enum import IntEnum
from typing import Final

from newsroom.pagecache.counters import COLUMNS, ROWS, STATS, Counters


class Count(IntEnum):
    """Columns of a row; the first holds the process."""

    PROCESS = 0
    HITS = 1
    UNCHANGED = 2
    STALE = 3
    ERRORS_COVERED = 4
    RENDERS = 5
    FROM_STORE = 6
    MISSING = 7
    ASIDE = 8
    STORE_FAILURES = 9
    BYTES = 10
    PAGES = 11
    PINGS_SENT = 12
    PINGS_REFUSED = 13


GAUGES: Final = (Count.BYTES, Count.PAGES)


class Stats:
    """This process's row. Threads may now and then lose a count to each other: these are figures, no accounts."""

    def __init__(self, counters: Counters) -> None:
        self._counters = counters
        self._start = STATS + _row(counters) * COLUMNS

    def add(self, count: Count, number: int = 1) -> None:
        self._counters.words[self._start + count] += number

    def show(self, count: Count, number: int) -> None:
        self._counters.words[self._start + count] = number


def totals(counters: Counters) -> dict[Count, int]:
    """Sums over all processes, those that have ended included; gauges over the living ones."""
    sums = dict.fromkeys(list(Count)[1:], 0)
    for row in range(ROWS):
        start = STATS + row * COLUMNS
        lives = _lives(counters.words[start])
        for count in sums:
            if lives or count not in GAUGES:
                sums[count] += counters.words[start + count]
    return sums


_claiming = threading.Lock()


def _row(counters: Counters) -> int:
    """A row of our own: one whose process has ended, its sums carried on."""
    with _claiming, counters.alone() as words:
        for row in range(ROWS):
            start = STATS + row * COLUMNS
            if words[start] == os.getpid() or not _lives(words[start]):
                words[start] = os.getpid()
                for gauge in GAUGES:
                    words[start + gauge] = 0
                return row
    return ROWS - 1


def _lives(process: int) -> bool:
    if not process:
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
