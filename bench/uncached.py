"""Times pages that no cache holds, publishing and bulk import, with 10,000 articles and with a million.

    python bench/uncached.py --dir FOLDER [--articles 10000,100000,1000000] [--set NAME=VALUE …]

Each size gets a database of its own below FOLDER (or, with a DATABASE_URL of PostgreSQL, on that server), filled once by
`manage.py demo`. All sizes are served at the same time by `manage.py serve` and asked in turn, so that what else the
machine does falls on all of them. One line a figure: ratio, name, figure, unit. The ratio of a page is to its figure with
the fewest articles; that of publishing and import to what docs/operate.md promises (30 ms, 800 articles a second).
--set: environment for the servers, such as what switches a page cache off.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import django
import psycopg
from django.apps import apps
from django.db import connection
from django.db.models import Count
from psycopg import sql

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = 15
WARM = 200  # requests before the clock runs: a worker has sixteen threads, each with its own connection
PUBLISH_MOST, IMPORT_LEAST = 30.0, 800.0  # ms; articles a second
LARGE_TOPIC = 50_000


@dataclass(frozen=True)
class Site:
    """One size: its environment and the port it is served at."""

    articles: int
    environment: dict[str, str]
    port: int


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dir", type=Path, default=ROOT / "data" / "bench", help="where the databases are kept")
    parser.add_argument("--articles", default="10000,100000,1000000", help="sizes, separated by commas")
    parser.add_argument("--port", type=int, default=8110, help="first port; every size takes one")
    parser.add_argument("--set", action="append", default=[], metavar="NAME=VALUE", help="environment of the servers")
    parser.add_argument("--inside", choices=INSIDE, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.inside:
        inside(given.inside)
        return
    sizes = [int(size) for size in given.articles.split(",")]
    sites = [site(size, given.dir, given.port + place, given.set) for place, size in enumerate(sizes)]
    for one in sites:
        prepare(one)
    for one in sites:
        figure = min(asked(one, "publish"))
        line(figure / PUBLISH_MOST, "publish", one, figure, "ms")
    pages(sites)


def site(articles: int, folder: Path, port: int, extra: list[str]) -> Site:
    url = os.environ.get("DATABASE_URL", "")
    vendor = "postgresql" if url.startswith("postgres") else "sqlite"
    data = folder / f"{vendor}-{articles}"
    data.mkdir(parents=True, exist_ok=True)
    own = {
        "DATA_DIR": str(data), "SECRET_KEY": "b" * 60, "ALLOWED_HOSTS": "127.0.0.1", "SITE_URL": f"http://127.0.0.1:{port}", "DEBUG": "0",
        "PAGE_CACHE": "0",  # what a page costs that no cache holds
    }  # fmt: skip
    if vendor == "postgresql":
        own["DATABASE_URL"] = own_database(url, f"newsroom_bench_{articles}")
    own["PYTHONPATH"] = str(ROOT)
    rest = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return Site(articles, {**rest, **own, **dict(pair.split("=", 1) for pair in extra)}, port)


def own_database(url: str, name: str) -> str:
    with psycopg.connect(url, autocommit=True) as server:
        if not server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


def prepare(one: Site) -> None:
    """Migrate and fill; says how fast, where there was much to add."""
    manage(one, "migrate", "--verbosity", "0")
    if asked(one, "count") >= one.articles:
        return
    manage(one, "demo", "--json")
    begun = time.perf_counter()
    filled = json.loads(manage(one, "demo", "--articles", str(one.articles), "--json"))["filled"]
    rate = filled / (time.perf_counter() - begun)
    if filled >= one.articles // 2:
        line(rate / IMPORT_LEAST, "import", one, rate, "articles/s")
    asked(one, "analyse")


def pages(sites: list[Site]) -> None:
    paths = {one.articles: asked(one, "paths") for one in sites}
    with ExitStack() as stack:
        readers = {one.articles: stack.enter_context(served(one)) for one in sites}
        for kind in paths[sites[0].articles]:
            figures = fastest({one.articles: (readers[one.articles], paths[one.articles][kind]) for one in sites})
            for one in sites:
                line(figures[one.articles] / figures[sites[0].articles], kind, one, figures[one.articles], "ms")


def fastest(asking: dict[int, tuple[Callable[[str], float], list[str]]]) -> dict[int, float]:
    """Milliseconds of the fastest of fifteen, the sizes taking turns."""
    for place in range(WARM):
        for read, paths in asking.values():
            read(paths[place % len(paths)])
    times: dict[int, list[float]] = {size: [] for size in asking}
    for place in range(ROUNDS):
        for size, (read, paths) in asking.items():
            times[size].append(read(paths[place % len(paths)]))
    return {size: min(taken) for size, taken in times.items()}


@contextmanager
def served(one: Site) -> Iterator[Callable[[str], float]]:
    """The site behind its server; gives a function from a path to the milliseconds of its answer."""
    command = [sys.executable, "manage.py", "serve", "--port", str(one.port), "--workers", "1"]
    server = subprocess.Popen(command, cwd=ROOT, env=one.environment, stdout=subprocess.DEVNULL)
    try:
        client = http.client.HTTPConnection("127.0.0.1", one.port, timeout=60)
        wait_for(client)
        yield lambda path: milliseconds(client, path)
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(60)


def wait_for(client: http.client.HTTPConnection) -> None:
    for _ in range(600):
        try:
            milliseconds(client, "/healthz")
        except (OSError, http.client.HTTPException):
            client.close()
            time.sleep(0.1)
        else:
            return
    raise SystemExit("the server does not start")


def milliseconds(client: http.client.HTTPConnection, path: str) -> float:
    """On one connection, for as long as the server keeps it."""
    try:
        return timed(client, path)
    except http.client.RemoteDisconnected:
        client.close()
        return timed(client, path)


def timed(client: http.client.HTTPConnection, path: str) -> float:
    begun = time.perf_counter()
    client.request("GET", path)
    answer = client.getresponse()
    answer.read()
    if answer.status != 200:
        raise SystemExit(f"{path}: {answer.status}")
    return (time.perf_counter() - begun) * 1000


def manage(one: Site, *command: str) -> str:
    called = [sys.executable, "manage.py", *command]
    return subprocess.run(called, cwd=ROOT, env=one.environment, check=True, stdout=subprocess.PIPE, text=True).stdout


def asked(one: Site, what: str) -> Any:
    """What this program answers when it runs within the site's environment."""
    called = [sys.executable, __file__, "--inside", what]
    told = subprocess.run(called, cwd=ROOT, env=one.environment, check=True, stdout=subprocess.PIPE, text=True).stdout
    return json.loads(told)


