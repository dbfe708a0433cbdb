"""Rows of lists: what the models say, without the models."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles import desk
from articles.front.rows import Shown, next_end, rows
from articles.models import Article
from tests import make

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 2, 4, 12, 0, tzinfo=UTC)


def row_of(article: Article) -> Any:
    return rows([article.pk], now=NOW)[article.pk]


def test_a_row_says_what_the_article_says() -> None:
    article = make.article("Rat «beschließt»", kicker="Hafen", at=NOW, agency=make.agency("nda"), urgency=2)

    row = row_of(article)

    assert {name: getattr(row, name) for name in ("pk", "kicker", "headline", "slug", "lead", "kind", "urgency")} == {
        name: getattr(article, name) for name in ("pk", "kicker", "headline", "slug", "lead", "kind", "urgency")
    }
    assert (row.published_at, row.changed_at, row.visible_until) == (NOW, article.changed_at, None)
    assert (row.section, row.section_name, row.agency) == ("ausland", "Ausland", "nda")
    assert (row.teaser_headline, row.teaser_text, row.opening, row.picture) == ("", "", "", None)


def test_its_address_is_the_articles() -> None:
    article = make.article(at=NOW)

    address = reverse("articles:article", args=[article.category.slug, article.slug, article.pk])
    assert row_of(article).get_absolute_url() == article.get_absolute_url() == address


def test_the_address_of_a_category_is_the_resolvers() -> None:
    assert make.category("Börse").get_absolute_url() == reverse("articles:category", args=["boerse"])


def test_the_articles_own_teaser_comes_along() -> None:
    article = make.article(at=NOW)
    make.own_teaser(article, headline="Kürzer", text="Und knapper.")

    assert (row_of(article).teaser_headline, row_of(article).teaser_text) == ("Kürzer", "Und knapper.")


def test_a_teaser_at_a_place_does_not_speak_for_lists() -> None:
    article = make.article(at=NOW)
    make.pin(article, make.positions()["lead"], headline="Nur vorn")

    assert row_of(article).teaser_headline == ""


def test_the_body_opens_only_where_there_is_no_lead() -> None:
    with_lead, without = make.article("Eins", at=NOW), make.article("Zwei", lead="", at=NOW)

    assert row_of(with_lead).opening == ""
    assert row_of(without).opening == without.body


def test_a_picture_says_what_its_model_says() -> None:
    picture = make.picture(focal_x=30, rights_until=NOW + timedelta(hours=1))

    shown = row_of(make.article(at=NOW, picture=picture)).picture

    assert (shown.pk, shown.width, shown.height, shown.rendition_key) == (
        picture.pk, picture.width, picture.height, picture.rendition_key,
    )  # fmt: skip
    for moment in (NOW, NOW + timedelta(hours=1), NOW + timedelta(hours=2)):
        assert shown.is_public(moment) == picture.is_public(moment)


def test_a_picture_that_is_not_rendered_is_not_public() -> None:
    assert not Shown(1, "a" * 16, 10, 10, None, None).is_public(NOW)


@pytest.mark.parametrize(
    "fields",
    [
        {"at": NOW + timedelta(seconds=1)},
        {"at": NOW - timedelta(hours=2), "visible_until": NOW},
        {"at": NOW - timedelta(hours=2), "embargo_until": NOW + timedelta(seconds=1)},
    ],
)
def test_what_readers_may_not_see_is_no_row(fields: dict[str, Any]) -> None:
    article = make.article(**fields)

    assert rows([article.pk], now=NOW) == {}


@pytest.mark.parametrize("act", [desk.withdraw, desk.hold])
def test_what_was_taken_back_is_no_row(act: Any) -> None:
    article = make.article(at=NOW)

    act(article)

    assert rows([article.pk], now=NOW) == {}


@pytest.mark.parametrize("number", [0, 1, 7, 8, 9, 20, 64, 65, 257, 300])
def test_any_number_of_rows_is_one_query(number: int) -> None:
    made = make.articles(number, first=NOW)

    with CaptureQueriesContext(connection) as captured:
        found = rows([article.pk for article in made], now=NOW)

    assert set(found) == {article.pk for article in made}
    assert len(captured) == min(number, 1)


def test_the_same_id_twice_is_one_row() -> None:
    article = make.article(at=NOW)

    assert list(rows([article.pk, article.pk], now=NOW)) == [article.pk]


@pytest.mark.parametrize(
    ("changes", "ends", "expected"),
    [(None, [], None), (5, [], 5), (None, [3], 3), (5, [3, 9], 3), (2, [3], 2), (None, [None, 4], 4)],
)
def test_a_kept_list_lasts_until_the_next_change(changes: int | None, ends: list[int | None], expected: int | None) -> None:
    def moment(hours: int | None) -> datetime | None:
        return None if hours is None else NOW + timedelta(hours=hours)

    listed = [row_of(make.article(f"Nummer {place}", at=NOW, visible_until=moment(hours))) for place, hours in enumerate(ends)]

    assert next_end(moment(changes), listed) == moment(expected)
