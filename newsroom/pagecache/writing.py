"""Puts pages into the second level beside the answer, never before it."""

from __future__ import annotations

import logging
import os
import queue
import threading
from typing import Final

from newsroom.pagecache.entry import Entry
from newsroom.pagecache.single import Turns
from newsroom.pagecache.stats import Count, Stats
from newsroom.pagecache.store import Nothing, Store

logger = logging.getLogger(__name__)

MOST_WAITING: Final = 200  # pages; beyond, who renders also writes


class Writer:
    """One thread a process, started with the first page."""

    def __init__(self, store: Store, turns: Turns, stats: Stats) -> None:
        self._store = store
        self._turns = turns
        self._stats = stats
        self._waiting: queue.Queue[tuple[str, Entry, object]] = queue.Queue(MOST_WAITING)
        self._lock = threading.Lock()
        self._owner = 0

    def write(self, key: str, entry: Entry, begun: object, *, is_worth_it: bool) -> None:
        """Give the turn for the key back when the page is there."""
        if not is_worth_it or isinstance(self._store, Nothing):
            self._turns.give(key)
            return
        self._start()
        try:
            self._waiting.put_nowait((key, entry, begun))
        except queue.Full:
            self._put(key, entry, begun)

    def flush(self) -> None:
        """Wait until everything is written; for tests and for the end of a process."""
        self._waiting.join()

    def _start(self) -> None:
        with self._lock:
            if self._owner != os.getpid():
                self._owner = os.getpid()
                threading.Thread(target=self._work, daemon=True, name="pagecache-writer").start()

    def _work(self) -> None:
        while True:
            key, entry, begun = self._waiting.get()
            try:
                self._put(key, entry, begun)
            finally:
                self._waiting.task_done()

    def _put(self, key: str, entry: Entry, begun: object) -> None:
        try:
            if not self._store.put(key, entry, begun):
                self._stats.add(Count.STORE_FAILURES)
        except Exception:  # the thread must outlive whatever a page or a disk holds ready
            logger.exception("A page could not be kept: %s", key)
        finally:
            self._turns.give(key)
