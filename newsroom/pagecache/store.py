"""The second level: pages that outlive a process, as files of this machine."""

from __future__ import annotations

import hashlib
import logging
import os
import threading
import time
from pathlib import Path
from typing import Final, Protocol

from newsroom.pagecache.entry import DAY, Entry
from newsroom.pagecache.packing import pack, unpack

logger = logging.getLogger(__name__)

PAUSE: Final = 1.0  # seconds without a try after the disk or the server refused
SWEEP_TO: Final = 0.8  # of the limit, so that not every page put in starts a sweep


class Store(Protocol):
    """Where pages lie beside the memory of processes. Nothing here may raise: a cache that fails is a slow site."""

    def begin(self) -> object:
        """What must be noted before a page is made, for `put`."""

    def get(self, key: str, generation: int) -> Entry | None:
        """The page, its `born` as good as the generation given, or older. Never one that must not be shown."""

    def put(self, key: str, entry: Entry, begun: object) -> bool: ...

    def drop(self, key: str) -> None:
        """Forget the page: its address leads nowhere, or elsewhere."""

    def sweep(self) -> int:
        """Put out what is too old or too much; return how many."""


class Nothing:
    """For a site without a second level."""

    def begin(self) -> object:
        return None

    def get(self, key: str, generation: int) -> Entry | None:
        return None

    def put(self, key: str, entry: Entry, begun: object) -> bool:
        return False

    def drop(self, key: str) -> None:
        return

    def sweep(self) -> int:
        return 0


class Files:
    """One file a page under a folder of the release; written beside and renamed, so that a reader sees all or nothing.

    limit: bytes of all files together, kept by `sweep`.
    """

    def __init__(self, folder: Path, release: str, limit: int) -> None:
        self.root = folder
        self.folder = folder / release
        self.limit = limit
        self._silent_until = 0.0

    def begin(self) -> object:
        return None

    def get(self, key: str, generation: int) -> Entry | None:
        file = self._file(key)
        try:
            found = unpack(file.read_bytes())
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError, IndexError) as error:
            self._refused(error)
            return None
        if found is None or found[1].get("key") != key:
            self._discard(file)  # torn, or another address with the same hash
            return None
        return found[0]

    def put(self, key: str, entry: Entry, begun: object) -> bool:
        if time.monotonic() < self._silent_until:
            return False
        file = self._file(key)
        draft = file.with_suffix(f".{os.getpid()}-{threading.get_ident()}")
        try:
            file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            draft.write_bytes(pack(entry, key=key))
            draft.replace(file)
        except OSError as error:
            self._refused(error)
            self._discard(draft)
            return False
        return True

    def drop(self, key: str) -> None:
        self._discard(self._file(key))

    def sweep(self) -> int:
        """Other releases go after a day, drafts of processes that died with them; then the oldest until there is room."""
        gone, used, rows = 0, 0, []
        for file in self._files():
            try:
                state = file.stat()
            except OSError:
                continue
            is_foreign = self.folder not in file.parents or file.suffix != ".page"
            if is_foreign and time.time() - state.st_mtime > DAY:
                gone += self._discard(file)
            else:
                rows.append((state.st_mtime, state.st_size, file))
                used += state.st_size
        if used > self.limit:
            for _moment, size, file in sorted(rows, key=lambda row: row[0]):
                if used <= self.limit * SWEEP_TO:
                    break
                gone += self._discard(file)
                used -= size
        return gone

    def _files(self) -> list[Path]:
        try:
            return [file for file in self.root.rglob("*") if file.is_file()]
        except OSError:
            return []

    def _file(self, key: str) -> Path:
        name = hashlib.blake2b(key.encode("utf-8", "surrogateescape"), digest_size=16).hexdigest()
        return self.folder / name[:2] / f"{name}.page"

    def _refused(self, error: Exception) -> None:
        if time.monotonic() >= self._silent_until:
            logger.error("The page cache cannot use %s: %s. Pages are kept in memory alone.", self.folder, error)
        self._silent_until = time.monotonic() + PAUSE

    @staticmethod
    def _discard(file: Path) -> int:
        try:
            file.unlink(missing_ok=True)
        except OSError:
            return 0
        return 1
