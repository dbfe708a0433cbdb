"""«Weitere Meldungen» and «Damals»: what stands below an article."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from articles.front.pool import Entry, Source, entries
from articles.models import Article, Tagging

OLD = timedelta(days=90)
AROUND_THEN = 4


@dataclass(frozen=True)
class Related:
    """Both lists, ready for print, newest first."""

    newest: list[Article]
    then: list[Article]


def related(article: Article, *, tags: Sequence[int], count: int, at: datetime | None = None) -> Related:
    """The newest public articles that share a tag, filled from the category, then from all; two queries.

    tags: ids of the article's tags. An article older than 90 days also gets what surrounded it then.
    """
    now = at or timezone.now()
    shared: list[Source] = [Tagging.objects.filter(tag=tag).public(now).newest_first() for tag in tags]
    fill: list[Source] = [
        Article.objects.filter(category=article.category_id).public(now).newest_first(),
        Article.objects.public(now).newest_first(),
    ]
    around = _around(article, now)
    sources = [*shared, *fill, *around]
    # The article itself may stand in every list, hence one more.
    limits = [count + 1] * (len(shared) + 2) + [AROUND_THEN + count] * len(around)
    found = [entry for entry in entries(sources, limit=limits) if entry.mark.article != article.pk]
    newest = _choose(
        [range(len(shared)), range(len(shared), len(shared) + 1), range(len(shared) + 1, len(shared) + 2)], found, count
    )
    then = _nearest(article, [entry for entry in found if entry.source >= len(shared) + 2], known=newest)
    rows = {row.pk: row for row in Article.objects.filter(pk__in={*newest, *then}).public(now).for_teasers()}
    return Related(_in_order(newest, rows), _in_order(then, rows))


def _around(article: Article, now: datetime) -> list[Source]:
    """Just before and just after, in the same category: one walk of the index in each direction."""
    moment = article.published_at
    if moment is None or now - moment < OLD:
        return []
    same = Article.objects.filter(category=article.category_id).public(now)
    return [
        same.filter(published_at__lte=moment).newest_first(),
        same.filter(published_at__gt=moment).order_by("published_at", "pk"),
    ]


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


def _in_order(ids: Sequence[int], rows: dict[int, Article]) -> list[Article]:
    return [rows[pk] for pk in ids if pk in rows]
