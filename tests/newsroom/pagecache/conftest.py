"""A page cache in front of a small site of our own, whose pages a test can change, break and count."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from newsroom.pagecache.address import Addresses
from newsroom.pagecache.counters import Counters
from newsroom.pagecache.layer import MISSING, PageCache
from newsroom.pagecache.memory import Memory
from newsroom.pagecache.renewing import Wishes
from newsroom.pagecache.single import Turns
from newsroom.pagecache.stats import Stats
from newsroom.pagecache.store import Files, Store

PUBLIC = "public, max-age=60, s-maxage=300, stale-while-revalidate=600, stale-if-error=86400"


@dataclass
class Site:
    """Answers any address with its current text; `keys`: what the pages say they hang on."""

    text: str = "erste Fassung"
    status: str = "200 OK"
    keys: str = "all article-17 front"
    control: str = PUBLIC
    headers: list[tuple[str, str]] = field(default_factory=list)
    until: float | None = None
    pause: float = 0.0
    failure: Exception | None = None
    asked: list[dict[str, Any]] = field(default_factory=list)

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        self.asked.append(dict(environ))
        text, status, headers = self.text, self.status, self.headers
        time.sleep(self.pause)
        if self.failure:
            raise self.failure
        environ["newsroom.until"] = self.until
        if status.startswith("404") and MISSING in environ:
            start_response("404 Not Found", [("Cache-Control", "public, max-age=60")])
            return [b""]
        start_response(
            status,
            [
                ("Content-Type", "text/html; charset=utf-8"), ("ETag", f'W/"{hash(text):x}"'), ("Cache-Control", self.control),
                *([("Surrogate-Key", self.keys)] if self.keys else []), *headers,
            ],
        )  # fmt: skip
        return [f"<p>{text}</p>".encode() + b"<p>mehr Text</p>" * 40]


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode().split("</p>")[0].removeprefix("<p>")


@dataclass
class Reader:
    """Asks the cache as a web server would."""

    cache: PageCache

    def get(self, path: str = "/", query: str = "", *, method: str = "GET", **headers: str) -> Answer:
        said: dict[str, Any] = {}

        def start_response(status: str, given: list[tuple[str, str]], exc_info: Any = None) -> None:
            said.update(status=status, headers=given)

        named = {f"HTTP_{name.upper()}": value for name, value in headers.items()}
        environ = {"REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": query, "HTTP_HOST": "www.example.org", **named}
        body = b"".join(self.cache(environ, start_response))
        return Answer(int(said["status"][:3]), {name.lower(): value for name, value in said["headers"]}, body)

    def crowd(self, number: int, path: str = "/", query: Callable[[int], str] = lambda _: "") -> list[Answer]:
        """Many at once."""
        answers: list[Answer] = []
        together = threading.Barrier(number)

        def one(place: int) -> None:
            together.wait()
            answers.append(self.get(path, query(place)))

        threads = [threading.Thread(target=one, args=(place,)) for place in range(number)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return answers


@pytest.fixture
def site() -> Site:
    return Site()


@pytest.fixture
def counters(tmp_path: Path) -> Counters:
    return Counters(tmp_path / "counters")


@pytest.fixture
def store(tmp_path: Path) -> Files:
    return Files(tmp_path / "pages", "release", 10_000_000)


@pytest.fixture
def make_cache(site: Site, counters: Counters, store: Files, tmp_path: Path) -> Callable[..., PageCache]:
    """Another process's cache, as far as a thread can be one: memory of its own, store and counters shared."""

    def make(*, app: Site = site, kept: Store = store, lost_after: float | None = None, memory: int = 10_000_000,
             count: Callable[[dict[str, Any]], None] | None = None, wishes: Wishes | None = None) -> PageCache:  # fmt: skip
        return PageCache(
            app, addresses=Addresses(["www.example.org"], [(r"/ausland/\Z", ("vor",))]), counters=counters,
            memory=Memory(memory), missing=Memory(100, by_count=True), store=kept, turns=Turns(tmp_path / "turns"),
            stats=Stats(counters), lost_after=lost_after, count=count, wishes=wishes,
        )  # fmt: skip

    return make


@pytest.fixture
def cache(make_cache: Callable[..., PageCache]) -> PageCache:
    return make_cache()


@pytest.fixture
def reader(cache: PageCache) -> Reader:
    return Reader(cache)
