"""Counters in shared memory: which pages have changed, known to every process of this machine at once."""

from __future__ import annotations

import fcntl
import logging
import mmap
import os
import secrets
import threading
import time
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

logger = logging.getLogger(__name__)

SLOTS: Final = 32_768  # two keys may share one: then a page is made anew that need not have been
MAGIC: Final = 0x4E455753_00000001
# Places of the words (8 bytes each) in the file.
FORMAT, GENERATION, FLOOR, HEARD, BOOT, NODE, MADE, SEQUENCE, EPOCH, UNTOLD = range(10)
MADE_ANEW: Final = 16  # which pages the background has made anew, see renewing.py
MADE_ANEW_SLOTS: Final = 32
SOFT: Final = 64
HARD: Final = SOFT + SLOTS
TOLD: Final = HARD + SLOTS  # a ring: the newest announcements that every process has heard of
RING: Final = 4_096
TOLD_NEXT: Final = TOLD + RING
STATS: Final = TOLD_NEXT + 1
ROWS, COLUMNS = 64, 16  # one row a process, see stats.py
WORDS: Final = STATS + ROWS * COLUMNS
EVERYTHING: Final = "all"
CLOSED: Final = 2**64 - 1  # as generation: this file was replaced, whoever still looks at it must open the new one


def slot(key: str) -> int:
    return zlib.crc32(key.encode()) % SLOTS


class Counters:
    """A file mapped into every process.

    Each change takes the next generation and writes it into the slots of its keys. Who keeps something notes the
    generation it had *before* making it: it is current as long as none of its slots holds a later one. Generations
    start from the clock (ns), so that those of two files, or of two boots, never mean the same.
    """

    def __init__(self, file: Path) -> None:
        self.file = file
        self._lock = threading.Lock()
        self._checking = threading.Lock()
        self._descriptor = -1
        self._silent_until = 0.0
        self.words = memoryview(b"").cast("Q")
        self._open()

    @property
    def generation(self) -> int:
        """The newest; 0, older than anything, where the file was replaced and the new one cannot be opened."""
        if self.words[GENERATION] == CLOSED:
            self.check()
        found = self.words[GENERATION]
        return 0 if found == CLOSED else found

    @property
    def age(self) -> float:
        """Seconds since the file was made."""
        return abs(time.time() - self.words[MADE] / 1000)

    @property
    def node(self) -> int:
        """Tells this machine from others that share a Redis with it, from a copy of its disk too."""
        state = os.fstat(self._descriptor)
        return zlib.crc32(f"{self.words[NODE]} {_boot()} {state.st_dev} {state.st_ino}".encode())

    def raise_keys(self, keys: Iterable[str], *, hard: bool = False) -> int:
        """Say that these pages have changed; hard: what was made before must not be shown again, not even once.

        Returns the generation of the change. Every process of this machine sees it when the call returns.
        """
        return self.raise_slots({slot(key) for key in keys}, hard=hard)

    def raise_slots(self, slots: Iterable[int], *, hard: bool = False) -> int:
        """As `raise_keys`, where only the slots are known."""
        self.check()
        with self.alone() as words:
            if words[GENERATION] == CLOSED:
                raise OSError("the counters of the page cache were replaced, and the new ones cannot be opened")
            generation = max(words[GENERATION] + 1, time.time_ns())
            for number in slots:
                words[SOFT + number] = generation
                if hard:
                    words[HARD + number] = generation
            words[GENERATION] = generation
        return generation

    def raise_everything(self) -> None:
        """Forget all that was ever made, as when a database was replaced."""
        self.check()
        with self.alone() as words:
            words[FLOOR] = words[GENERATION] = max(words[GENERATION] + 1, time.time_ns())

    def stamp(self, keys: Iterable[str]) -> tuple[int, ...]:
        """Changes when one of the keys does; for what is kept under no entry of its own."""
        words = self.words
        return (words[FLOOR], *(words[SOFT + slot(key)] for key in keys))

    def told(self, announcement: int) -> None:
        """Note that an announcement with this number has been raised."""
        with self.alone() as words:
            place = words[TOLD_NEXT]
            words[TOLD + place % RING] = announcement
            words[TOLD_NEXT] = place + 1

    def told_lately(self) -> frozenset[int]:
        return frozenset(self.words[TOLD : TOLD + RING])

    def heard(self, at: float | None = None) -> float:
        """When this machine last heard from the others (seconds since 1970); with `at`: it did then."""
        if at is not None:
            self.words[HEARD] = int(at * 1000)
        return self.words[HEARD] / 1000

    def check(self) -> None:
        """Notice that the file was deleted, cut or replaced, and use the one that is there now.

        Where none can be made (a full disk, a folder that can only be read) the old one is used on by all.
        """
        with self._checking:
            try:
                is_whole = os.fstat(self._descriptor).st_size == WORDS * 8
                if is_whole and self.words[GENERATION] != CLOSED and is_same(self.file, self._descriptor):
                    return
                logger.warning("The counters of the page cache were replaced; all pages are made anew")
                self._open(is_whole=is_whole)
            except OSError as error:
                self._complain(error)

    def _complain(self, error: OSError) -> None:
        if time.monotonic() >= self._silent_until:
            logger.error("The counters of the page cache cannot be replaced: %s", error)
            self._silent_until = time.monotonic() + 60

    @contextmanager
    def alone(self) -> Iterator[memoryview]:
        """One writer at a time on this machine; the lock goes with the process, however it ends."""
        with self._lock:
            fcntl.lockf(self._descriptor, fcntl.LOCK_EX)
            try:
                yield self.words
            finally:
                fcntl.lockf(self._descriptor, fcntl.LOCK_UN)

    def _open(self, *, is_whole: bool = False) -> None:
        """is_whole: the file used so far may still be read and written."""
        descriptor = _opened(self.file)
        words = memoryview(mmap.mmap(descriptor, WORDS * 8)).cast("Q")
        with self._lock:
            old, self._descriptor = self._descriptor, descriptor
            before, self.words = self.words if is_whole else None, words
        with self.alone():
            _begin(words, after=before[GENERATION] if before else 0)
        if before:
            before[FLOOR] = before[GENERATION] = CLOSED  # every process that still looks at it sees so at once
        if old >= 0:
            os.close(old)


