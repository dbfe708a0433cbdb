"""A neutral item as JSON and back, and what the house itself notes beside it."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime
from typing import Any

from articles.models import WireItem
from articles.wire.item import Item, Subject, WirePicture

HOUSE = "house"  # the key under which the house's own notes lie
SKELETON = ("guid", "version", "updated", "issued", "status", "headline")  # what a kill leaves
_MOMENTS = ("updated", "issued", "embargo", "expires")
_TEXTS = ("headline", "subhead", "lead", "byline", "dateline", "body", "pictures", "genres", "kind")


def dump(item: Item) -> dict[str, Any]:
    return {field.name: _plain(getattr(item, field.name)) for field in fields(item)}


def load(payload: dict[str, Any]) -> Item:
    """The item again; the house's notes and fields nobody knows are left out."""
    known = {field.name for field in fields(Item)}
    values = {name: value for name, value in payload.items() if name in known}
    values |= {name: _moment(values.get(name)) for name in _MOMENTS}
    values["subjects"] = tuple(Subject(**subject) for subject in values.get("subjects", ()))
    values["pictures"] = tuple(_picture(picture) for picture in values.get("pictures", ()))
    values |= {name: tuple(values.get(name, ())) for name in ("keywords", "places", "countries", "genres")}
    return Item(**values)


def notes(wire_item: WireItem) -> dict[str, Any]:
    """The house's notes on an item, to be read and changed in place.

    written: what the wire last wrote to the article. pictures, made: ids taken, and created, from the wire. held: the
    wire took the article offline. killed: order of the highest kill. revived: an editor has made
    an article of it since. seen: earlier contents. deliveries: ids. asked_for, tries, picture_remarks: addresses of pictures,
    how often they were asked, and why one did not come.
    """
    house: dict[str, Any] = wire_item.payload.setdefault(HOUSE, {})
    return house


def merged(before: dict[str, Any], item: Item) -> dict[str, Any]:
    """The payload after this take: an order without copy (a hold) leaves the text known before."""
    after = dump(item)
    if item.status != "usable" and not item.body:
        after |= {name: before[name] for name in _TEXTS if name in before}
    return {**after, HOUSE: before.get(HOUSE, {})}


def says_the_same(before: dict[str, Any], item: Item) -> bool:
    """Whether nothing but version and stamp differs."""
    apart = {"version", "updated", HOUSE}
    return _without(before, apart) == _without(dump(item), apart)


def _without(payload: dict[str, Any], names: set[str]) -> dict[str, Any]:
    return {name: value for name, value in payload.items() if name not in names}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(child) for child in value]
    if isinstance(value, Subject | WirePicture):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    return value


def _moment(value: Any) -> datetime | None:
    return datetime.fromisoformat(value) if value else None


def _picture(values: dict[str, Any]) -> WirePicture:
    return WirePicture(**{**values, "expires": _moment(values.get("expires"))})
