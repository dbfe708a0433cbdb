"""Generated copy fills the house up to a number, with the dates that lists are read by."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from django.db.models import F

from articles.management.demo import filling, making
from articles.management.demo.copydesk import Cast
from articles.management.demo.filling import fill
from articles.management.demo.making import OLDEST, moment_of
from articles.management.demo.words import TAGS
from articles.models import Article, Authorship, FurtherCategory, SearchWord, Tag, Tagging
from articles.signals import pages_changed
from articles.text.html import clean
from tests import make
from tests.management.conftest import NOW


def silent(done: int, total: int) -> None:
    """Nobody watches."""


def grown(cast: Cast, total: int = 60) -> list[Article]:
    """The generated articles, in the order in which they were made."""
    known = set(Article.objects.values_list("pk", flat=True))
    fill(total, cast, now=NOW, progress=silent)
    return list(Article.objects.exclude(pk__in=known).select_related("category", "agency").order_by("pk"))


def test_it_fills_up_to_the_number(cast: Cast) -> None:
    assert fill(60, cast, now=NOW, progress=silent) == 55
    assert Article.objects.public(NOW).count() == 60


@pytest.mark.parametrize("total", [-1, 0, 4, 5])
def test_where_there_are_enough_nothing_happens(cast: Cast, total: int) -> None:
    assert fill(total, cast, now=NOW, progress=silent) == 0
    assert Article.objects.count() == 5
    assert not Tag.objects.filter(name=TAGS[0]).exists()


def test_a_second_time_only_the_rest_is_added(cast: Cast) -> None:
    first = {article.pk: article.body for article in grown(cast, 30)}

    assert fill(40, cast, now=NOW, progress=silent) == 10
    assert {article.pk: article.body for article in Article.objects.filter(pk__in=first)} == first


def test_in_two_steps_it_is_the_same_copy_as_in_one(cast: Cast) -> None:
    whole = [(article.headline, article.published_at, article.category_id) for article in grown(cast, 30)]
    Article.objects.filter(urgency__gte=5).exclude(slug__in=["warum-bruecken-altern", "kurse-treten-auf-der-stelle"]).delete()

    steps = [*grown(cast, 12), *grown(cast, 30)]

    assert [(article.headline, article.published_at, article.category_id) for article in steps] == whole


def test_only_published_articles_count(cast: Cast) -> None:
    make.draft("Noch nicht fertig", category=cast.categories["inland"])

    assert fill(10, cast, now=NOW, progress=silent) == 5


def test_a_generated_article_is_complete(cast: Cast) -> None:
    for article in grown(cast):
        assert all((article.headline, article.slug, article.lead, article.kicker))
        assert clean(article.body) == article.body
        assert article.version == 1
        assert article.changed_at == article.published_at
        article.full_clean()


def test_articles_lie_evenly_in_the_last_eighteen_months(cast: Cast) -> None:
    moments = [article.published_at for article in grown(cast, 545)]

    quarters = Counter(int(4 * (NOW - moment) / OLDEST) for moment in moments if moment)

    assert min(quarters.values()) >= 125
    assert set(quarters) == {0, 1, 2, 3}
    assert len(set(moments)) == len(moments)


@pytest.mark.parametrize("number", [0, 1, 77, 99_999])
def test_no_moment_lies_in_the_future(number: int) -> None:
    moment = moment_of(number, now=NOW)

    assert NOW - OLDEST <= moment < NOW - timedelta(minutes=19)
    assert moment.microsecond == 0


def test_every_category_gets_its_share(cast: Cast) -> None:
    shares = Counter(article.category.slug for article in grown(cast, 85))

    assert set(shares.values()) == {10}
    assert set(shares) == set(cast.categories)


def test_links_repeat_the_date_of_their_article(cast: Cast) -> None:
    grown(cast)

    assert not Tagging.objects.exclude(published_at=F("content_object__published_at")).exists()
    assert not Authorship.objects.exclude(published_at=F("article__published_at")).exists()
    assert not FurtherCategory.objects.exclude(published_at=F("article__published_at")).exists()
    assert FurtherCategory.objects.count() > 2, "more than the two of the written copy"


def test_a_further_category_is_never_the_main_one(cast: Cast) -> None:
    grown(cast)

    assert not FurtherCategory.objects.filter(category=F("article__category")).exists()


def test_tags_are_numbered_in_order_and_the_first_is_the_kicker(cast: Cast) -> None:
    for article in grown(cast, 20):
        links = list(article.taggings.select_related("tag"))
        assert [link.position for link in links] == list(range(len(links)))
        assert 2 <= len(links) <= 5
        assert links[0].tag.name == article.kicker


def test_copy_has_an_agency_or_an_author(cast: Cast) -> None:
    sources = [
        (article.agency.slug if article.agency else "", article.authorships.count(), article.dateline[-5:])
        for article in grown(cast)
    ]

    assert set(sources) >= {("nda", 0, "(nda)"), ("tnd", 0, "(tnd)"), ("", 1, "")}
    assert set(sources) == {("nda", 0, "(nda)"), ("tnd", 0, "(tnd)"), ("", 1, "")}


def test_quotation_marks_are_those_of_the_source(cast: Cast) -> None:
    for article in grown(cast, 30):
        marks = {"nda": "«", "tnd": '"'}.get(article.agency.slug if article.agency else "", "„")
        assert marks in article.body
        assert {sign for sign in article.body if sign in '„«"'} == {marks}


def test_half_of_it_has_a_picture_but_never_a_portrait(cast: Cast) -> None:
    pictures = Counter(article.picture_id for article in grown(cast))

    assert 20 <= pictures[None] <= 35
    assert cast.pictures["kramer"].pk not in pictures
    assert cast.pictures["hafen"].pk in pictures


def test_every_category_has_pictures_and_articles_without(cast: Cast) -> None:
    found = {(article.category.slug, article.picture_id is None) for article in grown(cast)}

    assert len(found) == 2 * len(cast.categories)


def test_generated_copy_is_never_urgent(cast: Cast) -> None:
    assert min(article.urgency for article in grown(cast)) == 5


def test_a_word_that_is_a_tag_already_is_used(cast: Cast) -> None:
    known = make.tag(TAGS[0], description="Schon da.")

    grown(cast)

    assert Tag.objects.get(name=TAGS[0]) == known
    assert Tag.objects.filter(name__in=TAGS).count() == len(TAGS)
    assert not Tag.objects.filter(slug="").exists()


def test_progress_is_told_after_every_chunk(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filling, "CHUNK", 10)
    told: list[tuple[int, int]] = []

    fill(30, cast, now=NOW, progress=lambda done, total: told.append((done, total)))

    assert told == [(10, 25), (20, 25), (25, 25)]


def test_a_run_that_was_stopped_keeps_whole_chunks_and_goes_on(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filling, "CHUNK", 10)

    def stop(done: int, total: int) -> None:
        if done == 20:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fill(50, cast, now=NOW, progress=stop)

    assert Article.objects.count() == 25
    assert not Article.objects.filter(urgency__gte=5, taggings=None).exists()
    assert fill(50, cast, now=NOW, progress=silent) == 25


def test_a_chunk_is_written_in_bulk(cast: Cast, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(60):  # about 2,300 rows
        fill(405, cast, now=NOW, progress=silent)


def test_caches_are_told(cast: Cast, django_capture_on_commit_callbacks: Any) -> None:
    told: list[frozenset[str]] = []

    def note(keys: frozenset[str], **rest: Any) -> None:
        told.append(keys)

    pages_changed.connect(note)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            fill(20, cast, now=NOW, progress=silent)
    finally:
        pages_changed.disconnect(note)

    [keys] = told  # once, with what the test's own transaction has announced before
    assert "all" in keys


def test_two_processes_make_the_same_as_one(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Copy, and what the search knows of it."""
    monkeypatch.setattr(filling, "CHUNK", 10)
    monkeypatch.setattr(making, "PROCESSORS", 1)
    SearchWord.objects.all().delete()
    alone = [(article.headline, article.body, article.search_document.zones) for article in grown(cast, 30)]
    words = set(SearchWord.objects.values_list("stem", flat=True))
    Article.objects.filter(urgency__gte=5).exclude(slug__in=["warum-bruecken-altern", "kurse-treten-auf-der-stelle"]).delete()
    SearchWord.objects.all().delete()

    monkeypatch.setattr(making, "PROCESSORS", 2)
    beside = [(article.headline, article.body, article.search_document.zones) for article in grown(cast, 30)]

    assert beside == alone
    assert set(SearchWord.objects.values_list("stem", flat=True)) == words
