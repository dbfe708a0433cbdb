"""The lists readers walk, each along one index; every one of them passes the gate.

What narrows a list in time stands before the gate: SQLite enters an index at the first bound it reads, and would
otherwise walk from now down to where the list begins.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from articles.models import Article, Authorship, FurtherCategory, Kind, Tagging
from articles.models.compiled import Values

Rows = QuerySet[Any, Any]

# How each kind of row names its article.
ARTICLE_ID = {Article: "pk", Tagging: "content_object_id", FurtherCategory: "article_id", Authorship: "article_id"}


@dataclass(frozen=True)
class Walk:
    """One list: the function that builds its queryset, and the values for it by name."""

    build: Callable[..., Rows]
    values: Values

    @property
    def key(self) -> tuple[Any, ...]:
        """The same for the same list, and for nothing else."""
        return (self.build, *sorted(self.values.items()))


def before(rows: Any, until: datetime | None, last: int | None) -> Any:
    """What follows a position in a list that is newest first; without one, all of it."""
    if until is None:
        return rows
    column = ARTICLE_ID[rows.model]
    return rows.filter(published_at__lte=until).exclude(**{"published_at": until, f"{column}__gte": last})


def newest(*, now: datetime, until: datetime | None = None, last: int | None = None) -> Any:
    return before(Article.objects.all(), until, last).public(now).newest_first()


def of_category(*, category: int, now: datetime, until: datetime | None = None, last: int | None = None) -> Any:
    return before(Article.objects.filter(category=category), until, last).public(now).newest_first()


def further(*, category: int, now: datetime, until: datetime | None = None, last: int | None = None) -> Any:
    """Articles of other categories that stand in this one as well."""
    return before(FurtherCategory.objects.filter(category=category), until, last).public(now).newest_first()


def of_tag(*, tag: int, now: datetime, until: datetime | None = None, last: int | None = None) -> Any:
    return before(Tagging.objects.filter(tag=tag), until, last).public(now).newest_first()


def first_of_tag(*, tag: int, now: datetime) -> Any:
    """With its first article first."""
    return Tagging.objects.filter(tag=tag).public(now).order_by("published_at", "content_object_id")


def of_author(*, author: int, now: datetime, until: datetime | None = None, last: int | None = None) -> Any:
    return before(Authorship.objects.filter(author=author), until, last).public(now).newest_first()


def of_agency(*, agency: int, now: datetime, until: datetime | None = None, last: int | None = None) -> Any:
    return before(Article.objects.filter(agency=agency), until, last).public(now).newest_first()


def between(*, start: datetime, end: datetime, now: datetime, until: datetime | None = None, last: int | None = None) -> Any:
    """From start on, up to but without end."""
    span = before(Article.objects.all(), until, last).filter(published_at__lt=end, published_at__gte=start)
    return span.public(now).newest_first()


def opinion(*, now: datetime) -> Rows:
    return Article.objects.filter(kind=Kind.OPINION).public(now).newest_first()


def of_urgency(*, urgency: int, since: datetime, now: datetime) -> Rows:
    return Article.objects.filter(urgency=urgency, published_at__gt=since).public(now).newest_first()


def outside_category(*, category: int, now: datetime) -> Rows:
    return Article.objects.exclude(category=category).public(now).newest_first()


def back_from(*, category: int, moment: datetime, now: datetime) -> Rows:
    """Of a category, at or before a moment, the nearest first."""
    return Article.objects.filter(category=category, published_at__lte=moment).public(now).newest_first()


def on_from(*, category: int, moment: datetime, now: datetime) -> Rows:
    """Of a category, after a moment, the nearest first."""
    return Article.objects.filter(category=category, published_at__gt=moment).public(now).order_by("published_at", "pk")


def back_before(*, moment: datetime, now: datetime) -> Rows:
    """Before a moment, the nearest first."""
    return Article.objects.filter(published_at__lt=moment).public(now).newest_first()


def on_after(*, moment: datetime, now: datetime) -> Rows:
    """At a moment or after it, the nearest first."""
    return Article.objects.filter(published_at__gte=moment).public(now).order_by("published_at", "pk")


def oldest(*, now: datetime) -> Rows:
    return Article.objects.public(now).order_by("published_at", "pk")
