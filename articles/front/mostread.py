"""«Meistgelesen»: what was read most within a day, of all or of one category."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from articles.front.folding import folded
from articles.front.keeping import keep
from articles.front.rows import Row, next_end, ranked_rows
from articles.models import Article
from articles.models.article import ArticleQuerySet

SHOWN = 5
FEWEST = 3  # a shorter list says nothing
KEY = "most-read"  # announced when the lists are made anew, at most every ten minutes


def most_read(*, now: datetime, category: int | None = None) -> list[Row]:
    """The list as far as readers may see it, or nothing; one query, and none until something is announced."""
    keys = ("all", "front", KEY)
    found = keep(("most read", category), keys, partial(_asked, now, category), until=partial(next_end, None))
    return found if len(found) >= FEWEST else []


def _asked(now: datetime, category: int | None) -> list[Row]:
    if category is None:
        return folded(ranked_rows("most read", _of_all, {"now": now}), now=now)
    return folded(ranked_rows("most read of category", _of_category, {"now": now, "category": category}), now=now)


def _of_all(*, now: datetime) -> ArticleQuerySet:
    ranked = Article.objects.filter(most_read__place__gte=0, most_read__category__isnull=True)
    return ranked.public(now).order_by("most_read__place")[:SHOWN]


def _of_category(*, now: datetime, category: int) -> ArticleQuerySet:
    """Of those that still are in it."""
    ranked = Article.objects.filter(most_read__category=category, category=category)
    return ranked.public(now).order_by("most_read__place")[:SHOWN]