def is_same(file: Path, descriptor: int) -> bool:
    """Whether the open file is the one that lies there now."""
    try:
        there = file.stat()
    except FileNotFoundError:
        return False
    ours = os.fstat(descriptor)
    return (there.st_ino, there.st_dev) == (ours.st_ino, ours.st_dev)


def _begin(words: memoryview, *, after: int) -> None:
    """A new file, or the first opening since the machine started: what a crash may have lost counts as changed.

    after: the generation that this process has seen last, should the clock have gone back since.
    """
    boot = _boot()
    is_known = words[FORMAT] == MAGIC and words[BOOT] == boot
    if not is_known:
        words[MADE] = words[MADE] or time.time_ns() // 1_000_000
        words[FORMAT], words[BOOT] = MAGIC, boot
        words[NODE] = words[NODE] or secrets.randbits(48)
    if not is_known or (after != CLOSED and words[GENERATION] <= after):
        least = 0 if after == CLOSED else after + 1
        words[FLOOR] = words[GENERATION] = max(words[GENERATION] + 1, least, time.time_ns())


def _opened(file: Path) -> int:
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = file.with_name(f"{file.name}.{os.getpid()}.{threading.get_ident()}")
    draft.write_bytes(bytes(WORDS * 8))
    try:
        with suppress(FileExistsError):
            os.link(draft, file)  # whole or not at all, and never over another's
        descriptor = os.open(file, os.O_RDWR | os.O_CLOEXEC)
    finally:
        draft.unlink()
    if os.fstat(descriptor).st_size != WORDS * 8 or os.pread(descriptor, 8, GENERATION * 8) == b"\xff" * 8:
        os.close(descriptor)
        file.unlink(missing_ok=True)
        return _opened(file)
    return descriptor


def _boot() -> int:
    """Tells one run of the machine from the next; 0 where the system does not say."""
    try:
        return zlib.crc32(Path("/proc/sys/kernel/random/boot_id").read_bytes())
    except OSError:
        return 0
