"""Reading under 80 % of the peak load while the desk publishes 30 articles a minute: errors and p99, with and without."""

from __future__ import annotations

import argparse
import sys
from typing import Final

from bench import wrk
from bench.figures import figure, median, note, ratio, whole
from bench.newsdesk import Newsdesk, Publishing
from bench.site import main, parser, served, site_of

PAUSE: Final = 4  # milliseconds that each reader waits on average before asking again
TRIES: Final = 6  # to find how many such readers make the wanted load
NEAR: Final = 0.05
FEWEST, MOST = 32, 2048  # readers with whom the peak is looked for


def measure(given: argparse.Namespace) -> None:
    site = site_of(given)
    with served(site), Newsdesk(site) as desk:
        paths = ["/", "/inland/", "/ausland/", "/ticker/", *desk.paths(200)]
        wrk.run(site.port, paths=paths, connections=32, seconds=5)
        peak = peak_of(site.port, paths, seconds=given.seconds)
        readers = readers_for(peak * given.load / 100, site.port, paths)
        calm = wrk.run(site.port, paths=paths, connections=readers, seconds=given.length, pause=PAUSE)
        with Publishing(desk, a_minute=given.a_minute) as publishing:
            busy = wrk.run(site.port, paths=paths, connections=readers, seconds=given.length, pause=PAUSE)
    note(
        f"peak {whole(peak)} requests/s; {readers} readers made {whole(calm.per_second)} without, {whole(busy.per_second)} with publishing"
    )
    acts = [done.ms for done in publishing.done]
    figure(
        ratio(busy.p99, calm.p99),
        f"p99 while {len(acts)} articles were published in {given.length} s, of p99 without: {busy.p99:.1f} ms, {calm.p99:.1f} ms;"
        f" p50 {busy.p50:.1f} ms, {calm.p50:.1f} ms; {busy.errors} errors, {calm.errors} errors",
    )
    figure(ratio(busy.per_second, calm.per_second), f"requests answered meanwhile, of those without: {whole(busy.requests)}")
    figure(ratio(max(acts, default=0), median(acts)), f"slowest publishing under this load, of the median {median(acts):.0f} ms")


def peak_of(port: int, paths: list[str], *, seconds: int) -> float:
    """Requests a second that no further reader raises. Those who pause cost the machine more each than those who do not."""
    peak, readers = 0.0, FEWEST
    while readers <= MOST:
        seen = wrk.run(port, paths=paths, connections=readers, seconds=seconds, pause=PAUSE).per_second
        if seen < peak * (1 + NEAR):
            return max(peak, seen)
        peak, readers = seen, readers * 2
    return peak


def readers_for(wanted: float, port: int, paths: list[str]) -> int:
    """How many readers who pause make this load; wrk cannot be told a rate."""
    readers = max(2, int(wanted * (PAUSE + 1) / 1000))
    for _ in range(TRIES):
        seen = wrk.run(port, paths=paths, connections=readers, seconds=3, pause=PAUSE).per_second
        if not seen or abs(seen / wanted - 1) < NEAR:
            break
        readers = min(2000, max(2, round(readers * min(2.0, max(0.5, wanted / seen)))))
    return readers


if __name__ == "__main__":
    told = parser("Reading while writing")
    told.add_argument("--length", type=int, default=180, help="seconds with and without publishing (default: %(default)s)")
    told.add_argument("--load", type=int, default=80, help="per cent of the peak (default: %(default)s)")
    told.add_argument("--a-minute", type=float, default=30, help="articles (default: %(default)s)")
    sys.exit(main(measure, told, needs=("wrk",)))
