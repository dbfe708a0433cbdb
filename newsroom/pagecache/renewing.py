"""Makes outdated pages anew beside the web processes: whoever hands out ready pages is not to be held up by one that is made.

A web process that meets an outdated page writes a wish into a pipe and shows the old page on; the background process makes
it and puts it into the second level. Where nobody reads the pipe the web process makes the page itself.
"""

from __future__ import annotations

import errno
import io
import json
import logging
import os
import select
import stat
import sys
import threading
import time
import zlib
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Final, Protocol

from newsroom.pagecache.address import Environ
from newsroom.pagecache.counters import MADE_ANEW, MADE_ANEW_SLOTS, Counters, is_same
from newsroom.pagecache.entry import Entry
from newsroom.pagecache.single import Shown

logger = logging.getLogger(__name__)

# Seconds that a wish is waited for, less than the second for which an outdated page is shown. A change can touch some thirty
# pages that are read at that moment; with 0.4 s web processes lost patience and made most of them, to their readers' cost.
PATIENCE: Final = 0.85
DONE_LATELY: Final = 5.0  # seconds in which the same page is not looked at again while nothing has changed
PAUSE: Final = 1.0  # seconds between two looks for somebody who reads wishes
LONGEST: Final = 4_000  # bytes of a wish; the system writes up to 4,096 whole or not at all
MOST: Final = 65_536  # bytes read at a time: all that a pipe holds
LOOK: Final = 0.5  # seconds between two looks whether the pipe is still ours
LOW: Final = 0xFFFF_FFFF


