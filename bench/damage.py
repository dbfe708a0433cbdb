"""Damage to what the page cache stands on, under load: its folder, the disk, Redis."""

from __future__ import annotations

import argparse
import os
import random
import resource
import shutil
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from bench.figures import figure, note, ratio
from bench.newsdesk import Newsdesk
from bench.processes import kill_at_once, tree, workers
from bench.site import Server, Site, main, parser, served, site_of
from bench.stores import Redis, own_redis
from bench.trials import Trial, change_is_seen, tell

BEFORE, AFTER = 1.5, 4.0  # seconds of load


class Bed:
    """A served site with readers and a desk; one trial after the other lies down in it."""

    def __init__(self, site: Site, server: Server, desk: Newsdesk) -> None:
        self.site, self.server, self.desk = site, server, desk
        self.folder = site.data / "pagecache"
        self.paths = ["/inland/", "/ausland/", *desk.paths(30)]
        self.calm, _ = change_is_seen(site.port, desk)

    def suffer(self, what: str, strike: Callable[[], None], heal: Callable[[], None] | None = None) -> None:
        """Strike under load, then see that a change of the desk's still comes through, and stays; then heal."""
        trial = Trial(self.site, self.paths)
        tell(what, [trial.run(strike, before=BEFORE, after=AFTER)])
        self.changes(what)
        if heal:
            heal()
            self.changes(f"healed again: {what}")

    def changes(self, what: str) -> None:
        took, relapses = change_is_seen(self.site.port, self.desk)
        figure(
            ratio(took, self.calm),
            f"times the undisturbed {self.calm:.0f} ms until a correction shows, {what}: {took:.0f} ms, old page {relapses} of 100 times after a second",
        )

    def limit(self, most: int) -> None:
        """No process of the tree may make any file longer than that: what a full disk feels like to who writes."""
        for pid in tree(self.server.pid):
            with suppress(OSError):
                resource.prlimit(pid, resource.RLIMIT_FSIZE, (most, resource.RLIM_INFINITY))


def measure(given: argparse.Namespace) -> None:
    site = site_of(given)
    with served(site) as server, Newsdesk(site) as desk:
        bed = Bed(site, server, desk)
        if bed.folder.exists():
            folder_trials(bed, random.Random(given.seed))  # noqa: S311 - repeatable, no secret
        else:
            note(f"no page cache folder at {bed.folder}: nothing to damage")
    with own_redis(site.folder / "redis") as store:
        shared = replace(site, extra={**site.extra, "REDIS_URL": store.url})
        with served(shared) as server, Newsdesk(shared) as desk:
            redis_trials(Bed(shared, server, desk), store)


def folder_trials(bed: Bed, lot: random.Random) -> None:
    bed.suffer("cache folder deleted", lambda: shutil.rmtree(bed.folder, ignore_errors=True))
    bed.suffer("cache folder cannot be written", lambda: block(bed.folder), lambda: unblock(bed.folder))
    bed.suffer("disk full", lambda: bed.limit(0), lambda: bed.limit(resource.RLIM_INFINITY))

    def tear() -> None:
        torn = [tear_half(file) for file in entries(bed.folder, bed.server.pid)]
        note(f"{len(torn)} files torn; the web processes are killed, so that somebody reads them")
        kill_at_once(workers(bed.server.pid)[:1])

    bed.suffer("every file of the cache torn and one web process killed", tear)

    def tear_one() -> None:
        found = entries(bed.folder, bed.server.pid)
        if found:
            tear_half(lot.choice(found))

    bed.suffer("one file torn", tear_one)


def redis_trials(bed: Bed, store: Redis) -> None:
    note(f"Redis holds {store.entries()} entries")
    bed.suffer("Redis flushed", store.flush)
    bed.suffer("Redis stopped", store.stop, store.start)


def block(folder: Path) -> None:
    """Make it unwritable; to root nothing is, so for root a file takes its place."""
    if os.geteuid():
        folder.chmod(0o500)
        return
    shutil.rmtree(folder, ignore_errors=True)
    with suppress(OSError):
        folder.write_text("in the way", encoding="ascii")


def unblock(folder: Path) -> None:
    if folder.is_file():
        folder.unlink()
    elif folder.exists():
        folder.chmod(0o700)


def entries(folder: Path, root: int) -> list[Path]:
    """Files of the cache that no process has mapped: a mapped one cannot be torn without killing who looks at it."""
    mapped = set()
    for pid in tree(root):
        with suppress(OSError):
            text = Path(f"/proc/{pid}/maps").read_text(encoding="utf-8", errors="replace")
            mapped |= {line.split(maxsplit=5)[5] for line in text.splitlines() if line.count("/")}
    return sorted(file for file in folder.rglob("*") if file.is_file() and str(file) not in mapped)


def tear_half(file: Path) -> Path:
    with suppress(OSError):
        os.truncate(file, file.stat().st_size // 2)
    return file


if __name__ == "__main__":
    told = parser("Damage to cache folder, disk and Redis under load")
    told.add_argument("--seed", type=int, default=20250224, help="draws the file (default: %(default)s)")
    sys.exit(main(measure, told, needs=("redis-server",)))
