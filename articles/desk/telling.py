"""Editors' word on which articles tell the same story; lists follow it at once."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from articles import stories
from articles.desk.announcing import announce, keys_of_all
from articles.models import Article


@transaction.atomic
def join_stories(article: Article, other: Article, *, by: Any = None) -> None:
    """Both tell the same: one of them stands in lists, the other below it."""
    _announce(stories.join(article, other, by=by))


@transaction.atomic
def split_story(article: Article, *, by: Any = None) -> bool:
    """It tells something else than those it stands with; False where it stands alone."""
    changed = stories.split(article, by=by)
    _announce(changed)
    return bool(changed)


def _announce(changed: set[int]) -> None:
    if changed:
        announce(keys_of_all(changed))
