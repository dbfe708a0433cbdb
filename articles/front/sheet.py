"""One stretch of a list, told by a position: the thousandth costs what the first does."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import groupby

from django.utils import timezone

from articles.front.folding import Telling, folded
from articles.front.lists import Walk, newest, of_category
from articles.front.pool import Mark, Source, newest_ids
from articles.front.rows import Row, rows_in
from articles.text.dates import berlin_day

SIZE = 30
MARK = re.compile(r"([0-9]{14})(?:\.([0-9]{6}))?-([1-9][0-9]{0,17})")


class BadMark(ValueError):
    """The address names no position; such a sheet does not exist."""


@dataclass(frozen=True)
class Day:
    """The articles of one day in Berlin, newest first."""

    date: date
    articles: list[Row]


@dataclass(frozen=True)
class Sheet:
    """What one address of a list shows. `older`: the value of `?vor=` for the next sheet, empty at the end."""

    articles: list[Row]
    older: str
    is_first: bool

    @property
    def days(self) -> list[Day]:
        return [Day(day, list(group)) for day, group in groupby(self.articles, key=_day)]


def sheet(sources: Sequence[Source], vor: str | None, *, size: int = SIZE) -> Sheet:
    """The articles of all lists together that lie before the position, newest first. Raises BadMark.

    sources: lists that have passed the gate, in order; an article in several of them stands there once.
    """
    mark = parse(vor) if vor else None
    made, values = newest_ids(sources, limit=size + 1, mark=mark)
    found = rows_in(made, values, limit=size + 1)
    shown = folded(found[:size], now=timezone.now(), in_list=_belonging(sources))
    last = found[size - 1] if len(found) > size else None
    older = str(Mark(last.published_at, last.pk)) if last else ""
    return Sheet(shown, older, is_first=mark is None)


def _belonging(sources: Sequence[Source]) -> Callable[[Telling], bool] | None:
    """Of all and of categories one knows what else stands in the list, on whatever sheet."""
    walks = [source for source in sources if isinstance(source, Walk)]
    if any(walk.build is newest for walk in walks):
        return bool
    categories = {walk.values["category"] for walk in walks if walk.build is of_category}
    return (lambda telling: telling.category in categories) if categories else None


def parse(vor: str) -> Mark:
    """20250224204410-17 is the article 17 of 24.02.2025, 20:44:10 UTC."""
    match = MARK.fullmatch(vor)
    if not match:
        raise BadMark(vor)
    try:
        moment = datetime.strptime(match[1], "%Y%m%d%H%M%S").replace(tzinfo=UTC, microsecond=int(match[2] or 0))
    except ValueError as error:
        raise BadMark(vor) from error
    if moment > timezone.now() + timedelta(days=1):
        raise BadMark(vor)  # nothing public lies there: it would only be the first sheet under another address
    return Mark(moment, int(match[3]))


def _day(article: Row) -> date:
    return berlin_day(article.published_at)
