"""Two nodes with PostgreSQL and Redis behind nginx, on this machine: speed, a node killed, a release deployed node by node."""

from __future__ import annotations

import argparse
import os
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Final

from bench import wrk
from bench.figures import failed, figure, median, ratio, troubles, whole
from bench.http1 import fetch
from bench.newsdesk import Newsdesk, word
from bench.nginx import before, running
from bench.processes import end, kill_at_once, tree
from bench.readers import Load
from bench.site import Server, Site, all_there, build, main, parser, start
from bench.stores import POSTGRES, own_database, own_redis
from bench.trials import Trial, speed_back, tell

PATIENCE: Final = 30.0  # seconds
TRUSTED_AGAIN: Final = 3.0  # seconds until nginx surely asks a node again that has not answered (fail_timeout, and its last try)


def measure(given: argparse.Namespace) -> None:
    folder = given.dir / "cluster"
    with own_redis(folder / "redis") as store, own_database(given.postgres) as database:
        extra = {"DATABASE_URL": database, "REDIS_URL": store.url}
        origin = f"http://127.0.0.1:{given.port + 2}"
        first = fresh(Site(folder / "a", given.port, given.articles, origin, extra))
        second = neighbour(first, folder / "b", given.port + 1)
        nodes: dict[Site, Server] = {}
        try:
            nodes |= {first: start(first)}
            nodes |= {second: start(second)}
            for server in nodes.values():
                all_there(server, workers=2)
            with Newsdesk(first) as desk:
                trials(nodes, desk, given, folder)
        finally:
            for server in nodes.values():
                end(server.process)


def fresh(site: Site) -> Site:
    """The database is new each time, so the folder's record of what was built is void."""
    (site.folder / "built").unlink(missing_ok=True)
    return build(site)


def neighbour(site: Site, folder: Path, port: int) -> Site:
    """A second node of the same site; pictures lie in a folder both see."""
    made = replace(site, folder=folder, port=port)
    made.data.mkdir(parents=True, exist_ok=True)
    if not (made.data / "media").exists():
        (made.data / "media").symlink_to(site.data / "media")
    return made


def trials(nodes: dict[Site, Server], desk: Newsdesk, given: argparse.Namespace, folder: Path) -> None:
    paths = ["/", "/inland/", *desk.paths(100)]
    ports, proxy = [site.port for site in nodes], given.port + 2
    throughput(ports, proxy, paths, folder, seconds=given.seconds)
    withdrawals(list(nodes), desk, rounds=given.rounds)
    with running(folder / "nginx", proxy, before(ports, proxy)):
        killed(nodes, proxy, paths)
        deployed(nodes, proxy, paths)


def throughput(ports: list[int], proxy: int, paths: list[str], folder: Path, *, seconds: int) -> None:
    seen = {}
    for count in (1, 2):
        with running(folder / "nginx", proxy, before(ports[:count], proxy)):
            wrk.run(proxy, paths=paths, connections=32, seconds=3)
            seen[count] = wrk.middle([wrk.run(proxy, paths=paths, connections=32, seconds=seconds) for _ in range(3)])
    one, two = seen[1], seen[2]
    figure(
        ratio(two.per_second, one.per_second),
        f"two nodes of one, both on this machine of {os.cpu_count()} processors, behind nginx, 32 connections:"
        f" {whole(two.per_second)} requests/s of {whole(one.per_second)} (p99 {two.p99:.1f} ms of {one.p99:.1f} ms, {two.errors} errors)",
    )


def withdrawals(sites: list[Site], desk: Newsdesk, *, rounds: int) -> None:
    """Withdrawn on the first node: when do both answer 410?"""
    waits: dict[int, list[float]] = {site.port: [] for site in sites}
    for number in range(rounds):
        done = desk.publish(word(number))
        for site in sites:
            for _ in range(8):
                fetch(site.port, done.path)
        gone = desk.withdraw(done.article)
        with ThreadPoolExecutor() as pool:
            found = [pool.submit(until_gone, site.port, done.path, gone.returned) for site in sites]
        for site, wait in zip(sites, found, strict=True):
            waits[site.port].append(wait.result())
    own, other = (waits[site.port] for site in sites)
    figure(
        ratio(median(other), max(median(own), 0.1)),
        f"withdrawn on node A, 410 on node B {median(other):.0f} ms after the call returned, at most {max(other):.0f} ms;"
        f" on A itself {median(own):.0f} ms",
    )


def until_gone(port: int, path: str, moment: float) -> float:
    """Milliseconds after that moment at which eight askings in turn all get 410."""
    seen, first = 0, moment
    while seen < 8 and time.monotonic() < moment + PATIENCE:
        asked = time.monotonic()
        if fetch(port, path).status == 410:
            first = asked if seen == 0 else first
            seen += 1
        else:
            seen = 0
    return max(0.0, (first - moment) * 1000) if seen else PATIENCE * 1000


def killed(nodes: dict[Site, Server], proxy: int, paths: list[str]) -> None:
    """One node dies with all its processes; afterwards it is started again."""
    site = list(nodes)[1]
    trial = Trial(site, paths, port=proxy)
    outcome = trial.run(lambda: kill_at_once(tree(nodes[site].pid)), before=3.0, after=5.0)
    nodes[site].process.wait()
    tell("one of two nodes killed", [outcome])
    nodes[site] = start(site)


def deployed(nodes: dict[Site, Server], proxy: int, paths: list[str]) -> None:
    """Node by node: stop in peace, start again, wait until it answers and nginx has noticed, then the next."""
    with Load(proxy, paths, connections=16) as load:
        threading.Event().wait(2)
        moment = time.monotonic()
        for site in list(nodes):
            end(nodes[site].process)
            nodes[site] = start(site)
            threading.Event().wait(TRUSTED_AGAIN)
    lost, back = failed(load.answers), speed_back(load.answers, moment)
    figure(
        ratio(len(lost), len(load.answers)),
        f"of the requests failed while both nodes were replaced one by one: {len(lost)} of {len(load.answers):,} ({troubles(load.answers)});"
        f" {'never again as fast' if back is None else f'as fast after {back:.1f} s'}",
    )


if __name__ == "__main__":
    told = parser("Two nodes behind nginx")
    told.add_argument(
        "--postgres", default=os.environ.get("DATABASE_URL", POSTGRES), help="a server on which we may make a database"
    )
    told.add_argument("--rounds", type=int, default=10, help="of withdrawing (default: %(default)s)")
    sys.exit(main(measure, told, needs=("nginx", "wrk", "redis-server")))
