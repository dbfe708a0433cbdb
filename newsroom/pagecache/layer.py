"""The layer itself: answers from memory, has one renderer make what is missing, shows the last good page on errors."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterable
from typing import Any, Final

from newsroom.pagecache.address import Addresses, Environ, bare
from newsroom.pagecache.counters import Counters
from newsroom.pagecache.entry import Entry
from newsroom.pagecache.memory import Memory
from newsroom.pagecache.rendering import Rendering, is_failure, passed_on, rendered
from newsroom.pagecache.renewing import Elsewhere, Wishes
from newsroom.pagecache.single import Flight, Flights, Shown, Turns
from newsroom.pagecache.standing import GRACE, Judge, Standing
from newsroom.pagecache.stats import Count, Stats
from newsroom.pagecache.store import Store
from newsroom.pagecache.writing import Writer

logger = logging.getLogger(__name__)

StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]
MISSING: Final = "newsroom.missing"  # in the environ: whoever has nothing to show need not say so at length
TRIES: Final = 3  # renderings that one waits for, or makes, when each is overtaken by a change
RENEWALS: Final = 1  # of pages that may still be shown, at a time: a change that touches hundreds must not hold up all readers
NEVER_MADE: Final = "\x00missing"


class PageCache:
    """WSGI in, WSGI out."""

    def __init__(
        self, app: Application, *, addresses: Addresses, counters: Counters, memory: Memory, missing: Memory, store: Store,
        turns: Turns, stats: Stats, lost_after: float | None = None, count: Callable[[Environ], None] | None = None,
        wishes: Wishes | None = None,
    ) -> None:  # fmt: skip
        """missing: addresses that lead nowhere, counted. lost_after: seconds without word from other machines, if there are any.

        count: is told of every page that goes out. wishes: of pages to be made anew beside us.
        """
        self.app = app
        self.addresses = addresses
        self.counters = counters
        self.memory = memory
        self.missing = missing
        self.store = store
        self.turns = turns
        self.stats = stats
        self.standing = Judge(counters, lost_after).standing
        self.count = count
        self.flights = Flights()
        self._learning = threading.Lock()
        self._renewing = threading.BoundedSemaphore(RENEWALS)
        self.writer = Writer(store, turns, stats)
        self.elsewhere = Elsewhere(wishes, self._fresh_from_store) if wishes is not None else None

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or not self.addresses.is_ours(environ.get("HTTP_HOST")):
            return self.app(environ, start_response)
        path, query = environ["PATH_INFO"], environ["QUERY_STRING"]
        encoding = self.addresses.encoding(environ.get("HTTP_ACCEPT_ENCODING", ""))
        if query:
            query = self.addresses.query(path, query)
        key = path if not query and path[1:7] != "static" else self.addresses.key(path, query, encoding)
        entry = self.memory.get(key)
        if (
            entry is not None
            and self.standing(entry, time.time()) == Standing.FRESH
            and not self.addresses.is_part(path, environ)
        ):
            return self._answer(entry, environ, start_response, encoding)
        return self._look_further(key, path, query, encoding, entry, environ, start_response)

    def _answer(
        self, entry: Entry, environ: Environ, start_response: StartResponse, encoding: str, *, stale: str = "",
    ) -> Iterable[bytes]:  # fmt: skip
        now = time.time()
        if not stale:
            entry.seen = now
        if self.count is not None and entry.etag:
            self.count(environ)
        known = environ.get("HTTP_IF_NONE_MATCH")
        if known is not None and not stale and entry.is_known(known):
            self.stats.add(Count.UNCHANGED)
            start_response("304 Not Modified", entry.head("304", now))
            return []
        if not entry.is_compressible:
            encoding = ""
        self.stats.add(Count.STALE if stale else Count.HITS)
        start_response(entry.status, entry.stale_head(encoding, now, stale) if stale else entry.head(encoding, now))
        return entry.in_encoding(encoding) if environ["REQUEST_METHOD"] == "GET" else []

    def _look_further(
        self, key: str, path: str, query: str, encoding: str, entry: Entry | None, environ: Environ, start_response: StartResponse,
    ) -> Iterable[bytes]:  # fmt: skip
        """Not in memory, or not fresh."""
        if self.addresses.is_aside(path) or self.addresses.is_part(path, environ):
            self.stats.add(Count.ASIDE)
            return self.app(environ, start_response)
        nowhere = self.missing.get(key)
        if nowhere is not None and self.standing(nowhere, time.time()) == Standing.FRESH:
            self.stats.add(Count.MISSING)
            return self._answer(nowhere, environ, start_response, encoding)
        request = bare(environ, path=path, query=query, encoding=encoding)
        made, stale = self._shown(key, entry, request)
        if made is None:
            return self.app(environ, start_response)
        if isinstance(made, Rendering):
            return passed_on(made, environ["REQUEST_METHOD"], start_response)
        return self._answer(made, environ, start_response, encoding, stale=stale)

    def _shown(self, key: str, entry: Entry | None, request: Environ) -> Shown:
        """What to answer, and why it is stale, if it is; nothing when the site had better be asked directly."""
        for _ in range(TRIES):
            usable = self._usable(entry, Standing.OUTDATED)
            if usable is not None:
                return self._renewed(key, usable, request)
            flight, is_ours = self.flights.enter(key)
            if is_ours:
                return self._fly(key, flight, entry, request)
            last = self._usable(entry, Standing.EXPIRED)
            made, stale = flight.wait(None if last is None else GRACE)
            if made is None:
                return last, "update" if last else ""
            if self._may_share(made):
                return made, stale or self._mark(made)
        return None, ""

    def _renewed(self, key: str, usable: Entry, request: Environ) -> Shown:
        """What to show of a page that is made anew: beside us if possible, else by one of ours."""
        shown = self.elsewhere.shown(key, usable, request) if self.elsewhere else None
        if shown is not None:
            return shown
        if not self._renewing.acquire(blocking=False):
            return usable, "update"
        try:
            flight, is_ours = self.flights.enter(key)
            return self._fly(key, flight, usable, request) if is_ours else (usable, "update")
        finally:
            self._renewing.release()

    def _may_share(self, made: Entry | Rendering) -> bool:
        """It may have been under way since before a withdrawal that we come after."""
        if isinstance(made, Rendering):
            return made.born == self.counters.generation and not made.is_for_one
        return self.standing(made, time.time()) < Standing.DEAD

    def _mark(self, made: Entry | Rendering) -> str:
        """A page that a change overtook while it was made is shown, but no cache on the way may keep it."""
        is_fresh = isinstance(made, Rendering) or self.standing(made, time.time()) == Standing.FRESH
        return "" if is_fresh else "update"

    def _fly(self, key: str, flight: Flight, entry: Entry | None, request: Environ) -> Shown:
        shown: Shown = (None, "")
        try:
            shown = self._made(key, entry, request)
        finally:
            self.flights.leave(key, flight, shown)
        return shown

    def renew(self, key: str, request: Environ) -> bool:
        """Make a page for others, so that it lies in the second level. False: another process is making it."""
        if not self.turns.take(key):
            return False
        kept = self._from_store(key)
        if kept is not None and self.standing(kept, time.time()) == Standing.FRESH:
            self.turns.give(key)
            return True
        self._render(key, kept, bare(request, path=request["PATH_INFO"], query=request["QUERY_STRING"], encoding=""))
        self.writer.flush()
        return True

    def _made(self, key: str, entry: Entry | None, request: Environ) -> Shown:
        """Make the page, unless another process has made it or is about to."""
        kept = self._from_store(key)
        if kept is not None and self.standing(kept, time.time()) == Standing.FRESH:
            return kept, ""
        entry = self._better(entry, kept)
        if not self.turns.take(key):
            usable = self._usable(entry, Standing.OUTDATED)
            if usable:
                return usable, "update"
            others = self.turns.wait(key, lambda: self._fresh_from_store(key))
            if others is not None:
                return others, ""
        elif (others := self._fresh_from_store(key)) is not None:  # made between our look and our turn
            self.turns.give(key)
            return others, ""
        return self._render(key, entry, request)

    def _render(self, key: str, entry: Entry | None, request: Environ) -> Shown:
        """Our turn: ask the site. The turn is given back when the page lies where other processes find it."""
        try:
            answer, begun = self._asked(request)
            for _ in range(TRIES - 1):
                if answer.entry is None or self.standing(answer.entry, time.time()) < Standing.DEAD:
                    break
                answer, begun = self._asked(request)
        except BaseException:
            self.turns.give(key)
            raise
        if is_failure(answer):
            self.turns.give(key)
            usable = self._usable(entry, Standing.EXPIRED)
            self.stats.add(Count.ERRORS_COVERED, int(usable is not None))
            return (usable, "error") if usable else (answer, "")
        made = self._keep(key, answer, begun, before=entry)
        return made, self._mark(made)

    def _asked(self, request: Environ, *, is_again: bool = False) -> tuple[Rendering, object]:
        """The site's answer, and what was noted before it was asked.

        What leads nowhere shares one page, made by one thread. It has to be there before the address is looked up: what
        appeared in between would be on the page, but not at its address.
        """
        begun, generation, nowhere = self.store.begin(), self.counters.generation, self._known_nowhere()
        answer = rendered(self.app, request | {MISSING: True}, generation)
        if answer.code != 404 or answer.body:
            self.stats.add(Count.RENDERS)
            return answer, begun
        if nowhere is None and not is_again:
            self._learn_nowhere(request)
            return self._asked(request, is_again=True)
        if nowhere is None:
            self.stats.add(Count.RENDERS)
            return rendered(self.app, request, generation), begun
        self.stats.add(Count.MISSING)
        answer.entry = nowhere
        return answer, begun

    def _known_nowhere(self) -> Entry | None:
        entry = self.missing.get(NEVER_MADE)
        return entry if entry is not None and self.standing(entry, time.time()) == Standing.FRESH else None

    def _learn_nowhere(self, request: Environ) -> None:
        with self._learning:
            if self._known_nowhere() is None:
                self.stats.add(Count.RENDERS)
                made = rendered(self.app, request, self.counters.generation)
                if made.code == 404 and made.entry is not None:
                    self.missing.put(NEVER_MADE, made.entry)

    def _keep(self, key: str, answer: Rendering, begun: object, *, before: Entry | None) -> Entry | Rendering:
        entry = answer.entry
        if entry is None or self.standing(entry, time.time()) == Standing.DEAD:
            self.turns.give(key)
            return answer
        if entry.slots is None:
            if before is not None:  # what stood there is no answer any more, not even on errors
                self.memory.drop(key)
                self.store.drop(key)
            self.turns.give(key)
            self.missing.put(key, entry)
            return entry
        self.missing.drop(key)
        self.memory.put(key, entry)
        self._show_size()
        self.writer.write(key, entry, begun, is_worth_it=answer.is_worth_storing)
        return entry

    def _from_store(self, key: str) -> Entry | None:
        """A page that is outdated there too takes no better one's place: ours knows when it was last right."""
        entry = self.store.get(key, self.counters.generation)
        standing = Standing.DEAD if entry is None else self.standing(entry, time.time())
        if entry is None or standing == Standing.DEAD:
            return None
        self.stats.add(Count.FROM_STORE)
        if standing == Standing.FRESH or self.memory.get(key) is None:
            self.memory.put(key, entry)
            self._show_size()
        return entry

    def _fresh_from_store(self, key: str) -> Entry | None:
        entry = self._from_store(key)
        return entry if entry is not None and self.standing(entry, time.time()) == Standing.FRESH else None

    def _usable(self, entry: Entry | None, worst: Standing) -> Entry | None:
        return entry if entry is not None and self.standing(entry, time.time()) <= worst else None

    def _better(self, one: Entry | None, other: Entry | None) -> Entry | None:
        found = [entry for entry in (one, other) if entry is not None]
        now = time.time()
        return min(found, key=lambda entry: (self.standing(entry, now), -entry.made), default=None)

    def _show_size(self) -> None:
        self.stats.show(Count.BYTES, self.memory.used)
        self.stats.show(Count.PAGES, len(self.memory))
