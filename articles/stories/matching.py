"""Finds what tells the same: first by marks that few have in common, then by looking at both in full."""

from __future__ import annotations

import math
import time
from array import array
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.db.models import Count, QuerySet, Value

from articles.models import Article, StoryTrace
from articles.models.compiled import fetch, moment
from articles.stories import lookup
from articles.text import html
from articles.text.marks import Marks, marks

SAMPLED: Final = 8  # one run of so many is looked up; a copy has a hundred of them and more
MOST_OF_KIND: Final = 64
FREQUENT: Final = 12  # what so many others have in common is a phrase of the trade, not a mark of a story
COMMONPLACE: Final = 2.0  # in the logarithm: what stands in one of seven reports of these days weighs nothing
UNKNOWN: Final = 40  # reports that are assumed beside those known, so that a young newsroom's first ones are told apart
SAID_TWICE: Final = 2  # runs of a quotation in common: somebody quotes the same person
CLOSEST: Final = 12  # candidates looked at in full
FEWEST_SHARED: Final = 2  # marks that few have; one alone is chance
FEWEST_RUNS: Final = 4
MANY: Final = 200  # articles that are not counted anew for each of them
ASK_AGAIN: Final = 60.0  # seconds
COPIES_WITHIN: Final = timedelta(days=3)
EVENT_WITHIN: Final = timedelta(hours=36)
DOUBTS: Final = 0.2  # by which two reports have to be more alike when they are as far apart as that
WINDOW: Final = max(COPIES_WITHIN, EVENT_WITHIN)


