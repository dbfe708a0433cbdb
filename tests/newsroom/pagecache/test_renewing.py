"""Outdated pages are made beside the web processes; where nobody does, they make them themselves."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from newsroom.pagecache import renewing, standing
from newsroom.pagecache.counters import Counters
from newsroom.pagecache.layer import PageCache
from newsroom.pagecache.renewing import Renewer, Wishes, may_mean
from tests.newsroom.pagecache.conftest import Reader, Site

MakeCache = Callable[..., PageCache]


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """However busy the machine is."""
    monkeypatch.setattr(standing, "GRACE", 60.0)


@pytest.fixture
def pipe(tmp_path: Path) -> Path:
    return tmp_path / "wishes"


@pytest.fixture
def other(make_cache: MakeCache) -> PageCache:
    """The background's cache: it keeps nothing in memory."""
    return make_cache(memory=0)


@pytest.fixture
def renewer(other: PageCache, pipe: Path, counters: Counters) -> Renewer:
    return Renewer(other, pipe, counters)


@pytest.fixture
def working(renewer: Renewer, pipe: Path) -> Iterator[Renewer]:
    stop = threading.Event()
    thread = threading.Thread(target=renewer.work, args=(stop,))
    thread.start()
    until(pipe.exists)
    yield renewer
    stop.set()
    thread.join()


@pytest.fixture
def wishing(make_cache: MakeCache, pipe: Path, counters: Counters) -> Reader:
    return Reader(make_cache(wishes=Wishes(pipe, counters)))


def until(reached: Callable[[], bool]) -> None:
    last = time.monotonic() + 10
    while not reached():
        assert time.monotonic() < last, "never came about"
        time.sleep(0.005)


def changed(site: Site, counters: Counters, text: str) -> None:
    site.text = text
    counters.raise_keys(["article-17"])


@pytest.mark.usefixtures("working")
def test_the_old_page_is_shown_until_the_new_one_has_been_made_beside_it(
    site: Site, wishing: Reader, counters: Counters
) -> None:
    wishing.get("/a/")
    site.pause = 0.2
    changed(site, counters, "zweite Fassung")
    begun = time.monotonic()
    answer = wishing.get("/a/")
    assert time.monotonic() - begun < 0.2
    assert (answer.text, answer.headers["x-stale"]) == ("erste Fassung", "update")
    until(lambda: wishing.get("/a/").text == "zweite Fassung")
    assert "x-stale" not in wishing.get("/a/").headers
    assert len(site.asked) == 2


@pytest.mark.usefixtures("working")
def test_several_web_processes_get_one_page_made_once(
    site: Site, make_cache: MakeCache, pipe: Path, counters: Counters
) -> None:
    readers = [Reader(make_cache(wishes=Wishes(pipe, counters))) for _ in range(3)]
    for reader in readers:
        reader.get("/a/")
        reader.cache.writer.flush()
    assert len(site.asked) == 1
    site.pause = 0.1
    changed(site, counters, "zweite Fassung")
    for reader in readers:
        assert reader.get("/a/").text == "erste Fassung"
    for reader in readers:
        until(lambda reader=reader: reader.get("/a/").text == "zweite Fassung")  # type: ignore[misc]
    assert len(site.asked) == 2


def test_without_anybody_who_reads_wishes_the_page_is_made_here(site: Site, wishing: Reader, counters: Counters) -> None:
    wishing.get("/a/")
    changed(site, counters, "zweite Fassung")
    assert wishing.get("/a/").text == "zweite Fassung"


def test_a_pipe_that_nobody_reads_any_more_is_noticed(
    site: Site, wishing: Reader, counters: Counters, renewer: Renewer, pipe: Path
) -> None:
    wishing.get("/a/")
    stop = threading.Event()
    stop.set()
    renewer.work(stop)
    os.mkfifo(pipe)
    changed(site, counters, "zweite Fassung")
    assert wishing.get("/a/").text == "zweite Fassung"


