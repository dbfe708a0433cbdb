"""What pages keep between changes: fewer queries, and not a moment older than the last announcement."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles import desk
from articles.front.keeping import register
from articles.models import Article, Category, House
from articles.signals import pages_changed
from tests import make
from tests.page import Node, read

pytestmark = pytest.mark.django_db(transaction=True)
NOW = datetime(2026, 2, 4, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _kept() -> Iterator[None]:
    """A stamp that counts every announcement of a key, as the house registers one."""
    raised: dict[str, int] = {}

    def count(*, keys: frozenset[str], **rest: Any) -> None:
        for key in keys:
            raised[key] = raised.get(key, 0) + 1

    pages_changed.connect(count)
    register(lambda keys: tuple(raised.get(key, 0) for key in keys))
    make.house()
    yield
    register(None)
    pages_changed.disconnect(count)


def queries(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def related(client: Client, article: Article) -> list[str]:
    return headlines(read(client.get(article.get_absolute_url())), "section.related-block")


def headlines(page: Node, block: str) -> list[str]:
    return [headline.line for section in page.all(block)[:1] for headline in section.all("h3")]


def test_the_second_article_of_a_tag_needs_two_queries(client: Client) -> None:
    first, second = (make.article(name, tags=["Ukraine"], at=NOW) for name in ("Eins", "Zwei"))
    with time_machine.travel(NOW + timedelta(minutes=1)):
        queries(client, first.get_absolute_url())

        assert queries(client, second.get_absolute_url()) == 2


def test_an_article_never_stands_below_itself(client: Client) -> None:
    made = [make.article(f"Nummer {number}", tags=["Ukraine"], at=NOW + timedelta(minutes=number)) for number in range(9)]

    with time_machine.travel(NOW + timedelta(hours=1)):
        lists = [related(client, article) for article in made]

    names = [f"Nummer {number}" for number in range(8, -1, -1)]
    assert lists == [[name for name in names if name != article.headline][:6] for article in made]


def test_what_is_published_stands_there_at_once(client: Client) -> None:
    article = make.article("Eins", tags=["Ukraine"], at=NOW)
    with time_machine.travel(NOW + timedelta(minutes=5)):
        assert related(client, article) == []
        make.article("Zwei", tags=["Ukraine"], at=NOW)
        assert related(client, article) == ["Zwei"]


def test_what_is_withdrawn_is_gone_at_once(client: Client) -> None:
    article, other = (make.article(name, tags=["Ukraine"], at=NOW) for name in ("Eins", "Zwei"))
    with time_machine.travel(NOW + timedelta(minutes=5)):
        assert related(client, article) == ["Zwei"]
        desk.withdraw(other)
        assert related(client, article) == []


def test_a_new_headline_stands_there_at_once(client: Client) -> None:
    article, other = (make.article(name, tags=["Ukraine"], at=NOW) for name in ("Eins", "Zwei"))
    with time_machine.travel(NOW + timedelta(minutes=5)):
        assert related(client, article) == ["Zwei"]
        desk.revise(other, {"headline": "Drei"})
        assert related(client, article) == ["Drei"]


def test_what_is_planned_appears_without_anybody_saying_so(client: Client) -> None:
    article = make.article("Eins", tags=["Ukraine"], at=NOW)
    make.article("Später", tags=["Ukraine"], at=NOW + timedelta(minutes=10))
    with time_machine.travel(NOW + timedelta(minutes=9), tick=False) as clock:
        assert related(client, article) == []
        clock.shift(59)
        assert related(client, article) == []
        clock.shift(1)
        assert related(client, article) == ["Später"]


def test_what_is_planned_sooner_than_what_was_known_appears_in_time(client: Client) -> None:
    article = make.article("Eins", tags=["Ukraine"], at=NOW)
    with time_machine.travel(NOW + timedelta(minutes=1), tick=False) as clock:
        make.article("Später", tags=["Ukraine"], at=NOW + timedelta(minutes=30))
        assert related(client, article) == []
        make.article("Vorher", tags=["Ukraine"], at=NOW + timedelta(minutes=10))
        assert related(client, article) == []
        clock.shift(9 * 60)
        assert related(client, article) == ["Vorher"]


def test_what_ends_goes_without_anybody_saying_so(client: Client) -> None:
    article = make.article("Eins", tags=["Ukraine"], at=NOW)
    make.article("Kurz", tags=["Ukraine"], at=NOW, visible_until=NOW + timedelta(minutes=10))
    with time_machine.travel(NOW + timedelta(minutes=9), tick=False) as clock:
        assert related(client, article) == ["Kurz"]
        clock.shift(60)
        assert related(client, article) == []


def test_an_old_article_still_gets_what_stood_around_it(client: Client) -> None:
    old, beside = (make.article(name, at=NOW - timedelta(days=200)) for name in ("Alt", "Daneben"))
    for number in range(7):
        make.article(f"Neu {number}", at=NOW + timedelta(minutes=number))
    with time_machine.travel(NOW + timedelta(hours=1)):
        first, second = (headlines(read(client.get(old.get_absolute_url())), "section.earlier") for _ in range(2))

    assert beside.headline in first
    assert first == second


def test_the_menu_is_new_when_a_category_is(client: Client) -> None:
    article = make.article(at=NOW)
    with time_machine.travel(NOW + timedelta(minutes=1)):
        client.get(article.get_absolute_url())
        Category.objects.create(name="Wetter", slug="wetter")
        assert "Wetter" not in client.get(article.get_absolute_url()).content.decode(), "nobody has announced it"
        desk.announce(["all"])
        assert "Wetter" in client.get(article.get_absolute_url()).content.decode()


def test_the_breaking_line_begins_and_ends_by_itself(client: Client) -> None:
    make.article(at=NOW - timedelta(hours=1))
    make.breaking("Landtag stimmt zu", visible_from=NOW + timedelta(minutes=1), visible_until=NOW + timedelta(minutes=2))
    with time_machine.travel(NOW, tick=False) as clock:
        seen = []
        for _ in range(4):
            seen.append("Landtag stimmt zu" in client.get("/ausland/").content.decode())
            clock.shift(45)

    assert seen == [False, False, True, False]


def test_the_house_itself_is_new_when_it_is_announced(client: Client) -> None:
    make.article(at=NOW)
    with time_machine.travel(NOW + timedelta(minutes=1)):
        client.get("/ausland/")
        House.objects.update(name="Abendblatt")
        desk.announce(["all"])
        assert "Abendblatt" in client.get("/ausland/").content.decode()


def test_the_rail_is_kept_and_renewed(client: Client) -> None:
    make.article("Hier", at=NOW)
    make.article("Dort", category="Sport", at=NOW)
    with time_machine.travel(NOW + timedelta(minutes=1)):
        first = queries(client, "/ausland/")
        assert queries(client, "/ausland/") == first - 4, "house, categories, rail and what is read most"
        make.article("Drüben", category="Kultur", at=NOW)
        assert "Drüben" in client.get("/ausland/").content.decode()


def test_the_line_of_a_withdrawn_article_goes_with_it(client: Client) -> None:
    article = make.article("Anlass", at=NOW)
    make.article("Anderes", category="Sport", at=NOW)
    make.breaking("Landtag stimmt zu", article=article, visible_from=NOW, visible_until=NOW + timedelta(hours=2))
    with time_machine.travel(NOW + timedelta(minutes=1)):
        before = client.get("/sport/")
        assert read(before).one("section.breaking").one("a")["href"] == article.get_absolute_url()
        desk.withdraw(article)
        assert not read(client.get("/sport/")).all("section.breaking")
