"""What it costs to count a hit: the page cache in this process, with and without, one hot page and many."""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Final

from bench.figures import figure, median, note, ratio
from newsroom.pagecache.address import Addresses
from newsroom.pagecache.counters import Counters
from newsroom.pagecache.layer import PageCache
from newsroom.pagecache.memory import Memory
from newsroom.pagecache.reads import Reads
from newsroom.pagecache.single import Turns
from newsroom.pagecache.stats import Stats
from newsroom.pagecache.store import Files

HITS: Final = 200_000
ROUNDS: Final = 7
PATHS: Final = 1_000
AGENTS: Final = [f"Mozilla/5.0 (X11; Linux x86_64; rv:{number}.0) Gecko/20100101 Firefox/{number}.0" for number in range(100, 140)]


def site(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    start_response("200 OK", [("Content-Type", "text/html"), ("ETag", 'W/"1"'), ("Cache-Control", "public"), ("Surrogate-Key", "all")])
    return [b"<p>text</p>" * 200]


def cache(folder: Path, count: Callable[[dict[str, Any]], None] | None) -> PageCache:
    counters = Counters(folder / "counters")
    return PageCache(
        site, addresses=Addresses(["localhost"], []), counters=counters, memory=Memory(64_000_000), missing=Memory(10, by_count=True),
        store=Files(folder / "pages", "bench", 0), turns=Turns(folder / "turns"), stats=Stats(counters), count=count,
    )  # fmt: skip


def hits(asked: PageCache, environs: list[dict[str, Any]]) -> float:
    """Microseconds a hit."""
    def start_response(status: str, headers: list[tuple[str, str]]) -> None:
        pass

    begun = time.perf_counter()
    for number in range(HITS):
        asked(environs[number % len(environs)], start_response)
    return (time.perf_counter() - begun) / HITS * 1e6


def environs(number: int) -> list[dict[str, Any]]:
    return [
        {"REQUEST_METHOD": "GET", "PATH_INFO": f"/ausland/meldung-{place + 1}/", "QUERY_STRING": "", "HTTP_HOST": "localhost",
         "HTTP_USER_AGENT": AGENTS[place % len(AGENTS)], "HTTP_ACCEPT_ENCODING": "br"}
        for place in range(number)
    ]  # fmt: skip


def measure(folder: Path) -> None:
    without, counting = cache(folder, None), cache(folder, Reads().note)
    for name, asked in (("one hot article", environs(1)), (f"{PATHS} articles in turn", environs(PATHS))):
        for each in (without, counting):
            hits(each, asked)
        rounds = [(hits(without, asked), hits(counting, asked)) for _ in range(ROUNDS)]
        bare, counted = median(pair[0] for pair in rounds), median(pair[1] for pair in rounds)
        more = median(second - first for first, second in rounds)
        figure(ratio(counted, bare), f"{name}: {counted:.2f} µs a hit counted, {bare:.2f} µs not counted; counting takes {more:.2f} µs")
    note(f"median of {ROUNDS} rounds of {HITS:,} hits each, in turn")


def main() -> None:
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--dir", type=Path, default=Path(tempfile.gettempdir()) / "newsroom-bench")
    folder = given.parse_known_args()[0].dir / "counting"
    folder.mkdir(parents=True, exist_ok=True)
    measure(folder)


if __name__ == "__main__":
    main()
