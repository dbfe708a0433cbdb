"""Memory of all processes with the site warm: PSS, in which what they share counts once."""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from typing import Final

from bench import metrics
from bench.figures import figure, note, ratio
from bench.newsdesk import Newsdesk
from bench.processes import command, part_of_all, pss, pss_of_all
from bench.readers import Load
from bench.site import ROOT, Site, main, parser, served, site_of

FIRST_LEVEL: Final = "newsroom_pagecache_bytes"
AT_REST: Final = 12.0  # seconds after which `serve` has given back what nobody uses
ROUNDS: Final = 8  # each with connections of its own: a connection stays with one web process, and every process is to know every page
LONGEST: Final = 90.0  # seconds of a round
ONE_PROCESS: Final = (
    "import django, sys; django.setup(); from newsroom.wsgi import application; print(1, flush=True); sys.stdin.read()"
)


def measure(given: argparse.Namespace) -> None:
    site = site_of(given)
    with Newsdesk(site) as desk:
        paths = ["/", *desk.paths(given.number)]
    alone = one_process(site)
    with served(site) as server:
        before = sum(pss_of_all(server.pid).values())
        answers = sum(read_once(site.port, paths) for _round in range(ROUNDS))
        time.sleep(AT_REST)
        found = pss_of_all(server.pid)
        kinds = {pid: " ".join(command(pid))[-40:] for pid in found}
        mapped = sum(part_of_all(server.pid, "Pss_File").values())
        first_level = metrics.read(site.port, FIRST_LEVEL)
    total = sum(found.values())
    figure(
        ratio(total, alone),
        f"times one bare process of the same product ({alone / 1024:.0f} MB): all {len(found)} processes of `serve`, {site.articles:,}"
        f" articles, warm after {answers:,} answers: {total / 1024:.0f} MB PSS",
    )
    figure(ratio(total, before), f"warm of just started ({before / 1024:.0f} MB)")
    note("; ".join(f"{kinds[pid]} {kilobytes / 1024:.0f} MB" for pid, kilobytes in found.items()))
    note(
        f"of it files that are mapped, such as the database: {mapped / 1024:.0f} MB; these the kernel takes back when it needs room"
    )
    if first_level is not None:
        note(f"first level of the page cache, all processes: {first_level / 1024 / 1024:.1f} MB")


def read_once(port: int, paths: list[str]) -> int:
    """Number of answers when every page is read about once, over new connections."""
    with Load(port, paths, connections=16) as load:
        until = time.monotonic() + LONGEST
        while len(load.answers) < len(paths) and time.monotonic() < until:
            time.sleep(0.1)
        return len(load.answers)


def one_process(site: Site) -> int:
    """Kilobytes of one Python process that has loaded the product and answered nothing."""
    process = subprocess.Popen(
        [sys.executable, "-c", ONE_PROCESS], cwd=ROOT, env=site.environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    if process.stdout is not None:
        process.stdout.readline()
    found = pss(process.pid)
    process.communicate()
    return found


if __name__ == "__main__":
    told = parser("PSS of all processes")
    told.add_argument("--number", type=int, default=5000, help="articles read (default: %(default)s)")
    sys.exit(main(measure, told))
