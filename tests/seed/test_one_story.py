"""SEED s24–s27: one story stands in a list once, and says who tells it as well."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from articles import desk
from articles.models import Article
from tests import make

pytestmark = pytest.mark.django_db


def told(headline: str, agency: str, at: datetime, **fields: object) -> Article:
    """With a text that no other has."""
    by = make.agency(agency, priority=fields.pop("priority", 5))
    text = " ".join(f"{headline} {number}" for number in range(30))
    return make.article(headline, agency=by, at=at, tags=["Russland"], body=f"<p>{text}</p>", lead="", **fields)


@pytest.fixture
def now() -> datetime:
    return timezone.now()


@pytest.fixture
def article(now: datetime) -> Article:
    return make.article("Darunter stehen die Meldungen", at=now - timedelta(days=2), tags=["Russland"])


def below(client: Client, article: Article) -> str:
    page = client.get(article.get_absolute_url()).content.decode()
    return page.partition('id="weitere"')[2].partition("</aside>")[0]


def headlines(page: str) -> list[str]:
    return [part.partition("</a>")[0].rpartition(">")[2] for part in page.split("<h3>")[1:]]


def test_s24_two_agencies_at_once_show_the_one_with_priority(client: Client, article: Article, now: datetime) -> None:
    later = told("Gipfel endet ohne Einigung", "dts", now - timedelta(minutes=5), priority=7)
    first = told("Gipfel ohne Einigung beendet", "dpa", now - timedelta(minutes=9), priority=3)
    desk.join_stories(first, later)

    page = below(client, article)

    assert headlines(page) == ["Gipfel ohne Einigung beendet"]
    assert "auch bei: dts" in page
    assert all(client.get(one.get_absolute_url()).status_code == 200 for one in (first, later))


def test_s24_of_equal_priority_the_earlier_shows(client: Client, article: Article, now: datetime) -> None:
    first = told("Zuerst gemeldet", "dpa", now - timedelta(minutes=9))
    second = told("Danach gemeldet", "dts", now - timedelta(minutes=5))
    desk.join_stories(first, second)

    assert headlines(below(client, article)) == ["Zuerst gemeldet"]


def test_s25_of_what_is_told_anew_hours_later_the_newest_shows_and_the_older_points_to_it(
    client: Client, article: Article, now: datetime
) -> None:
    old = told("Erste Fassung der Lage", "dpa", now - timedelta(hours=5))
    new = told("Neue Fassung der Lage", "dpa", now - timedelta(minutes=10))
    desk.join_stories(old, new)

    assert headlines(below(client, article)) == ["Neue Fassung der Lage"]
    page = client.get(old.get_absolute_url()).content.decode()
    assert "Neuere Fassung von" in page
    assert new.get_absolute_url() in page.partition("Neuere Fassung von")[2][:300]
    assert "Neuere Fassung" not in client.get(new.get_absolute_url()).content.decode()


def test_s27_more_are_fetched_so_that_the_list_is_full(client: Client, article: Article, now: datetime) -> None:
    many = [told(f"Meldung {number}", "dpa", now - timedelta(hours=2 * number + 2)) for number in range(8)]
    desk.join_stories(many[0], many[1])
    desk.join_stories(many[2], many[3])

    page = below(client, article)

    assert headlines(page) == ["Meldung 0", "Meldung 2", "Meldung 4", "Meldung 5", "Meldung 6", "Meldung 7"]
    assert page.count("<details") == 2
    assert "1 ähnliche" in page


@pytest.mark.parametrize("path", ["/", "/ausland/", "/thema/russland/", "/ticker/", "/rss.xml", "/ausland/feed.json", "/suche/?q=Gipfel", "/quelle/dpa/"])
def test_every_list_shows_it_once(client: Client, now: datetime, path: str) -> None:
    old = told("Gipfel beginnt am Abend", "dpa", now - timedelta(hours=5))
    new = told("Gipfel endet in der Nacht", "dpa", now - timedelta(minutes=10))
    desk.join_stories(old, new)

    page = client.get(path).content.decode()
    shown = page.partition("<details")[0] + "".join(part.partition("</details>")[2] for part in page.split("<details")[1:])

    assert new.headline in shown.replace("<mark>", "").replace("</mark>", "")
    assert old.headline not in shown.replace("<mark>", "").replace("</mark>", "")


def test_the_other_telling_does_not_stand_below_the_article_itself(client: Client, now: datetime) -> None:
    first, second = told("Hier", "dpa", now - timedelta(hours=3)), told("Dort", "dts", now - timedelta(hours=2))
    desk.join_stories(first, second)

    assert "Dort" not in headlines(below(client, first))


def test_when_the_newest_is_withdrawn_the_older_stands_there_again(client: Client, article: Article, now: datetime) -> None:
    old = told("Alte Fassung", "dpa", now - timedelta(hours=5))
    new = told("Neue Fassung", "dpa", now - timedelta(minutes=10))
    desk.join_stories(old, new)

    desk.withdraw(new)

    assert headlines(below(client, article)) == ["Alte Fassung"]
    assert "Neuere Fassung" not in client.get(old.get_absolute_url()).content.decode()


@pytest.mark.parametrize("path", ["/ausland/", "/thema/russland/", "/"])
def test_a_page_ends_with_whatever_telling_it_names(client: Client, now: datetime, path: str) -> None:
    new = told("Neue Fassung", "dpa", now - timedelta(minutes=10))
    old = told("Alte Fassung", "dpa", now - timedelta(hours=5), visible_until=now + timedelta(seconds=120))
    desk.join_stories(old, new)

    page = client.get(path)

    assert "Alte Fassung" in page.content.decode()
    assert f"s-maxage={119}" in page.headers["Cache-Control"] or f"s-maxage={118}" in page.headers["Cache-Control"]


def test_a_page_ends_with_the_newer_one_it_points_to(client: Client, now: datetime) -> None:
    old = told("Alte Fassung", "dpa", now - timedelta(hours=5))
    new = told("Neue Fassung", "dpa", now - timedelta(minutes=10), visible_until=now + timedelta(seconds=120))
    desk.join_stories(old, new)

    assert int(client.get(old.get_absolute_url()).headers["Cache-Control"].partition("s-maxage=")[2].partition(",")[0]) < 120


def test_what_has_not_appeared_yet_folds_nothing(client: Client, article: Article, now: datetime) -> None:
    old = told("Heute schon da", "dpa", now - timedelta(hours=5))
    desk.join_stories(old, told("Erst morgen", "dpa", now + timedelta(days=1)))

    assert headlines(below(client, article)) == ["Heute schon da"]
