"""The table of marks: what many have in common is counted on in memory, and counted anew after a while."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.models import StoryTrace
from articles.stories import lookup
from articles.stories.lookup import Around
from tests import make

pytestmark = pytest.mark.django_db
MARK, RARE = 4711, 815


@pytest.fixture(name="around")
def _around(monkeypatch: pytest.MonkeyPatch) -> Around:
    """Four articles have the mark in common, which is more than two."""
    monkeypatch.setattr(lookup, "FREQUENT", 2)
    at = timezone.now()
    for number in range(4):
        article = make.draft(f"Meldung {number}")
        StoryTrace.objects.create(pk=article.pk, at=at, runs=b"", words=b"", quotations=b"")
        lookup.add(article.pk, [MARK, *([RARE] if number == 0 else [])], at=at)
    return Around(at - timedelta(days=3), at + timedelta(days=3), 0)


def test_both_kinds_are_counted(around: Around) -> None:
    for _ in range(2):
        assert lookup.counts([MARK, RARE, 99], around) == {MARK: 4, RARE: 1}


def test_a_frequent_mark_is_asked_for_once(around: Around, django_assert_num_queries: object) -> None:
    lookup.counts([MARK], around)

    with django_assert_num_queries(0):  # type: ignore[operator]
        assert lookup.counts([MARK], around) == {MARK: 4}


def test_one_more_is_counted_on(around: Around) -> None:
    lookup.counts([MARK], around)
    article = make.draft("Noch eine")
    StoryTrace.objects.create(pk=article.pk, at=timezone.now(), runs=b"", words=b"", quotations=b"")
    lookup.add(article.pk, [MARK], at=timezone.now())

    assert lookup.counts([MARK], around) == {MARK: 5}


@pytest.mark.parametrize("later", [timedelta(0), lookup.STILL_AROUND])
def test_after_a_while_or_elsewhere_in_time_it_is_asked_for_again(around: Around, monkeypatch: pytest.MonkeyPatch, later: timedelta) -> None:
    lookup.counts([MARK], around)
    StoryTrace.objects.all().delete()
    assert lookup.counts([MARK], around) == {MARK: 4}
    if not later:
        monkeypatch.setattr(lookup, "ASK_AGAIN", 0.0)

    assert lookup.counts([MARK], around._replace(start=around.start + later)) == {}


def test_memory_is_bounded(around: Around, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lookup, "MOST_FREQUENT", 1)
    for start in range(3):
        lookup._frequent.learn([(start * 10 + number, 50) for number in range(2)], around)

    assert len(lookup._frequent._seen) <= 2
