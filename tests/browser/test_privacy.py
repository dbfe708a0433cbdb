"""A reader leaves nothing and is given nothing to keep, whatever page is opened, and however often."""

from __future__ import annotations

import http.client
import re
import sqlite3
import time
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, Final
from urllib.parse import urldefrag, urlencode, urlsplit

from playwright.sync_api import Browser, Page, Request

from newsroom.reading import EVERY
from tests.browser.conftest import Site

OF_A_KIND: Final = 3  # pages with addresses of the same shape
KEPT: Final = """async () => ({
  cookies: document.cookie, local: localStorage.length, session: sessionStorage.length,
  databases: (await indexedDB.databases()).length, caches: (await caches.keys()).length,
  workers: (await navigator.serviceWorker.getRegistrations()).length,
})"""
NOTHING: Final = {"cookies": "", "local": 0, "session": 0, "databases": 0, "caches": 0, "workers": 0}
READER: Final = {
    "X-Forwarded-For": "203.0.113.77", "X-Real-IP": "203.0.113.77", "Forwarded": "for=203.0.113.77", "CF-Connecting-IP": "203.0.113.77",
    "User-Agent": "Wiedererkennbar/77 (Mozilla 5.0)", "Cookie": "wer=unverwechselbar77", "Accept-Language": "de-x-einzigartig77",
    "Referer": "https://herkunft77.example/",
}  # fmt: skip
OWN_ADDRESS: Final = "127.0.0.77"  # another one of this machine than its usual one
MARKS: Final = (b"203.0.113.77", b"127.0.0.77", b"Wiedererkennbar", b"unverwechselbar77", b"einzigartig77", b"herkunft77")


def shape(path: str) -> str:
    """Addresses of one kind of page have one shape: numbers and slugs do not count, the first part does."""
    first, *rest = path.strip("/").split("/")
    return "/".join([first if len(rest) < 2 or first in {"thema", "archiv"} else "", *(re.sub(r"[^/]+", "x", part) for part in rest)])


def is_followed(url: str, site: Site) -> bool:
    path = urlsplit(url).path
    return url.startswith(f"{site.origin}/") and not path.startswith("/admin") and "." not in path.rsplit("/", 1)[-1]


class Crawl:
    """Follows every link of a site from its front page and the page of each kind."""

    def __init__(self, site: Site, page: Page) -> None:
        self.site, self.page = site, page
        self.waiting = deque([site.origin + path for path in site.pages.values() if not path.startswith("/vorschau/")])
        self.known = set(self.waiting)
        self.shapes: Counter[str] = Counter()

    def pages(self) -> Iterator[str]:
        while self.waiting:
            url = self.waiting.popleft()
            self.shapes[shape(urlsplit(url).path)] += 1
            if self.shapes[shape(urlsplit(url).path)] > OF_A_KIND:
                continue
            self.page.goto(url, wait_until="load")
            yield url
            for found in self.page.evaluate("[...document.links].map(link => link.href)"):
                link = urldefrag(found).url
                if is_followed(link, self.site) and link not in self.known:
                    self.known.add(link)
                    self.waiting.append(link)


def test_a_walk_through_the_whole_site_leaves_nothing(browser: Browser, site: Site) -> None:
    context = browser.new_context(locale="de-DE")
    page = context.new_page()
    asked: list[str] = []

    def note(request: Request) -> None:
        asked.append(request.url)

    context.on("request", note)
    crawl = Crawl(site, page)

    visited = 0
    for url in crawl.pages():
        visited += 1
        assert page.evaluate(KEPT) == NOTHING, url

    assert context.cookies() == []
    assert [url for url in asked if not url.startswith((f"{site.origin}/", "data:"))] == []
    assert visited > 45
    context.close()


def ask(site: Site, method: str, path: str, fields: dict[str, Any] | None = None) -> int:
    """From an address that can be told from others."""
    where = urlsplit(site.origin)
    client = http.client.HTTPConnection(where.hostname or "", where.port, timeout=20, source_address=(OWN_ADDRESS, 0))
    headers = READER | ({"Content-Type": "application/x-www-form-urlencoded"} if fields else {})
    client.request(method, path, urlencode(fields) if fields else None, headers)
    answer = client.getresponse()
    answer.read()
    client.close()
    return answer.status


def test_no_reader_is_known_by_what_is_logged_or_stored(site: Site) -> None:
    paths = [path for path in site.pages.values() if not path.startswith("/vorschau/")]
    statuses = Counter(ask(site, "GET", path) for path in paths for _ in range(3))
    for path in ("/suche/?q=Kai", "/suche/?q=%00", "/gibt-es-nicht-77/", "/rss.xml", "/sitemap.xml", "/%ff", f"/{'x' * 3000}", "/healthz"):
        statuses[ask(site, "GET", path)] += 1
    report = site.pages["report"]
    for method, path, fields in (
        ("POST", report, {"text": "Der Kai ist länger."}), ("POST", report, {"text": ""}), ("POST", "/", {"a": "b"}),
        ("DELETE", "/", None), ("HEAD", "/", None), ("PUT", site.pages["article"], None),
    ):  # fmt: skip
        statuses[ask(site, method, path, fields)] += 1
    assert {200, 404, 410} <= set(statuses)

    time.sleep(EVERY + 1)  # until what was read has been written down

    assert holders([*site.data.rglob("*"), site.log]) == []
    assert list(site.data.glob("*.sqlite3"))
    assert site.log.is_file()


def holders(files: Iterable[Path]) -> list[Path]:
    """Those in which anything of the reader stands."""
    return [file for file in files if file.is_file() and any(mark in file.read_bytes() for mark in MARKS)]


def test_an_address_in_a_database_would_be_found(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "db.sqlite3")) as database:
        database.execute("CREATE TABLE visit (address TEXT)")
        assert holders(tmp_path.rglob("*")) == []
        database.execute("INSERT INTO visit VALUES (?)", [OWN_ADDRESS])
        database.commit()
    assert holders(tmp_path.rglob("*")) == [tmp_path / "db.sqlite3"]
