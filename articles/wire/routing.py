"""Where copy goes: the first rule of its feed that fits, else the feed's own way; and what stands against it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, Final, Self

from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Category, Feed, WireItem, WireRule
from articles.models.compiled import fetch
from articles.text.dates import BERLIN
from articles.wire import mapping, rules
from articles.wire.item import Item
from articles.wire.mediatopics import main_topic

Act = WireRule.Act
LISTS: Final = ("codes", "genres", "keywords", "places", "languages")
_PLACE_OF: Final = {Act.INBOX: WireItem.Place.INBOX, Act.PUBLISH: WireItem.Place.PUBLISHED, Act.DISCARD: WireItem.Place.DISCARDED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule as the wire obeys it. Of each list one has to fit; an empty one asks for nothing. Hours: in Berlin, the last not included."""

    pk: int = 0
    name: str = ""
    position: int = 0
    codes: tuple[str, ...] = ()
    genres: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    urgency_from: int | None = None
    urgency_to: int | None = None
    hour_from: int | None = None
    hour_to: int | None = None
    act: str = Act.INBOX
    category: int | None = None

    @classmethod
    def of(cls, row: WireRule) -> Self:
        """As editors have it before them, in force or not."""
        values = {field.name: getattr(row, field.name) for field in fields(cls) if field.name not in {"pk", "category"}}
        return cls._made(values | {"category": row.category_id}, pk=row.pk or 0)

    @classmethod
    def _made(cls, values: dict[str, Any], *, pk: int) -> Self:
        return cls(pk=pk, **values | {name: tuple(values[name]) for name in LISTS})

    @classmethod
    def in_force(cls, feed: Feed) -> list[Self]:
        """Those the feed obeys, in their order."""
        if not fetch("rules of feed", lambda *, feed: WireRule.objects.filter(feed=feed).order_by().values_list("pk"), feed=feed.pk):
            return []
        rows = WireRule.objects.filter(feed=feed).values_list("pk", "in_force")
        return sorted((cls._made(values, pk=pk) for pk, values in rows if values is not None), key=lambda rule: (rule.position, rule.pk))

    def plain(self) -> dict[str, Any]:
        """For `WireRule.in_force`."""
        return {field.name: _plain(getattr(self, field.name)) for field in fields(self) if field.name != "pk"}

    def fits(self, item: Item, *, now: datetime) -> bool:
        """now: when the item arrives."""
        return self._fits_numbers(item, now=now) and all(_fits(getattr(self, name), TERMS[name](item)) for name in LISTS)

    def _fits_numbers(self, item: Item, *, now: datetime) -> bool:
        if not (self.urgency_from or 1) <= item.urgency <= (self.urgency_to or 9):
            return False
        if self.hour_from is None or self.hour_to is None:
            return True
        hour = now.astimezone(BERLIN).hour
        if self.hour_from < self.hour_to:
            return self.hour_from <= hour < self.hour_to
        return hour >= self.hour_from or hour < self.hour_to


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _fits(wanted: Sequence[str], terms: Iterable[str]) -> bool:
    return not wanted or not {mapping.folded(term) for term in wanted}.isdisjoint(map(mapping.folded, terms))


def _codes(item: Item) -> list[str]:
    codes = [subject.code for subject in item.subjects if subject.code]
    return [*codes, *map(main_topic, codes)]


def _keywords(item: Item) -> list[str]:
    return [*item.keywords, *(part.strip() for part in item.kicker.split("/"))]


def _places(item: Item) -> list[str]:
    return [*item.places, *item.countries, *([mapping.ABROAD] if mapping.is_abroad(item) else [])]


def _languages(item: Item) -> list[str]:
    stated = item.language.replace("_", "-")
    return [stated, stated.partition("-")[0]]


TERMS: Final = {"codes": _codes, "genres": lambda item: item.genres, "keywords": _keywords, "places": _places, "languages": _languages}


@dataclass(frozen=True, slots=True)
class Route:
    """place: where the item goes. reason: in German, why it is not published; empty where nothing stands against that."""

    place: WireItem.Place
    category: Category | None
    reason: str
    rule: Rule | None


def route(item: Item, *, feed: Feed, obeyed: Sequence[Rule], now: datetime, categories: mapping.Categories | None = None) -> Route:
    """What is done with an item that is new here. categories: those there are, for whoever asks often."""
    rule = next((rule for rule in obeyed if rule.fits(item, now=now)), None)
    known = categories or mapping.Categories()
    category = known.by_id(rule.category if rule else None) or mapping.category_for(item, feed=feed, categories=known)
    act = rule.act if rule else feed.rule
    if rule and act == Act.DISCARD:
        return Route(WireItem.Place.DISCARDED, category, _("verworfen durch die Regel «%s»") % rule.name, rule)
    against = rules.objection(item, category=category, now=now, genres=rule.genres if rule and act == Act.PUBLISH else ())
    if act == Act.PUBLISH and not against:
        return Route(WireItem.Place.PUBLISHED, category, "", rule)
    return Route(WireItem.Place.INBOX, category, against or (_("Regel «%s»") % rule.name if rule else ""), rule)


def put_in_force(row: WireRule) -> None:
    """From now on the wire obeys the rule as it stands."""
    row.in_force, row.in_force_since = Rule.of(row).plain(), timezone.now()
    row.save(update_fields=["in_force", "in_force_since", "version"])


def switch_off(row: WireRule) -> None:
    row.in_force = row.in_force_since = None
    row.save(update_fields=["in_force", "in_force_since", "version"])


def is_obeyed(row: WireRule) -> bool:
    """Whether what is in force is what editors have before them."""
    return row.in_force is not None and row.in_force == Rule.of(row).plain()
