"""Lists by position: each article once, in order, however deep."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles import desk
from articles.front.pool import Mark, Source, entries
from articles.front.sheet import BadMark, parse, sheet
from articles.models import Article, Authorship, FurtherCategory, Tagging
from tests import make

pytestmark = pytest.mark.django_db
RELAXED = settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
SECONDS = st.lists(st.integers(0, 6), min_size=0, max_size=25)


def walk(sources: Sequence[Source], size: int) -> list[int]:
    found, vor = [], None
    for _ in range(50):
        part = sheet(sources, vor, size=size)
        found += [article.pk for article in part.articles]
        if not part.older:
            return found
        vor = part.older
    raise AssertionError("the list never ends")


@RELAXED
@given(seconds=SECONDS, size=st.integers(1, 7))
def test_every_article_is_met_once_in_strict_order(seconds: list[int], size: int) -> None:
    Article.objects.all().delete()
    for number, second in enumerate(seconds):
        make.article(f"Nummer {number}", at=make.MOMENT + timedelta(seconds=second))

    met = walk([Article.objects.public().newest_first()], size)

    assert met == list(Article.objects.order_by("-published_at", "-pk").values_list("pk", flat=True))


@RELAXED
@given(seconds=SECONDS, size=st.integers(1, 7), further=st.sets(st.integers(0, 24)))
def test_main_and_further_categories_make_one_list(seconds: list[int], size: int, further: set[int]) -> None:
    Article.objects.all().delete()
    main, other = make.category("Ausland"), make.category("Sport")
    expected = []
    for number, second in enumerate(seconds):
        article = make.article(category=other if number in further else main, at=make.MOMENT + timedelta(seconds=second))
        if number in further and number % 2:
            desk.set_further_categories(article, [main])
        if number not in further or number % 2:
            expected.append((article.published_at, article.pk))

    sources = [
        Article.objects.filter(category=main).public().newest_first(),
        FurtherCategory.objects.filter(category=main).public().newest_first(),
    ]

    assert walk(sources, size) == [pk for _, pk in sorted(expected, reverse=True)]


@RELAXED
@given(seconds=SECONDS, size=st.integers(1, 7))
def test_topics_and_authors_are_walked_by_the_dates_on_their_links(seconds: list[int], size: int) -> None:
    Article.objects.all().delete()
    tag, author = make.tag("Russland"), make.author("Helene Kramer")
    for second in seconds:
        make.article(tags=["Russland"], authors=["Helene Kramer"], at=make.MOMENT + timedelta(seconds=second))

    expected = list(Article.objects.order_by("-published_at", "-pk").values_list("pk", flat=True))
    assert walk([Tagging.objects.filter(tag=tag).public().newest_first()], size) == expected
    assert walk([Authorship.objects.filter(author=author).public().newest_first()], size) == expected


@given(moment=st.datetimes(datetime(1945, 1, 1), datetime(2026, 1, 1), timezones=st.just(UTC)), pk=st.integers(1, 10**15))
def test_a_position_survives_the_address(moment: datetime, pk: int) -> None:
    assert parse(str(Mark(moment, pk))) == Mark(moment, pk)


@pytest.mark.parametrize(
    "vor",
    [
        "abc",
        "2025-02-24",
        "20250224204410",
        "20250224204410-0",
        "20990101000000-1",
        "20259999999999-1",
        "٢٠٢٥٠٢٢٤٢٠٤٤١٠-1",
        " 20250224204410-1",
    ],
)
def test_what_is_no_position_is_refused(vor: str) -> None:
    with pytest.raises(BadMark):
        parse(vor)


def test_the_newest_of_several_lists_come_in_one_query(django_assert_num_queries: object) -> None:
    make.article("Eins", category="Ausland")
    make.article("Zwei", category="Sport", at=make.MOMENT + timedelta(hours=1))
    sources = [Article.objects.filter(category__name=name).newest_first() for name in ("Ausland", "Sport", "Kultur")]

    with django_assert_num_queries(1):  # type: ignore[operator]
        found = entries(sources, limit=5)

    assert [(entry.source, entry.mark.moment) for entry in found] == [(0, make.MOMENT), (1, make.MOMENT + timedelta(hours=1))]
    assert entries([], limit=5) == []
