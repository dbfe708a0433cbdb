"""Fills the house with generated copy for tests of size: in chunks, each whole or not at all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final

from django.db import transaction

from articles import desk, search
from articles.management.demo.copydesk import Cast
from articles.management.demo.making import Around, Made, Source, in_chunks
from articles.management.demo.words import TAGS
from articles.models import Article, Authorship, FurtherCategory, Status, Tag, Tagging
from articles.models.room import room_to_write
from articles.search.places import place_of
from articles.text.slugs import slugify

CHUNK: Final = 2_000  # articles: at a million each commit touches most pages of every index, so few commits


def fill(total: int, cast: Cast, *, now: datetime, progress: Callable[[int, int], None]) -> int:
    """Publish generated articles until there are `total`; return how many that took.

    progress: is told after each chunk how many are done, and of how many. A run that was stopped goes on where it ended.
    """
    first = Article.objects.filter(status=Status.PUBLISHED).count()
    if first >= total:
        return 0
    around = _around(cast, _vocabulary(), now=now)
    pictures = [picture.pk for name, picture in cast.pictures.items() if name not in ("kramer", "osei")]
    chunks = [range(start, min(start + CHUNK, total)) for start in range(first, total, CHUNK)]
    with room_to_write():
        for numbers, made in zip(chunks, in_chunks(chunks, around), strict=True):
            with transaction.atomic():
                _write(numbers, made, around, pictures)
            progress(numbers.stop - first, total - first)
    desk.announce(["all"])
    return total - first


def _vocabulary() -> list[Tag]:
    known = set(Tag.objects.filter(name__in=TAGS).values_list("name", flat=True))
    Tag.objects.bulk_create(Tag(name=name, slug=slugify(name), version=1) for name in TAGS if name not in known)
    tags = {tag.name: tag for tag in Tag.objects.filter(name__in=TAGS)}
    return [tags[name] for name in TAGS]


def _around(cast: Cast, tags: list[Tag], *, now: datetime) -> Around:
    return Around(
        categories=[category.pk for category in cast.categories.values()], authors=[author.pk for author in cast.authors.values()],
        tags=[(tag.pk, tag.name) for tag in tags],
        agencies={slug: Source(one.pk, one.short_name, one.quote_style) for slug, one in cast.agencies.items()}, now=now,
    )  # fmt: skip


def _write(numbers: range, made: list[Made], around: Around, pictures: list[int]) -> None:
    articles = Article.objects.bulk_create(_article(number, one, around, pictures) for number, one in zip(numbers, made, strict=True))
    Tagging.objects.bulk_create(
        Tagging(content_object_id=article.pk, tag_id=around.tags[tag][0], position=place, published_at=one.at)
        for article, one in zip(articles, made, strict=True)
        for place, tag in enumerate(one.copy.tags)
    )
    triples = list(zip(numbers, articles, made, strict=True))
    Authorship.objects.bulk_create(
        Authorship(article_id=article.pk, author_id=author, published_at=one.at)
        for number, article, one in triples
        if (author := around.author(number)) is not None
    )
    FurtherCategory.objects.bulk_create(
        FurtherCategory(article_id=article.pk, category_id=category, published_at=one.at)
        for number, article, one in triples
        if (category := around.further(number)) is not None
    )
    search.put([_document(article, one) for article, one in zip(articles, made, strict=True)])


def _article(number: int, one: Made, around: Around, pictures: list[int]) -> Article:
    source = around.source(number)
    return Article(
        headline=one.copy.headline,
        slug=slugify(one.copy.headline),
        kicker=TAGS[one.copy.tags[0]],
        lead=one.copy.lead,
        dateline=one.dateline,
        body=one.copy.body,
        category_id=around.category(number),
        agency_id=source.pk if source else None,
        picture_id=pictures[number // 16 % len(pictures)] if number // 8 % 2 else None,
        urgency=5 + number % 3,
        status=Status.PUBLISHED,
        published_at=one.at,
        changed_at=one.at,
        version=1,
    )


def _document(article: Article, one: Made) -> search.Document:
    return search.Document(
        article=article.pk, place=place_of(one.at, article.pk), terms=one.terms.split(" "), beside=one.beside.split(" "), zones=one.zones,
        words=one.words,
    )  # fmt: skip
