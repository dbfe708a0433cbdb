"""Puts the page cache together as the settings say, and lets it hear of changes."""

from __future__ import annotations

import hashlib
import logging
import threading
import time
from collections.abc import Callable, Hashable, Iterable
from functools import cache
from pathlib import Path
from typing import Any, Final

from django.conf import settings

from newsroom.pagecache.address import Addresses, Environ
from newsroom.pagecache.counters import Counters
from newsroom.pagecache.layer import Application, PageCache
from newsroom.pagecache.memory import Memory
from newsroom.pagecache.renewing import Renewer, Wishes
from newsroom.pagecache.shared import LOST_AFTER, Neighbours, Shared, connect
from newsroom.pagecache.single import Turns
from newsroom.pagecache.stats import Stats
from newsroom.pagecache.store import Files, Store

logger = logging.getLogger(__name__)

FOLDER: Final = "pagecache"  # under DATA_DIR: may be deleted at any time
COUNTERS: Final = "pagecache.counters"  # beside it: the folder may go, what has changed may not be forgotten
MOST_MISSING: Final = 20_000  # addresses that lead nowhere, remembered in each process
WATCH: Final = 0.5  # seconds between two looks whether the counters' file is still ours
CODE: Final = ("articles", "newsroom", "templates", "static", "requirements.txt")


def in_front_of(app: Application, *, count: Callable[[Environ], None] | None = None) -> PageCache:
    """The page cache of a web process. count: is told of every page that goes out."""
    shared = counters()
    keep_watch(shared)
    return PageCache(
        app,
        addresses=Addresses(settings.ALLOWED_HOSTS, settings.PAGE_CACHE_PARAMETERS),
        counters=shared,
        memory=Memory(settings.PAGE_CACHE_MEMORY),
        missing=Memory(MOST_MISSING, by_count=True),
        store=store(),
        turns=Turns(Path(settings.DATA_DIR) / f"{FOLDER}.turns"),
        stats=Stats(shared),
        lost_after=LOST_AFTER if settings.REDIS_URL else None,
        count=count,
        wishes=Wishes(pipe(), shared),
    )


def renewer(app: Application) -> Renewer:
    """Makes pages for the web processes of this machine, and keeps none."""
    shared = counters()
    maker = PageCache(
        app,
        addresses=Addresses(settings.ALLOWED_HOSTS, settings.PAGE_CACHE_PARAMETERS),
        counters=shared,
        memory=Memory(0),
        missing=Memory(1, by_count=True),
        store=store(),
        turns=Turns(Path(settings.DATA_DIR) / f"{FOLDER}.turns"),
        stats=Stats(shared),
        lost_after=LOST_AFTER if settings.REDIS_URL else None,
    )
    return Renewer(maker, pipe(), shared)


def pipe() -> Path:
    return Path(settings.DATA_DIR) / f"{FOLDER}.wishes"


@cache
def store() -> Store:
    """The second level: Redis where several machines share one, else files."""
    if settings.REDIS_URL:
        return Shared(connect(settings.REDIS_URL), release(), counters())
    return Files(Path(settings.DATA_DIR) / FOLDER, release(), settings.PAGE_CACHE_DISK)


@cache
def counters() -> Counters:
    """This machine's counters; made with the first use."""
    return Counters(Path(settings.DATA_DIR) / COUNTERS)


@cache
def neighbours() -> Neighbours | None:
    """The other machines, if Redis joins them to this one."""
    return Neighbours(connect(settings.REDIS_URL), counters()) if settings.REDIS_URL else None


def changed(*, keys: Iterable[str], hard: bool = False, numbers: Iterable[int] = (), **_: Any) -> None:
    """Receiver of `pages_changed`: when it returns, no process of this machine shows the old pages as good."""
    named = frozenset(keys)
    counters().raise_keys(named, hard=hard)
    if hard and counters().age < 2 * WATCH:
        time.sleep(2 * WATCH)  # should the file just have been deleted, until every process has noticed
    for number in numbers:
        counters().told(number)
    others = neighbours()
    if others is not None:
        others.tell(named, hard=hard)
        # Once more: until Redis had the mark, the old page may have come back from there as good.
        counters().raise_keys(named, hard=hard)


def stamp(keys: Iterable[str]) -> Hashable | None:
    """Differs after each announcement of one of the keys; None while other machines cannot be heard."""
    ours = counters()
    if settings.REDIS_URL and abs(time.time() - ours.heard()) > LOST_AFTER:
        return None
    return ours.stamp(keys)


def keep_watch(shared: Counters) -> None:
    """See to it that this process soon uses the counters that the others use, whatever becomes of the file."""

    def watch() -> None:
        while True:
            time.sleep(WATCH)
            try:
                shared.check()
            except Exception:  # without this thread a replaced file would never be noticed
                logger.exception("The counters of the page cache cannot be looked at")

    threading.Thread(target=watch, daemon=True, name="pagecache-watch").start()


@cache
def release() -> str:
    """Names what pages are made with: another program, template, file or setting makes other pages.

    By what the files hold, not by when they were written: machines that share a Redis share its pages.
    """
    digest = hashlib.blake2b(digest_size=8)
    for value in (settings.SITE_URL, settings.SITE_NAME, settings.DATABASES["default"]["NAME"], settings.DEBUG):
        digest.update(f"{value}\0".encode())
    base = Path(settings.BASE_DIR)
    for file in sorted(
        file for name in CODE for file in ((base / name).rglob("*.*") if (base / name).is_dir() else [base / name])
    ):
        if file.is_file() and file.suffix != ".pyc":
            digest.update(f"{file.relative_to(base)}\0{file.stat().st_size}\0".encode() + file.read_bytes())
    return digest.hexdigest()