def test_a_wish_that_is_never_fulfilled_is_given_up(
    site: Site, wishing: Reader, counters: Counters, pipe: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.mkfifo(pipe)
    deaf = os.open(pipe, os.O_RDWR | os.O_NONBLOCK)  # reads nothing, as a background process that hangs
    wishing.get("/a/")
    changed(site, counters, "zweite Fassung")
    assert wishing.get("/a/").text == "erste Fassung"
    monkeypatch.setattr(renewing, "PATIENCE", 0.0)
    assert wishing.get("/a/").text == "zweite Fassung"
    os.close(deaf)


def test_a_full_pipe_makes_nobody_wait(site: Site, wishing: Reader, counters: Counters, pipe: Path) -> None:
    os.mkfifo(pipe)
    deaf = os.open(pipe, os.O_RDWR | os.O_NONBLOCK)
    os.write(deaf, b"x" * renewing.MOST)
    wishing.get("/a/")
    changed(site, counters, "zweite Fassung")
    assert wishing.get("/a/").text == "zweite Fassung"
    os.close(deaf)


def test_what_cannot_be_made_or_read_stops_no_other_wish(
    site: Site, renewer: Renewer, wishing: Reader, counters: Counters
) -> None:
    wishing.get("/a/")
    changed(site, counters, "zweite Fassung")
    mark = Wishes(Path("none"), counters).mark("/a/")
    renewer.fulfil([b"{", b"[]", b"\xff\xfe", b'["/a/", "/a/", "", "www.example.org", "http"]'])
    assert may_mean("/a/", mark, Wishes(Path("none"), counters).mark("/a/"))
    assert len(site.asked) == 2


def test_a_failing_site_leaves_the_last_good_page(
    site: Site, working: Renewer, wishing: Reader, counters: Counters, monkeypatch: pytest.MonkeyPatch
) -> None:
    wishing.get("/a/")
    changed(site, counters, "zweite Fassung")
    site.status = "500 Internal Server Error"
    assert wishing.get("/a/").text == "erste Fassung"
    until(lambda: len(site.asked) == 2)
    monkeypatch.setattr(standing, "GRACE", 0.0)
    answer = wishing.get("/a/")
    assert (answer.status, answer.text, answer.headers["x-stale"]) == (200, "erste Fassung", "error")


def test_what_is_withdrawn_meanwhile_is_never_shown_again(
    site: Site, working: Renewer, wishing: Reader, counters: Counters
) -> None:
    wishing.get("/a/")
    site.pause = 0.2
    changed(site, counters, "zweite Fassung")
    wishing.get("/a/")
    until(lambda: len(site.asked) == 2)
    site.text, site.status, site.pause = "zurückgezogen", "410 Gone", 0.0
    counters.raise_keys(["article-17"], hard=True)
    for _ in range(50):
        assert wishing.get("/a/").status == 410
        time.sleep(0.005)


def test_a_place_where_no_pipe_can_be_made_is_said_and_tried_again(
    renewer: Renewer, pipe: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch, site: Site, wishing: Reader,
    counters: Counters,
) -> None:  # fmt: skip
    monkeypatch.setattr(renewing, "PAUSE", 0.01)
    pipe.write_text("a file of somebody else's")
    stop = threading.Event()
    thread = threading.Thread(target=renewer.work, args=(stop,))
    thread.start()
    until(lambda: "No pages are made anew in the background" in caplog.text)
    time.sleep(0.1)
    assert caplog.text.count("No pages are made anew") == 1
    assert pipe.read_text() == "a file of somebody else's"
    pipe.unlink()
    until(pipe.exists)
    wishing.get("/a/")
    changed(site, counters, "zweite Fassung")
    until(lambda: wishing.get("/a/").text == "zweite Fassung")
    stop.set()
    thread.join()


def test_a_deleted_pipe_is_made_again(working: Renewer, pipe: Path) -> None:
    pipe.unlink()
    until(pipe.exists)


def test_an_address_too_long_for_a_wish_is_made_here(site: Site, wishing: Reader, counters: Counters, pipe: Path) -> None:
    os.mkfifo(pipe)
    deaf = os.open(pipe, os.O_RDWR | os.O_NONBLOCK)
    path = "/" + "ä" * 900 + "/"
    wishing.get(path)
    changed(site, counters, "zweite Fassung")
    assert wishing.get(path).text == "zweite Fassung"
    os.close(deaf)


def test_a_mark_tells_whose_page_was_made(renewer: Renewer, counters: Counters) -> None:
    wishes = Wishes(Path("none"), counters)
    other = next(key for key in map(str, range(1_000)) if renewing._hash(key) % 32 == renewing._hash("/a/") % 32)
    marks = [wishes.mark("/a/")]
    for key in (other, "/a/", other):
        renewer._tell(key)
        marks.append(wishes.mark("/a/"))
    assert [may_mean("/a/", marks[0], mark) for mark in marks[1:]] == [False, True, True]


def test_the_same_wish_of_another_process_costs_nothing(
    site: Site, renewer: Renewer, wishing: Reader, counters: Counters, other: PageCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = b'["/a/", "/a/", "", "www.example.org", "http"]'
    wishing.get("/a/")
    wishing.cache.writer.flush()
    changed(site, counters, "zweite Fassung")
    renewed: list[str] = []

    def renew(key: str, _request: object) -> bool:
        renewed.append(key)
        return len(renewed) > 1  # the first time another process makes it

    monkeypatch.setattr(other, "renew", renew)
    for _ in range(3):
        renewer.fulfil([line])
    assert len(renewed) == 2
    changed(site, counters, "dritte Fassung")
    renewer.fulfil([line])
    assert len(renewed) == 3
    monkeypatch.setattr(renewing, "DONE_LATELY", 0.0)
    renewer.fulfil([line])
    assert len(renewed) == 4


def test_the_pipe_is_not_closed_while_another_writes_to_it(
    pipe: Path, counters: Counters, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its number would be the next file's, and the wish would stand in there."""
    os.mkfifo(pipe)
    reading = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    wishes, inside, is_over = Wishes(pipe, counters), threading.Event(), threading.Event()
    request = {"PATH_INFO": "/a/", "QUERY_STRING": "", "HTTP_HOST": "www.example.org"}
    was_open: list[bool] = []

    def write(descriptor: int, _line: bytes) -> int:
        if inside.is_set():
            raise BrokenPipeError
        inside.set()
        is_over.wait(0.3)  # until the other has closed it, if it can
        was_open.append(Path(f"/dev/fd/{descriptor}").exists())
        return 1

    def fail() -> None:
        inside.wait(5)
        assert not wishes.send("/b/", request)
        is_over.set()

    monkeypatch.setattr("newsroom.pagecache.renewing.os.write", write)
    other = threading.Thread(target=fail)
    other.start()
    assert wishes.send("/a/", request)
    other.join()
    assert was_open == [True]
    os.close(reading)
