"""Work beside the web server: cuts pictures, tells caches what changed, keeps them small. `serve` keeps it alive."""

from __future__ import annotations

import logging
import os
import signal
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from itertools import takewhile
from typing import Any, Final

from django.conf import settings
from django.db import close_old_connections
from django.utils import timezone
from django.utils.module_loading import import_string

from articles import desk, stories
from articles.media.rendering import render_waiting
from articles.models import Announcement
from articles.search import renew
from articles.wire import expiring, stocktaking, unknown
from articles.wire.transport import folders, picturing
from articles.wire.transport.rounds import Rounds
from newsroom import adding_up, proving, warming
from newsroom.pagecache import setup
from newsroom.pagecache.layer import PageCache
from newsroom.pagecache.purge import purger
from newsroom.pagecache.stats import Stats
from newsroom.pagecache.telling import BATCH as ANNOUNCEMENTS
from newsroom.pagecache.telling import Telling
from newsroom.pings import noting
from newsroom.pings.noting import wanted
from newsroom.pings.sending import Sending

logger = logging.getLogger(__name__)

PAUSE: Final = 2.0  # seconds between two rounds in which there was nothing to do
PAUSE_AFTER_FAILURE: Final = 10.0
BATCH: Final = 3  # pictures a round, so that a stop never waits for long
DOCUMENTS: Final = 50  # of the search, the same
TELL_EVERY: Final = 0.5  # seconds
WIRE_EVERY: Final = 0.5
PROVE_EVERY: Final = 0.5
SWEEP_EVERY: Final = 600.0
FORGET_EVERY: Final = 3600.0
LICENCES_EVERY: Final = 60.0
MOST_TURNS: Final = 20  # of some articles each, so that a stop does not wait for long
ADD_UP_EVERY: Final = 10.0
RANK_EVERY: Final = 600.0

Task = Callable[[], int]  # does what is due and says how much that was


def pictures() -> int:
    return render_waiting(limit=BATCH)


def searched() -> int:
    """What a renamed or merged tag has changed for many articles at once."""
    return renew(limit=DOCUMENTS)


def every(seconds: float, task: Task) -> Task:
    """The task, but not more often than that; the first time at once."""
    due = 0.0

    def sometimes() -> int:
        nonlocal due
        if time.monotonic() < due:
            return 0
        due = time.monotonic() + seconds
        task()
        return 0

    sometimes.__name__ = task.__name__
    return sometimes


def sweep() -> int:
    return setup.store().sweep()


def forget() -> int:
    """What may not, or need not, be known any longer."""
    before = timezone.now() - timedelta(days=settings.WIRE_KEEP_DAYS)
    gone = stocktaking.purge(before=before)
    unknown.forget(before=before)
    return desk.forget_reports() + desk.forget_reads() + stories.forget() + gone.deleted + gone.emptied + folders.purge(before=before)


def licences() -> int:
    """Readers see no copy past its licence anyway; the words themselves go within minutes. A new limit may end thousands at once."""
    return sum(takewhile(bool, (expiring.end_licences() for _turn in range(MOST_TURNS))))


def ranking() -> int:
    return int(desk.rank_reads())


def announcements(telling: Telling) -> int:
    """Carry out what was announced and forget it; how much that was."""
    waiting = list(Announcement.objects.order_by("pk")[:ANNOUNCEMENTS])
    done = telling.carry_out(waiting)
    if done:
        noting.note(row for row in waiting if row.pk in set(done))
        Announcement.objects.filter(pk__in=done).delete()
    return len(done)


TASKS: Final[tuple[Task, ...]] = (
    pictures, searched, every(SWEEP_EVERY, sweep), every(ADD_UP_EVERY, adding_up.deliver), every(RANK_EVERY, ranking),
    every(FORGET_EVERY, forget), every(LICENCES_EVERY, licences),
)


def tell(stop: threading.Event) -> None:
    """A thread of its own: caches must not wait for pictures."""
    telling = Telling(setup.counters(), setup.changed, purger(settings.CDN_PURGE_URL))

    def told() -> int:
        return announcements(telling)

    while not stop.is_set():
        pause = _round((told,))
        stop.wait(min(pause, TELL_EVERY) if pause < PAUSE_AFTER_FAILURE else pause)


