"""The front page: what editors pinned, and what the rules put into the places left, no story twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from articles.front.folding import folded
from articles.front.lists import Rows, Walk, newest, of_category, of_urgency, opinion
from articles.front.pool import Mark, entries
from articles.front.rows import PICTURE, Row, Shown, rows, shown
from articles.models import Article, Kind, Position, Teaser
from articles.models.compiled import moment, run, statement

RECENT = timedelta(hours=24)
LEAST_URGENT = 4  # up to this urgency what is recent goes before what is newer
URGENT = {1: 0, 2: 0, 3: 1, 4: 1}  # urgency and its rank on the front page; what is less urgent counts by its age alone
SPARE = 6
TRIES = 3
# Places are filled in this order, so that the most important ones choose first.
FIRST = ("lead", "second", "opinion", "ticker")


@dataclass(frozen=True)
class Placed:
    """An article at a place, with what a pinned teaser says instead of it."""

    article: Row
    headline: str = ""
    text: str = ""
    picture: Shown | None = None
    pin: int | None = None  # the teaser's id


@dataclass(frozen=True)
class Pin:
    """What is to stand at a place, before its article is fetched."""

    article: int
    headline: str = ""
    text: str = ""
    picture: Shown | None = None
    teaser: int | None = None


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
    """The filled front page. `ends`: the next moment at which something on it appears or ends of itself, if any."""

    places: dict[str, Place]
    ends: datetime | None

    @property
    def blocks(self) -> list[Place]:
        return [place for slug, place in self.places.items() if slug.startswith("block-") and place.placed]

    @property
    def articles(self) -> list[Row]:
        return [placed.article for place in self.places.values() for placed in place.placed]


def arrange(at: datetime | None = None) -> Arrangement:
    """Fill every place; four queries, whatever the number of articles."""
    now = at or timezone.now()
    places = {position.slug: Place(position) for position in _positions()}
    order = sorted((place.position for place in places.values()), key=_rank)
    pins, ends = _pins(now)
    chosen = _pin(places, pins)
    filled, known = _filled(order, chosen, now)
    for slug, picks in filled.items():
        places[slug].placed += [
            Placed(known[pick.article], pick.headline, pick.text, pick.picture, pick.teaser)
            for pick in picks
            if pick.article in known
        ]
    return Arrangement(places, min([*_moments(places, now), *([ends] if ends else [])], default=None))


def _filled(order: Sequence[Position], pinned: dict[str, list[Pin]], now: datetime) -> tuple[dict[str, list[Pin]], dict[int, Row]]:
    """What stands at each place, and the articles. An advertisement stands only where an editor pinned it: that one of
    those that the rules chose is one, or tells what another tells better, shows when it is read, and then they choose again."""
    by_hand = {pin.article for pins in pinned.values() for pin in pins}
    barred: frozenset[int] = frozenset()
    for _ in range(TRIES):
        full = len(by_hand | barred) + sum(position.limit for position in order if position.slug in FIRST)
        # Few take from the same list: the small reserve is enough nearly always, and a third of the work.
        small = _fill(order, pinned, now, spare=min(SPARE, full), barred=barred)
        filled = small or _fill(order, pinned, now, spare=full, barred=barred) or pinned
        known = rows([pick.article for picks in filled.values() for pick in picks], now=now)
        once = {row.pk: row for row in folded(list(known.values()), now=now)}
        bought = frozenset(pk for pk, row in known.items() if row.kind == Kind.ADVERTISEMENT or pk not in once) - by_hand
        if not bought:
            break
        barred |= bought
    return filled, {pk: once.get(pk, row) for pk, row in known.items() if pk not in bought}


def _moments(places: dict[str, Place], now: datetime) -> list[datetime]:
    """When something urgent becomes yesterday's news, or the rights to a pinned teaser's own picture end."""
    standing = [(place.position.rule, placed) for place in places.values() for placed in place.placed]
    old_from = [
        placed.article.published_at + RECENT
        for rule, placed in standing
        if rule == Position.Rule.TOP and placed.article.urgency <= LEAST_URGENT
    ]
    rights = [placed.picture.rights_until for _, placed in standing if placed.picture and placed.picture.rights_until]
    return [at for at in [*old_from, *rights] if at > now]


def pins_showing(at: datetime | None = None) -> frozenset[int]:
    """Ids of the pinned teasers that stand on the front page; of the others, a newer one has the place or the article."""
    places = {position.slug: Place(position) for position in Position.objects.filter(page="front")}
    pins, _ = _pins(at or timezone.now())
    known = [pair for pair in pins if pair[0] in places]
    return frozenset(pin.teaser for picks in _pin(places, known).values() for pin in picks if pin.teaser is not None)


def _positions() -> list[Position]:
    names = [field.attname for field in Position._meta.concrete_fields]
    return [Position(**dict(zip(names, row, strict=True))) for row in run(statement("positions", partial(_all, names), {}), {})]


def _all(names: list[str]) -> Rows:
    return Position.objects.filter(page="front").in_order().values_list(*names)


def _rank(position: Position) -> tuple[int, int, int]:
    return (FIRST.index(position.slug) if position.slug in FIRST else len(FIRST), position.position, position.pk)


def _pins(now: datetime) -> tuple[list[tuple[str, Pin]], datetime | None]:
    """What editors pinned to which place, the newest first; and when the next such teaser appears or ends."""
    found: list[tuple[str, Pin]] = []
    moments: list[datetime] = []
    values = {"now": now}
    made = statement("pins", _pinned, values)
    for slug, begins, stops, teaser, article, headline, text, *picture in run(made, values):
        begin, stop = moment(begins), moment(stops)
        moments += [at for at in (begin, stop) if at and at > now]
        if begin is None or begin <= now:
            found.append((slug, Pin(article, headline, text, shown(picture), teaser)))
    return found, min(moments, default=None)


def _pinned(*, now: datetime) -> Rows:
    """Of articles that readers may see, until their time is over."""
    is_public = Exists(Article.objects.public(now).filter(pk=OuterRef("article_id")))
    pins = Teaser.objects.filter(Q(visible_until=None) | Q(visible_until__gt=now), is_public, position__page="front", pinned=True)
    columns = ("position__slug", "visible_from", "visible_until", "pk", "article_id", "headline", "text")
    return pins.order_by("position__position", "-pk").values_list(*columns, *(f"picture__{name}" for name in PICTURE))


def _pin(places: dict[str, Place], pins: list[tuple[str, Pin]]) -> dict[str, list[Pin]]:
    """Pinned teasers at their places, each article once."""
    chosen: dict[str, list[Pin]] = {slug: [] for slug in places}
    taken: set[int] = set()
    for slug, pin in pins:
        if len(chosen[slug]) < places[slug].position.limit and pin.article not in taken:
            chosen[slug].append(pin)
            taken.add(pin.article)
    return chosen


def _fill(
    order: Sequence[Position], pinned: dict[str, list[Pin]], now: datetime, *, spare: int, barred: frozenset[int],
) -> dict[str, list[Pin]] | None:  # fmt: skip
    """Every place with its pins and what the rules add; None if a place stays empty for want of reserve alone.

    spare: how many more than its limit each place is offered, as others may take some before it. barred: what the rules
    may not choose.
    """
    chosen = {slug: list(pins) for slug, pins in pinned.items()}
    taken = {pin.article for pins in chosen.values() for pin in pins} | barred
    enough = len(taken) + sum(position.limit for position in order if position.slug in FIRST)
    offered = _offers(order, now, spare=spare)
    for position in order:
        room = position.limit - len(chosen[position.slug])
        free = [pk for pk in offered[position.slug] if pk not in taken][:room]
        if len(free) < room and len(offered[position.slug]) >= position.limit + spare < position.limit + enough:
            return None
        chosen[position.slug] += [Pin(pk) for pk in free]
        taken.update(free)
    return chosen


def _offers(order: Sequence[Position], now: datetime, *, spare: int) -> dict[str, list[int]]:
    """Ids for every place in one query; places with the same rule share their lists."""
    asked: dict[tuple[object, ...], tuple[Walk, int]] = {}
    for position in order:
        for walk, _ in _walks(position, now):
            asked[walk.key] = (walk, max(position.limit + spare, asked.get(walk.key, (walk, 0))[1]))
    found: dict[tuple[object, ...], list[Mark]] = {}
    keys = list(asked)
    for entry in entries([walk for walk, _ in asked.values()], limit=[most for _, most in asked.values()]):
        found.setdefault(keys[entry.source], []).append(entry.mark)
    return {position.slug: _ranked(position, found, now)[: position.limit + spare] for position in order}


def _ranked(position: Position, found: dict[tuple[object, ...], list[Mark]], now: datetime) -> list[int]:
    """More urgent ones first, newest first within a rank."""
    ranked = [(rank, mark) for walk, rank in _walks(position, now) for mark in found.get(walk.key, ())]
    newest_first = sorted(ranked, key=lambda pair: pair[1], reverse=True)
    return list(dict.fromkeys(mark.article for _, mark in sorted(newest_first, key=lambda pair: pair[0])))


def _walks(position: Position, now: datetime) -> list[tuple[Walk, int]]:
    """The lists a place is filled from, each with its rank: a later one only gives what the earlier ones leave."""
    everything = Walk(newest, {"now": now})
    if position.rule == Position.Rule.CATEGORY and position.category_id:
        return [(Walk(of_category, {"category": position.category_id, "now": now}), 0)]
    if position.rule == Position.Rule.OPINION:
        return [(Walk(opinion, {"now": now}), 0)]
    if position.rule == Position.Rule.NEWEST:
        return [(everything, 0)]
    if position.rule != Position.Rule.TOP:
        return []
    urgent = {"since": now - RECENT, "now": now}
    return [*((Walk(of_urgency, {"urgency": urgency, **urgent}), rank) for urgency, rank in URGENT.items()), (everything, 2)]
