"""Keeps the newest state of each guid."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import F, QuerySet

from articles.models import Feed, WireDelivery, WireItem
from articles.models.compiled import fetch
from articles.wire import payload, pictures
from articles.wire.item import Item
from articles.wire.mapping import Categories

LONGEST_GUID = 500
MOST_SEEN = 20  # earlier contents by which a feed without versions is recognised
MOST_DELIVERIES = 200


@dataclass(slots=True)
class Arrival:
    """One item, how it came, and what lay beside it. guid: under which it is kept; known once it was looked for."""

    item: Item
    feed: Feed
    delivery: WireDelivery
    now: datetime
    found: pictures.Found = field(default_factory=pictures.Found)
    guid: str = ""
    categories: Categories | None = None


def stored(arrival: Arrival, *, lock: bool = True) -> WireItem | None:
    """The state known before, locked for the rest of the transaction.

    A guid is the agency's own; where another agency has taken the same word, it is kept with the agency's name before it.
    """
    arrival.guid = arrival.item.guid
    if not fetch("wire item", _known, guid=arrival.item.guid):
        return None
    rows = WireItem.objects.select_related("feed__agency", "article__category")
    rows = rows.select_for_update(of=("self",)) if lock else rows
    guid, agency = arrival.item.guid, arrival.feed.agency
    found = rows.filter(guid=guid).first()
    if found is not None and found.feed.agency_id != agency.pk:
        own = f"{agency.slug}:{guid}"
        arrival.guid = own if len(own) <= LONGEST_GUID else f"{agency.slug}:{hashlib.sha256(guid.encode()).hexdigest()}"
        found = rows.filter(guid=arrival.guid).first()
    return found


def _known(*, guid: str) -> QuerySet[WireItem, Any]:
    return WireItem.objects.filter(guid=guid).values_list("pk")


def renew(before: WireItem | None, arrival: Arrival) -> WireItem:
    """The item's new state, not saved yet; what the house has noted goes on."""
    item = arrival.item
    wire_item = before or WireItem(guid=arrival.guid, payload={})
    has_copy = item.status == "usable" or bool(item.body)
    _remember_content(wire_item, item)
    wire_item.payload = payload.merged(wire_item.payload, item)
    wire_item.feed, wire_item.delivery = arrival.feed, arrival.delivery
    wire_item.version, wire_item.received_at = item.version, arrival.now
    stamp = item.updated or item.issued
    wire_item.updated_at, wire_item.issued_at = stamp or arrival.now, _first_sent(before, item, arrival.now)
    wire_item.desk = item.desk[:60]
    wire_item.urgency, wire_item.note = item.urgency, item.note
    wire_item.headline = item.headline[:500] or wire_item.headline
    wire_item.content_hash = item.content_hash if has_copy else wire_item.content_hash
    wire_item.state = _state(item, now=arrival.now)
    wire_item.embargo_until = item.embargo if item.status == "usable" else wire_item.embargo_until
    payload.notes(wire_item)["stamped"] = stamp is not None
    note_delivery(wire_item, arrival)
    return wire_item


def _first_sent(before: WireItem | None, item: Item, now: datetime) -> datetime:
    return before.issued_at if before else item.issued or item.updated or now


def _state(item: Item, *, now: datetime) -> WireItem.State:
    if item.status == "canceled":
        return WireItem.State.CANCELED
    if item.status == "withheld":
        return WireItem.State.WITHHELD
    is_embargoed = item.embargo_unreadable or (item.embargo is not None and item.embargo > now)
    return WireItem.State.EMBARGOED if is_embargoed else WireItem.State.USABLE


def _remember_content(wire_item: WireItem, item: Item) -> None:
    if not item.version and wire_item.content_hash and wire_item.content_hash != item.content_hash:
        house = payload.notes(wire_item)
        house["seen"] = [*house.get("seen", ()), wire_item.content_hash][-MOST_SEEN:]


def note_delivery(wire_item: WireItem, arrival: Arrival) -> None:
    """Remember where the text lies, so that a kill finds all of it."""
    house = payload.notes(wire_item)
    known = [pk for pk in house.get("deliveries", ()) if pk != arrival.delivery.pk]
    house["deliveries"] = [*known, arrival.delivery.pk][-MOST_DELIVERIES:]


def add_pictures(wire_item: WireItem, arrival: Arrival) -> None:
    """Take what lay beside the file; what came with an earlier version stays until something newer comes."""
    if not arrival.found.originals:
        return
    taken, made = pictures.store(arrival.found, item=arrival.item, credit=arrival.feed.agency.name)
    house = payload.notes(wire_item)
    house["pictures"] = taken
    house["made"] = sorted({*house.get("made", ()), *made})


def count(wire_item: WireItem, arrival: Arrival, *, is_repeat: bool) -> None:
    """Note a delivery that changes nothing. Feeds without versions repeat themselves at every poll, and never kill."""
    if arrival.item.version:
        note_delivery(wire_item, arrival)
        WireItem.objects.filter(pk=wire_item.pk).update(payload=wire_item.payload)
    if is_repeat:
        WireItem.objects.filter(pk=wire_item.pk).update(repeats=F("repeats") + 1)