def ping(stop: threading.Event) -> None:
    """A thread of its own, if there is anybody to tell: a service that is slow holds up nothing but itself."""
    sending = Sending(count=Stats(setup.counters()).add)
    while wanted() and not stop.is_set():
        stop.wait(_round((sending.due,)))


def tell_search(stop: threading.Event) -> None:
    """A thread of its own, if there is a search server: it may answer slowly, or not at all."""
    if not settings.SEARCH_URL:
        return
    telling = import_string("articles.search.telling.Telling")()
    while not stop.is_set():
        pause = _round((telling.due,))
        stop.wait(min(pause, TELL_EVERY) if pause < PAUSE_AFTER_FAILURE else pause)


def wire(stop: threading.Event) -> None:
    """A thread of its own: copy that arrives waits neither for pictures nor for agencies that answer slowly."""
    rounds = Rounds()

    def arrived() -> int:
        return len(rounds.arrived())

    while not stop.is_set():
        pause = _round((arrived,))
        stop.wait(min(pause, WIRE_EVERY) if pause < PAUSE_AFTER_FAILURE else pause)


def fetch_feeds(stop: threading.Event) -> None:
    """A thread of its own: most of its time it waits for other machines."""
    rounds = Rounds()

    def fetched() -> int:
        return len(rounds.fetched())

    while not stop.is_set():
        stop.wait(_round((fetched,)))


def fetch_pictures(stop: threading.Event) -> None:
    """A thread of its own, for the same reason."""
    while not stop.is_set():
        stop.wait(_round((picturing.fetch_due,)))


def prove_kills(stop: threading.Event) -> None:
    """A thread of its own: a receipt says to the tenth of a second when copy was gone."""
    while not stop.is_set():
        pause = _round((proving.prove,))
        stop.wait(min(pause, PROVE_EVERY) if pause < PAUSE_AFTER_FAILURE else pause)


def listen(stop: threading.Event) -> None:
    """Hear other machines, if there are any."""
    others = setup.neighbours()
    if others is not None:
        others.listen(stop)


def renew_pages(stop: threading.Event) -> None:
    """Make outdated pages anew for the web processes of this machine, so that they need not."""
    front = import_string(settings.WSGI_APPLICATION)
    if isinstance(front, PageCache):
        warming.warm(front.app)
        setup.renewer(front.app).work(stop)


def work(stop: threading.Event, tasks: tuple[Task, ...] = TASKS, *, parent: int | None = None) -> None:
    """Do rounds until told to stop, or until the process that started us is gone.

    parent: its id, where it may have died while we were still starting; default: whoever is the parent now.
    """
    parent = os.getppid() if parent is None else parent
    while not stop.is_set() and os.getppid() == parent:
        stop.wait(_round(tasks))


def _round(tasks: tuple[Task, ...]) -> float:
    """Do each task once; return the seconds to wait. No failure of one ends the loop."""
    done, failed = 0, False
    for task in tasks:
        close_old_connections()
        try:
            done += task()
        except Exception:  # a loop that must outlive whatever its tasks run into
            logger.exception("Background task %s failed", task.__name__)
            failed = True
    close_old_connections()
    if failed:
        return PAUSE_AFTER_FAILURE
    return 0.0 if done else PAUSE


def main(*, parent: int | None = None) -> None:
    """Work until SIGTERM or SIGINT; what has begun is finished."""
    stop = threading.Event()

    def leave(*_: Any) -> None:
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, leave)
    jobs = (tell, ping, tell_search, wire, fetch_feeds, fetch_pictures, prove_kills, listen, renew_pages)
    beside = [threading.Thread(target=job, args=(stop,), daemon=True, name=job.__name__) for job in jobs]
    for thread in beside:
        thread.start()
    work(stop, parent=parent)
    stop.set()
    for thread in beside:
        thread.join(PAUSE)
    logger.info("Background work has ended")
