"""How alike two reports have to be."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from articles.models import StoryTrace
from articles.stories import lookup, matching
from articles.stories.matching import EVENT_WITHIN, Match, Trace
from tests import make

WORDS = frozenset(range(100, 110))


def trace(quotations: frozenset[int]) -> Trace:
    return Trace(frozenset(), WORDS, quotations)


def likeness(one: frozenset[int], other: frozenset[int]) -> float:
    """Of two that have one of ten words in common, and these quotations."""
    own, others = Trace(frozenset(), frozenset(range(100, 110)), one), Trace(frozenset(), frozenset([100, *range(200, 209)]), other)
    return matching._compared(own, others, 1, dict.fromkeys(own.words, 1.0), top=4.0).event


def test_a_turn_of_phrase_counts_little_and_the_same_sentences_a_lot() -> None:
    said = frozenset(range(10))

    assert likeness(said, said) == pytest.approx(0.5)
    assert likeness(said, frozenset([0, 1, 2, *range(50, 57)])) == pytest.approx(0.1 + 0.4 * 0.3**2)
    assert likeness(said, frozenset([0, *range(50, 59)])) == pytest.approx(0.1)
    assert likeness(said, frozenset()) == pytest.approx(0.1)


def test_whoever_quotes_less_is_measured_by_what_he_quotes() -> None:
    assert likeness(frozenset(range(20)), frozenset(range(5))) == pytest.approx(0.5)


@pytest.mark.parametrize(("event", "hours", "is_same"), [(0.5, 0, True), (0.5, 9, False), (0.6, 18, True), (0.6, 30, False), (0.7, 36, True), (1.0, 37, False)])
def test_the_further_apart_the_more_alike(event: float, hours: int, is_same: bool) -> None:
    assert matching._is_same(Match(1, 0.0, event), timedelta(hours=hours), True) is is_same


def test_one_agency_tells_an_event_once() -> None:
    assert not matching._is_same(Match(1, 0.0, 1.0), timedelta(0), False)
    assert matching._is_same(Match(1, 0.5, 0.0), 2 * EVENT_WITHIN, False)


@pytest.mark.django_db
def test_of_many_the_number_is_counted_on_and_asked_for_after_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matching, "MANY", 2)
    now = timezone.now()
    around = lookup.Around(now - timedelta(days=1), now + timedelta(days=1), 0)

    StoryTrace.objects.create(pk=make.draft("Nicht gefragt").pk, at=now, runs=b"", words=b"", quotations=b"")
    assert [_with_one_more(around, now) for _ in range(3)] == [2, 3, 4]
    StoryTrace.objects.create(pk=make.draft("Von anderswo").pk, at=now, runs=b"", words=b"", quotations=b"")
    assert _with_one_more(around, now) == 5
    monkeypatch.setattr(matching, "ASK_AGAIN", 0.0)
    assert _with_one_more(around, now) == 7


def _with_one_more(around: lookup.Around, at: datetime) -> int:
    StoryTrace.objects.create(pk=make.draft("Meldung").pk, at=at, runs=b"", words=b"", quotations=b"")
    return matching._total(around)
