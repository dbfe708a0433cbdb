"""The door: headers, conditional requests, the moments at which a page changes, the same bytes for all."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from articles import desk
from articles.front import planned
from articles.models import Article
from articles.pages.response import SHARED, cache_control
from tests import make

pytestmark = pytest.mark.django_db
FULL = "public, max-age=60, s-maxage=300, stale-while-revalidate=600, stale-if-error=86400"
NOW = datetime(2026, 2, 4, 12, 0, tzinfo=UTC)


@pytest.fixture(name="paths")
def _paths() -> list[str]:
    """One address of every kind of page."""
    article = make.article(tags=["Russland"], authors=["Helene Kramer"], agency=make.agency("nda"))
    make.positions()
    return [
        "/", "/ausland/", article.get_absolute_url(), "/thema/russland/", "/autor/helene-kramer/", "/quelle/nda/", "/ticker/",
        "/archiv/", "/archiv/2025/", "/archiv/2025/02/", "/archiv/2025/02/24/", "/impressum/", "/korrekturen/",
    ]  # fmt: skip


@time_machine.travel(NOW, tick=False)  # shortly before midnight the front page may be kept for less
def test_every_page_says_how_long_it_may_be_kept_and_by_which_keys(client: Client, paths: list[str]) -> None:
    for path in paths:
        response = client.get(path)
        assert response.status_code == 200, path
        assert response.headers["Cache-Control"] == FULL, path
        assert response.headers["Vary"] == "Accept-Encoding", path
        assert response.headers["ETag"].startswith('W/"'), path
        assert "GMT" in response.headers["Last-Modified"], path
        assert "all" in response.headers["Surrogate-Key"].split(), path


def test_two_readers_get_the_same_bytes_whatever_they_bring(paths: list[str]) -> None:
    plain, cookies, editor = Client(), Client(), Client()
    cookies.cookies["tracker"] = "abc"
    cookies.cookies["sessionid"] = "x" * 32
    editor.force_login(make.editor("Administrator"))
    with time_machine.travel(NOW, tick=False):
        for path in paths:
            answers = [
                plain.get(path), plain.get(path), plain.get(f"{path}?utm_source=x&fbclid=1"), cookies.get(path), editor.get(path),
                plain.get(path, headers={"accept-language": "fr", "x-forwarded-host": "evil.example"}),
            ]  # fmt: skip
            assert len({answer.content for answer in answers}) == 1, path
            assert len({answer.headers["ETag"] for answer in answers}) == 1, path
            assert not any(answer.cookies for answer in answers), path
            assert {answer.headers["Vary"] for answer in answers} == {"Accept-Encoding"}, path


def test_head_says_what_get_says_without_the_body(client: Client, paths: list[str]) -> None:
    with time_machine.travel(NOW, tick=False):
        for path in [*paths, "/gibt-es-nicht/"]:
            get, head = client.get(path), client.head(path)
            assert head.status_code == get.status_code, path
            assert dict(head.headers) == dict(get.headers), path
            assert head.content == b"", path


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
def test_other_methods_are_told_that_a_page_only_speaks(paths: list[str], method: str) -> None:
    client = Client(enforce_csrf_checks=True)
    for path in paths:
        response = getattr(client, method)(path)
        assert response.status_code == 405, path
        assert response.headers["Allow"] == "GET, HEAD", path


def test_a_known_page_is_not_sent_again(client: Client, paths: list[str]) -> None:
    with time_machine.travel(NOW, tick=False):
        for path in paths:
            etag = client.get(path).headers["ETag"]
            response = client.get(path, headers={"if-none-match": etag})
            assert (response.status_code, response.content) == (304, b""), path
            assert response.headers["ETag"] == etag, path
            assert response.headers["Cache-Control"] == FULL, path


def test_a_changed_page_is_sent_again_even_to_who_asks_by_date(client: Client) -> None:
    article, gone = make.article(tags=["Russland"]), make.article("Jene", tags=["Russland"])
    path = article.get_absolute_url()
    first = client.get(path)

    desk.withdraw(gone)

    assert client.get(path, headers={"if-none-match": first.headers["ETag"]}).status_code == 200
    assert client.get(path, headers={"if-modified-since": first.headers["Last-Modified"]}).status_code == 200


def test_last_modified_follows_the_newest_thing_on_the_page(client: Client) -> None:
    make.house(changed_at=make.MOMENT - timedelta(days=1))
    article = make.article()
    Article.objects.update(changed_at=datetime(2025, 3, 1, 8, 30, tzinfo=UTC))

    assert client.get(article.get_absolute_url()).headers["Last-Modified"] == "Sat, 01 Mar 2025 08:30:00 GMT"


@pytest.mark.parametrize(
    ("left", "expected"),
    [
        (None, FULL),
        (90_000, FULL),
        (1000, "public, max-age=60, s-maxage=300, stale-while-revalidate=600, stale-if-error=700"),
        (400, "public, max-age=60, s-maxage=300, stale-while-revalidate=100, stale-if-error=100"),
        (45, "public, max-age=45, s-maxage=45, stale-while-revalidate=0, stale-if-error=0"),
        (0, "public, max-age=0, s-maxage=0, stale-while-revalidate=0, stale-if-error=0"),
    ],
)
def test_no_cache_keeps_a_page_beyond_its_next_change(left: int | None, expected: str) -> None:
    assert cache_control(left) == expected


def _shared_seconds(client: Client, path: str) -> int:
    parts = client.get(path).headers["Cache-Control"].split(", ")
    return next(int(part.removeprefix("s-maxage=")) for part in parts if part.startswith("s-maxage="))


@time_machine.travel(NOW, tick=False)
def test_a_page_lives_until_the_next_article_appears(client: Client) -> None:
    make.article("Öffentlich")
    make.article("Terminiert", at=NOW + timedelta(seconds=90))

    assert _shared_seconds(client, "/ausland/") == 90
    assert _shared_seconds(client, "/") == 90


@time_machine.travel(NOW, tick=False)
def test_what_is_planned_elsewhere_leaves_a_page_alone(client: Client) -> None:
    shown = make.article("Öffentlich", category="Sport", tags=["Rudern"], authors=["Ole Petersen"])
    beside = [make.article(f"Daneben {number}", category="Sport", tags=["Rudern"]) for number in range(12)]
    make.article("Terminiert", category="Ausland", tags=["Russland"], at=NOW + timedelta(seconds=90))

    for path in (shown.get_absolute_url(), "/thema/rudern/", "/autor/ole-petersen/", beside[0].get_absolute_url()):
        assert _shared_seconds(client, path) == SHARED, path


@time_machine.travel(NOW, tick=False)
@pytest.mark.parametrize("shares", [{"tags": ["Rudern"]}, {"authors": ["Ole Petersen"]}, {"category": "Sport"}])
def test_a_page_lives_until_what_shares_its_tag_author_or_category_appears(client: Client, shares: dict[str, Any]) -> None:
    make.article("Öffentlich", category="Sport", tags=["Rudern"], authors=["Ole Petersen"])
    planned_one: dict[str, Any] = {"category": "Ausland", "at": NOW + timedelta(seconds=90)} | shares
    make.article("Terminiert", **planned_one)
    path = {"tags": "/thema/rudern/", "authors": "/autor/ole-petersen/", "category": "/sport/"}[next(iter(shares))]

    assert _shared_seconds(client, path) == 90


@time_machine.travel(NOW, tick=False)
def test_a_breaking_line_that_will_link_to_its_article_ends_every_page(client: Client) -> None:
    shown = make.article("Öffentlich", category="Sport", tags=["Rudern"])
    for number in range(12):
        make.article(f"Daneben {number}", category="Sport", tags=["Rudern"])
    make.breaking(article=make.article("Terminiert", at=NOW + timedelta(seconds=90)), visible_until=NOW + timedelta(hours=1))

    assert _shared_seconds(client, shown.get_absolute_url()) == 90


@time_machine.travel(NOW, tick=False)
def test_beyond_what_is_looked_at_every_page_ends_with_the_next(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(planned, "MOST", 2)
    shown = make.article("Öffentlich", category="Sport", tags=["Rudern"])
    for number in range(12):
        make.article(f"Daneben {number}", category="Sport", tags=["Rudern"])
    for seconds in (50, 60, 70, 80):
        make.article(f"In {seconds}", at=NOW + timedelta(seconds=seconds))

    assert _shared_seconds(client, shown.get_absolute_url()) == 70


@time_machine.travel(NOW, tick=False)
def test_a_page_lives_until_an_embargo_ends(client: Client) -> None:
    make.article("Öffentlich")
    held = make.article("Gesperrt", at=NOW - timedelta(hours=1))
    Article.objects.filter(pk=held.pk).update(embargo_until=NOW + timedelta(seconds=50))

    assert _shared_seconds(client, "/ausland/") == 50


@time_machine.travel(NOW, tick=False)
def test_a_page_lives_until_something_on_it_ends(client: Client) -> None:
    ending = make.article("Endet", visible_until=NOW + timedelta(seconds=120))
    picture = make.picture(rights_until=NOW + timedelta(seconds=30))
    pictured = make.article("Bild endet", picture=picture, category="Sport")

    assert _shared_seconds(client, pictured.get_absolute_url()) == 30
    assert _shared_seconds(client, "/ausland/") == 120
    assert _shared_seconds(client, ending.get_absolute_url()) == 30  # the other one stands below it


@time_machine.travel(NOW, tick=False)
def test_a_page_lives_until_the_breaking_line_begins_or_ends(client: Client) -> None:
    make.article()
    make.breaking(visible_from=NOW + timedelta(seconds=200), visible_until=NOW + timedelta(hours=1))
    assert _shared_seconds(client, "/ausland/") == 200

    make.breaking(visible_from=NOW - timedelta(seconds=5), visible_until=NOW + timedelta(seconds=70))
    assert _shared_seconds(client, "/ausland/") == 70


@time_machine.travel(NOW, tick=False)
def test_the_front_page_lives_until_a_pinned_teaser_changes(client: Client) -> None:
    positions = make.positions()
    make.pin(make.article("Oben"), positions["lead"], visible_until=NOW + timedelta(seconds=110))
    make.pin(make.article("Gleich oben"), positions["lead"], visible_from=NOW + timedelta(seconds=40))

    assert _shared_seconds(client, "/") == 40


def test_an_article_that_is_scheduled_appears_by_itself(client: Client) -> None:
    moment = timezone.now() + timedelta(hours=2)
    article = make.article("Terminiert", at=moment)
    assert client.get(article.get_absolute_url()).status_code == 404

    with time_machine.travel(moment + timedelta(seconds=1), tick=False):
        assert client.get(article.get_absolute_url()).status_code == 200
        assert "Terminiert" in client.get("/ausland/").content.decode()


def test_the_front_page_is_not_carried_over_midnight(client: Client) -> None:
    make.positions()
    with time_machine.travel(datetime(2026, 2, 4, 22, 59, 40, tzinfo=UTC), tick=False):
        assert _shared_seconds(client, "/") == 20
    with time_machine.travel(datetime(2026, 2, 4, 12, 0, tzinfo=UTC), tick=False):
        assert client.get("/").headers["Cache-Control"] == FULL


def test_yesterdays_lines_carry_their_day(client: Client) -> None:
    make.positions()
    for number in range(6):
        make.article(f"Nummer {number}", at=NOW - timedelta(days=1, minutes=number))

    with time_machine.travel(NOW, tick=False):
        page = client.get("/").content.decode()

    assert ">03.02.</time>" in page


@pytest.mark.parametrize("path", ["/AUSLAND", "/ausland/falsch-{}/"])
def test_a_redirect_is_not_kept_for_ever(client: Client, path: str) -> None:
    article = make.article()

    assert client.get(path.format(article.pk)).headers["Cache-Control"] == "public, max-age=60"


def test_the_editors_door_opens_without_a_slash(client: Client) -> None:
    assert client.get("/admin").headers["Location"] == "/admin/"
