"""The newest of several lists in one query: each list walks its own index and stops early."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import connection
from django.db.models import F, QuerySet, Value
from django.db.models.expressions import RawSQL

from articles.models import Article, Authorship, FurtherCategory, Tagging

# How each kind of row names its article.
ARTICLE_ID = {Article: "pk", Tagging: "content_object_id", FurtherCategory: "article_id", Authorship: "article_id"}

Source = QuerySet[Any, Any]


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


def before(source: Source, mark: Mark) -> Source:
    """What follows the position, in a list that is newest first."""
    column = ARTICLE_ID[source.model]
    older: Source = source.filter(published_at__lte=mark.moment).exclude(
        **{"published_at": mark.moment, f"{column}__gte": mark.article}
    )
    return older


def ids(sources: Sequence[Source], *, limit: int) -> RawSQL:
    """An expression for `pk__in`: the newest ids of each list, at most `limit` from each."""
    sql, params = _union([_columns(source, number=0) for source in sources], limit=limit)
    return RawSQL(f"SELECT entry_article FROM ({sql}) AS pool", params)  # noqa: S608, S611 - built from querysets alone


def entries(sources: Sequence[Source], *, limit: int | Sequence[int]) -> list[Entry]:
    """The newest of each list, at most `limit` from each, in one query; in no order across lists."""
    if not sources:
        return []
    sql, params = _union([_columns(source, number=place) for place, source in enumerate(sources)], limit=limit)
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return [Entry(source, Mark(_aware(moment), article)) for source, article, moment in cursor.fetchall()]


def _columns(source: Source, *, number: int) -> Source:
    named: Source = source.annotate(
        entry_source=Value(number), entry_article=F(ARTICLE_ID[source.model]), entry_moment=F("published_at")
    ).values_list("entry_source", "entry_article", "entry_moment")
    return named


def _union(sources: Sequence[Source], *, limit: int | Sequence[int]) -> tuple[str, tuple[Any, ...]]:
    """Django forbids LIMIT inside a union on SQLite, where every part may be a derived table instead."""
    limits = [limit] * len(sources) if isinstance(limit, int) else list(limit)
    parts: list[str] = []
    params: list[Any] = []
    for place, (source, most) in enumerate(zip(sources, limits, strict=True)):
        sql, given = source[:most].query.sql_with_params()
        parts.append(f"SELECT * FROM ({sql}) AS part_{place}")  # noqa: S608 - compiled by Django, values apart
        params.extend(given)
    return " UNION ALL ".join(parts), tuple(params)


def _aware(moment: datetime | str) -> datetime:
    """SQLite hands out text in UTC."""
    if isinstance(moment, str):
        moment = datetime.fromisoformat(moment)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
