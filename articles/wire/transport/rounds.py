"""Rounds of the wire: what has arrived, in folders or handed over; and, apart from it, what is fetched from slow machines."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby

from articles.models import Feed, WireDelivery
from articles.models.room import room_to_write
from articles.wire.receiving import SMALL, Line, take, take_together
from articles.wire.transport import claims, health, pulling
from articles.wire.transport.fetch import FetchError, fetch
from articles.wire.transport.folders import Watcher

logger = logging.getLogger(__name__)

PAUSE = 1.0  # seconds between two rounds
LEARN_EVERY = 600.0
MOST_WAITING = 100  # deliveries a round
CLAIMED = 50  # at once: whoever dies with them leaves them for three minutes
TOGETHER = 10  # in one transaction, for which everybody else who writes waits


class Rounds:
    """Keeps what must be known from one round to the next."""

    def __init__(self, *, using: pulling.Fetch = fetch) -> None:
        self._watcher = Watcher()
        self._using = using
        self._learn_at = 0.0

    def arrived(self, *, now: datetime | None = None) -> list[Line]:
        """What lies here already; waits for no other machine."""
        lines = read_waiting(now=now)
        for feed in Feed.objects.filter(is_active=True, watches_folder=True).select_related("agency", "category"):
            try:
                lines += self._watcher.look(feed)
            except OSError:
                logger.exception("The folder of feed %s cannot be watched", feed.slug)
        if time.monotonic() >= self._learn_at:
            health.learn_rhythms(now=now)
            self._learn_at = time.monotonic() + LEARN_EVERY
        return lines

    def fetched(self, *, now: datetime | None = None) -> list[Line]:
        """Feeds whose time has come, one after the other; each takes a minute at most, and none ends the round."""
        lines: list[Line] = []
        for feed in pulling.due(now=now):
            try:
                lines += pulling.pull(feed, using=self._using)
            except FetchError:
                continue  # noted, and said in the log
            except Exception:  # whatever it is, the next feed must not wait for it
                logger.exception("Feed %s was not fetched", feed.slug)
        return lines


def read_waiting(*, now: datetime | None = None) -> list[Line]:
    """What was handed over, and what a process that is gone has left."""
    deliveries = claims.next_deliveries(CLAIMED, now=now)
    if not deliveries:
        return []  # nearly always
    with room_to_write():
        lines = _taken(deliveries)
        while len(deliveries) == CLAIMED and len(lines) < MOST_WAITING:
            deliveries = claims.next_deliveries(CLAIMED, now=now)
            lines += _taken(deliveries)
    return lines


def _taken(deliveries: Sequence[WireDelivery]) -> list[Line]:
    lines: list[Line] = []
    for group in _groups(deliveries):
        lines += take_together(group) if len(group[0].raw) <= SMALL else take(group[0])
    return lines


def _groups(deliveries: Sequence[WireDelivery]) -> Iterator[list[WireDelivery]]:
    """In their order: some small ones together, each large one alone."""
    for is_small, same in groupby(deliveries, lambda delivery: len(delivery.raw) <= SMALL):
        group, most = list(same), TOGETHER if is_small else 1
        yield from (group[start : start + most] for start in range(0, len(group), most))
