"""Addresses that lead nowhere: asked for once, remembered within bounds, forgotten with the next change."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from newsroom.pagecache.counters import Counters
from newsroom.pagecache.layer import MISSING
from tests.newsroom.pagecache.conftest import Reader, Site


@pytest.fixture(autouse=True)
def nothing_there(site: Site) -> None:
    site.status, site.text, site.control = "404 Not Found", "nicht gefunden", "public, max-age=10, s-maxage=30"


def test_the_same_wrong_address_is_looked_up_once(site: Site, reader: Reader) -> None:
    answers = [reader.get("/gibt-es-nicht/") for _ in range(5)]

    assert {(answer.status, answer.text) for answer in answers} == {(404, "nicht gefunden")}
    assert [MISSING in asked for asked in site.asked] == [True, False, True]  # looked up, said at length, looked up again


def test_what_appears_between_the_look_and_the_page_is_found(site: Site, reader: Reader) -> None:
    """The address was looked up just before a planned moment, the page that says so was made just after it."""

    def asked(environ: dict[str, Any], start_response: Any) -> Any:
        chunks = site(environ, start_response)
        site.status, site.text, site.control = "200 OK", "jetzt da", "public, max-age=60, s-maxage=300"
        return chunks

    reader.cache.app = asked

    assert reader.get("/ausland/kommt-gerade-17/").text == "jetzt da"


def test_the_page_that_says_so_is_made_once_for_all(site: Site, reader: Reader) -> None:
    answers = [reader.get(f"/gibt-es-nicht-{number}/") for number in range(20)]

    assert len({answer.body for answer in answers}) == 1
    assert [MISSING in asked for asked in site.asked] == [True, False] + [True] * 20  # the first address is looked up again


def test_a_flood_at_once_makes_one_page(site: Site, reader: Reader) -> None:
    site.pause = 0.05
    readers = [threading.Thread(target=reader.get, args=(f"/gibt-es-nicht-{number}/",)) for number in range(12)]
    for thread in readers:
        thread.start()
    for thread in readers:
        thread.join()

    assert [MISSING in asked for asked in site.asked].count(False) == 1


def test_a_flood_fills_no_memory(site: Site, reader: Reader) -> None:
    for number in range(500):
        reader.get(f"/nichts-{number}/")

    assert len(reader.cache.missing) <= 100
    assert len(reader.cache.memory) == 0


def test_what_appears_is_found(site: Site, reader: Reader, counters: Counters) -> None:
    reader.get("/ausland/kommt-noch-17/")
    site.status, site.text, site.control = "200 OK", "jetzt da", "public, max-age=60, s-maxage=300"

    counters.raise_keys(["article-17"])

    assert reader.get("/ausland/kommt-noch-17/").text == "jetzt da"


def test_what_appears_by_itself_is_found_in_time(site: Site, reader: Reader) -> None:
    """A planned article: the page for 404 ends when something planned begins."""
    site.until = 1.0
    reader.get("/ausland/kommt-noch-17/")
    site.status, site.text, site.control = "200 OK", "jetzt da", "public, max-age=60, s-maxage=300"

    assert reader.get("/ausland/kommt-noch-17/").text == "jetzt da"


def test_nothing_of_it_is_written_down(site: Site, reader: Reader) -> None:
    reader.get("/gibt-es-nicht/")
    reader.cache.writer.flush()

    assert not reader.cache.store.folder.exists()  # type: ignore[attr-defined]


def test_a_flood_of_redirects_is_bounded_more_tightly(site: Site, reader: Reader) -> None:
    """Each holds headers of its own, and any slug before a number that exists leads to one."""
    site.status, site.headers = "301 Moved Permanently", [("Location", "/ausland/x-17/")]

    for number in range(50):
        reader.get(f"/ausland/{number}-17/")

    assert len(reader.cache.missing) == 10
