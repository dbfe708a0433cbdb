"""Tells caches, once a change is committed, which pages it touches."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import timezone

from articles import stories
from articles.front.planned import keys_of
from articles.models import Announcement, Article
from articles.text.dates import berlin_day, day_bounds


def page_keys(article: Article) -> frozenset[str]:
    """Keys of every page that prints the article or points to it."""
    return keys_of([article])[article.pk]


def sight_keys(article: Article) -> frozenset[str]:
    """Further keys where the article begins or ceases to be seen, or moves to another address.

    The breaking line above every page comes and goes with its article; in the archive a day does with its only one.
    """
    keys = {"all"} if article.breaking.filter(visible_until__gt=timezone.now()).exists() else set()
    if article.published_at:
        start, end = day_bounds(berlin_day(article.published_at))
        of_the_day = Article.objects.public().filter(published_at__gte=start, published_at__lt=end)
        keys |= set() if of_the_day.exclude(pk=article.pk).exists() else {"archive"}
    return frozenset(keys)


def place_in_story(article: Article) -> frozenset[str]:
    """Put the article into the story it tells; return the keys of every page that shows another telling of it."""
    changed = stories.place(article)
    if article.story_id:
        changed |= set(Article.objects.filter(story=article.story_id).values_list("pk", flat=True))
    return keys_of_all(changed - {article.pk})


def keys_of_all(ids: Iterable[int]) -> frozenset[str]:
    """Keys of every page that shows one of these articles."""
    wanted = list(ids)
    rows = list(Article.objects.filter(pk__in=wanted).defer("body")) if wanted else []
    return frozenset().union(*keys_of(rows).values()) if rows else frozenset()


def announce(keys: Iterable[str], *, hard: bool = False) -> None:
    """Tell every cache after commit (inside no transaction, at once) that these pages have changed.

    hard: what was shown before must not be seen again, not even once.
    """
    Announcement.make(keys, hard=hard)
