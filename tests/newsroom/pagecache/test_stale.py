"""The old page while a new one is made, the last good one on errors; never what must not be seen."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import pytest

from newsroom.pagecache import standing
from newsroom.pagecache.counters import Counters
from newsroom.pagecache.layer import PageCache
from tests.newsroom.pagecache.conftest import Reader, Site


def old(reader: Reader, seconds: float) -> None:
    """As if the page had been made that long ago."""
    entry = reader.cache.memory.get("/")
    assert entry is not None
    entry.made -= seconds


@pytest.mark.parametrize("query", [lambda _: "", lambda n: f"utm_source={n}&x{n}=1"])
def test_a_crowd_before_a_cold_page_has_it_made_once(site: Site, reader: Reader, query: Callable[[int], str]) -> None:
    site.pause = 0.1

    answers = reader.crowd(60, "/", query)

    assert len(site.asked) == 1
    assert {(answer.status, answer.text) for answer in answers} == {(200, "erste Fassung")}


def test_a_crowd_before_a_changed_page_gets_the_old_one_at_once(
    site: Site, reader: Reader, counters: Counters, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(standing, "GRACE", 60.0)  # however busy the machine is
    reader.get()
    site.text, site.pause = "zweite Fassung", 1.0
    counters.raise_keys(["front"])

    answers = reader.crowd(40)

    fresh = [answer for answer in answers if answer.text == "zweite Fassung"]
    stale = [answer for answer in answers if answer.text == "erste Fassung"]
    assert len(site.asked) == 2
    assert len(fresh) >= 1  # the one who had it made, and on a busy machine those who came later
    assert len(stale) == 40 - len(fresh) > 0
    assert {answer.headers["x-stale"] for answer in stale} == {"update"}
    assert {answer.headers["cache-control"] for answer in stale} == {"public, max-age=1, s-maxage=1"}


def test_a_crowd_before_a_withdrawn_page_waits_for_the_new_one(site: Site, reader: Reader, counters: Counters) -> None:
    reader.get()
    site.text, site.status, site.pause = "zurückgezogen", "410 Gone", 0.1
    counters.raise_keys(["article-17"], hard=True)

    answers = reader.crowd(30)

    assert {(answer.status, answer.text) for answer in answers} == {(410, "zurückgezogen")}
    assert len(site.asked) == 2


def test_a_change_of_many_pages_has_them_made_one_after_the_other(
    site: Site, reader: Reader, counters: Counters, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All at once they would hold up those who only want a ready page; meanwhile the old ones are shown."""
    monkeypatch.setattr(standing, "GRACE", 60.0)  # however busy the machine is
    paths = [f"/ausland/seite-{number}/" for number in range(6)]
    for path in paths:
        reader.get(path)
    counters.raise_keys(["article-17"])
    site.text, site.pause = "zweite Fassung", 1.0
    made = len(site.asked)
    answers: list[str] = []
    readers = [threading.Thread(target=lambda path=path: answers.append(reader.get(path).text)) for path in paths]
    for thread in readers:
        thread.start()
    for thread in readers:
        thread.join()

    assert len(site.asked) - made == 1
    assert sorted(answers) == ["erste Fassung"] * 5 + ["zweite Fassung"]
    assert reader.get(paths[0]).status == 200


