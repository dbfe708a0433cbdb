"""«Weitere Meldungen» and «Damals»: what stands below an article."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from articles.front.folding import MARGIN, folded
from articles.front.keeping import keep
from articles.front.lists import Walk, back_from, newest, of_category, of_tag, on_from
from articles.front.pool import Entry, Mark, entries
from articles.front.rows import Row, next_end, rows
from articles.models import Article, Kind

OLD = timedelta(days=90)
AROUND_THEN = 4
TRIES = 3  # advertisements are known only once they are read; then the list is filled again without them
FILLED = BY_TAGS, FROM_CATEGORY, FROM_ALL = range(3)


@dataclass(frozen=True)
class Shared:
    """The newest of a set of tags, one more than an article shows, as it may be among them itself."""

    rows: list[Row]
    filled: int


@dataclass(frozen=True)
class Related:
    """Both lists, ready for print, newest first. filled: how far one had to look for the first, see FILLED."""

    newest: list[Row]
    then: list[Row]
    filled: int = 0


def related(
    article: Article, *, tags: Sequence[int], count: int, at: datetime | None = None, changes: datetime | None = None,
) -> Related:  # fmt: skip
    """The newest public articles that share a tag, filled from the category, then from all; no advertisement; two queries.

    tags: ids of the article's tags. changes: when something planned appears next. An article older than 90 days also
    gets what surrounded it then. What many pages share, the newest of a set of tags, is asked for once per change.
    """
    now = at or timezone.now()
    around, then = _around(article, now), None

    def ask() -> Shared:
        nonlocal then
        barred: frozenset[int] = frozenset()
        for _ in range(TRIES):
            walks = _newest(article.category_id, tags, now)
            shared, then = _ask(walks, around, article, count=count, now=now, barred=barred)
            bought = frozenset(row.pk for row in shared.rows if row.kind == Kind.ADVERTISEMENT)
            if not bought:
                break
            barred |= bought
        return shared

    name = ("related", article.category_id, tuple(tags), count)
    keys = ("all", "front", *(f"tag-{tag}" for tag in tags))
    shared = keep(name, keys, ask, until=lambda made: next_end(changes, made.rows))
    chosen = [row for row in shared.rows if row.kind != Kind.ADVERTISEMENT and not _is_own(row, article)][:count]
    if then is None:
        _, then = _ask([], around, article, count=count, now=now, known=[row.pk for row in chosen])
    listed = {row.pk for row in chosen}
    earlier = [row for row in then if row.kind != Kind.ADVERTISEMENT and row.pk not in listed and not _is_own(row, article)]
    return Related(_newest_first(chosen), _newest_first(earlier), shared.filled)


def _is_own(row: Row, article: Article) -> bool:
    """The article itself, or another telling of what it tells."""
    return row.pk == article.pk or (row.story is not None and row.story == article.story_id)


def old_from(article: Article) -> datetime | None:
    """When it will be old enough to get what surrounded it."""
    return article.published_at + OLD if article.published_at else None


def _newest(category: int, tags: Sequence[int], now: datetime) -> list[Walk]:
    shared = [Walk(of_tag, {"tag": tag, "now": now}) for tag in tags]
    return [*shared, Walk(of_category, {"category": category, "now": now}), Walk(newest, {"now": now})]


def _ask(
    walks: Sequence[Walk], around: Sequence[Walk], article: Article, *, count: int, now: datetime, known: Sequence[int] = (),
    barred: frozenset[int] = frozenset(),
) -> tuple[Shared, list[Row]]:  # fmt: skip
    """Rows for both lists, usually in two queries: some more of the newest than asked for, as the article itself may be among
    them, and as a story stands there once.

    known: what stands in the first list, where it is not asked for. barred: what may not stand in it.
    """
    limits = [count + 1 + MARGIN + len(barred)] * len(walks) + [AROUND_THEN + count + 1] * len(around)
    found = [entry for entry in entries([*walks, *around], limit=limits) if entry.mark.article not in barred]
    groups: list[Sequence[int]] = [range(len(walks) - 2), [len(walks) - 2], [len(walks) - 1]]
    wanted = _choose(groups, found, count + 1 + MARGIN)
    filled = next((most for most in FILLED if len(_choose(groups[: most + 1], found, count + 1)) > count), FROM_ALL)
    listed = known or [pk for pk in wanted if pk != article.pk][:count]
    near = _nearest(article, [entry.mark for entry in found if entry.source >= len(walks)], known={article.pk, *listed})
    read = rows([*wanted, *near], now=now)
    once = folded([read[pk] for pk in wanted if pk in read], now=now)[: count + 1]
    return Shared(once, filled), [read[pk] for pk in near if pk in read]


def _around(article: Article, now: datetime) -> list[Walk]:
    """Just before and just after, in the same category: one walk of the index in each direction."""
    moment = article.published_at
    if moment is None or now - moment < OLD:
        return []
    values = {"category": article.category_id, "moment": moment, "now": now}
    return [Walk(back_from, values), Walk(on_from, values)]


def _choose(groups: Sequence[Sequence[int]], found: Sequence[Entry], count: int) -> list[int]:
    """The most fitting first: newest first within a group; a later group only fills what the earlier ones leave."""
    chosen: dict[int, None] = {}
    for group in groups:
        marks = sorted((entry.mark for entry in found if entry.source in group), reverse=True)
        chosen |= dict.fromkeys(mark.article for mark in marks)
    return list(chosen)[:count]


def _nearest(article: Article, marks: Sequence[Mark], *, known: Collection[int]) -> list[int]:
    moment = article.published_at
    if moment is None:
        return []
    others = {mark.article: mark for mark in marks if mark.article not in known}.values()
    near = sorted(others, key=lambda mark: (abs(mark.moment - moment), -mark.article))
    return [mark.article for mark in near[:AROUND_THEN]]


def _newest_first(found: Sequence[Row]) -> list[Row]:
    return sorted(found, key=lambda row: (row.published_at, row.pk), reverse=True)
