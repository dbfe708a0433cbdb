"""NITF 3.x: one news item a file."""

from __future__ import annotations

import re
from typing import Any
from xml.etree.ElementTree import Element

from django.utils.translation import gettext as _

from articles.wire import elements, layout, nitf_text, notes, reading
from articles.wire.item import LOWEST_URGENCY, USUAL_URGENCY, Item, Signal, Status, Subject

_STATUS: dict[str, Status] = {"": "usable", "usable": "usable", "embargoed": "usable", "withheld": "withheld"}
_STATUS |= {"canceled": "canceled", "cancelled": "canceled", "withdrawn": "canceled", "killed": "canceled"}
_WORLDWIDE = re.compile(r"(?:urn|tag|https?)[:-]", re.IGNORECASE)
_SUBJECT_CODE = re.compile(r"\d{8}\Z")


def parse(raw: bytes) -> list[Item]:
    """Return the one item of a file. Raises FormatError."""
    document = elements.read(raw, limit=reading.ITEM_LIMIT)
    if document.root.tag != "nitf":
        raise reading.unreadable(_("Diese Lieferung ist kein NITF."))
    return [_item(document.root, is_repaired=document.is_repaired)]


def _item(root: Element, *, is_repaired: bool) -> Item:
    data, text = root.find("head/docdata"), nitf_text.read(root.find("body"))
    headline = text.headline or elements.first(root, "head/title")
    copy = layout.arrange(headline=headline, lead=text.lead, body=text.body, located=text.dateline)
    note = "\n".join(filter(None, [elements.attribute(data, "ed-msg", "info"), text.note]))
    embargo, embargo_unreadable = _embargo(data, note)
    return Item(
        guid=_guid(data),
        version=reading.version(elements.attribute(data, "du-key", "version")),
        updated=_stamp(root),
        status=_status(data),
        signal=_signal(data, note),
        embargo=embargo,
        embargo_unreadable=embargo_unreadable,
        expires=reading.moment(elements.attribute(data, "date.expire", "norm")),
        headline=headline,
        subhead=text.subhead,
        lead=copy.lead,
        byline=text.byline,
        dateline=copy.dateline,
        body=copy.body,
        pictures=text.pictures,
        note=note,
        kind="picture" if text.pictures and not copy.body else "text",
        is_repaired=is_repaired,
        **_about(root, data, text),
    )


def _about(root: Element, data: Element | None, text: nitf_text.Text) -> dict[str, Any]:
    """What is said about the copy."""
    return {
        "urgency": reading.whole(elements.attribute(data, "urgency", "ed-urg"), low=1, high=LOWEST_URGENCY, default=USUAL_URGENCY),
        "kicker": text.kicker or _slugline(data),
        "language": elements.language(root) or elements.attribute(root, ".", "baselang"),
        "subjects": _subjects(root),
        "keywords": _keywords(data),
        "places": _places(data),
        "countries": reading.countries(place.get("iso-cc") for place in elements.found(data, "evloc")),
        "genres": _genres(root),
        "source": text.source or elements.attribute(data, "doc-id", "regsrc"),
        "rights": _rights(data),
    }


def _guid(data: Element | None) -> str:
    """The id is the agency's own; one that is not unique in the world gets the agency's name before it."""
    found = reading.steady(elements.attribute(data, "doc-id", "id-string"))
    source = elements.attribute(data, "doc-id", "regsrc")
    return reading.guid(f"{source}:{found}" if found and source and not _WORLDWIDE.match(found) else found)


def _stamp(root: Element) -> reading.Moment:
    issued = elements.attribute(root, "head/docdata/date.issue", "norm")
    return reading.moment(issued) or reading.moment(elements.attribute(root, "head/pubdata", "date.publication"))


def _status(data: Element | None) -> Status:
    """Missing means usable; a word nobody knows means: not for readers until somebody has looked."""
    return _STATUS.get(elements.attribute(data, ".", "management-status").lower(), "withheld")


def _signal(data: Element | None, note: str) -> Signal:
    stated = elements.attribute(data, "ed-msg", "msg-type").lower()
    if "correct" in stated or notes.is_correction(note):
        return "correction"
    return "update" if "update" in stated else ""


def _embargo(data: Element | None, note: str) -> tuple[reading.Moment, bool]:
    """`date.release`; who says «embargoed» and not until when leaves it to an editor."""
    stated = elements.attribute(data, "date.release", "norm")
    is_embargoed = elements.attribute(data, ".", "management-status").lower() == "embargoed"
    embargo, is_unreadable = reading.embargo([stated], note=note)
    return embargo, is_unreadable or (is_embargoed and embargo is None)


def _slugline(data: Element | None) -> str:
    """«Unfälle/Verkehr/Brücken»; a key without parts is a file's name, nothing for people."""
    key = elements.attribute(data, "du-key", "key")
    return key if "/" in key else ""


def _subjects(root: Element) -> tuple[Subject, ...]:
    """Of the Subject Codes, predecessors of the Media Topics."""
    found = []
    for element in elements.found(root, "head/tobject/tobject.subject"):
        number = elements.attribute(element, ".", "tobject.subject.refnum")
        name = elements.attribute(element, ".", *(f"tobject.subject.{part}" for part in ("detail", "matter", "type")))
        code = f"subj:{number}" if _SUBJECT_CODE.match(number) else ""
        found += [Subject(code, name)] if code or name else []
    return tuple(dict.fromkeys(found))[: reading.MOST_TAGS]


def _keywords(data: Element | None) -> tuple[str, ...]:
    """Some agencies pack several into one: «Auszeichnungen/Film/Niedersachsen/»."""
    keys = [reading.line(element.get("key")) for element in elements.found(data, "key-list/keyword")]
    return reading.tags(word.strip() for key in keys for word in key.split("/"))


def _places(data: Element | None) -> tuple[str, ...]:
    named = ("city", "county-dist", "state-prov", "world-region")
    return reading.tags(reading.line(place.get(name)) for place in elements.found(data, "evloc") for name in named)


def _genres(root: Element) -> tuple[str, ...]:
    properties = elements.found(root, "head/tobject/tobject.property")
    return reading.tags(reading.line(element.get("tobject.property.type")) for element in properties)


def _rights(data: Element | None) -> str:
    return elements.attribute(data, "doc.copyright", "holder")