def test_other_processes_show_the_old_page_while_one_renders(
    site: Site, make_cache: Callable[..., PageCache], counters: Counters, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = Reader(make_cache()), Reader(make_cache(app=Site(text="nie gefragt")))
    one.get()
    one.cache.writer.flush()
    assert other.get().text == "erste Fassung"
    site.text, site.pause = "zweite Fassung", 0.3
    counters.raise_keys(["front"])

    # Threads of one process share its locks; holding the place in the flight stands for the other process's turn.
    one.cache.turns.take("/")
    monkeypatch.setattr(other.cache.turns, "take", lambda key: key == "")
    answer = other.get()

    assert (answer.text, answer.headers["x-stale"]) == ("erste Fassung", "update")


@pytest.mark.parametrize("failure", ["500 Internal Server Error", "503 Service Unavailable"])
def test_on_an_error_the_last_good_page_is_shown(site: Site, reader: Reader, counters: Counters, failure: str) -> None:
    reader.get()
    old(reader, 3600)
    site.status = failure
    counters.raise_keys(["front"])

    answer = reader.get()

    assert (answer.status, answer.text) == (200, "erste Fassung")
    assert answer.headers["x-stale"] == "error"
    assert answer.headers["warning"].startswith("111")
    assert int(answer.headers["age"]) >= 3600


def test_when_the_site_is_well_again_so_is_the_page(site: Site, reader: Reader, counters: Counters) -> None:
    reader.get()
    site.status = "503 Service Unavailable"
    counters.raise_keys(["front"])
    reader.get()

    site.status, site.text = "200 OK", "zweite Fassung"

    assert reader.get().text == "zweite Fassung"


def test_on_an_error_nothing_older_than_a_day_is_shown(site: Site, reader: Reader, counters: Counters) -> None:
    reader.get()
    old(reader, 86_401)
    site.status = "503 Service Unavailable"
    counters.raise_keys(["front"])

    assert reader.get().status == 503


def test_on_an_error_nothing_withdrawn_is_shown(site: Site, reader: Reader, counters: Counters) -> None:
    reader.get()
    site.status = "503 Service Unavailable"
    counters.raise_keys(["article-17"], hard=True)

    assert reader.get().status == 503


def test_on_an_error_nothing_is_shown_beyond_its_moment(site: Site, reader: Reader) -> None:
    site.until = time.time() + 0.2
    reader.get()
    site.status = "503 Service Unavailable"
    time.sleep(0.25)

    assert reader.get().status == 503


def test_an_error_with_nothing_to_show_is_passed_on_and_not_kept(site: Site, reader: Reader) -> None:
    site.status = "500 Internal Server Error"
    assert reader.get().status == 500

    site.status = "200 OK"

    assert reader.get().status == 200


def test_a_site_that_falls_over_does_not_block_the_next_reader(site: Site, reader: Reader) -> None:
    site.failure = RuntimeError("fell over")
    with pytest.raises(RuntimeError):
        reader.get()
    site.failure = None

    assert reader.get().status == 200
    assert "/" not in reader.cache.flights


def test_readers_who_wait_for_one_that_falls_over_are_served_all_the_same(site: Site, reader: Reader) -> None:
    site.pause, site.failure = 0.2, RuntimeError("fell over")
    refused: list[BaseException] = []

    def first() -> None:
        try:
            reader.get()
        except RuntimeError as error:
            refused.append(error)

    thread = threading.Thread(target=first)
    thread.start()
    time.sleep(0.05)
    site.failure = None
    thread.join(0)

    assert reader.get().status == 200
    thread.join()


def test_out_of_touch_with_other_machines_a_page_is_good_for_a_second(
    site: Site, make_cache: Callable[..., PageCache], counters: Counters
) -> None:
    reader = Reader(make_cache(lost_after=1.5))
    counters.heard(time.time())
    reader.get()
    reader.get()
    assert len(site.asked) == 1

    counters.heard(time.time() - 2)
    old(reader, 1.1)
    site.text = "anderswo geändert"

    assert reader.get().text == "anderswo geändert"


def test_out_of_touch_and_with_errors_the_last_good_page_is_shown(
    site: Site, make_cache: Callable[..., PageCache], counters: Counters
) -> None:
    reader = Reader(make_cache(lost_after=1.5))
    reader.get()
    old(reader, 10)
    site.status = "503 Service Unavailable"

    assert reader.get().headers["x-stale"] == "error"


def test_who_comes_after_a_withdrawal_never_shares_a_page_begun_before_it(site: Site, reader: Reader, counters: Counters) -> None:
    site.pause = 0.3
    first = threading.Thread(target=reader.get)
    first.start()
    while not site.asked:
        time.sleep(0.01)
    site.text, site.status = "zurückgezogen", "410 Gone"
    counters.raise_keys(["article-17"], hard=True)

    answer = reader.get()

    first.join()
    assert (answer.status, answer.text) == (410, "zurückgezogen")
