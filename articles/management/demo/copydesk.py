"""Takes the demo's copy to the desk as editors would: draft, tags, byline, publication, update, correction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from articles import desk
from articles.management.demo.ages import edition_day
from articles.management.demo.reading import Piece
from articles.models import Agency, Article, Author, Category, Picture, Revision, Tag
from articles.text.html import clean
from articles.text.slugs import slugify

NOTICED: Final = timedelta(hours=1, minutes=47)  # until somebody found the mistake


@dataclass(frozen=True)
class Cast:
    """What copy refers to, each by the name that the text files use."""

    categories: dict[str, Category]
    agencies: dict[str, Agency]
    authors: dict[str, Author]
    pictures: dict[str, Picture]
    tags: dict[str, Tag]


def publish_missing(pieces: Sequence[Piece], cast: Cast, *, now: datetime) -> int:
    """Publish the pieces that are not there yet, oldest first; return how many that were."""
    today = edition_day([age for piece in pieces for age in (piece.age, piece.updated) if age], now=now)
    wanted = {slugify(piece.headline): piece for piece in pieces}
    known = set(Article.objects.filter(slug__in=wanted).values_list("slug", flat=True))
    missing = [piece for slug, piece in wanted.items() if slug not in known]
    for piece in sorted(missing, key=lambda piece: piece.age.moment(today)):
        _publish(piece, cast, today=today, now=now)
    return len(missing)


def _publish(piece: Piece, cast: Cast, *, today: date, now: datetime) -> None:
    published = piece.age.moment(today)
    updated = piece.updated.moment(today) if piece.updated else None
    article = _draft(piece, cast, body=_first_body(piece) if updated else piece.body)
    desk.publish(article, at=published)
    if updated:
        desk.revise(article, {"body": piece.body, "updated_at": updated}, kind="update")
    noticed = min((updated or published) + NOTICED, now) if piece.correction else None
    if piece.correction:
        desk.correct(article, piece.correction)
    _backdate(article, published=published, updated=updated, corrected=noticed)


def _draft(piece: Piece, cast: Cast, *, body: str) -> Article:
    agency = cast.agencies[piece.agency] if piece.agency else None
    article = Article.objects.create(
        headline=piece.headline,
        kicker=piece.kicker,
        lead=piece.lead,
        body=body,
        dateline=f"{piece.dateline} ({agency.short_name})" if agency and piece.dateline else "",
        category=cast.categories[piece.category],
        agency=agency,
        picture=cast.pictures[piece.picture] if piece.picture else None,
        kind=piece.kind,
        urgency=piece.urgency,
    )
    desk.set_tags(article, [cast.tags[name] for name in piece.tags])
    desk.set_authors(article, [cast.authors[slug] for slug in piece.authors])
    desk.set_further_categories(article, [cast.categories[slug] for slug in piece.further])
    return article


def _first_body(piece: Piece) -> str:
    """What stood there before the update: all but the last paragraph."""
    return clean(piece.body.rpartition("<p>")[0])


def _backdate(article: Article, *, published: datetime, updated: datetime | None, corrected: datetime | None) -> None:
    """The desk stamps what it does with the moment at which it does it; for the demo, that was long ago."""
    shown = corrected or updated
    Article.objects.filter(pk=article.pk).update(changed_at=shown or published, updated_at=shown)
    if updated:
        Revision.objects.filter(article=article).update(created_at=updated)
    if corrected:
        article.corrections.update(created_at=corrected)
