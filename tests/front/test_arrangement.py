"""The front page: rules, pins, and no story twice."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.front.arrangement import arrange
from articles.models import Article, Kind, Position, Teaser
from tests import make
from tests.page import read

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 2, 4, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def at_place(slug: str) -> list[str]:
    return [placed.article.headline for placed in arrange(NOW).places[slug].placed]


def test_an_empty_site_has_an_empty_front_page(client: Client) -> None:
    make.positions()

    page = read(client.get("/"))

    assert page.one("p.empty").line == "Hier ist noch nichts erschienen."
    assert arrange(NOW).articles == []


def test_the_most_urgent_of_the_day_leads() -> None:
    make.positions()
    make.article("Neu", at=NOW - HOUR)
    make.article("Eilig", urgency=1, at=NOW - 5 * HOUR)
    make.article("Gestern eilig", urgency=1, at=NOW - 30 * HOUR)

    assert at_place("lead") == ["Eilig"]
    assert at_place("second") == ["Neu", "Gestern eilig"]


def test_a_pinned_teaser_takes_its_place_with_its_own_words(client: Client) -> None:
    positions = make.positions()
    make.article("Neu", at=NOW - HOUR)
    old = make.article("Alt", at=NOW - 900 * HOUR)
    make.pin(old, positions["lead"], headline="Vom Chef gesetzt", text="Darum geht es.")

    with time_machine.travel(NOW, tick=False):
        lead = read(client.get("/")).one("article.teaser--lead")

    assert lead.one(".teaser__title").line == "Vom Chef gesetzt"
    assert lead.one("p.teaser__text").line == "Darum geht es."
    assert lead.one("a")["href"] == old.get_absolute_url()


@pytest.mark.parametrize(
    ("window", "is_there"),
    [
        ({}, True),
        ({"visible_from": NOW}, True),
        ({"visible_from": NOW + HOUR}, False),
        ({"visible_until": NOW}, False),
        ({"visible_until": NOW + HOUR}, True),
        ({"pinned": False}, False),
    ],
)
def test_a_pinned_teaser_stands_there_in_its_time(window: dict[str, object], is_there: bool) -> None:
    positions = make.positions()
    make.article("Neu", at=NOW - HOUR)
    make.pin(make.article("Alt", at=NOW - 900 * HOUR), positions["lead"], **window)

    assert (at_place("lead") == ["Alt"]) is is_there


def test_an_article_pinned_twice_stands_once() -> None:
    positions = make.positions()
    article = make.article("Eins", at=NOW - HOUR)
    make.pin(article, positions["lead"])
    make.pin(article, positions["second"])

    assert (at_place("lead"), at_place("second")) == (["Eins"], [])


def test_a_place_without_rule_shows_only_what_is_pinned() -> None:
    positions = make.positions()
    Position.objects.filter(slug="second").update(rule=Position.Rule.NONE)
    make.articles(5, first=NOW - HOUR)
    make.pin(make.article("Gesetzt", at=NOW - HOUR), positions["second"])

    assert at_place("second") == ["Gesetzt"]


def test_opinion_has_its_own_place() -> None:
    make.positions()
    make.article("Meinung eins", kind=Kind.OPINION, at=NOW - 50 * HOUR)
    make.articles(10, first=NOW - HOUR)

    assert at_place("opinion") == ["Meinung eins"]


def test_each_category_has_its_block_and_an_empty_one_is_left_out(client: Client) -> None:
    make.category("Ausland", position=1), make.category("Sport", position=2), make.category("Kultur", position=3)
    make.positions()
    make.articles(20, first=NOW - HOUR, category=make.category("Kultur"))
    make.articles(20, first=NOW - 90 * HOUR, category=make.category("Ausland"))

    blocks = [place.position.slug for place in arrange(NOW).blocks]

    assert blocks == ["block-ausland", "block-kultur"]
    assert len(at_place("block-ausland")) == 4


def test_a_new_category_gets_its_place_and_known_ones_keep_theirs() -> None:
    make.category("Ausland")
    make.positions()
    Position.objects.filter(slug="block-ausland").update(limit=9)
    make.category("Sport")

    positions = make.positions()

    assert positions["block-ausland"].limit == 9
    assert positions["block-sport"].rule == Position.Rule.CATEGORY


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(
        st.tuples(st.integers(0, 40), st.integers(1, 9), st.sampled_from(["Ausland", "Sport", "Kultur"]), st.booleans()),
        max_size=40,
    ),
    pins=st.lists(st.tuples(st.integers(0, 39), st.sampled_from(["lead", "second", "ticker", "block-sport"])), max_size=6),
)
def test_no_story_stands_there_twice_and_nothing_is_left_empty(
    rows: list[tuple[int, int, str, bool]], pins: list[tuple[int, str]],
) -> None:  # fmt: skip
    Teaser.objects.all().delete()
    Article.objects.all().delete()
    made = [
        make.article(
            f"Nummer {n}", at=NOW - hours * HOUR, urgency=urgency, category=name, kind=Kind.OPINION if opinion else Kind.REPORT
        )
        for n, (hours, urgency, name, opinion) in enumerate(rows)
    ]
    positions = make.positions()
    for number, slug in pins:
        if number < len(made) and slug in positions:
            Teaser.objects.get_or_create(article=made[number], position=positions[slug])

    filled = arrange(NOW)

    shown = [article.pk for article in filled.articles]
    assert len(shown) == len(set(shown))
    assert all(len(place.placed) <= place.position.limit for place in filled.places.values())
    if len(made) > len(pins):
        assert len(filled.places["lead"].placed) == 1
    assert len(shown) >= min(len(made), 16) or any(place.room > 0 for place in filled.places.values())


def test_no_picture_stands_on_the_front_page_twice(client: Client) -> None:
    make.positions()
    picture = make.picture()
    for number in range(6):
        make.article(f"Nummer {number}", at=NOW - number * HOUR, picture=picture)

    page = read(client.get("/"))

    assert len(page.all("img")) == 1
    assert len(page.one("article.teaser--lead").all("img")) == 1


def test_without_a_lead_the_rest_still_stands_there(client: Client) -> None:
    positions = make.positions()
    make.pin(make.article("Die einzige", at=NOW - HOUR), positions["second"])

    page = read(client.get("/"))

    assert [node.line for node in page.all(".teaser__title")] == ["Die einzige"]
    assert page.all("p.empty") == []
