"""1,000 different articles in no order, all warm, against one hot one asked for by the same script."""

from __future__ import annotations

import argparse
import sys
from typing import Final

from bench import wrk
from bench.figures import figure, ratio, whole
from bench.http1 import fetch
from bench.newsdesk import Newsdesk
from bench.site import main, parser, served, site_of
from bench.tools import Missing

ROUNDS: Final = 3
CONNECTIONS: Final = (8, 32)


def measure(given: argparse.Namespace) -> None:
    site = site_of(given)
    with Newsdesk(site) as desk:
        paths = desk.paths(given.number)
    with served(site):
        warm(site.port, paths)
        for connections in CONNECTIONS:
            compare(site.port, paths, connections=connections, seconds=given.seconds)


def warm(port: int, paths: list[str], *, times: int = 3) -> None:
    """Each worker should have met each page; which one answers is not ours to say."""
    for path in paths * times:
        if fetch(port, path).status != 200:
            raise Missing(f"{path} was not answered with 200.")


def compare(port: int, paths: list[str], *, connections: int, seconds: int) -> None:
    many, one = [], []
    wrk.run(port, paths=paths, connections=connections, seconds=2)
    for _ in range(ROUNDS):
        many.append(wrk.run(port, paths=paths, connections=connections, seconds=seconds))
        one.append(wrk.run(port, paths=paths[:1], connections=connections, seconds=seconds))
    we, hot = wrk.middle(many), wrk.middle(one)
    figure(
        ratio(we.per_second, hot.per_second),
        f"{len(paths):,} random warm articles, {connections} connections: {whole(we.per_second)} requests/s of one hot article"
        f" {whole(hot.per_second)} (p50 {we.p50:.1f} ms, p99 {we.p99:.1f} ms, {we.errors} errors)",
    )


if __name__ == "__main__":
    told = parser("Random warm articles, as a share of one hot article")
    told.add_argument("--number", type=int, default=1000, help="of articles (default: %(default)s)")
    sys.exit(main(measure, told, needs=("wrk",)))
