"""Copy that is no article yet, grouped by what it tells."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import combinations

import pytest

from articles.models import Article
from articles.stories import matching
from articles.stories.matching import Report, grouped
from bench.traffic import AGENCIES, Take, takes

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def report(key: int, take: Take, *, at: datetime | None = None, agency: int | None = None) -> Report:
    article = Article(headline=take.headline, lead=take.lead, body=take.body)
    return Report(key, AGENCIES.index(take.agency) if agency is None else agency, at or take.at, matching.trace_of(article))


def two(kind: str) -> tuple[Take, Take]:
    sent = list(takes(300, seed=5))
    return next((one, other) for one, other in combinations(sent, 2) if one.event == other.event and one.kind == "first" and other.kind == kind)


def others(number: int = 40) -> list[Take]:
    """As many reports of other events: what is frequent must be known before something can be rare."""
    seen: dict[str, Take] = {}
    for take in takes(400, seed=6):
        seen.setdefault(take.event, take)
    return list(seen.values())[:number]


def test_copy_of_the_same_words_stands_behind_the_first() -> None:
    one, other = two("copy")

    assert grouped([report(1, one), report(2, other)]) == [[1, 2]]


def test_order_is_kept_and_strangers_stay_apart() -> None:
    strangers = others()

    assert grouped([report(key, take) for key, take in enumerate(strangers)]) == [[key] for key in range(len(strangers))]


def test_same_event_in_other_words_is_found_among_many() -> None:
    one, other = two("other words")
    among = [report(100 + key, take) for key, take in enumerate(others())]

    assert [1, 2] in grouped([report(1, one), *among, report(2, other)])


@pytest.mark.parametrize("days", [4, 10])
def test_what_was_told_long_ago_is_another_story(days: int) -> None:
    one, other = two("copy")

    assert grouped([report(1, one, at=NOON), report(2, other, at=NOON + timedelta(days=days))]) == [[1], [2]]


def test_copy_without_words_joins_nothing() -> None:
    empty = [Report(key, key, NOON, matching.NOTHING) for key in range(3)]

    assert grouped(empty) == [[0], [1], [2]]
    assert grouped([]) == []
