"""Time and memory of the sitemap's index and of its largest month, made anew each time."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

import django
from django.apps import apps
from django.test import Client

from bench.figures import figure, ratio
from bench.site import ROOT, Site, main, parser, site_of
from bench.tools import Missing

ROUNDS: Final = 9
MOST: Final = {"index": 200.0, "month": 1000.0}  # milliseconds, whatever the size of the archive (docs/operate.md)
INSIDE: Final = "NEWSROOM_BENCH_INSIDE"  # in the environment of the process that is measured


def measure(given: argparse.Namespace) -> None:
    site = site_of(given)
    for kind, found in told(site).items():
        size = f"{found['bytes'] / 1024:,.0f} kB, {found['entries']:,} entries"
        what = f"{kind} of {site.articles:,} articles"
        figure(ratio(found["ms"], MOST[kind]), f"of {MOST[kind]:.0f} ms: {what}: {found['ms']:.1f} ms ({size})")
        figure(ratio(found["peak"], found["bytes"]), f"times its own size: memory while it is made: {found['peak'] / 1024:,.0f} kB")


def told(site: Site) -> dict[str, dict[str, float]]:
    """What a process with the site's settings has measured."""
    environment = {**site.environment(), INSIDE: "1"}
    ended = subprocess.run([sys.executable, "-m", "bench.sitemaps"], env=environment, cwd=ROOT, capture_output=True, text=True, check=False)
    if ended.returncode:
        raise Missing(f"The sitemap could not be measured: {ended.stderr.strip()[-600:]}")
    found: dict[str, dict[str, float]] = json.loads(ended.stdout)
    return found


def inside() -> dict[str, dict[str, float]]:
    django.setup()
    client = Client(SERVER_NAME="127.0.0.1")
    largest = max(months(client), key=lambda path: len(asked(client, path)))
    return {kind: measured(client, path) for kind, path in (("index", "/sitemap.xml"), ("month", largest))}


def months(client: Client) -> Iterator[str]:
    """A few of them: at the newest article, in the middle and at the oldest."""
    moments: Any = apps.get_model("articles", "Article").objects.public().order_by("published_at").values_list("published_at", flat=True)
    first, last = moments.first(), moments.last()
    if first is None or last is None:
        raise SystemExit("the site has no articles")
    for moment in (first, first + (last - first) / 2, last):
        yield from (path for path in (month_path(moment),) if client.get(path).status_code == 200)


def month_path(moment: datetime) -> str:
    return f"/sitemap-{moment:%Y-%m}.xml"


def asked(client: Client, path: str) -> bytes:
    answer = client.get(path)
    if answer.status_code != 200:
        raise SystemExit(f"{path}: {answer.status_code}")
    body: bytes = answer.content
    return body


def measured(client: Client, path: str) -> dict[str, float]:
    times = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        body = asked(client, path)
        times.append((time.perf_counter() - begun) * 1000)
    tracemalloc.start()
    asked(client, path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return {"ms": min(times), "bytes": len(body), "entries": body.count(b"<loc>"), "peak": peak}


if __name__ == "__main__":
    if os.environ.get(INSIDE):
        json.dump(inside(), sys.stdout)
    else:
        sys.exit(main(measure, parser("time and memory of the sitemap")))
