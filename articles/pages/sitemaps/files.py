"""What stands in which file: found by walking an index from file to file, never by counting.

The walk is one recursive query, which Django cannot build: it looks up the next number that there is, until there is
none. What is looked up each time is compiled from querysets, so that the gate stays the one in `visibility()`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

from django.db.models import Exists, OuterRef, Subquery

from articles.front.lists import Rows
from articles.front.rows import PICTURE, Shown, shown
from articles.media.renditions import filename, widths_for
from articles.models import Article, Author, Authorship, Kind, Status, Tag, Tagging
from articles.models.article import CHANGED, article_path
from articles.models.compiled import Statement, moment, run, statement
from articles.models.sitemap import BLOCK, SitemapFile

AT_ONCE = 2000  # rows that are in memory together
NEWS = timedelta(hours=48)
MOST_NEWS = 1000
RATIO = "16x9"
LINKS: dict[str, Any] = {"themen": (Tag, Tagging, "tag"), "autoren": (Author, Authorship, "author")}


@dataclass(frozen=True, slots=True)
class Place:
    """One address. `ends`: when its entry would be wrong."""

    path: str
    changed: datetime | None
    picture: str = ""
    ends: datetime | None = None


def files(now: datetime) -> list[tuple[int, datetime]]:
    """Numbers of all files with the last change in each, newest month first; one query."""
    following = statement("sitemap next", _following, {"after": 0})
    changed = statement("sitemap changed", _changed, {"number": 0, "now": now})
    first, then = (_with(following, after=after) for after in ("0", "files.number"))
    last = _with(changed, number="files.number")
    walk = Statement(
        f"WITH RECURSIVE files (number) AS (SELECT ({first.sql}) UNION ALL SELECT ({then.sql}) FROM files WHERE files.number IS NOT NULL) "  # noqa: S608 - compiled by Django
        f"SELECT number, ({last.sql}) FROM files WHERE number IS NOT NULL ORDER BY number DESC",
        last.slots,
    )
    return [(number, moment(at)) for number, at in run(walk, {"now": now}) if at is not None]


def _with(made: Statement, **columns: str) -> Statement:
    """The SQL with columns of the query around it in the place of some values."""
    pieces = made.sql.split("%s")
    marks = [columns.get(slot, "%s") for slot in made.slots]
    text = "".join(f"{piece}{mark}" for piece, mark in zip(pieces, [*marks, ""], strict=True))
    return Statement(text, tuple(slot for slot in made.slots if slot not in columns))


def _in_files() -> Any:
    return Article.objects.annotate(file=SitemapFile("published_at", "pk"), changed=CHANGED)


def _following(*, after: int) -> Rows:
    """Whatever is in it: the gate is asked afterwards."""
    rows: Rows = _in_files().filter(status=Status.PUBLISHED, file__gt=after).order_by("file").values_list("file")[:1]
    return rows


def _changed(*, number: int, now: datetime) -> Rows:
    rows: Rows = _in_files().filter(file=number).public(now).order_by("-changed", "-pk").values_list("changed")[:1]
    return rows


def articles_of(year: int, month: int, block: int, now: datetime) -> Iterator[Place]:
    """Newest first, along the index of all lists; one query."""
    start, end = datetime(year, month, 1, tzinfo=UTC), datetime(year + month // 12, month % 12 + 1, 1, tzinfo=UTC)
    of_month = Article.objects.filter(published_at__lt=end, published_at__gte=start)
    of_block = of_month.filter(pk__gte=block * BLOCK, pk__lt=(block + 1) * BLOCK)
    found: Any = of_block.public(now).annotate(changed=CHANGED).newest_first()
    columns = ("pk", "slug", "category__slug", "changed", "visible_until", *(f"picture__{name}" for name in PICTURE))
    for pk, slug, category, changed, until, *picture in found.values_list(*columns).iterator(chunk_size=AT_ONCE):
        image = shown(picture)
        is_shown = image is not None and image.is_public(now)
        ends = min((end for end in (until, image.rights_until if image and is_shown else None) if end), default=None)
        yield Place(article_path(category, slug, pk), changed, picture_name(image) if image and is_shown else "", ends)


@lru_cache(maxsize=2000)
def picture_name(picture: Shown) -> str:
    """The largest rendition, as in the page's JSON-LD."""
    return filename(picture.rendition_key, RATIO, max(widths_for(picture.width, picture.height, RATIO)), "jpg")


def news(now: datetime) -> list[tuple[int, str, str, str, datetime, datetime | None]]:
    """Id, slug, category, headline, moment and end of the newest, without advertising; one query."""
    recent = Article.objects.filter(published_at__gt=now - NEWS).public(now).exclude(kind=Kind.ADVERTISEMENT)
    columns = ("pk", "slug", "category__slug", "headline", "published_at", "visible_until")
    return list(recent.newest_first().values_list(*columns)[:MOST_NEWS])


def blocks_of(kind: str, now: datetime) -> list[int]:
    """Blocks of topics or authors of which readers may see one; a query, and one more for each block of ids."""
    model, links, name = LINKS[kind]
    last = model.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    seen = Exists(links.objects.filter(**{name: OuterRef("pk")}).public(now))
    return [block for block in range(last // BLOCK + 1) if _block(kind, block).filter(seen).exists()]


def lists_of(kind: str, block: int, now: datetime) -> Iterator[Place]:
    """Topics or authors with public articles, each with the moment of its newest; one query."""
    _model, links, name = LINKS[kind]
    newest = links.objects.filter(**{name: OuterRef("pk")}).public(now).newest_first().values("published_at")[:1]
    rows = _block(kind, block).annotate(newest=Subquery(newest)).order_by("pk").values_list("slug", "newest")
    folder = "thema" if kind == "themen" else "autor"
    return (Place(f"/{folder}/{slug}/", at) for slug, at in rows.iterator(chunk_size=AT_ONCE) if at)


def _block(kind: str, block: int) -> Any:
    rows = LINKS[kind][0].objects.filter(pk__gte=block * BLOCK, pk__lt=(block + 1) * BLOCK)
    return rows.filter(merged_into=None) if kind == "themen" else rows
