"""One renderer for each address and machine: among threads by a flight, among processes by a lock on one byte."""

from __future__ import annotations

import fcntl
import os
import threading
import time
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Final

from newsroom.pagecache.entry import Entry
from newsroom.pagecache.rendering import Rendering

PATIENCE: Final = 10.0  # seconds that somebody waits for another's rendering before doing it alone
LOOK: Final = 0.004  # seconds between two looks whether another process is done

Shown = tuple[Entry | Rendering | None, str]  # what is answered, and why it is stale, if it is


class Flight:
    """A rendering under way in this process."""

    def __init__(self) -> None:
        self._done = threading.Event()
        self._shown: Shown = (None, "")

    def land(self, shown: Shown) -> None:
        self._shown = shown
        self._done.set()

    def wait(self, patience: float | None = None) -> Shown:
        """What came of it; nothing when it takes too long."""
        self._done.wait(PATIENCE if patience is None else patience)
        return self._shown


class Flights:
    """What this process is rendering."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._under_way: dict[str, Flight] = {}

    def __contains__(self, key: str) -> bool:
        return key in self._under_way

    def enter(self, key: str) -> tuple[Flight, bool]:
        """The flight for this key, and whether it is ours to make."""
        with self._lock:
            flight = self._under_way.get(key)
            if flight is not None:
                return flight, False
            flight = self._under_way[key] = Flight()
            return flight, True

    def leave(self, key: str, flight: Flight, shown: Shown) -> None:
        with self._lock:
            self._under_way.pop(key, None)
        flight.land(shown)


class Turns:
    """Whose turn it is among the processes of this machine. A lock goes with its process, however that ends."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._owner = 0
        self._descriptor = -1
        self._lock = threading.Lock()

    def take(self, key: str) -> bool:
        """Take the turn for a key unless another process has it."""
        try:
            descriptor = self._opened()
        except OSError:
            return True  # without a file there is nobody to wait for
        try:
            fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, _place(key))
        except (BlockingIOError, PermissionError):
            return False
        except OSError:
            return True
        return True

    def wait(self, key: str, look: Callable[[], Entry | None]) -> Entry | None:
        """Take the turn as soon as it is free, or return what another process has made meanwhile.

        None means: the turn is ours (or nobody gave it back in time) and nothing has been made.
        """
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            if self.take(key):
                made = look()
                if made is not None:
                    self.give(key)
                return made
            time.sleep(LOOK)
        return look()

    def give(self, key: str) -> None:
        try:
            fcntl.lockf(self._opened(), fcntl.LOCK_UN, 1, _place(key))
        except OSError:
            return

    def _opened(self) -> int:
        # Locks of this kind belong to a process and end when it closes the file anywhere: hence one descriptor, never closed.
        with self._lock:
            if self._owner != os.getpid():
                self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                self._descriptor = os.open(self._file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
                self._owner = os.getpid()
            return self._descriptor


def _place(key: str) -> int:
    return zlib.crc32(key.encode("utf-8", "surrogateescape"))
