"""What a trial by fire has in common: load on known pages, and what came of it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from bench.figures import failed, figure, percentile, ratio, troubles
from bench.http1 import fetch
from bench.newsdesk import Newsdesk, word
from bench.readers import Answer, Load
from bench.site import Site
from bench.tools import Missing

SETTLED = 1.0  # seconds after a change at which nobody may see the old page any more
SLICE = 0.1  # seconds of which the speed is looked at
BACK = 0.8  # of the speed before counts as back


def known_pages(port: int, paths: Sequence[str]) -> dict[str, set[str]]:
    """The bodies each page may have; pages change by the desk alone, and the desk is quiet.

    What was changed last may still be made anew behind a page that is shown: asked for once, it is there a second later.
    """
    found: dict[str, set[str]] = {}
    time.sleep(SETTLED)
    _one_round(port, paths)
    time.sleep(SETTLED)
    for answer in [*_one_round(port, paths), *_one_round(port, paths)]:
        found.setdefault(answer.path, set()).add(answer.digest)
    unknown = sorted(set(paths) - set(found))
    if unknown:
        raise Missing(f"Not answered with 200 even in peace: {', '.join(unknown[:5])}. The server's log says why.")
    return found


def _one_round(port: int, paths: Sequence[str]) -> list[Answer]:
    with Load(port, paths, connections=1) as load:
        until = time.monotonic() + 30
        while len(load.answers) < len(paths) and time.monotonic() < until:
            time.sleep(0.01)
    return [answer for answer in load.answers if answer.status == 200]


def wrong(answers: Iterable[Answer], known: dict[str, set[str]]) -> list[Answer]:
    """Whole answers that no state of the page ever was; an error page is an error, not a wrong page."""
    return [one for one in answers if one.status == 200 and not one.trouble and one.digest not in known[one.path]]


def speed_back(answers: Sequence[Answer], moment: float) -> float | None:
    """Seconds from that moment until a slice of time has as many good answers as it had before; None when it never has."""
    good = [one.at + one.ms / 1000 for one in answers if not one.trouble and one.status == 200]
    before = [at for at in good if at < moment]
    if not before:
        return None
    usual = len(before) / max(moment - min(before), SLICE) * SLICE
    after: dict[int, int] = {}
    for at in good:
        if at >= moment:
            slot = int((at - moment) / SLICE)
            after[slot] = after.get(slot, 0) + 1
    return next(((slot + 1) * SLICE for slot in sorted(after) if after[slot] >= usual * BACK), None)


@dataclass(frozen=True, slots=True)
class Outcome:
    answers: list[Answer]
    wrong: int
    back: float | None
    connections: int


class Trial:
    """Readers on known pages; `strike` at a moment and see what they got."""

    def __init__(self, site: Site, paths: list[str], *, connections: int = 16, port: int | None = None) -> None:
        self.port = port or site.port
        self.paths, self.connections = paths, connections
        self.known = known_pages(self.port, paths)

    def run(self, strike: Callable[[], object], *, before: float, after: float) -> Outcome:
        """strike: called once the load has run for `before` seconds; it runs for `after` more."""
        with Load(self.port, self.paths, connections=self.connections) as load:
            threading.Event().wait(before)
            moment = time.monotonic()
            strike()
            threading.Event().wait(after)
        answers = load.answers
        return Outcome(answers, len(wrong(answers, self.known)), speed_back(answers, moment), self.connections)


def tell(what: str, outcomes: Sequence[Outcome]) -> None:
    """One line over all strikes; the ratio is the share of requests that failed."""
    answers = [answer for outcome in outcomes for answer in outcome.answers]
    lost = failed(answers)
    backs = [outcome.back for outcome in outcomes]
    slowest = "never again as fast" if None in backs else f"fast again after at most {max(back or 0 for back in backs):.1f} s"
    most = max((len(failed(outcome.answers)) for outcome in outcomes), default=0)
    slow = percentile([answer.ms for answer in answers if not answer.trouble], 99)
    figure(
        ratio(len(lost), len(answers)),
        f"of the requests failed, {what}: {len(lost)} of {len(answers):,} ({troubles(answers)}; at most {most} at a time of"
        f" {outcomes[0].connections} connections), {sum(outcome.wrong for outcome in outcomes)} wrong pages, {slowest}, p99 {slow:.0f} ms",
    )


def change_is_seen(port: int, desk: Newsdesk, *, patience: float = 30.0) -> tuple[float, int]:
    """Publish and correct an article; milliseconds until the correction shows, and how often the old page came after a second."""
    done = desk.publish(word(0))
    fetch(port, done.path)
    text = word(1).encode()
    revised = desk.revise(done.article, text.decode())
    while text not in fetch(port, done.path).body:
        if time.monotonic() > revised.begun + patience:
            return patience * 1000, 0
    took = (time.monotonic() - revised.begun) * 1000
    time.sleep(max(0.0, revised.returned + SETTLED - time.monotonic()))
    return took, sum(text not in fetch(port, done.path).body for _ in range(100))
