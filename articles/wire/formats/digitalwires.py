"""dpa digitalwires: the JSON of Germany's largest agency."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from articles.wire import layout, notes, reading
from articles.wire.item import LOWEST_URGENCY, USUAL_URGENCY, Item, Signal, Status, Subject, WirePicture
from articles.wire.notes import Note

Node = dict[str, Any]

_STATUS: dict[str, Status] = {"usable": "usable", "canceled": "canceled", "withdrawn": "canceled", "withheld": "withheld"}
_SIGNALS: dict[str, Signal] = {"correction": "correction", "update": "update"}
_PLACES = ("geosubject", "poi")


def parse(raw: bytes) -> list[Item]:
    """Return the items of a delivery: one object, a list of them, or the answer of the queue, which may be empty.

    Raises FormatError; of a list its `items` are those that could be read.
    """
    nodes, is_queue = _nodes(raw)
    if not nodes and not is_queue:
        raise reading.unreadable(_("Diese Lieferung enthält keine Meldung im Format digitalwires."))
    return reading.each(nodes, _item)


def without(raw: bytes, guid: str) -> bytes:
    """The list without the item of that identity, written anew; the others keep every field."""
    kept = [node for node in _nodes(raw)[0] if reading.line(node.get("urn")) != guid]
    return json.dumps(kept).encode("ascii") if kept else b""


def is_queue(value: Node) -> bool:
    """What the agency's queue answers: entries, each with a receipt to be given back."""
    return isinstance(value.get("entries"), list) and all(isinstance(entry, dict) and "urn" in entry for entry in value["entries"])


def receipts(raw: bytes) -> list[str]:
    return [receipt for node in _nodes(raw)[0] if (receipt := reading.line(node.get("_wireq_receipt")))]


def _nodes(raw: bytes) -> tuple[list[Node], bool]:
    """The items, and whether they came from the queue."""
    value = reading.load_json(reading.decode(raw, limit=reading.FEED_LIMIT).strip())
    if isinstance(value, dict) and is_queue(value):
        return reading.objects(value["entries"]), True
    return reading.objects(value if isinstance(value, list) else [value]), False


def _item(node: Node) -> Item:
    headline, told, signal = reading.line(node.get("headline")), list(_notes(node)), _signal(node)
    located = reading.dateline(node.get("dateline"))
    copy = layout.arrange(headline=headline, lead=reading.line(node.get("teaser")), body=_body(node), located=located)
    note = notes.for_editors(told, signal=signal)
    embargo, embargo_unreadable = reading.embargo([node.get("embargoed")], note=note)
    return Item(
        guid=reading.guid(node.get("urn")),
        version=reading.version(node.get("version")),
        updated=reading.moment(node.get("version_created")) or reading.moment(node.get("updated")),
        status=_status(node),
        signal=signal,
        embargo=embargo,
        embargo_unreadable=embargo_unreadable,
        headline=headline,
        lead=copy.lead,
        dateline=copy.dateline,
        body=copy.body,
        note=note,
        correction_note=notes.correction(told) if signal == "correction" else "",
        pictures=_pictures(node),
        kind=_kind(node),
        **_about(node),
    )


def _about(node: Node) -> dict[str, Any]:
    """Everything about the copy that is neither the copy nor its order among deliveries."""
    categories = list(_categories(node))
    return {
        "urgency": reading.whole(node.get("urgency"), low=1, high=LOWEST_URGENCY, default=USUAL_URGENCY),
        "subjects": _subjects(categories),
        "keywords": _names(categories, "keyword"),
        "places": _names(categories, *_PLACES),
        "countries": reading.countries(name for kind, code, name in categories if kind == "geosubject" and _is_country(code)),
        "genres": _names(categories, "genre"),
        "source": reading.line(node.get("creditline")) or next(iter(_names(categories, "provider")), ""),
        "rights": _rights(node),
        **{name: reading.line(node.get(name)) for name in ("kicker", "subhead", "byline", "language")},
    }


