"""What a rule would have done with the last days' wire, before it is switched on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from articles.models import Feed, WireItem, WireRule
from articles.wire import mapping, payload, routing
from articles.wire.routing import Route, Rule

DAYS = 7
MOST_ITEMS = 1_000  # the newest; a feed that sends more is judged by these
MOST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Row:
    """before: by the rules in force; after: by those that are rehearsed. place, category: what has become of it in truth."""

    item: WireItem
    before: Route
    after: Route

    @property
    def is_other(self) -> bool:
        return (self.before.place, self.before.category) != (self.after.place, self.after.category)


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """rows: those the rehearsed rules decide or decide otherwise, the newest first. counts: of all, by where they would go."""

    rows: tuple[Row, ...]
    counts: dict[str, int]
    seen: int
    met: int
    changed: int
    days: int = DAYS

    @property
    def is_cut(self) -> bool:
        return self.seen == MOST_ITEMS

    @property
    def left_out(self) -> int:
        return self.met - len(self.rows)


def rehearse(
    feed: Feed, drafts: Iterable[WireRule], *, alone: bool = False, now: datetime | None = None, days: int = DAYS,
) -> Rehearsal:  # fmt: skip
    """Nothing is changed. drafts: rules of the feed as they would be obeyed; alone, or beside those in force they do not replace."""
    tried = [Rule.of(draft) for draft in drafts]
    names = {rule.pk for rule in tried}
    obeyed = Rule.in_force(feed)
    others = [] if alone else [rule for rule in obeyed if rule.pk not in names]
    wanted = sorted([*others, *tried], key=lambda rule: (rule.position, rule.pk))
    rows, counts, seen, met, changed = [], Counter[str](), 0, 0, 0
    for row in _rows(feed, obeyed, wanted, since=(now or timezone.now()) - timedelta(days=days)):
        seen += 1
        counts[row.after.place] += 1
        changed += row.is_other
        if row.is_other or row.after.rule in tried:
            met += 1
            rows += [row] if met <= MOST_SHOWN else []
    return Rehearsal(tuple(rows), dict(counts), seen, met, changed, days)


def _rows(feed: Feed, obeyed: list[Rule], wanted: list[Rule], *, since: datetime) -> Iterator[Row]:
    categories = mapping.Categories()
    items = WireItem.objects.filter(feed=feed, received_at__gte=since, state__in=[WireItem.State.USABLE, WireItem.State.EMBARGOED])
    for item in items.select_related("article").order_by("-received_at", "-pk")[:MOST_ITEMS]:
        given: dict[str, Any] = {"feed": feed, "now": item.received_at, "categories": categories}
        sent = payload.load(item.payload)
        yield Row(item, routing.route(sent, obeyed=obeyed, **given), routing.route(sent, obeyed=wanted, **given))
