"""Start on an existing database to the first answer, and the way out: SIGTERM under load."""

from __future__ import annotations

import argparse
import subprocess
import sys
import threading
import time

from bench.figures import failed, figure, median, note, ratio, troubles
from bench.newsdesk import Newsdesk
from bench.processes import end
from bench.readers import Answer, Load
from bench.site import ROOT, Site, main, parser, site_of, start


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
    drains = [drain(site, paths, given.seconds) for _ in range(given.rounds)]
    answered = sum(len(answers) - len(lost) for answers, lost, _ in drains)
    lost = [answer for _, lost, _ in drains for answer in lost]
    figure(
        ratio(len(lost), answered + len(lost)),
        f"of the requests under way at SIGTERM, {given.rounds} times under load, were lost: {len(lost)} of {answered} ({troubles(lost)});"
        f" gone after {median(seconds for *_, seconds in drains):.1f} s",
    )


def bare_start(site: Site) -> float:
    begun = time.monotonic()
    subprocess.run([sys.executable, "-c", "import newsroom.wsgi"], cwd=ROOT, env=site.environment(), check=True)
    return time.monotonic() - begun


def drain(site: Site, paths: list[str], seconds: int) -> tuple[list[Answer], list[Answer], float]:
    """All answers, those lost though the server had taken the request, seconds until it was gone.

    Who is refused a connection afterwards has met a closed door, not a broken promise: the proxy asks another node.
    """
    server = start(site, path=paths[0])
    with Load(site.port, paths, connections=16) as load:
        threading.Event().wait(seconds)
        took = end(server.process)
    known = [answer for answer in load.answers if answer.trouble != "refused"]
    lost = failed(known)
    closed = sum(answer.trouble == "closed" for answer in lost)
    if closed:
        note(f"{closed} of them on a kept connection that closed as they asked: browsers and proxies ask again by themselves")
    return known, lost, took


if __name__ == "__main__":
    told = parser("Start and drain")
    told.add_argument("--rounds", type=int, default=5, help="default: %(default)s")
    sys.exit(main(measure, told))