def _categories(node: Node) -> Iterator[tuple[str, str, str]]:
    """Kind ("dpasubject"), code and name of each, in the agency's order of weight."""
    for entry in sorted(reading.objects(node.get("categories")), key=_rank):
        kind = reading.line(entry.get("type")).removeprefix("dnltype:")
        yield kind, reading.topic(reading.line(entry.get("qcode"))), reading.line(entry.get("name"))


def _is_country(code: str) -> bool:
    return code.lower().startswith(("dpacountry:", "iso3166-1a"))


def _rank(entry: Node) -> int:
    return reading.whole(entry.get("rank"), low=0, high=10**6, default=10**6)


def _subjects(categories: list[tuple[str, str, str]]) -> tuple[Subject, ...]:
    """What it is about, then the desk that wrote it; a desk's name ("vm") means nothing to readers."""
    about = [Subject(code, name) for kind, code, name in categories if kind == "dpasubject" and (code or name)]
    desks = [Subject(code) for kind, code, _name in categories if kind == "desk" and code]
    return tuple(dict.fromkeys([*about, *desks]))[: reading.MOST_TAGS]


def _names(categories: list[tuple[str, str, str]], *kinds: str) -> tuple[str, ...]:
    return reading.tags(name for wanted in kinds for kind, _code, name in categories if kind == wanted)


def _status(node: Node) -> Status:
    """Missing means usable; a word nobody knows means: not for readers until somebody has looked."""
    stated = reading.line(node.get("pubstatus")).lower().rpartition(":")[2]
    return _STATUS.get(stated, "withheld") if stated else "usable"


def _signal(node: Node) -> Signal:
    return _SIGNALS.get(reading.line(node.get("signal")).lower().rpartition(":")[2], "")


def _body(node: Node) -> str:
    """The copy, its box of facts, its links. `notepad` is never for readers and not read at all."""
    parts = (reading.block(node.get(name)) for name in ("article_html", "infobox_html", "linkbox_html"))
    return "".join(layout.from_markup(part) for part in parts)


def _kind(node: Node) -> str:
    if reading.block(node.get("article_html")).strip():
        return "text"
    return "picture" if _pictures(node) else "text"


def _rights(node: Node) -> str:
    stated = [reading.line(node.get(name)) for name in ("copyrightnotice", "usageterms", "autopublishnotice")]
    return " – ".join(dict.fromkeys(filter(None, stated)))


def _notes(node: Node) -> Iterator[Note]:
    for entry in reading.objects(node.get("ednotes")):
        role = reading.line(entry.get("role")).lower().rpartition(":")[2]
        yield Note(role, reading.line(entry.get("ednote")), entry.get("is_publishable") is True)


def _pictures(node: Node) -> tuple[WirePicture, ...]:
    images = [entry for entry in reading.objects(node.get("associations")) if entry.get("type") == "image"]
    images.sort(key=lambda entry: (entry.get("is_featureimage") is not True, _rank(entry)))
    return tuple(dict.fromkeys(picture for image in images if (picture := _picture(image))))[: reading.MOST_PICTURES]


def _picture(image: Node) -> WirePicture | None:
    best = reading.best_rendition(map(_rendition, reading.objects(image.get("renditions")))) or WirePicture()
    guid = reading.line(image.get("urn")) or best.href
    if not guid:
        return None
    return WirePicture(
        guid=guid,
        caption=reading.line(image.get("caption")) or reading.line(image.get("headline")),
        credit=reading.line(image.get("creditline")),
        href=best.href,
        filename=best.filename,
        width=best.width,
        height=best.height,
        content_type=best.content_type,
        expires=reading.moment(image.get("expires")),
    )


def _rendition(entry: Node) -> WirePicture:
    """size: the longer side, where width and height are not told."""
    address = entry.get("url")
    width = reading.whole(entry.get("width"), low=0, high=10**6, default=0)
    return WirePicture(
        href=reading.web_address(address),
        filename=reading.file_name(address),
        width=width or reading.whole(entry.get("size"), low=0, high=10**6, default=0),
        height=reading.whole(entry.get("height"), low=0, high=10**6, default=0),
        content_type=reading.line(entry.get("mimetype")).lower(),
    )
