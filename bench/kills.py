"""kill -9 under load: a web process at random moments, and whoever is rendering."""

from __future__ import annotations

import argparse
import random
import sys
import threading
import time
from collections import Counter
from contextlib import suppress
from typing import Final

from bench.figures import figure, median, note, ratio
from bench.http1 import Malformed, fetch
from bench.newsdesk import Newsdesk, word
from bench.processes import command, kill_at_once, ran, tree, workers
from bench.readers import at_once
from bench.site import Server, main, parser, served, site_of
from bench.tools import Missing
from bench.trials import Trial, tell

AT_WORK: Final = (0.001, 0.006)  # seconds after a request at which somebody renders the page
APART: Final = 6.0  # seconds between kills: granian takes two deaths of one worker within 5.5 s for a crash loop and gives up
PATIENCE: Final = 30.0  # seconds


def measure(given: argparse.Namespace) -> None:
    site = site_of(given)
    lot = random.Random(given.seed)  # noqa: S311 - repeatable, no secret
    with served(site) as server, Newsdesk(site) as desk:
        paths = ["/", "/inland/", *desk.paths(20)]
        trial = Trial(site, paths, connections=given.connections)
        moments = [1.0 + lot.random() for _ in range(given.kills)]
        outcomes = [trial.run(lambda: kill_one(server, lot), before=moment, after=APART) for moment in moments]
        tell(f"one of the web processes killed {given.kills} times", outcomes)
        killed_renderers(server, desk, lot, rounds=given.kills)
        trial = Trial(site, paths, connections=given.connections)  # the pages have changed meanwhile
        tell("all web processes killed at once", [trial.run(lambda: kill_at_once(workers(server.pid)), before=1.0, after=APART)])
        tell("the same place killed twice within 2 s", [trial.run(lambda: kill_newest_too(server), before=1.0, after=APART)])
    note(f"seed {given.seed}")


def kill_one(server: Server, lot: random.Random) -> None:
    found = workers(server.pid)
    if not found:
        raise Missing(f"No web process found below {server.pid}: {[command(pid) for pid in tree(server.pid)]}")
    kill_at_once([lot.choice(found)])


def kill_newest_too(server: Server) -> None:
    """Kill one, and two seconds later the one that has taken its place."""
    known = workers(server.pid)
    kill_at_once(known[:1])
    time.sleep(2)
    kill_at_once([pid for pid in workers(server.pid) if pid not in known])


def killed_renderers(server: Server, desk: Newsdesk, lot: random.Random, *, rounds: int) -> None:
    """Who holds the right to render a changed page dies with it; how long until all readers see the change all the same."""
    waits, victims = [], Counter[str]()
    for _ in range(rounds):
        done, text = desk.publish(word(0)), word(1)
        at_once(server.port, [done.path], readers=20)
        desk.revise(done.article, text)
        victims[kill_renderer(server, done.path, lot)] += 1
        waits.append(seen_by_all(server.port, done.path, text.encode()))
        time.sleep(APART)
    calm, text = desk.publish(word(0)), word(1)
    at_once(server.port, [calm.path], readers=20)
    desk.revise(calm.article, text)
    undisturbed = seen_by_all(server.port, calm.path, text.encode())
    what = ", ".join(f"{kind} process {number} times" for kind, number in victims.items())
    figure(
        ratio(median(waits), undisturbed),
        f"times the undisturbed {undisturbed:.0f} ms until 20 readers see a change whose renderer was killed ({what}):"
        f" {median(waits):.0f} ms, at most {max(waits):.0f} ms",
    )


def kill_renderer(server: Server, path: str, lot: random.Random) -> str:
    """Ask for a page that must be rendered, then kill the process that has worked most since; say what it was."""
    others = [pid for pid in tree(server.pid) if pid != server.pid]
    before = {pid: ran(pid) for pid in others}
    reader = threading.Thread(target=ask, args=(server.port, path), daemon=True)
    reader.start()
    time.sleep(lot.uniform(*AT_WORK))
    busiest = max(others, key=lambda pid: ran(pid) - before[pid])
    kind = "background" if "background" in command(busiest) else "web"
    kill_at_once([busiest])
    reader.join()
    return kind


def ask(port: int, path: str) -> None:
    with suppress(OSError, Malformed):
        fetch(port, path, timeout=10)


def seen_by_all(port: int, path: str, text: bytes) -> float:
    """Milliseconds until 20 readers in turn all get the new page."""
    begun, seen = time.monotonic(), 0
    while seen < 20 and time.monotonic() < begun + PATIENCE:
        try:
            seen = seen + 1 if text in fetch(port, path, timeout=PATIENCE).body else 0
        except (OSError, Malformed):
            seen = 0
    return (time.monotonic() - begun) * 1000


if __name__ == "__main__":
    told = parser("kill -9 under load")
    told.add_argument("--kills", type=int, default=8, help="default: %(default)s")
    told.add_argument("--seed", type=int, default=20250224, help="draws the moments and the victims (default: %(default)s)")
    told.add_argument("--connections", type=int, default=16, help="readers (default: %(default)s)")
    sys.exit(main(measure, told))