@dataclass(frozen=True, slots=True)
class Trace:
    """What is kept of an article's marks. words: names and numbers."""

    runs: frozenset[int]
    words: frozenset[int]
    quotations: frozenset[int]
    opening: frozenset[int] = frozenset()

    @property
    def looked_up(self) -> list[int]:
        sample = sorted(run for run in self.runs if run % SAMPLED == 0)[:MOST_OF_KIND]
        return sorted({*self.words, *self.opening, *sorted(self.quotations)[: MOST_OF_KIND // 4], *sample})


NOTHING: Final = Trace(frozenset(), frozenset(), frozenset())


@dataclass(frozen=True, slots=True)
class Match:
    """copy: share of the shorter one's runs that the other has as well. event: weight of common marks, of all it could be."""

    article: int
    copy: float
    event: float


def trace_of(article: Article) -> Trace:
    found: Marks = marks(headline=article.headline, lead=article.lead, text="\n".join(html.paragraphs(article.body)))
    words = [*sorted(found.numbers)[:MOST_OF_KIND], *sorted(found.names)[:MOST_OF_KIND]]
    return Trace(found.runs, frozenset(words), found.quotations, found.opening)


def packed(numbers: frozenset[int]) -> bytes:
    return array("I", sorted(numbers)).tobytes()


def unpacked(raw: bytes | memoryview[int]) -> frozenset[int]:
    found = array("I")
    found.frombytes(bytes(raw))
    return frozenset(found)


def matches(article: Article, own: Trace, *, at: datetime) -> list[Match]:
    """Articles that tell the same, the surest first."""
    around = lookup.Around(at - WINDOW, at + WINDOW, article.pk or 0)
    known = lookup.counts(own.looked_up, around)
    shared = lookup.sharing([number for number, times in known.items() if times <= FREQUENT], around)
    likely = [pk for pk, times in shared.items() if times >= FEWEST_SHARED]
    closest = sorted(likely, key=lambda pk: (-shared[pk], pk))[:CLOSEST]
    if not closest:
        return []
    total = _total(around)
    weights = {number: _weight(total, known.get(number, 0)) for number in own.words}
    same = []
    for pk, row_at, runs, words, quotations, agency in set(fetch("traces", _traces, ids=closest)):
        other = Trace(unpacked(runs), unpacked(words), unpacked(quotations))
        match = _compared(own, other, pk, weights, top=_weight(total, 0))
        if agency is None and article.agency_id is None:
            continue  # of its own pieces the house knows by itself which tell the same
        same += [match] if _is_same(match, abs(moment(row_at) - at), agency != article.agency_id) else []
    return sorted(same, key=lambda match: -max(match.copy, match.event))


_totals: dict[datetime, tuple[int, float]] = {}
forget_totals = _totals.clear  # for tests


def _total(around: lookup.Around) -> int:
    """How many articles there are to be told apart from; of many counted once a minute, since only the logarithm counts."""
    hour = around.start.replace(minute=0, second=0, microsecond=0)
    total, asked_at = _totals.get(hour, (0, 0.0))
    if total < MANY or time.monotonic() - asked_at > ASK_AGAIN:
        [(total,)] = fetch("traces around", _number_of, start=around.start, end=around.end)
        if len(_totals) > MANY:
            _totals.clear()
        asked_at = time.monotonic()
    _totals[hour] = total + 1, asked_at  # whoever asks comes to it
    return total


def _number_of(*, start: datetime, end: datetime) -> QuerySet[StoryTrace, Any]:
    return StoryTrace.objects.filter(at__gt=start, at__lt=end).order_by().values(every=Value(1)).annotate(number=Count("pk")).values_list("number")


def _traces(*, ids: list[int]) -> QuerySet[StoryTrace, Any]:
    return StoryTrace.objects.filter(pk__in=ids).order_by().values_list("pk", "at", "runs", "words", "quotations", "article__agency")


@dataclass(frozen=True, slots=True)
class Report:
    """Copy that is no article yet. key: whatever the caller knows it by."""

    key: int
    agency: int
    at: datetime
    trace: Trace


def grouped(reports: Sequence[Report]) -> list[list[int]]:
    """Keys of what tells the same, together, in the order in which it came; each group has what came first at its head."""
    times = Counter(number for report in reports for number in report.trace.words)
    groups: list[list[Report]] = []
    for report in reports:
        weights = {number: _weight(len(reports), times[number] - 1) for number in report.trace.words}
        found = next((group for group in groups if _tells_as(report, group[0], weights, len(reports))), None)
        if found is None:
            groups.append([report])
        else:
            found.append(report)
    return [[report.key for report in group] for group in groups]


def _tells_as(report: Report, head: Report, weights: dict[int, float], total: int) -> bool:
    match = _compared(report.trace, head.trace, head.key, weights, top=_weight(total, 0))
    return _is_same(match, abs(report.at - head.at), report.agency != head.agency)


def _weight(total: int, times: int) -> float:
    return max(0.0, math.log((total + UNKNOWN) / (times + 1)) - COMMONPLACE)


def _compared(own: Trace, other: Trace, article: int, weights: dict[int, float], *, top: float) -> Match:
    common = len(own.runs & other.runs)
    copy = common / max(min(len(own.runs), len(other.runs)), 1) if common >= FEWEST_RUNS else 0.0
    whole = sum(weights.values()) * min(len(other.words), len(own.words)) / max(len(own.words), 1)
    said = top * _share_said(own, other) ** 2  # a turn of phrase is soon shared; whole sentences are not
    event = (sum(weights[number] for number in own.words & other.words) + said) / whole if whole > 0 else 0.0
    return Match(article, copy, event)


def _share_said(own: Trace, other: Trace) -> float:
    """How much of what the one that quotes less has in quotation marks the other one quotes, too."""
    common, least = len(own.quotations & other.quotations), min(len(own.quotations), len(other.quotations))
    return common / least if common >= SAID_TWICE else 0.0


def _is_same(match: Match, apart: timedelta, is_other_agency: bool) -> bool:
    """One agency tells an event once and updates it; a second report of it tells something else. What comes later may be a sequel."""
    is_copy = match.copy >= settings.STORY_COPY and apart <= COPIES_WITHIN
    wanted = settings.STORY_EVENT + DOUBTS * (apart / EVENT_WITHIN)
    return is_copy or (match.event >= wanted and apart <= EVENT_WITHIN and is_other_agency)