class Wishes:
    """What web processes want to have made anew."""

    def __init__(self, file: Path, counters: Counters) -> None:
        self._file = file
        self._counters = counters
        self._descriptor = -1
        self._owner = 0
        self._silent_until = 0.0
        self._lock = threading.Lock()  # a descriptor that another thread has closed may be a file of the database by now

    def mark(self, key: str) -> int:
        """Another number as soon as the page has been made anew, or one that shares its word."""
        return self._counters.words[MADE_ANEW + _hash(key) % MADE_ANEW_SLOTS]

    def send(self, key: str, request: Environ) -> bool:
        """False where nobody listens."""
        if time.monotonic() < self._silent_until and self._owner == os.getpid():
            return False
        said = [key, request["PATH_INFO"], request["QUERY_STRING"], request["HTTP_HOST"], request.get("wsgi.url_scheme", "http")]
        line = json.dumps(said).encode() + b"\n"
        if len(line) > LONGEST:
            return False
        with self._lock:
            try:
                os.write(self._opened(), line)
            except BlockingIOError:
                return False  # more wishes than can be fulfilled
            except OSError:
                self._forget()
                return False
        return True

    def _opened(self) -> int:
        if self._owner != os.getpid() or self._descriptor < 0:
            self._owner = os.getpid()
            self._descriptor = os.open(self._file, os.O_WRONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        return self._descriptor

    def _forget(self) -> None:
        self._silent_until = time.monotonic() + PAUSE
        descriptor, self._descriptor = self._descriptor, -1
        if descriptor >= 0:
            with suppress(OSError):
                os.close(descriptor)


class Elsewhere:
    """What a web process shows while the background process makes a page.

    look: takes a page from the second level, if it is fresh.
    """

    def __init__(self, wishes: Wishes, look: Callable[[str], Entry | None]) -> None:
        self._wishes = wishes
        self._look = look
        self._looking = threading.Lock()

    def shown(self, key: str, entry: Entry, request: Environ) -> Shown | None:
        """None: nobody else makes it."""
        mark, now = self._wishes.mark(key), time.monotonic()
        if not entry.wished:
            entry.wished, entry.mark = now, mark
            if not self._wishes.send(key, request):
                entry.wished = 0.0
                return None
        elif entry.mark != mark and self._looking.acquire(blocking=False):
            try:
                made = self._look(key) if may_mean(key, entry.mark, mark) else None
                if made is not None:
                    return made, ""
                entry.mark = mark
            finally:
                self._looking.release()
        return (entry, "update") if now - entry.wished < PATIENCE else None


class Maker(Protocol):
    """A page cache that shares its second level with the web processes."""

    def renew(self, key: str, request: Environ) -> bool:
        """Make the page unless it is fresh; return when it lies in the second level. False: another makes it."""


class Renewer:
    """Fulfils wishes. Several may read the same pipe, as while one server replaces another: each wish goes to one."""

    def __init__(self, maker: Maker, file: Path, counters: Counters) -> None:
        self._maker = maker
        self._file = file
        self._counters = counters
        self._descriptor = -1
        self._done: dict[str, float] = {}  # when, of what was made since the newest change
        self._generation = 0
        self._has_complained = False

    def work(self, stop: threading.Event) -> None:
        """Until told to stop."""
        try:
            while not stop.is_set():
                if not self._is_open():
                    stop.wait(PAUSE)
                elif select.select([self._descriptor], [], [], LOOK)[0]:
                    self.fulfil(self._read())
        finally:
            self._close()

    def fulfil(self, wishes: Iterable[bytes]) -> None:
        """Make each page once, however often it is wished for."""
        for line in dict.fromkeys(wishes):
            try:
                key, path, query, host, scheme = json.loads(line)
                if not self._is_done(key) and not self._maker.renew(key, asked(path, query, host, scheme)):
                    continue
                self._done.setdefault(key, time.monotonic())
            except Exception:  # who wished for it makes it, and meets the same
                logger.exception("A page could not be made anew: %s", line[:200])
                continue
            self._tell(key)

    def _is_done(self, key: str) -> bool:
        """Each web process wishes for the same pages."""
        generation = self._counters.generation
        if generation != self._generation:
            self._generation = generation
            self._done.clear()
        if time.monotonic() - self._done.get(key, float("-inf")) < DONE_LATELY:
            return True
        self._done.pop(key, None)
        return False

    def _tell(self, key: str) -> None:
        """High half: how often; low half: for which key."""
        hashed, words = _hash(key), self._counters.words
        place = MADE_ANEW + hashed % MADE_ANEW_SLOTS
        words[place] = ((words[place] >> 32) + 1 & LOW) << 32 | hashed

    def _read(self) -> list[bytes]:
        try:
            return os.read(self._descriptor, MOST).splitlines()
        except BlockingIOError:
            return []  # another was quicker

    def _is_open(self) -> bool:
        """Whether we read the pipe that web processes find."""
        try:
            if self._descriptor >= 0 and is_same(self._file, self._descriptor):
                return True
            self._close()
            _make(self._file)
            # Opened for writing as well, so that it never ends when the last web process leaves.
            self._descriptor = os.open(self._file, os.O_RDWR | os.O_NONBLOCK | os.O_CLOEXEC)
        except OSError as error:
            if not self._has_complained:  # once, for a disk that knows no pipes will not learn it
                logger.error("No pages are made anew in the background: %s", error)
            self._has_complained = True
            return False
        self._has_complained = False
        return True

    def _close(self) -> None:
        descriptor, self._descriptor = self._descriptor, -1
        if descriptor >= 0:
            os.close(descriptor)


def asked(path: str, query: str, host: str, scheme: str) -> Environ:
    """A request as a web server would pass it on."""
    return {
        "REQUEST_METHOD": "GET", "SCRIPT_NAME": "", "PATH_INFO": path, "QUERY_STRING": query, "HTTP_HOST": host,
        "SERVER_NAME": "localhost", "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1", "REMOTE_ADDR": "",
        "wsgi.version": (1, 0), "wsgi.url_scheme": scheme, "wsgi.input": io.BytesIO(), "wsgi.errors": sys.stderr,
        "wsgi.multithread": True, "wsgi.multiprocess": True, "wsgi.run_once": False,
    }  # fmt: skip


def may_mean(key: str, before: int, mark: int) -> bool:
    """Whether the page is among those that were made between two marks of its word."""
    return (mark >> 32) - (before >> 32) != 1 or mark & LOW == _hash(key)


def _hash(key: str) -> int:
    return zlib.crc32(key.encode("utf-8", "surrogateescape"))


def _make(file: Path) -> None:
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with suppress(FileExistsError):
        os.mkfifo(file, 0o600)
    if not stat.S_ISFIFO(file.stat().st_mode):
        raise OSError(errno.EEXIST, "is no pipe", str(file))
