"""Pages that a change overtakes: while they are made, while nobody asks for them, and when their address ends."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from typing import Any

from newsroom.pagecache.counters import Counters
from newsroom.pagecache.layer import PageCache
from tests.newsroom.pagecache.conftest import Answer, Reader, Site


def meanwhile(site: Site, reader: Reader, act: Callable[[], None]) -> None:
    """Have something happen after the site has read what it prints and before it answers; once."""
    acts = [act]

    def asked(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        chunks = site(environ, start_response)
        while acts:
            acts.pop()()
        return chunks

    reader.cache.app = asked


def begun(site: Site, reader: Reader, path: str = "/") -> tuple[threading.Thread, list[Answer]]:
    """A reader for whom the page is being made just now."""
    answers: list[Answer] = []
    before = len(site.asked)
    thread = threading.Thread(target=lambda: answers.append(reader.get(path)))
    thread.start()
    while len(site.asked) == before:
        time.sleep(0.005)
    return thread, answers


def raised(counters: Counters, key: str) -> None:
    counters.raise_keys([key])


def unseen(reader: Reader, seconds: float) -> None:
    """As if nobody had asked for the page for so long."""
    entry = reader.cache.memory.get("/")
    assert entry is not None
    entry.seen -= seconds


def test_who_waited_through_a_withdrawal_gets_what_is_right_now(site: Site, reader: Reader, counters: Counters) -> None:
    def withdraw() -> None:
        site.text, site.status = "zurückgezogen", "410 Gone"
        counters.raise_keys(["article-17"], hard=True)

    meanwhile(site, reader, withdraw)

    answer = reader.get()

    assert (answer.status, answer.text) == (410, "zurückgezogen")
    assert len(site.asked) == 2


def test_a_page_overtaken_by_a_change_is_kept_by_no_cache_on_the_way(site: Site, reader: Reader, counters: Counters) -> None:
    meanwhile(site, reader, lambda: raised(counters, "article-17"))

    overtaken, after = reader.get(), reader.get()

    assert overtaken.headers["cache-control"] == "public, max-age=1, s-maxage=1"
    assert "x-stale" not in after.headers
    assert len(site.asked) == 2


def test_who_joins_an_overtaken_page_is_told_so_too(site: Site, reader: Reader, counters: Counters) -> None:
    site.pause = 0.3
    thread, _ = begun(site, reader)
    counters.raise_keys(["article-17"])

    answer = reader.get()

    thread.join()
    assert answer.headers["x-stale"] == "update"


def test_a_site_that_always_withdraws_ends_all_the_same(site: Site, reader: Reader) -> None:
    site.until = 1.0

    assert reader.get().status == 200
    assert len(reader.cache.memory) == 0


def test_a_page_nobody_asked_for_is_not_shown_long_after_its_change(site: Site, reader: Reader, counters: Counters) -> None:
    reader.get()
    unseen(reader, 600)
    site.text, site.pause = "zweite Fassung", 0.2
    counters.raise_keys(["front"])

    assert {answer.text for answer in reader.crowd(20)} == {"zweite Fassung"}
    assert len(site.asked) == 2


def test_where_the_new_page_takes_long_the_old_one_is_better_than_none(site: Site, reader: Reader, counters: Counters) -> None:
    reader.get()
    unseen(reader, 600)
    site.text, site.pause = "zweite Fassung", 2.5
    counters.raise_keys(["front"])
    thread, _ = begun(site, reader)
    asked = time.monotonic()

    answer = reader.get()

    waited = time.monotonic() - asked
    thread.join()
    assert (answer.text, answer.headers["x-stale"]) == ("erste Fassung", "update")
    assert 0.9 < waited < 2.3


def test_a_page_that_is_only_old_is_shown_at_once(site: Site, reader: Reader) -> None:
    reader.get()
    unseen(reader, 600)
    reader.cache.memory.get("/").fresh_until = time.time() - 1  # type: ignore[union-attr]
    site.pause = 0.5
    thread, _ = begun(site, reader)

    assert reader.get().headers["x-stale"] == "update"
    thread.join()


def test_what_gave_way_to_nothing_is_never_shown_again(site: Site, reader: Reader, counters: Counters) -> None:
    reader.get()
    reader.cache.writer.flush()
    site.status, site.text = "404 Not Found", "nicht gefunden"
    counters.raise_keys(["article-17"])
    assert reader.get().status == 404

    site.pause = 0.2
    counters.raise_keys(["something-else"])
    crowd = reader.crowd(10)
    site.status, site.pause = "503 Service Unavailable", 0
    counters.raise_keys(["something-else"])

    assert {answer.status for answer in crowd} == {404}
    assert reader.get().status == 503


def test_what_gave_way_to_nothing_is_not_found_by_another_process(
    site: Site, make_cache: Callable[..., PageCache], counters: Counters
) -> None:
    one = Reader(make_cache())
    one.get()
    one.cache.writer.flush()
    site.status = "301 Moved Permanently"
    counters.raise_keys(["article-17"])
    one.get()

    site.status = "503 Service Unavailable"

    assert Reader(make_cache()).get().status == 503


def test_out_of_touch_with_other_machines_no_changed_page_is_shown(
    site: Site, make_cache: Callable[..., PageCache], counters: Counters
) -> None:
    """What changed here may have been withdrawn elsewhere."""
    reader = Reader(make_cache(lost_after=1.5))
    counters.heard(time.time())
    reader.get()
    counters.heard(time.time() - 5)
    reader.cache.memory.get("/").made -= 5  # type: ignore[union-attr]
    site.text, site.pause = "zweite Fassung", 0.2
    counters.raise_keys(["front"])

    assert {answer.text for answer in reader.crowd(10)} == {"zweite Fassung"}


def test_a_clock_that_went_back_is_no_word_from_others(
    site: Site, make_cache: Callable[..., PageCache], counters: Counters
) -> None:
    reader = Reader(make_cache(lost_after=1.5))
    counters.heard(time.time() + 3600)
    reader.get()
    reader.cache.memory.get("/").made += 3600  # type: ignore[union-attr]

    reader.get()

    assert len(site.asked) == 2


def test_a_cookie_is_for_nobody_who_asked_at_the_same_moment(site: Site, reader: Reader) -> None:
    site.headers, site.pause = [("Set-Cookie", "sessionid=1")], 0.2
    thread, _ = begun(site, reader)
    site.headers = []

    answer = reader.get()

    thread.join()
    assert "set-cookie" not in answer.headers


def test_too_large_a_page_is_not_shared_across_a_withdrawal(site: Site, reader: Reader, counters: Counters) -> None:
    site.text, site.pause = "x" * 1_100_000, 0.2
    thread, _ = begun(site, reader)
    site.text, site.status = "zurückgezogen", "410 Gone"
    counters.raise_keys(["article-17"], hard=True)

    answer = reader.get()

    thread.join()
    assert (answer.status, answer.text) == (410, "zurückgezogen")
