"""The newest of several lists in one query: each list walks its own index and stops early."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db.models import F

from articles.front.lists import ARTICLE_ID, Rows, Walk, before
from articles.models.compiled import Statement, moment, run, statement

Source = Walk | Rows


@dataclass(frozen=True, order=True)
class Mark:
    """A position in a list, newest first: a moment, and an id where several share it."""

    moment: datetime
    article: int

    def __str__(self) -> str:
        utc = self.moment.astimezone(UTC)
        return f"{utc:%Y%m%d%H%M%S}{f'.{utc.microsecond:06d}' if utc.microsecond else ''}-{self.article}"


@dataclass(frozen=True)
class Entry:
    """One candidate: which list it comes from, and where it stands in time."""

    source: int
    mark: Mark


def entries(sources: Sequence[Source], *, limit: int | Sequence[int]) -> list[Entry]:
    """The newest of each list, at most `limit` from each, in one query; in no order across lists."""
    if not sources:
        return []
    made, values = pool(sources, limit=limit)
    return [Entry(source, Mark(moment(begun), article)) for source, article, begun in run(made, values)]


def newest_ids(sources: Sequence[Source], *, limit: int, mark: Mark | None = None) -> tuple[Statement, dict[str, Any]]:
    """SQL for the newest ids of each list, at most `limit` from each, those before the position; with its values."""
    made, values = pool(sources, limit=limit, mark=mark)
    return Statement(f"SELECT entry_article FROM ({made.sql}) AS pool", made.slots), values  # noqa: S608 - compiled by Django


def pool(
    sources: Sequence[Source], *, limit: int | Sequence[int], mark: Mark | None = None,
) -> tuple[Statement, dict[str, Any]]:  # fmt: skip
    """Django forbids LIMIT inside a union on SQLite, where every part may be a derived table instead."""
    limits = [limit] * len(sources) if isinstance(limit, int) else list(limit)
    sql: list[str] = []
    slots: list[str] = []
    values: dict[str, Any] = {}
    for place, (source, most) in enumerate(zip(sources, limits, strict=True)):
        made, given = _part(source, most, mark)
        sql.append(
            f"SELECT {place} AS entry_source, entry_article, entry_moment FROM ({made.sql}) AS part_{place}"  # noqa: S608 - the same
        )
        slots += [f"{place}_{slot}" for slot in made.slots]
        values |= {f"{place}_{name}": value for name, value in given.items()}
    return Statement(" UNION ALL ".join(sql), tuple(slots)), values


def _part(source: Source, most: int, mark: Mark | None) -> tuple[Statement, dict[str, Any]]:
    """One list's SQL and values; compiled once for each kind of walk, and each time for a plain queryset."""
    if isinstance(source, Walk):
        values = {**source.values} | ({"until": mark.moment, "last": mark.article} if mark else {})
        return statement((source.build, most, bool(mark)), lambda **given: _columns(source.build(**given))[:most], values), values
    rows = before(source, mark.moment, mark.article) if mark else source
    sql, params = _columns(rows)[:most].query.sql_with_params()
    names = tuple(f"p{place}" for place in range(len(params)))
    return Statement(sql, names), dict(zip(names, params, strict=True))


def _columns(source: Rows) -> Rows:
    named: Rows = source.annotate(entry_article=F(ARTICLE_ID[source.model]), entry_moment=F("published_at"))
    return named.values_list("entry_article", "entry_moment")
