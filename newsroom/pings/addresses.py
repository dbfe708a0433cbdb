"""From page keys to what is told: only addresses that every reader can open now."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from articles.models import Agency, Article, Author, Authorship, Category, Tag, Tagging
from articles.pages.feeds.entries import FORMS

# How each kind of key names its row, and by which links one sees that readers know of it; a category has its page anyway.
LISTS: dict[str, tuple[Any, Any]] = {
    "category": (Category, None), "tag": (Tag, Tagging), "author": (Author, Authorship), "agency": (Agency, Article),
}  # fmt: skip


def feeds_of(key: str) -> list[str]:
    """The feeds that hang on the key; none of a list that readers do not know."""
    path = "/" if key == "ticker" else _path(*key.rsplit("-", 1))
    return [f"{settings.SITE_URL}{path}{form}" for form in FORMS] if path else []


def _path(kind: str, number: str) -> str:
    model, links = LISTS[kind]
    row = model.objects.filter(pk=int(number)).first()
    if row is None or getattr(row, "merged_into_id", None):
        return ""
    if links is not None and not links.objects.filter(**{kind: row.pk}).public().exists():
        return ""
    path: str = row.get_absolute_url()
    return path


def articles_of(keys: list[str]) -> list[str]:
    """Addresses of those articles that readers may see; one query."""
    ids = [int(key.rsplit("-", 1)[1]) for key in keys]
    shown = Article.objects.filter(pk__in=ids).still_public().select_related("category").defer("body").order_by("pk")
    return [f"{settings.SITE_URL}{article.get_absolute_url()}" for article in shown]
