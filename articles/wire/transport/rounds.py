"""One round of the wire: folders, feeds whose time has come, and deliveries that nobody has read to their end."""

from __future__ import annotations

import logging
import time
from datetime import datetime

from articles.models import Feed
from articles.wire.receiving import Line, take
from articles.wire.transport import claims, health, pulling
from articles.wire.transport.fetch import FetchError, fetch
from articles.wire.transport.folders import Watcher

logger = logging.getLogger(__name__)

PAUSE = 1.0  # seconds between two rounds
LEARN_EVERY = 600.0
MOST_WAITING = 100  # deliveries a round


class Rounds:
    """Keeps what must be known from one round to the next."""

    def __init__(self, *, using: pulling.Fetch = fetch) -> None:
        self._watcher = Watcher()
        self._using = using
        self._learn_at = 0.0

    def once(self, *, now: datetime | None = None) -> list[Line]:
        """What is due. No feed holds up another."""
        lines = read_waiting(now=now)
        for feed in Feed.objects.filter(is_active=True, watches_folder=True).select_related("agency", "category"):
            try:
                lines += self._watcher.look(feed)
            except OSError:
                logger.exception("The folder of feed %s cannot be watched", feed.slug)
        for feed in pulling.due(now=now):
            try:
                lines += pulling.pull(feed, using=self._using)
            except FetchError:
                continue  # noted, and said in the log
        if time.monotonic() >= self._learn_at:
            health.learn_rhythms(now=now)
            self._learn_at = time.monotonic() + LEARN_EVERY
        return lines


def read_waiting(*, now: datetime | None = None) -> list[Line]:
    """What was handed over, and what a process that is gone has left."""
    lines: list[Line] = []
    for _number in range(MOST_WAITING):
        delivery = claims.next_delivery(now=now)
        if delivery is None:
            break
        lines += take(delivery)
    return lines
