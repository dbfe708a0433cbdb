"""Start on an existing database to the first answer, and the way out: SIGTERM under load."""

from __future__ import annotations

import argparse
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from typing import Final

from bench.figures import failed, figure, median, ratio, troubles
from bench.newsdesk import Newsdesk
from bench.processes import end
from bench.readers import Answer, Load
from bench.site import ROOT, Site, main, parser, site_of, start
from bench.tools import Missing

PATIENCE: Final = 120.0  # seconds for one server to take another's place


def measure(given: argparse.Namespace) -> None:
    site = site_of(given)
    with Newsdesk(site) as desk:
        paths = desk.paths(50)
    end(start(site).process)
    starts, bare = [], []
    for _ in range(given.rounds):
        bare.append(bare_start(site))
        server = start(site, path=paths[0])
        starts.append(server.seconds)
        end(server.process)
    figure(
        ratio(median(starts), median(bare)),
        f"times a bare start of Python with the product ({median(bare):.2f} s): start to the first article answered"
        f" {median(starts):.2f} s, at most {max(starts):.2f} s",
    )
    stops = [stop(site, paths, given.seconds) for _ in range(given.rounds)]
    under_way = [answer for one in stops for answer in one.under_way]
    lost = failed(under_way)
    figure(
        ratio(len(lost), len(under_way)),
        f"of the requests under way at SIGTERM, {given.rounds} times under load, were lost: {len(lost)} of {len(under_way)}"
        f" ({troubles(under_way)}); gone after {median(one.seconds for one in stops):.1f} s",
    )
    late = [answer for one in stops for answer in one.late if answer.trouble != "refused"]
    figure(
        ratio(len(failed(late)), len(late)),
        f"of those who asked later, on a connection kept from before, found it closed: {len(failed(late))} of {len(late)};"
        " browsers and proxies ask again by themselves",
    )
    tell_replacing(site, paths, given.rounds)


def bare_start(site: Site) -> float:
    begun = time.monotonic()
    subprocess.run([sys.executable, "-c", "import newsroom.wsgi"], cwd=ROOT, env=site.environment(), check=True)
    return time.monotonic() - begun


def tell_replacing(site: Site, paths: list[str], rounds: int) -> None:
    loads = [replace(site, paths) for _ in range(rounds)]
    answers = [answer for load, _ in loads for answer in load.answers]
    again = sum(load.asked_again for load, _ in loads)
    lost = failed(answers)
    figure(
        ratio(len(lost), len(answers)),
        f"of the requests failed while `serve --replace` took over, {rounds} times under load: {len(lost)} of {len(answers):,}"
        f" ({troubles(answers)}; {again} asked again on a new connection, as browsers do); the old one was gone after"
        f" {median(seconds for _, seconds in loads):.1f} s",
    )


def replace(site: Site, paths: list[str]) -> tuple[Load, float]:
    """The load, and the seconds until the old server had gone."""
    old = start(site, path=paths[0])
    servers = [old]
    try:
        with Load(site.port, paths, connections=16, again=True) as load:
            threading.Event().wait(1)
            begun = time.monotonic()
            servers.append(start(site, path=paths[0], replace=True))
            gone = is_gone(old.process, within=PATIENCE)
            took = time.monotonic() - begun
            threading.Event().wait(1)
    finally:
        for server in servers:
            end(server.process)
    if not gone:
        raise Missing("`serve --replace` did not take over within 120 s.")
    return load, took


def is_gone(process: subprocess.Popen[bytes], *, within: float) -> bool:
    try:
        process.wait(within)
    except subprocess.TimeoutExpired:
        return False
    return True


@dataclass(frozen=True)
class Stop:
    """What became of requests by when they were sent: before SIGTERM or after it."""

    under_way: list[Answer]
    late: list[Answer]
    seconds: float  # until the server was gone


def stop(site: Site, paths: list[str], seconds: int) -> Stop:
    server = start(site, path=paths[0])
    with Load(site.port, paths, connections=16) as load:
        threading.Event().wait(seconds)
        moment = time.monotonic()
        took = end(server.process)
    sent_before = [answer for answer in load.answers if answer.at < moment]
    under_way = [answer for answer in sent_before if answer.trouble or answer.at + answer.ms / 1000 >= moment]
    return Stop(under_way, [answer for answer in load.answers if answer.at >= moment], took)


if __name__ == "__main__":
    told = parser("Start and drain")
    told.add_argument("--rounds", type=int, default=5, help="default: %(default)s")
    sys.exit(main(measure, told))
