"""The front page: what editors pinned, and what the rules put into the places left, no story twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from articles.front.pool import Entry, Source, entries
from articles.models import Article, Kind, Picture, Position, Teaser

RECENT = timedelta(hours=24)
# Places are filled in this order, so that the most important ones choose first.
FIRST = ("lead", "second", "opinion", "ticker")


@dataclass
class Placed:
    """An article at a place, with what a pinned teaser says instead of it."""

    article: Article
    headline: str = ""
    text: str = ""
    picture: Picture | None = None
    pin: int | None = None  # the teaser's id


@dataclass
class Place:
    """One place of the front page and what stands there."""

    position: Position
    placed: list[Placed] = field(default_factory=list)

    @property
    def room(self) -> int:
        return self.position.limit - len(self.placed)


@dataclass(frozen=True)
class Arrangement:
    """The filled front page. `ends`: the next moment at which a pinned teaser appears or ends, if any."""

    places: dict[str, Place]
    ends: datetime | None

    @property
    def blocks(self) -> list[Place]:
        return [place for slug, place in self.places.items() if slug.startswith("block-") and place.placed]

    @property
    def articles(self) -> list[Article]:
        return [placed.article for place in self.places.values() for placed in place.placed]


def arrange(at: datetime | None = None) -> Arrangement:
    """Fill every place; four queries, whatever the number of articles."""
    now = at or timezone.now()
    places = {
        position.slug: Place(position) for position in Position.objects.filter(page="front").select_related("category").in_order()
    }
    taken, ends = _pin(places, now)
    order = sorted(places.values(), key=lambda place: _rank(place.position))
    ids = _candidates([place for place in order if place.room > 0 and place.position.rule != Position.Rule.NONE], now)
    chosen = _choose(order, ids, taken)
    wanted = {pk for picks in chosen.values() for pk in picks}
    rows = {row.pk: row for row in Article.objects.filter(pk__in=wanted).public(now).for_teasers()}
    for slug, picks in chosen.items():
        places[slug].placed += [Placed(rows[pk]) for pk in picks if pk in rows]
    return Arrangement(places, ends)


def pins_showing(at: datetime | None = None) -> frozenset[int]:
    """Ids of the pinned teasers that stand on the front page; of the others, a newer one has the place or the article."""
    places = {position.slug: Place(position) for position in Position.objects.filter(page="front")}
    _pin(places, at or timezone.now())
    return frozenset(placed.pin for place in places.values() for placed in place.placed if placed.pin is not None)


def _rank(position: Position) -> tuple[int, int, int]:
    return (FIRST.index(position.slug) if position.slug in FIRST else len(FIRST), position.position, position.pk)


def _pin(places: dict[str, Place], now: datetime) -> tuple[set[int], datetime | None]:
    """Put pinned teasers into their places; the newest first, each article once."""
    taken: set[int] = set()
    moments: list[datetime] = []
    pins = (
        Teaser.objects.filter(Q(visible_until=None) | Q(visible_until__gt=now), position__page="front", pinned=True)
        .select_related("article__category", "article__agency", "article__picture", "picture", "position")
        .defer("article__body")
        .order_by("position__position", "-pk")
    )
    for teaser in pins:
        moments += [moment for moment in (teaser.visible_from, teaser.visible_until) if moment and moment > now]
        place = places.get(teaser.position.slug) if teaser.position else None
        begun = teaser.visible_from is None or teaser.visible_from <= now
        if place and begun and place.room > 0 and teaser.article_id not in taken and teaser.article.is_public(now):
            place.placed.append(Placed(teaser.article, teaser.headline, teaser.text, teaser.picture, teaser.pk))
            taken.add(teaser.article_id)
    return taken, min(moments, default=None)


def _candidates(places: Sequence[Place], now: datetime) -> dict[str, list[int]]:
    """Ids for every place in one query; each fetches enough to do without what others may have taken."""
    spare = sum(place.position.limit for place in places if place.position.slug in FIRST)
    asked = [(place, source) for place in places for source in _sources(place.position, now)]
    limits = [place.room + spare for place, _ in asked]
    found: dict[str, list[Entry]] = {}
    for entry in entries([source for _, source in asked], limit=limits):
        found.setdefault(asked[entry.source][0].position.slug, []).append(entry)
    return {slug: _ranked(candidates) for slug, candidates in found.items()}


def _ranked(candidates: list[Entry]) -> list[int]:
    """Earlier source first (more urgent), newest first within it."""
    newest = sorted(candidates, key=lambda entry: entry.mark, reverse=True)
    return list(dict.fromkeys(entry.mark.article for entry in sorted(newest, key=lambda entry: entry.source)))


def _sources(position: Position, now: datetime) -> list[Source]:
    news = Article.objects.public(now).newest_first()
    if position.rule == Position.Rule.CATEGORY:
        return [news.filter(category=position.category_id)]
    if position.rule == Position.Rule.OPINION:
        return [news.filter(kind=Kind.OPINION)]
    if position.rule == Position.Rule.NEWEST:
        return [news]
    recent = news.filter(published_at__gt=now - RECENT)
    return [recent.filter(urgency__lte=2), recent.filter(urgency__lte=4), news]


def _choose(order: Sequence[Place], ids: dict[str, list[int]], taken: set[int]) -> dict[str, list[int]]:
    chosen: dict[str, list[int]] = {}
    for place in order:
        free = [pk for pk in ids.get(place.position.slug, []) if pk not in taken][: max(place.room, 0)]
        taken.update(free)
        chosen[place.position.slug] = free
    return chosen
