"""Measures the search: ms of common and rare words, bytes of the index for each article, ms that it adds to publishing.

    python -m bench.search --articles 10000                          # the size of the site, built once and kept
    DATABASE_URL=postgres://… python -m bench.search                 # on PostgreSQL, in a database of its own beside that one

One line a figure: ratio, what, value. The ratio is that to what docs/operate.md promises (150 ms at the 95th percentile, 30 ms for a
publication), and for the index to the articles' own text. Nothing is cached, and every question is asked through the page.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import sys
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from subprocess import PIPE, run
from typing import Any, Final
from urllib.parse import urlencode

import django
from django.apps import apps
from django.db import connection
from django.test import Client

from bench.figures import figure, note, percentile
from bench.uncached import ROOT, Site, manage, prepare, site

MOST: Final = 150.0  # ms, of an uncached search at the 95th percentile
PUBLISH_MOST: Final = 30.0  # ms
ROUNDS: Final = 25
FREQUENT, MEDIUM = 200, 3_000  # ranks of words: the most common ones, the middling, and all after them


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dir", type=Path, default=ROOT / "data" / "bench", help="where the database is kept")
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.inside:
        inside()
        return
    made: Site = site(given.articles, given.dir, 0, [])
    prepare(made)
    manage(made, "collectstatic", "--no-input", "--verbosity", "0")
    told = run([sys.executable, "-m", "bench.search", "--inside"], cwd=ROOT, env=made.environment, check=True, stdout=PIPE, text=True)
    show(json.loads(told.stdout), given.articles)


def show(measured: dict[str, Any], articles: int) -> None:
    for kind, times in measured["times"].items():
        high = percentile(times, 95)
        figure(high / MOST, f"search {kind} {articles}  p50 {percentile(times, 50):.1f} ms, p95 {high:.1f} ms")
    own, text = measured["index"], measured["text"]
    figure(own / text, f"index {articles}  {own:,.0f} bytes for each article, whose text has {text:,.0f}")
    extra = min(measured["following"])
    figure(extra / PUBLISH_MOST, f"publish {articles}  {extra:.2f} ms more, of {min(measured['publishing']):.2f} ms")
    note(f"words known: {measured['words']:,}")


def inside() -> None:
    """Within the site's environment; speaks JSON."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "newsroom.settings"
    django.setup()
    import_module("articles.search.rebuilding").rebuild(again=False, progress=lambda *_: None)
    articles = apps.get_model("articles", "Article").objects.filter(status="published").count()
    publishing, following = acts()
    told = {
        "times": {kind: asked(paths) for kind, paths in questions().items()},
        "index": index_bytes() / articles, "text": text_bytes(), "publishing": publishing, "following": following,
        "words": apps.get_model("articles", "SearchWord").objects.count(),
    }  # fmt: skip
    json.dump(told, sys.stdout)


def questions() -> dict[str, list[str]]:
    """Addresses for each kind of search, made of the site's own words by their rank."""
    words = list(apps.get_model("articles", "SearchWord").objects.order_by("-documents", "stem").values_list("word", flat=True))
    common, middling, rare = spread(words[:FREQUENT]), spread(words[FREQUENT:MEDIUM] or words), spread(words[-MEDIUM:])
    pairs = [f"{one} {other}" for one, other in zip(common, reversed(common), strict=True)]
    kinds: dict[str, tuple[list[str], dict[str, str]]] = {
        "common": (common, {}), "middling": (middling, {}), "rare": (rare, {}), "two common": (pairs, {}),
        "common and rare": ([f"{one} {other}" for one, other in zip(common, rare, strict=True)], {}),
        "phrase of common": ([f'"{pair}"' for pair in pairs], {}),
        "excluded": ([f"{one} -{other}" for one, other in itertools.pairwise(common)], {}),
        "common, best first": (common, {"sortierung": "beste"}), "two common, best first": (pairs, {"sortierung": "beste"}),
        "common, one category": (common, {"ressort": "inland"}), "mistyped": ([f"{one[:3]}q{one[3:]}" for one in middling], {}),
    }  # fmt: skip
    return {kind: [f"/suche/?{urlencode({'q': q, **more})}" for q in asked] for kind, (asked, more) in kinds.items()}


def spread(words: list[str]) -> list[str]:
    """Evenly over the ranks."""
    return [words[place * len(words) // ROUNDS] for place in range(ROUNDS)] if words else []


def asked(paths: list[str]) -> list[float]:
    """ms of each, after all were asked once: the machine's own memory is warm, the site's is empty."""
    client = Client(SERVER_NAME=os.environ["ALLOWED_HOSTS"].split(",")[0])
    for path in paths:
        client.get(path)
    return [timed(lambda path=path: client.get(path)) for path in paths]  # type: ignore[misc]


def timed(act: Callable[[], object]) -> float:
    begun = time.perf_counter()
    act()
    return (time.perf_counter() - begun) * 1000


def index_bytes() -> int:
    """Of all that the search adds to the database; its words too."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_total_relation_size('articles_searchdocument') + pg_total_relation_size('articles_searchword')")
        else:
            cursor.execute("SELECT sum(pgsize) FROM dbstat WHERE name LIKE 'articles_search%' OR name LIKE 'search_%' OR name LIKE '%searchword%'")
        return int(cursor.fetchone()[0])


def text_bytes() -> float:
    rows = apps.get_model("articles", "Article").objects.order_by("-pk")[:500]
    sizes = [len(f"{row.headline} {row.lead} {row.body}".encode()) for row in rows]
    return sum(sizes) / len(sizes)


def acts() -> tuple[list[float], list[float]]:
    """ms of publishing an article of usual length, and of what of it is the search's; the drafts go again."""
    desk, search = import_module("articles.desk"), import_module("articles.search")
    rows = apps.get_model("articles", "Article").objects
    category = apps.get_model("articles", "Category").objects.order_by("pk")[0]
    body = rows.filter(status="published").order_by("pk").values_list("body", flat=True)[0]
    publishing, following = [], []
    for place in range(ROUNDS):
        draft = rows.create(headline=f"Gemessen {place}", lead="Eine Messung.", body=body, category=category)
        publishing.append(timed(lambda draft=draft: desk.publish(draft)))  # type: ignore[misc]
        following.append(timed(lambda draft=draft: search.follow(draft)))  # type: ignore[misc]
        desk.withdraw(draft)
    return publishing, following


if __name__ == "__main__":
    main()
