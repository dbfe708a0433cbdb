"""What will appear by itself, and which pages hang on it: they are kept until then, and all others are not disturbed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet, Value

from articles.models import Article, Authorship, Breaking, FurtherCategory, Status, Tagging
from articles.models.compiled import fetch
from articles.text.dates import berlin_day

MOST = 40  # looked at for each kind of moment; of what is planned after them only the moment counts
MOMENTS = ("published_at", "embargo_until")


@dataclass(frozen=True)
class Planned:
    """A moment at which an article appears, and the keys of the pages it appears on."""

    moment: datetime
    keys: frozenset[str]


def planned(now: datetime) -> tuple[tuple[Planned, ...], datetime | None]:
    """The next articles to appear; and the moment from which there may be more than those, if there are. Four queries."""
    coming: list[tuple[datetime, Article]] = []
    beyond: list[datetime] = []
    for field in MOMENTS:
        rows = Article.objects.filter(status=Status.PUBLISHED, **{f"{field}__gt": now}).order_by(field)
        found = [(getattr(row, field), row) for row in rows.defer("body")[: MOST + 1]]
        beyond += [moment for moment, _ in found[MOST:]]
        coming += found[:MOST]
    keys = keys_of([row for _, row in coming])
    lines = Breaking.objects.filter(article__in=keys, visible_until__gt=now)
    above_all = set(lines.order_by().values_list("article_id", flat=True))  # the breaking line links to it from then on
    return (
        tuple(Planned(at, keys[row.pk] | ({"archive", "all"} if row.pk in above_all else {"archive"})) for at, row in coming),
        min(beyond, default=None),
    )


def keys_of(articles: Sequence[Article]) -> dict[int, frozenset[str]]:
    """Keys of every page that prints the article or points to it, by its id; one query for all of them."""
    keys = {article.pk: _own_keys(article) for article in articles}
    for article, hangs_on, name in set(fetch("links", _links, ids=list(keys))) if keys else ():
        keys[article].add(f"{name}-{hangs_on}")
    return {pk: frozenset(found) for pk, found in keys.items()}


def _links(*, ids: list[int]) -> QuerySet[Any, Any]:
    links = [
        model.objects.filter(**{f"{article}__in": ids}).order_by().values_list(f"{article}_id", f"{name}_id", Value(name))
        for model, article, name in ((Tagging, "content_object", "tag"), (FurtherCategory, "article", "category"), (Authorship, "article", "author"))
    ]
    return links[0].union(*links[1:], all=True)


def _own_keys(article: Article) -> set[str]:
    keys = {article.page_key, f"category-{article.category_id}", "front", "ticker"}
    if article.agency_id:
        keys.add(f"agency-{article.agency_id}")
    if article.published_at:
        keys.add(f"archive-{berlin_day(article.published_at).isoformat()}")
    return keys
