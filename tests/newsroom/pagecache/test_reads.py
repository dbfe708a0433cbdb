"""What counts as a read, and that counting keeps nothing about anybody."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest

from newsroom.pagecache.layer import PageCache
from newsroom.pagecache.reads import MOST_KNOWN, Reads, is_robot
from tests.newsroom.pagecache.conftest import Reader

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0"
PATH = "/ausland/kai-17/"
PEOPLE = [
    FIREFOX,
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36 Edg/130.0.0.0",
    "Mozilla/5.0 (Linux; Android 11; CUBOT NOTE 20) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Mobile Safari/537.36",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Mobile/21F90 [FBAN/FBIOS;FBAV/460.0]",
    "Opera/9.80 (Windows NT 6.1) Presto/2.12 Version/12.18",
]
ROBOTS = [
    "", "curl/8.5.0", "Wget/1.21", "python-requests/2.32", "Go-http-client/2.0", "Java/17", "okhttp/4.9", "Feedly/1.0 (+https://feedly.com)",
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", "Mozilla/5.0 (compatible; bingbot/2.0)",
    "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot) Chrome/119",
    "Mozilla/5.0 (compatible; YandexBot/3.0)", "facebookexternalhit/1.1", "Mozilla/5.0 (X11; Linux) HeadlessChrome/120.0 Safari/537.36",
    "Mozilla/5.0 (compatible; Baiduspider/2.0)", "Mozilla/5.0 (compatible; UptimeMonitor)", "Mozilla/5.0 (Macintosh) Chrome-Lighthouse",
]  # fmt: skip


@pytest.mark.parametrize("agent", PEOPLE)
def test_browsers_are_people(agent: str) -> None:
    assert not is_robot(agent)


@pytest.mark.parametrize("agent", ROBOTS)
def test_programs_are_robots(agent: str) -> None:
    assert is_robot(agent)


@pytest.fixture
def reads() -> Reads:
    return Reads()


@pytest.fixture
def counting(make_cache: Callable[..., PageCache], reads: Reads) -> Reader:
    return Reader(make_cache(count=reads.note))


def test_the_first_answer_counts_like_every_other(counting: Reader, reads: Reads) -> None:
    for _ in range(3):
        counting.get(PATH, user_agent=FIREFOX)

    assert reads.take() == ({PATH: 3}, {})
    assert reads.take() == ({}, {})


def test_whoever_is_told_that_nothing_has_changed_has_read_it_again(counting: Reader, reads: Reads) -> None:
    etag = counting.get(PATH, user_agent=FIREFOX).headers["etag"]

    assert counting.get(PATH, user_agent=FIREFOX, if_none_match=etag).status == 304
    assert reads.take()[0] == {PATH: 2}


def test_robots_are_counted_apart(counting: Reader, reads: Reads) -> None:
    counting.get(PATH, user_agent=FIREFOX)
    counting.get(PATH, user_agent="curl/8")
    counting.get(PATH)

    assert reads.take() == ({PATH: 1}, {PATH: 2})


@pytest.mark.parametrize("headers", [{"sec_purpose": "prefetch;prerender"}, {"sec_purpose": "prefetch"}, {"purpose": "prefetch"}])
def test_what_a_browser_fetches_in_advance_does_not_count(counting: Reader, reads: Reads, headers: dict[str, str]) -> None:
    counting.get(PATH, user_agent=FIREFOX, **headers)

    assert reads.take() == ({}, {})


def test_head_does_not_count(counting: Reader, reads: Reads) -> None:
    counting.get(PATH, user_agent=FIREFOX, method="HEAD")

    assert reads.take() == ({}, {})


@pytest.mark.parametrize("status", ["404 Not Found", "410 Gone", "301 Moved Permanently", "500 Internal Server Error"])
def test_what_is_no_page_does_not_count(make_cache: Callable[..., PageCache], reads: Reads, status: str) -> None:
    def answers(_environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        start_response(status, [("Cache-Control", "public, max-age=60"), ("Surrogate-Key", "all")])
        return [b"no page"]

    reader = Reader(make_cache(app=answers, count=reads.note))
    for _ in range(2):
        reader.get(PATH, user_agent=FIREFOX)

    assert reads.take() == ({}, {})


@pytest.mark.parametrize("path", ["/static/css/site.css", "/bild/x.avif", "/icon-180.png"])
def test_files_do_not_count(counting: Reader, reads: Reads, path: str) -> None:
    counting.get(path, user_agent=FIREFOX)

    assert reads.take() == ({}, {})


def test_names_of_programs_are_remembered_within_bounds(reads: Reads) -> None:
    for number in range(MOST_KNOWN + 50):
        reads.note({"PATH_INFO": PATH, "REQUEST_METHOD": "GET", "HTTP_USER_AGENT": f"{FIREFOX} {number}"})
    reads.note({"PATH_INFO": PATH, "REQUEST_METHOD": "GET", "HTTP_USER_AGENT": "x" * 5000})

    assert len(reads._known) <= MOST_KNOWN
    assert max(map(len, reads._known)) < 400
    assert reads.take() == ({PATH: MOST_KNOWN + 50}, {PATH: 1})


def test_nothing_of_a_reader_is_in_what_is_taken(counting: Reader, reads: Reads) -> None:
    counting.get(PATH, "utm_source=x", user_agent=FIREFOX, x_forwarded_for="203.0.113.7", cookie="a=b")

    assert reads.take() == ({PATH: 1}, {})


def test_threads_count_while_others_take(reads: Reads) -> None:
    """A count may be lost to another thread; none is invented, and nobody stumbles."""
    environ: dict[str, Any] = {"REQUEST_METHOD": "GET", "HTTP_USER_AGENT": FIREFOX}
    failures: list[Exception] = []

    def read(start: int) -> None:
        try:
            for number in range(3000):
                reads.note({**environ, "PATH_INFO": f"/a/b-{start + number % 500}/"})
        except RuntimeError as error:
            failures.append(error)

    threads = [threading.Thread(target=read, args=(1000 * number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    total = 0
    while any(thread.is_alive() for thread in threads):
        total += sum(reads.take()[0].values())
    total += sum(reads.take()[0].values())

    assert failures == []
    assert 0.9 * 12_000 < total <= 12_000
