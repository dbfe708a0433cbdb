"""The first level: pages in this process's memory, the least recently used leave when it is full."""

from __future__ import annotations

import threading
from collections import OrderedDict
from contextlib import suppress
from typing import Final

from newsroom.pagecache.entry import Entry

REDIRECT: Final = 10  # counts as so many addresses that lead nowhere, which all share one page


class Memory:
    """limit: bytes, or entries where each counts one (`by_count`)."""

    def __init__(self, limit: int, *, by_count: bool = False) -> None:
        self.limit = limit
        self.used = 0
        self._by_count = by_count
        self._entries: OrderedDict[str, Entry] = OrderedDict()
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._entries)

    def get(self, key: str) -> Entry | None:
        entry = self._entries.get(key)
        if entry is not None:
            with suppress(KeyError):  # another thread may just have put it out
                self._entries.move_to_end(key)
        return entry

    def put(self, key: str, entry: Entry) -> None:
        size = self._size(entry)
        if size > self.limit // 4 > 0 and not self._by_count:
            self.drop(key)
            return
        with self._lock:
            self._remove(key)
            self._entries[key] = entry
            self.used += size
            while self.used > self.limit and self._entries:
                self._remove(next(iter(self._entries)))

    def drop(self, key: str) -> None:
        with self._lock:
            self._remove(key)

    def clear(self) -> None:
        with self._lock:
            self._entries.clear()
            self.used = 0

    def _remove(self, key: str) -> None:
        gone = self._entries.pop(key, None)
        if gone is not None:
            self.used -= self._size(gone)

    def _size(self, entry: Entry) -> int:
        if not self._by_count:
            return entry.size
        return 1 if entry.code == 404 else REDIRECT
