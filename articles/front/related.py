"""«Weitere Meldungen» and «Damals»: what stands below an article."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from articles.front.lists import Walk, back_from, newest, of_category, of_tag, on_from
from articles.front.pool import Entry, entries
from articles.front.rows import Row, rows
from articles.models import Article

OLD = timedelta(days=90)
AROUND_THEN = 4


@dataclass(frozen=True)
class Related:
    """Both lists, ready for print, newest first."""

    newest: list[Row]
    then: list[Row]


def related(article: Article, *, tags: Sequence[int], count: int, at: datetime | None = None) -> Related:
    """The newest public articles that share a tag, filled from the category, then from all; two queries.

    tags: ids of the article's tags. An article older than 90 days also gets what surrounded it then.
    """
    now = at or timezone.now()
    shared = [Walk(of_tag, {"tag": tag, "now": now}) for tag in tags]
    fill = [Walk(of_category, {"category": article.category_id, "now": now}), Walk(newest, {"now": now})]
    around = _around(article, now)
    sources = [*shared, *fill, *around]
    # The article itself may stand in every list, hence one more.
    limits = [count + 1] * (len(shared) + 2) + [AROUND_THEN + count] * len(around)
    found = [entry for entry in entries(sources, limit=limits) if entry.mark.article != article.pk]
    chosen = _choose(
        [range(len(shared)), range(len(shared), len(shared) + 1), range(len(shared) + 1, len(shared) + 2)], found, count
    )
    then = _nearest(article, [entry for entry in found if entry.source >= len(shared) + 2], known=chosen)
    known = rows([*chosen, *then], now=now)
    return Related(_in_order(chosen, known), _in_order(then, known))


def _around(article: Article, now: datetime) -> list[Walk]:
    """Just before and just after, in the same category: one walk of the index in each direction."""
    moment = article.published_at
    if moment is None or now - moment < OLD:
        return []
    values = {"category": article.category_id, "moment": moment, "now": now}
    return [Walk(back_from, values), Walk(on_from, values)]


def _choose(groups: Sequence[range], found: Iterable[Entry], count: int) -> list[int]:
    """Newest first within a group; a later group only fills what the earlier ones leave."""
    chosen: dict[int, Entry] = {}
    pool = list(found)
    for group in groups:
        for entry in sorted((entry for entry in pool if entry.source in group), key=lambda entry: entry.mark, reverse=True):
            if len(chosen) < count:
                chosen.setdefault(entry.mark.article, entry)
    return [entry.mark.article for entry in sorted(chosen.values(), key=lambda entry: entry.mark, reverse=True)]


def _nearest(article: Article, found: Sequence[Entry], *, known: Sequence[int]) -> list[int]:
    moment = article.published_at
    if moment is None:
        return []
    near = sorted(
        (entry for entry in found if entry.mark.article not in known),
        key=lambda entry: (abs(entry.mark.moment - moment), -entry.mark.article),
    )[:AROUND_THEN]
    return [entry.mark.article for entry in sorted(near, key=lambda entry: entry.mark, reverse=True)]


def _in_order(ids: Sequence[int], known: dict[int, Row]) -> list[Row]:
    return [known[pk] for pk in ids if pk in known]
