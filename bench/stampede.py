"""500 readers at the same moment on a page that is not there, not there any more, or never was."""

from __future__ import annotations

import argparse
import secrets
import sys
import time
from collections.abc import Sequence
from typing import Final

from bench import metrics
from bench.figures import failed, figure, milliseconds, percentile, ratio, spread, troubles
from bench.http1 import fetch
from bench.newsdesk import Done, Newsdesk, word
from bench.readers import Answer, at_once
from bench.site import main, parser, served, site_of

BROWSER: Final = {"Accept-Encoding": "gzip, br"}


class Crowd:
    """So many readers of one server, compared with the same crowd on a warm page."""

    def __init__(self, port: int, number: int, *, warm: str) -> None:
        self.port, self.number = port, number
        for _ in range(3):
            calm = at_once(port, [warm], readers=number, headers=BROWSER)
        self.calm = percentile(milliseconds(calm), 50)
        figure(1.0, f"reference: {number} readers at once on a warm page: {spread(calm)}, {troubles(calm)}")

    def come(self, what: str, paths: Sequence[str], *, status: int = 200) -> None:
        before = metrics.read(self.port)
        answers = at_once(self.port, paths, readers=self.number, headers=BROWSER)
        time.sleep(0.3)  # a render that goes on behind a stale page counts, too
        renders = metrics.told(before, metrics.read(self.port))
        p50 = percentile(milliseconds(answers), 50)
        figure(
            ratio(p50, self.calm),
            f"{what}: {renders}, {self._wrong(answers, status)}, {spread(answers)} (p50 on a warm page {self.calm:.1f} ms)",
        )

    def _wrong(self, answers: Sequence[Answer], status: int) -> str:
        others = [answer for answer in answers if not answer.trouble and answer.status != status]
        bodies = len({answer.digest for answer in answers if not answer.trouble})
        odd = f", {len(others)} not {status}" if others else ""
        return f"{len(failed(answers))} errors ({troubles(answers)}){odd}, {bodies} different bodies"


def measure(given: argparse.Namespace) -> None:
    site = site_of(given)
    number = given.readers
    with served(site), Newsdesk(site) as desk:
        warm, expired, cold, queried, *_ = desk.paths(8, seed=given.seed or time.time_ns() % 100_000)
        crowd = Crowd(site.port, number, warm=warm)
        for path in (expired, "/"):
            at_once(site.port, [path], readers=16)
        desk.expire(expired)
        crowd.come("expired: article said to have changed", [expired])
        published(crowd, desk)
        ended(crowd, desk)
        crowd.come("cold: article nobody has read yet", [cold])
        crowd.come(
            f"cold, with {number} made-up query strings", [f"{queried}?utm_{secrets.token_hex(4)}=1" for _ in range(number)]
        )
        crowd.come("random addresses that never were", [f"/{secrets.token_hex(8)}/" for _ in range(number)], status=404)


def published(crowd: Crowd, desk: Newsdesk) -> None:
    """The lists on which the new article stands, which others have just read; and the article itself."""
    for what, path in (("its category", _new(desk).category), ("the front page", "/")):
        at_once(crowd.port, [path], readers=16)
        done = _new(desk)
        crowd.come(f"just published: {what}", [path])
    crowd.come("just published: the article", [done.path])
    crowd.come("published a second ago, and nobody has read it since: the category", [done.category])


def ended(crowd: Crowd, desk: Newsdesk) -> None:
    """By itself, at a moment known before: from then on its old page may not be shown at all."""
    done = _new(desk)
    desk.end_soon(done.article, 2.0)
    fetch(crowd.port, done.category)
    time.sleep(2.1)
    crowd.come("something on it has just ended: the category", [done.category])


def _new(desk: Newsdesk) -> Done:
    return desk.publish(word(0))


if __name__ == "__main__":
    told = parser("Many readers at once on a page that must be rendered")
    told.add_argument("--readers", type=int, default=500, help="default: %(default)s")
    told.add_argument("--seed", type=int, default=0, help="draws the articles (default: others each time)")
    sys.exit(main(measure, told))
