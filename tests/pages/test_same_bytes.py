"""A reader's page is the same bytes for everybody, at any hour: whoever asks, with whatever cookies and parameters."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from articles import desk
from tests import make

pytestmark = pytest.mark.django_db
MOMENTS = {
    "noon": datetime(2026, 6, 10, 10, 0, tzinfo=UTC),
    "second before midnight": datetime(2026, 6, 10, 21, 59, 59, tzinfo=UTC),
    "midnight": datetime(2026, 6, 10, 22, 0, tzinfo=UTC),
    "second before the hour that is left out": datetime(2026, 3, 29, 0, 59, 59, tzinfo=UTC),
    "hour after the one that is left out": datetime(2026, 3, 29, 1, 0, 1, tzinfo=UTC),
    "first of the doubled hours": datetime(2025, 10, 26, 0, 30, tzinfo=UTC),
    "second of the doubled hours": datetime(2025, 10, 26, 1, 30, tzinfo=UTC),
    "new year": datetime(2025, 12, 31, 23, 0, tzinfo=UTC),
}
ASKING: dict[str, dict[str, Any]] = {
    "plainly": {},
    "from a newsletter": {"query_params": {"utm_source": "x", "utm_medium": "mail", "fbclid": "1", "ref": "ä"}},
    "with foreign cookies": {"headers": {"Cookie": "_ga=GA1.2; consent=all; sessionid=abc; csrftoken=def; messages=ghi"}},
    "in another language": {"headers": {"Accept-Language": "en-GB,en;q=0.9", "User-Agent": "Mobile", "DNT": "1"}},
    "with a password": {
        "headers": {"Authorization": "Basic YTpi", "X-Forwarded-For": "10.0.0.1", "X-Requested-With": "XMLHttpRequest"}
    },
}


def _site(now: datetime) -> dict[str, str]:
    """One address of each kind of page, with copy of every age around that moment."""
    make.house(email="redaktion@tagblatt.example")
    make.page()
    ties: dict[str, Any] = {"tags": ["Russland", "USA"], "authors": ["Helene Kramer"], "agency": make.agency("nda")}
    for minutes in (1, 30, 61, 600, 1_500, 60 * 24 * 91):
        make.article(f"Vor {minutes} Minuten", at=now - timedelta(minutes=minutes), picture=make.picture(), **ties)
    article = make.article("Mit allem", at=now - timedelta(days=200), **ties)
    make.correction(article)
    gone = make.article("Weg", at=now - timedelta(days=2))
    desk.withdraw(gone)
    make.positions()
    make.breaking(article=article)
    day = timezone.localdate(now - timedelta(days=200))
    return {
        "front": "/", "category": "/ausland/", "article": article.get_absolute_url(), "topic": "/thema/russland/",
        "author": "/autor/helene-kramer/", "source": "/quelle/nda/", "ticker": "/ticker/", "archive": "/archiv/",
        "archive year": f"/archiv/{day.year}/", "archive month": f"/archiv/{day:%Y/%m}/", "archive day": f"/archiv/{day:%Y/%m/%d}/",
        "notice": "/impressum/", "empty notice": "/datenschutz/", "corrections": "/korrekturen/", "thanks": "/fehler-melden/danke/",
        "security": "/.well-known/security.txt", "missing": "/gibt-es-nicht/", "gone": gone.get_absolute_url(),
        "moved": f"/inland/x-{article.pk}/",
        "rss": "/rss.xml", "atom": "/thema/russland/atom.xml", "json feed": "/ausland/feed.json",
        "sitemap": "/sitemap.xml", "month": f"/sitemap-{now - timedelta(days=200):%Y-%m}.xml", "pages": "/sitemap-seiten.xml",
        "topics": "/sitemap-themen.xml", "robots": "/robots.txt", "tdmrep": "/.well-known/tdmrep.json",
        "feeds": "/feeds/", "opml": "/feeds.opml",
    }  # fmt: skip


def answer(client: Client, path: str, **options: Any) -> tuple[int, bytes, dict[str, str]]:
    response = client.get(path, **options)
    return response.status_code, response.content, dict(response.headers)


@pytest.fixture(name="clock", params=MOMENTS)
def _clock(request: pytest.FixtureRequest) -> Iterator[datetime]:
    moment = MOMENTS[request.param]
    with time_machine.travel(moment, tick=False):
        yield moment


def test_every_reader_gets_the_same_bytes_and_headers(client: Client, clock: datetime) -> None:
    pages = _site(clock)
    editor = Client()
    editor.force_login(make.editor("Administrator"))

    for kind, path in pages.items():
        first = answer(client, path)
        for how, options in ASKING.items():
            if kind == "moved" and "query_params" in options:
                continue  # a redirect's address may carry them on
            assert answer(client, path, **options) == first, (kind, how)
        assert answer(editor, path) == first, kind
        assert "Set-Cookie" not in first[2]
        assert "Cookie" not in first[2].get("Vary", "")


def test_every_kind_of_page_is_there(client: Client, clock: datetime) -> None:
    codes = {kind: client.get(path).status_code for kind, path in _site(clock).items()}

    assert {kind: code for kind, code in codes.items() if code != 200} == {"missing": 404, "gone": 410, "moved": 301}


def test_only_what_prints_the_day_changes_at_midnight() -> None:
    before, after = datetime(2026, 6, 10, 21, 59, 59, tzinfo=UTC), datetime(2026, 6, 10, 22, 0, 1, tzinfo=UTC)
    client = Client()

    with time_machine.travel(before, tick=False) as clock:
        pages = _site(before)
        first = {kind: client.get(path).content for kind, path in pages.items()}
        clock.move_to(after)
        second = {kind: client.get(path).content for kind, path in pages.items()}

    assert {kind for kind in pages if first[kind] != second[kind]} == {"front", "missing"}


@pytest.mark.parametrize("seconds", [1, 30, 200, 600])
def test_no_cache_shows_yesterdays_front_page_after_midnight(client: Client, seconds: int) -> None:
    moment = datetime(2026, 6, 10, 22, 0, tzinfo=UTC) - timedelta(seconds=seconds)
    with time_machine.travel(moment, tick=False):
        _site(moment)
        kept = client.get("/").headers["Cache-Control"]

    words = dict(word.strip().split("=") for word in kept.split(",") if "=" in word)
    assert int(words["max-age"]) <= seconds
    assert int(words["s-maxage"]) + int(words["stale-while-revalidate"]) <= seconds


@pytest.mark.parametrize("parameter", ["utm_source=x", "vorher=1", "VOR=abc", "x=%00", "x=%FF", "=", "&&&", "a" * 3000, "vor="])
def test_unknown_parameters_change_nothing(client: Client, parameter: str) -> None:
    make.article()
    first = answer(client, "/ausland/")

    assert answer(client, f"/ausland/?{parameter}") == first


def test_two_parameters_of_one_name_are_read_as_the_last(client: Client) -> None:
    make.article()

    assert client.get("/ausland/?vor=abc&vor=").status_code == 200
    assert client.get("/ausland/?vor=&vor=abc").status_code == 404
