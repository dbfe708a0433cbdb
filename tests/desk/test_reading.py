"""Reads: added, ranked, forgotten; what may not be seen is in no list."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.conf import LazySettings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import desk
from articles.desk import reading
from articles.models import Announcement, Article, Kind, MostRead, ReadCount, ReadHour
from tests import make

pytestmark = pytest.mark.django_db


def ranked(category: Any = None) -> list[int]:
    return list(MostRead.objects.filter(category=category).order_by("place").values_list("article", flat=True))


def read(*counts: int, **fields: Any) -> list[Article]:
    """Articles read so often."""
    articles = [make.article(f"Artikel {number}", **fields) for number in range(len(counts))]
    for article, count in zip(articles, counts, strict=True):
        make.reads(article, count)
    return articles


def test_unknown_articles_are_left_out() -> None:
    article = make.article()

    desk.record_reads(make.MOMENT, {article.pk: 3, 4711: 5, 2**60: 1}, 2)

    assert list(ReadCount.objects.values_list("article", "count")) == [(article.pk, 3)]
    assert list(ReadHour.objects.values_list("people", "robots")) == [(3, 2)]


def test_many_articles_take_few_statements(django_assert_max_num_queries: Any) -> None:
    articles = make.articles(450)

    with django_assert_max_num_queries(20):
        desk.record_reads(make.MOMENT, {article.pk: article.pk % 7 + 1 for article in articles}, 0)
    desk.record_reads(make.MOMENT, {articles[0].pk: 1}, 0)

    counts = dict(ReadCount.objects.values_list("article", "count"))
    assert len(counts) == 450
    assert counts[articles[0].pk] == articles[0].pk % 7 + 2
    assert all(counts[article.pk] == article.pk % 7 + 1 for article in articles[1:])


def test_nothing_is_nothing() -> None:
    desk.record_reads(make.MOMENT, {}, 0)

    assert not ReadHour.objects.exists()


def test_the_most_read_stand_first_in_all_and_in_their_category() -> None:
    abroad = read(30, 50, category="Ausland")
    home = read(40, category="Inland")

    assert desk.rank_reads()

    assert ranked() == [abroad[1].pk, home[0].pk, abroad[0].pk]
    assert ranked(make.category("Ausland")) == [abroad[1].pk, abroad[0].pk]
    assert ranked(make.category("Inland")) == [home[0].pk]


def test_hours_add_up_and_yesterday_is_over() -> None:
    steady, sudden = read(15, 25)
    make.reads(steady, 15, hours_ago=20)
    old = make.article("Alt")
    make.reads(old, 900, hours_ago=30)

    desk.rank_reads()

    assert ranked() == [steady.pk, sudden.pk]


def test_a_handful_of_reads_is_chance() -> None:
    read(reading.LEAST - 1)

    assert not desk.rank_reads()
    assert ranked() == []


@pytest.mark.parametrize("act", ["withdraw", "hold", "expire", "embargo", "advertise"])
def test_what_may_not_be_seen_and_what_is_paid_for_is_not_ranked(act: str) -> None:
    [article] = read(50)
    now = timezone.now()
    acts: dict[str, Any] = {
        "withdraw": lambda: desk.withdraw(article), "hold": lambda: desk.hold(article),
        "expire": lambda: desk.revise(article, {"visible_until": now}),
        "embargo": lambda: desk.revise(article, {"embargo_until": now + timedelta(hours=1)}),
        "advertise": lambda: desk.revise(article, {"kind": Kind.ADVERTISEMENT}),
    }  # fmt: skip

    acts[act]()
    desk.rank_reads()

    assert ranked() == []


def test_pages_hear_of_another_order_and_of_nothing_else() -> None:
    articles = read(30, 20)
    desk.rank_reads()
    Announcement.objects.all().delete()

    make.reads(articles[0], 5, hours_ago=3)
    assert not desk.rank_reads()
    assert not Announcement.objects.exists()

    make.reads(articles[1], 50, hours_ago=3)
    assert desk.rank_reads()
    assert Announcement.objects.get().keys == ["most-read"]


def test_lists_are_short() -> None:
    read(*range(20, 40))

    desk.rank_reads()

    assert len(ranked()) == reading.PLACES


def test_hours_are_forgotten_after_their_time(settings: LazySettings) -> None:
    settings.READS_DAYS = 3
    article = make.article()
    make.reads(article, hours_ago=24 * 3 + 2)
    make.reads(article, hours_ago=24 * 2)

    assert desk.forget_reads() == 2
    assert ReadCount.objects.count() == ReadHour.objects.count() == 1


def test_ranking_adds_up_before_it_asks_for_articles() -> None:
    """Joined, SQLite walked every article there is: minutes with a million of them, and nobody could write meanwhile."""
    with CaptureQueriesContext(connection) as context:
        reading.rank_reads()

    asked = [query["sql"] for query in context.captured_queries if "articles_readcount" in query["sql"]]
    assert len(asked) == 1
    assert "articles_article" not in asked[0].replace("article_id", "")
