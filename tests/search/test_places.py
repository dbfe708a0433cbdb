"""A place grows with time, and with the id within a second; PostgreSQL walks stretches of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from articles import search
from articles.models import SearchDocument
from articles.search.conditions import All, Either, Phrase, fts5, loosened, tsquery
from articles.search.finding import ask
from articles.search.index import backend
from articles.search.places import AFTER_ALL, bucket_of, first_of, place_of
from tests import make

MOMENTS = st.datetimes(datetime(1900, 1, 1), datetime(2400, 1, 1), timezones=st.just(UTC)).map(lambda at: at.replace(microsecond=0))


@given(MOMENTS, MOMENTS, st.integers(1, 60_000), st.integers(1, 60_000))
def test_places_have_the_order_of_lists(one: datetime, other: datetime, first: int, second: int) -> None:
    assert (place_of(one, first) < place_of(other, second)) == ((one, first) < (other, second))
    assert 0 <= first_of(one) <= place_of(one, first) < AFTER_ALL
    assert bucket_of(place_of(one, first)) <= 0xFFF


def test_what_is_older_than_newspapers_has_the_first_place() -> None:
    assert place_of(datetime(1605, 1, 1, tzinfo=UTC), 7) == 7


def test_conditions_are_written_for_both_databases() -> None:
    condition = All((Either((Phrase(("a",)), Phrase(("b", "c")))), Phrase(("#c1",))), (Phrase(("d",)),))

    assert fts5(condition) == '((("a" OR "b c") AND "#c1") NOT ("d"))'
    assert tsquery(condition, "0f1") == "(((('0f1a') | ('0f1b' <-> '0f1c')) & ('0f1#c1')) & !(('0f1d')))"


def test_loosened_conditions_ask_for_no_order() -> None:
    condition = All((Phrase(("a", "b")), Phrase(("c",))), (Phrase(("d", "e")), Phrase(("f",))))

    assert fts5(loosened(condition)) == '((("a" AND "b") AND "c") NOT ("f"))'


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["Meldung", '"Meldung 7"', "Meldung -Quark"])
def test_years_of_articles_are_walked_newest_first_and_whole(typed: str) -> None:
    articles = make.articles(120, step=timedelta(days=9))
    search.follow_all([article.pk for article in articles])
    wanted = [article.pk for article in articles if typed != '"Meldung 7"' or article.headline == "Meldung 7"]

    found = search.newest(ask(search.read(typed)), now=timezone.now(), most=200)

    assert [hit.article for hit in found.hits] == wanted
    assert found.resume is None


@pytest.mark.django_db
def test_sheet_after_sheet_nothing_is_missing_and_nothing_comes_twice() -> None:
    articles = make.articles(95, step=timedelta(days=3))
    search.follow_all([article.pk for article in articles])
    asked, below, seen = ask(search.read("Meldung")), AFTER_ALL, []

    while True:
        found = search.newest(asked, now=timezone.now(), most=10, below=below)
        seen += [hit.article for hit in found.hits]
        if found.resume is None:
            break
        below = found.resume

    assert seen == [article.pk for article in articles]


@pytest.mark.django_db
def test_a_period_begins_where_it_is_told() -> None:
    articles = make.articles(40, step=timedelta(days=3))
    search.follow_all([article.pk for article in articles])
    since = make.MOMENT - timedelta(days=30)

    found = search.newest(ask(search.read("Meldung")), now=timezone.now(), most=50, above=first_of(since))

    assert [hit.article for hit in found.hits] == [article.pk for article in articles[:11]]


@pytest.mark.django_db
def test_a_sheet_looks_at_no_more_than_it_may(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search.finding, "MOST_LOOKED", 20)
    articles = make.articles(60, step=timedelta(days=3), visible_until=make.MOMENT + timedelta(days=1))
    search.follow_all([article.pk for article in articles])

    found = search.newest(ask(search.read("Meldung")), now=timezone.now(), most=10)

    assert found.hits == ()
    assert found.resume is not None


@pytest.mark.django_db
def test_the_index_is_used() -> None:
    """Also where the planner would rather read a small table from end to end."""
    search.follow_all([article.pk for article in make.articles(300, step=timedelta(days=1))])
    explained: list[Any] = []
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute(f"EXPLAIN {backend().FIND}", ["('abcmeldung')", AFTER_ALL, 0, 30])
        else:
            cursor.execute(f"EXPLAIN QUERY PLAN {backend().FIND}", ['"meldung"', AFTER_ALL, 0, 30])
        explained = cursor.fetchall()

    plan = " ".join(str(row) for row in explained)
    assert ("articles_search" in plan and "Seq Scan" not in plan) if connection.vendor == "postgresql" else "TEMP B-TREE" not in plan
    assert SearchDocument.objects.count() == 300
