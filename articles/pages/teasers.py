"""An article as a pointer: what any teaser prints, whatever list it stands in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from articles.front.arrangement import Placed
from articles.models import Article, Authorship, Kind, Picture
from articles.text.html import excerpt, plain

URGENT = 2  # urgency of a flash, or nearly so


@dataclass(frozen=True)
class TeaserView:
    """Ready for print; everything a template asks for, nothing it could query."""

    url: str
    kicker: str
    headline: str
    text: str
    section: str
    section_name: str
    section_url: str
    published_at: datetime
    agency: str
    picture: Picture | None
    is_urgent: bool
    is_opinion: bool
    authors: str = ""


def teaser(article: Article, *, headline: str = "", text: str = "", picture: Picture | None = None) -> TeaserView:
    """From an article fetched by `for_teasers()`, or a pinned one; what an editor wrote for the place comes first."""
    assert article.published_at is not None  # noqa: S101 - the gate lets nothing else through
    shown = next((choice for choice in (picture, article.picture) if choice and choice.is_public()), None)
    return TeaserView(
        url=article.get_absolute_url(),
        kicker=article.kicker,
        headline=headline or getattr(article, "teaser_headline", "") or article.headline,
        text=text or teaser_text(article),
        section=article.category.slug,
        section_name=article.category.name,
        section_url=article.category.get_absolute_url(),
        published_at=article.published_at,
        agency=article.agency.short_name if article.agency else "",
        picture=shown,
        is_urgent=article.urgency <= URGENT,
        is_opinion=article.kind == Kind.OPINION,
    )


def teaser_text(article: Article) -> str:
    """The teaser's own text, else the lead, else the first paragraphs, 300 to 500 signs."""
    own: str = getattr(article, "teaser_text", "") or ""
    if own or article.lead:
        return excerpt(own or article.lead)
    opening = getattr(article, "opening", None)
    return excerpt(plain(article.body if opening is None else opening))


def teasers(articles: Iterable[Article]) -> list[TeaserView]:
    return [teaser(article) for article in articles]


def placed(item: Placed) -> TeaserView:
    """An article at a place of the front page."""
    return teaser(item.article, headline=item.headline, text=item.text, picture=item.picture)


def with_authors(items: Sequence[Placed]) -> list[TeaserView]:
    """Opinion is somebody's: the author speaks first; one query for all."""
    names: dict[int, list[str]] = {}
    rows = Authorship.objects.filter(article__in=[item.article.pk for item in items]).order_by("position", "pk")
    for article, name in rows.values_list("article_id", "author__name"):
        names.setdefault(article, []).append(name)
    return [replace(placed(item), authors=", ".join(names.get(item.article.pk, []))) for item in items]
