"""Fills the house with generated copy for tests of size: in chunks, each whole or not at all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from articles import desk, search
from articles.management.demo.copydesk import Cast
from articles.management.demo.generating import Generated, generate
from articles.management.demo.words import TAGS
from articles.models import Agency, Article, Author, Authorship, Category, FurtherCategory, Picture, Status, Tag, Tagging
from articles.text.slugs import slugify

CHUNK: Final = 2_000  # articles: at a million each commit touches most pages of every index, so few commits
OLDEST, YOUNGEST = timedelta(days=547), timedelta(minutes=20)
GOLDEN: Final = 0.6180339887498949  # steps of this part fill a span evenly, however many there are
SOURCES: Final = ("nda", "tnd", "", "nda", "")  # in turn; own copy where it is empty


def fill(total: int, cast: Cast, *, now: datetime, progress: Callable[[int, int], None]) -> int:
    """Publish generated articles until there are `total`; return how many that took.

    progress: is told after each chunk how many are done, and of how many. A run that was stopped goes on where it ended.
    """
    first = Article.objects.filter(status=Status.PUBLISHED).count()
    if first >= total:
        return 0
    tags = _vocabulary()
    for start in range(first, total, CHUNK):
        end = min(start + CHUNK, total)
        with transaction.atomic():
            _write(range(start, end), cast, tags, now=now)
        progress(end - first, total - first)
    desk.announce(["all"])
    return total - first


def moment_of(number: int, *, now: datetime) -> datetime:
    share = number * GOLDEN % 1
    return (now - YOUNGEST - share * (OLDEST - YOUNGEST)).replace(microsecond=0)


def _vocabulary() -> list[Tag]:
    known = set(Tag.objects.filter(name__in=TAGS).values_list("name", flat=True))
    Tag.objects.bulk_create(Tag(name=name, slug=slugify(name), version=1) for name in TAGS if name not in known)
    tags = {tag.name: tag for tag in Tag.objects.filter(name__in=TAGS)}
    return [tags[name] for name in TAGS]


def _write(numbers: range, cast: Cast, tags: list[Tag], *, now: datetime) -> None:
    categories, authors = list(cast.categories.values()), list(cast.authors.values())
    made = [_generated(number, cast) for number in numbers]
    pictures = [picture for name, picture in cast.pictures.items() if name not in ("kramer", "osei")]
    articles = Article.objects.bulk_create(
        _article(number, copy, cast, categories, pictures, at=moment_of(number, now=now))
        for number, copy in zip(numbers, made, strict=True)
    )
    Tagging.objects.bulk_create(
        Tagging(content_object=article, tag=tags[tag], position=place, published_at=article.published_at)
        for article, copy in zip(articles, made, strict=True)
        for place, tag in enumerate(copy.tags)
    )
    pairs = list(zip(numbers, articles, strict=True))
    Authorship.objects.bulk_create(
        _authorship(number, article, authors) for number, article in pairs if article.agency_id is None
    )
    further = [_further(number, article, categories) for number, article in pairs if number % 9 == 0]
    FurtherCategory.objects.bulk_create(further)
    also = {link.article_id: link.category_id for link in further}
    search.put([
        search.document(_source(number, article, also, [tags[tag] for tag in copy.tags], authors, now=now))
        for number, article, copy in zip(numbers, articles, made, strict=True)
    ])  # fmt: skip


def _agency(number: int, cast: Cast) -> Agency | None:
    slug = SOURCES[number % len(SOURCES)]
    return cast.agencies[slug] if slug else None


def _generated(number: int, cast: Cast) -> Generated:
    agency = _agency(number, cast)
    return generate(number, quotes=agency.quote_style if agency else "")


def _article(
    number: int, copy: Generated, cast: Cast, categories: list[Category], pictures: list[Picture], *, at: datetime,
) -> Article:  # fmt: skip
    agency = _agency(number, cast)
    return Article(
        headline=copy.headline,
        slug=slugify(copy.headline),
        kicker=TAGS[copy.tags[0]],
        lead=copy.lead,
        dateline=f"{copy.place} ({agency.short_name})" if agency else "",
        body=copy.body,
        category=categories[number % len(categories)],
        agency=agency,
        picture=pictures[number // 16 % len(pictures)] if number // 8 % 2 else None,
        urgency=5 + number % 3,
        status=Status.PUBLISHED,
        published_at=at,
        changed_at=at,
        version=1,
    )


def _source(number: int, article: Article, also: dict[int, int], tags: list[Tag], authors: list[Author], *, now: datetime) -> search.Source:
    """For the search, without asking the database for what was just written."""
    return search.Source(
        article.pk, moment_of(number, now=now), article.kicker, article.headline, article.lead, article.dateline,
        article.body, article.kind,
        categories={article.category_id, *([also[article.pk]] if article.pk in also else [])}, agency=article.agency_id,
        tags=[(tag.pk, tag.name) for tag in tags],
        authors=[] if article.agency_id else [authors[number % len(authors)].pk],
    )  # fmt: skip


def _authorship(number: int, article: Article, authors: list[Author]) -> Authorship:
    return Authorship(article=article, author=authors[number % len(authors)], published_at=article.published_at)


def _further(number: int, article: Article, categories: list[Category]) -> FurtherCategory:
    return FurtherCategory(
        article=article, category=categories[(number + 3) % len(categories)], published_at=article.published_at
    )
