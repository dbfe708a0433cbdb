"""Counts what is read, address by address: numbers in memory, nothing about anybody, taken away every few seconds."""

from __future__ import annotations

import re
from typing import Final

from newsroom.pagecache.address import Environ

MOST_KNOWN: Final = 1_000  # names of programs remembered; beyond, each is looked at again
LONGEST_NAME: Final = 300  # signs of a name that is worth remembering
# Every browser calls itself Mozilla; machines that do as well say in brackets what they are. «CUBOT» is a telephone.
ROBOT: Final = re.compile(
    r"(?<!cu)bot|crawl|spider|slurp|scan|monitor|preview|fetch|headless|lighthouse|pagespeed|archiv|index|facebookexternalhit|feed|"
    r"curl|wget|python|java/|go-http|node|axios|http-?client|https?://|@",
    re.IGNORECASE,
)


class Reads:
    """This process's counts. Threads may now and then lose one to each other: these are figures, no accounts."""

    def __init__(self) -> None:
        self._people: dict[str, int] = {}
        self._robots: dict[str, int] = {}
        self._known: dict[str, bool] = {}

    def note(self, environ: Environ) -> None:
        """One answer with a page. What a browser fetches before anybody wants to see it does not count, nor does HEAD."""
        path = environ["PATH_INFO"]
        if path[-1:] != "/" or "HTTP_SEC_PURPOSE" in environ or "HTTP_PURPOSE" in environ or environ["REQUEST_METHOD"] != "GET":
            return
        agent = environ.get("HTTP_USER_AGENT", "")
        is_robot = self._known.get(agent)
        if is_robot is None:
            is_robot = self._judge(agent)
        counts = self._robots if is_robot else self._people
        counts[path] = counts.get(path, 0) + 1

    def take(self) -> tuple[dict[str, int], dict[str, int]]:
        """What people and what robots read since the last time, by path."""
        people, robots = self._people, self._robots
        self._people, self._robots = {}, {}
        return dict(people), dict(robots)

    def _judge(self, agent: str) -> bool:
        found = is_robot(agent)
        if len(self._known) < MOST_KNOWN and len(agent) <= LONGEST_NAME:
            self._known[agent] = found
        return found


def is_robot(agent: str) -> bool:
    """Whether a program with this name reads for nobody in particular."""
    return not agent.startswith(("Mozilla/", "Opera/")) or ROBOT.search(agent) is not None
