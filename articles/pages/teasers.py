"""An article as a pointer: what any teaser prints, whatever list it stands in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache

from django.utils import timezone

from articles.front.arrangement import Placed
from articles.front.folding import Telling
from articles.front.lists import Rows
from articles.front.rows import Row, Shown
from articles.models import Authorship, Kind
from articles.models.category import category_path
from articles.models.compiled import run, statement
from articles.text.html import excerpt, plain

ROOM = 8  # articles whose authors are asked for at once
LABELLED = (Kind.ADVERTISEMENT, Kind.OPINION, Kind.ANALYSIS)
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
    picture: Shown | None
    is_urgent: bool
    is_opinion: bool
    label: str = ""
    authors: str = ""
    others: tuple[Telling, ...] = ()

    @property
    def also(self) -> str:
        """Agencies that tell the same, but the one that is named anyway."""
        return ", ".join(dict.fromkeys(one.agency for one in self.others if one.agency and one.agency != self.agency))


def teaser(row: Row, *, headline: str = "", text: str = "", picture: Shown | None = None) -> TeaserView:
    """What an editor wrote for the place comes first, then the article's teaser, then the article."""
    now = timezone.now()
    return TeaserView(
        url=row.get_absolute_url(),
        kicker=row.kicker,
        headline=headline or row.teaser_headline or row.headline,
        text=text or teaser_text(row.lead, own=row.teaser_text, opening=row.opening),
        section=row.section,
        section_name=row.section_name,
        section_url=category_path(row.section),
        published_at=row.published_at,
        agency=row.agency,
        picture=next((choice for choice in (picture, row.picture) if choice and choice.is_public(now)), None),
        is_urgent=row.urgency <= URGENT,
        is_opinion=row.kind == Kind.OPINION,
        label=label_of(row.kind),
        others=row.others,
    )


@lru_cache(maxsize=16)
def label_of(kind: str) -> str:
    """What readers must know before they follow the link; nothing for a report and what says so itself."""
    return str(Kind(kind).label) if kind in LABELLED else ""


def teaser_text(lead: str, *, own: str = "", opening: str = "") -> str:
    """The teaser's own text, else the lead, else the first paragraphs, 300 to 500 signs."""
    return excerpt(own or lead) if own or lead else excerpt(plain(opening))


def teasers(rows: Iterable[Row]) -> tuple[TeaserView, ...]:
    return tuple(map(teaser, rows))


def placed(item: Placed) -> TeaserView:
    """An article at a place of the front page."""
    return teaser(item.article, headline=item.headline, text=item.text, picture=item.picture)


def with_authors(items: Sequence[Placed]) -> list[TeaserView]:
    """Opinion is somebody's: the author speaks first; one query for all."""
    if not items:
        return []
    names: dict[int, list[str]] = {}
    room = max(ROOM, len(items))  # one statement for every number of places
    values = {f"article_{place}": items[min(place, len(items) - 1)].article.pk for place in range(room)}
    for article, name in run(statement(("bylines", room), _bylines, values), values):
        names.setdefault(article, []).append(name)
    return [replace(placed(item), authors=", ".join(names.get(item.article.pk, []))) for item in items]


def _bylines(**articles: int) -> Rows:
    links = Authorship.objects.filter(article__in=list(articles.values())).order_by("position", "pk")
    return links.values_list("article_id", "author__name")
