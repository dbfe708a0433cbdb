"""Carries announcements out to the end: raises those whose process died, tells the CDN, and forgets them then."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Final, Protocol

from newsroom.pagecache.counters import Counters

logger = logging.getLogger(__name__)

GRACE: Final = 2.0  # seconds that a process has between its commit and its word
BATCH: Final = 500
FIRST_PAUSE: Final = 1.0  # seconds after the CDN refused; doubled each time
LONGEST_PAUSE: Final = 300.0

Raise = Callable[..., None]
Purge = Callable[[frozenset[str], bool], None]


class Announced(Protocol):
    """One row of the outbox."""

    pk: int
    keys: list[str]
    is_hard: bool
    created_at: datetime


class Telling:
    """purge: tells a CDN and raises OSError when it did not listen; None where there is none."""

    def __init__(self, counters: Counters, raise_keys: Raise, purge: Purge | None) -> None:
        self._counters = counters
        self._raise = raise_keys
        self._purge = purge
        self._pause = 0.0
        self._silent_until = 0.0

    def carry_out(self, rows: Iterable[Announced]) -> list[int]:
        """Numbers of the announcements that are done with."""
        told = self._counters.told_lately()
        ready = []
        for row in rows:
            if row.pk not in told:
                if time.time() - row.created_at.timestamp() < GRACE:
                    continue  # whoever made it is about to say so
                logger.warning("Announcement %d was left behind; told now", row.pk)
                self._raise(keys=row.keys, hard=row.is_hard, numbers=(row.pk,))
            ready.append(row)
        return [row.pk for row in ready] if self._is_purged(ready) else []

    def _is_purged(self, rows: list[Announced]) -> bool:
        """The CDN is told once for all of them, hard ones first."""
        if self._purge is None or not rows:
            return True
        if time.monotonic() < self._silent_until:
            return False
        try:
            for hard, keys in _by_hardness(rows).items():
                self._purge(keys, hard)
        except OSError as error:
            self._pause = min(self._pause * 2 or FIRST_PAUSE, LONGEST_PAUSE)
            self._silent_until = time.monotonic() + self._pause
            logger.error("The CDN did not take the purge (%s); next try in %.0f s", error, self._pause)
            return False
        self._pause = 0.0
        return True


def _by_hardness(rows: list[Announced]) -> Mapping[bool, frozenset[str]]:
    found: dict[bool, set[str]] = {}
    for row in sorted(rows, key=lambda row: not row.is_hard):
        found.setdefault(row.is_hard, set()).update(row.keys)
    return {hard: frozenset(keys) for hard, keys in found.items()}
