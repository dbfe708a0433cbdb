"""Tells caches, once a change is committed, which pages it touches."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from articles import stories
from articles.front.planned import keys_of
from articles.models import Announcement, Article, Breaking
from articles.models.compiled import fetch, moment
from articles.text.dates import berlin_day, day_bounds

KEYED = ("id", "category_id", "agency_id", "published_at")  # what keys are made of


def page_keys(article: Article) -> frozenset[str]:
    """Keys of every page that prints the article or points to it."""
    return keys_of([article])[article.pk]


def sight_keys(article: Article) -> frozenset[str]:
    """Further keys where the article begins or ceases to be seen, or moves to another address.

    The breaking line above every page comes and goes with its article; in the archive a day does with its only one.
    """
    now = timezone.now()
    keys = {"all"} if fetch("breaking", _breaking, article=article.pk, now=now) else set()
    if article.published_at:
        start, end = day_bounds(berlin_day(article.published_at))
        keys |= set() if fetch("of the day", _others_of, article=article.pk, start=start, end=end, now=now) else {"archive"}
    return frozenset(keys)


def _breaking(*, article: int, now: datetime) -> QuerySet[Breaking, Any]:
    return Breaking.objects.filter(article=article, visible_until__gt=now).order_by().values_list("pk")


def _others_of(*, article: int, start: datetime, end: datetime, now: datetime) -> QuerySet[Article, Any]:
    of_the_day = Article.objects.public(now).filter(published_at__gte=start, published_at__lt=end)
    return of_the_day.exclude(pk=article).order_by().values_list("pk")[:1]


def place_in_story(article: Article) -> frozenset[str]:
    """Put the article into the story it tells; return the keys of every page that shows another telling of it."""
    changed = stories.place(article)
    if article.story_id:
        changed |= {pk for (pk,) in fetch("of story", _of_story, story=article.story_id)}
    return keys_of_all(changed - {article.pk})


def _of_story(*, story: int) -> QuerySet[Article, Any]:
    return Article.objects.filter(story=story).order_by().values_list("pk")


def keys_of_all(ids: Iterable[int]) -> frozenset[str]:
    """Keys of every page that shows one of these articles."""
    wanted = list(ids)
    rows = [Article(**dict(zip(KEYED, row, strict=True))) for row in fetch("keyed", _keyed, ids=wanted)] if wanted else []
    for row in rows:
        row.published_at = moment(row.published_at)
    return frozenset().union(*keys_of(rows).values()) if rows else frozenset()


def _keyed(*, ids: list[int]) -> QuerySet[Article, Any]:
    return Article.objects.filter(pk__in=ids).order_by().values_list(*KEYED)


def announce(keys: Iterable[str], *, hard: bool = False) -> None:
    """Tell every cache after commit (inside no transaction, at once) that these pages have changed.

    hard: what was shown before must not be seen again, not even once.
    """
    Announcement.make(keys, hard=hard)