def line(ratio: float, name: str, one: Site, figure: float, unit: str) -> None:
    vendor = "postgresql" if "DATABASE_URL" in one.environment else "sqlite"
    print(f"{ratio:6.2f}  {name} {one.articles} {vendor}  {figure:.2f} {unit}", flush=True)


def inside(what: str) -> None:
    """Within a site's environment: answers in JSON what needs its database."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "newsroom.settings"
    django.setup()
    json.dump(INSIDE[what](), sys.stdout)


def model(name: str) -> Any:
    return apps.get_model("articles", name)


def inside_analyse() -> list[float]:
    """What PostgreSQL does by itself sooner or later is done now; SQLite only empties its log: it needs no statistics."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)" if connection.vendor == "sqlite" else "VACUUM ANALYZE")
    return []


def inside_count() -> int:
    return int(model("Article").objects.filter(status="published").count())


def inside_paths() -> dict[str, list[str]]:
    """Fifteen addresses of each kind; where there is only one such page, the same fifteen times."""
    newest = model("Article").objects.still_public().select_related("category").order_by("-pk")
    category = model("Category").objects.get(slug="inland").get_absolute_url()
    oldest = model("Article").objects.public().order_by("published_at").values_list("published_at", flat=True)[0]
    deep = [oldest + timedelta(days=20, seconds=place) for place in range(ROUNDS)]
    return {
        "article": [article.get_absolute_url() for article in newest[:ROUNDS]],
        "category": [category] * ROUNDS,
        "deep": [f"{category}?vor={moment.astimezone(UTC):%Y%m%d%H%M%S}-1" for moment in deep],
        "topic": [large_topic()] * ROUNDS,
        "front": ["/"] * ROUNDS,
    }


def large_topic() -> str:
    """The tag whose number of articles comes nearest to 50,000."""
    links = model("Tagging").objects.values_list("tag").annotate(number=Count("pk"))
    tag, _ = min(links, key=lambda pair: abs(pair[1] - LARGE_TOPIC))
    path: str = model("Tag").objects.get(pk=tag).get_absolute_url()
    return path


def inside_publish() -> list[float]:
    """Milliseconds of `desk.publish`, its commit included, for drafts with three tags and an author."""
    desk = import_module("articles.desk")
    tags, author = list(model("Tag").objects.order_by("pk")[:3]), model("Author").objects.first()
    category = model("Category").objects.get(slug="inland")
    times = []
    for place in range(ROUNDS):
        draft = model("Article").objects.create(
            headline=f"Gemessen {place}", lead="Eine Messung.", body="<p>Nur für die Messung.</p>", category=category
        )
        desk.set_tags(draft, tags)
        desk.set_authors(draft, [author])
        begun = time.perf_counter()
        desk.publish(draft)
        times.append((time.perf_counter() - begun) * 1000)
        desk.withdraw(draft)
    return times


INSIDE: dict[str, Callable[[], Any]] = {
    "analyse": inside_analyse,
    "count": inside_count,
    "paths": inside_paths,
    "publish": inside_publish,
}

if __name__ == "__main__":
    main()
