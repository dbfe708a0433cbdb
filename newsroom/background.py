"""Work beside the web server: cuts the pictures that wait. `manage.py serve` starts it and keeps it alive."""

from __future__ import annotations

import logging
import os
import signal
import threading
from collections.abc import Callable
from typing import Any, Final

from django.db import close_old_connections

from articles.media.rendering import render_waiting

logger = logging.getLogger(__name__)

PAUSE: Final = 2.0  # seconds between two rounds in which there was nothing to do
PAUSE_AFTER_FAILURE: Final = 10.0
BATCH: Final = 3  # pictures a round, so that a stop never waits for long

Task = Callable[[], int]  # does what is due and says how much that was


def pictures() -> int:
    return render_waiting(limit=BATCH)


TASKS: Final[tuple[Task, ...]] = (pictures,)


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
    work(stop, parent=parent)
    logger.info("Background work has ended")
