"""Ties articles to tags, authors and further categories, in the order given."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction

from articles.models import Article, Author, Authorship, Category, FurtherCategory, Status, Tag, Tagging
from articles.models.added import add_all
from articles.models.tag import ends_of
from articles.search import follow


@transaction.atomic(savepoint=False)
def set_tags(article: Article, tags: Iterable[Tag], *, is_new: bool = False) -> bool:
    """Replace the article's tags; the order given is the order shown. True when something changed. is_new: it has none yet."""
    wanted = list(dict.fromkeys(ends_of(tags)))
    before = [] if is_new else list(article.taggings.order_by("position", "pk").values_list("tag_id", flat=True))
    if before == [tag.pk for tag in wanted]:
        return False
    if before:
        article.taggings.all().delete()
    add_all([Tagging(content_object=article, tag=tag, position=place, published_at=_listed(article)) for place, tag in enumerate(wanted)])
    follow(article)
    return True


@transaction.atomic(savepoint=False)
def set_authors(article: Article, authors: Sequence[Author], *, is_new: bool = False) -> bool:
    """Replace the byline. is_new: the article has none yet."""
    wanted = list(dict.fromkeys(authors))
    before = [] if is_new else list(article.authorships.order_by("position", "pk").values_list("author_id", flat=True))
    if before == [author.pk for author in wanted]:
        return False
    if before:
        article.authorships.all().delete()
    Authorship.objects.bulk_create(
        Authorship(article=article, author=author, position=place, published_at=_listed(article))
        for place, author in enumerate(wanted)
    )
    follow(article)
    return True


@transaction.atomic
def set_further_categories(article: Article, categories: Iterable[Category]) -> bool:
    """Replace the further categories; the main one is never among them."""
    wanted = {category.pk for category in categories} - {article.category_id}
    if wanted == set(article.further.values_list("category_id", flat=True)):
        return False
    article.further.all().delete()
    FurtherCategory.objects.bulk_create(
        FurtherCategory(article=article, category_id=pk, published_at=_listed(article)) for pk in sorted(wanted)
    )
    follow(article)
    return True


def _listed(article: Article) -> datetime | None:
    return article.published_at if article.status == Status.PUBLISHED else None
