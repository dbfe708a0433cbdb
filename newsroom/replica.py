"""Sends the queries of readers' pages to a replica of the database, while it holds all that was announced."""

from __future__ import annotations

import logging
import threading
import time
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, InterfaceError, OperationalError, connections
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from newsroom.pagecache.address import ASIDE, ASIDE_EXACTLY
from newsroom.pagecache.setup import counters
from newsroom.pagecache.shared import LOST_AFTER

logger = logging.getLogger(__name__)

PRIMARY: Final = DEFAULT_DB_ALIAS
REPLICA: Final = "replica"
ASK_EVERY: Final = 0.2  # seconds between two questions whether it has caught up
HOLDS_FOR: Final = 1.0  # seconds after which it is asked again, should an older one have taken its place
REST: Final = 5.0  # seconds without it after it failed


@dataclass(slots=True)
class Asking:
    """What the page of one reader has asked so far. From the first query to the primary on, all go there."""

    is_with_primary: bool = False
    is_with_replica: bool = False


_asking: ContextVar[Asking | None] = ContextVar("asking", default=None)  # None: an editor, a command, background work


class Readers:
    """Middleware: knows readers' pages from all else, and lets a page be made once more should the replica fail."""

    def __init__(self, get_response: Any) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        token = _asking.set(Asking() if is_readers(request) else None)
        try:
            answer: HttpResponseBase = self.get_response(request)
        finally:
            _asking.reset(token)
        return answer

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponseBase | None:
        asking = _asking.get()
        if asking is None or not asking.is_with_replica or not isinstance(exception, (OperationalError, InterfaceError)):
            return None
        catching_up.rest(exception)
        asking.is_with_primary, asking.is_with_replica = True, False
        answer: HttpResponseBase = self.get_response(request)
        return answer


def is_readers(request: HttpRequest) -> bool:
    path = request.path_info
    return request.method in ("GET", "HEAD") and not path.startswith(ASIDE) and path not in ASIDE_EXACTLY


class Router:
    """Everything is asked of the primary, except by readers' pages and while the replica is good enough for them.

    Asked before each query, after whoever keeps the answer has noted the state of the counters: so what comes from
    the replica is never kept as newer than it is.
    """

    def db_for_read(self, model: object, **hints: object) -> str:
        asking = _asking.get()
        if asking is None or asking.is_with_primary:
            return PRIMARY
        if connections[PRIMARY].in_atomic_block or not catching_up.is_current():
            asking.is_with_primary = True
            return PRIMARY
        asking.is_with_replica = True
        return REPLICA

    def db_for_write(self, model: object, **hints: object) -> str:
        asking = _asking.get()
        if asking is not None:
            asking.is_with_primary = True  # whoever has written reads it
        return PRIMARY

    def allow_relation(self, one: object, other: object, **hints: object) -> bool:
        return True  # rows of both are rows of the same site

    def allow_migrate(self, db: str, app_label: str, **hints: object) -> bool | None:
        return False if db == REPLICA else None


class CatchingUp:
    """Whether the replica holds everything that was announced, on this machine or another.

    For a few seconds after a change nobody asks it. Then it has to say that it has got as far as the primary had when
    we first asked, however long that takes: a replica that lags behind is not used, rather than believed.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._held = 0  # the generation that it is known to hold
        self._needed: tuple[int, str] = (0, "")  # a generation, and how far the primary had got then
        self._ask_at = self._rest_until = 0.0

    def is_current(self) -> bool:
        generation, now = counters().generation, time.time()
        if not generation or now - generation / 1e9 < settings.DATABASE_REPLICA_AFTER or _is_out_of_touch(now):
            return False
        if time.monotonic() >= self._ask_at and self._lock.acquire(blocking=False):
            try:
                self._ask(generation)
            finally:
                self._lock.release()
        return self._held == generation and time.monotonic() >= self._rest_until

    def rest(self, reason: object) -> None:
        """Leave it alone for a while."""
        logger.error("The replica of the database is not used for %.0f s: %s", REST, reason)
        self._held = 0
        self._ask_at = self._rest_until = time.monotonic() + REST

    def _ask(self, generation: int) -> None:
        try:
            if self._needed[0] != generation:
                self._needed = generation, place_of_primary()
            has_it = replica_has(self._needed[1])
        except (OperationalError, InterfaceError, NoReplica) as error:
            self.rest(error)
            return
        self._held = generation if has_it else 0
        self._ask_at = time.monotonic() + (HOLDS_FOR if has_it else ASK_EVERY)


class NoReplica(Exception):
    """What DATABASE_REPLICA_URL names follows no other database."""


def place_of_primary() -> str:
    """How far it has written; nothing for a database that cannot say."""
    if connections[PRIMARY].vendor != "postgresql":
        return ""
    with connections[PRIMARY].cursor() as cursor:
        cursor.execute("SELECT pg_current_wal_flush_lsn()::text")
        return str(cursor.fetchone()[0])


def replica_has(place: str) -> bool:
    """Whether the replica shows everything up to there."""
    if not place:
        return True
    with connections[REPLICA].cursor() as cursor:
        cursor.execute("SELECT pg_is_in_recovery(), pg_last_wal_replay_lsn() >= %s::pg_lsn", [place])
        is_following, has_it = cursor.fetchone()
    if not is_following:
        raise NoReplica("it follows no other database (a standby with streaming replication is needed)")
    return bool(has_it)


def _is_out_of_touch(now: float) -> bool:
    """Other machines may have changed something and could not tell us."""
    return bool(settings.REDIS_URL) and abs(now - counters().heard()) > LOST_AFTER


catching_up = CatchingUp()
