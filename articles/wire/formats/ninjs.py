"""IPTC ninjs 1.x, 2.x and 3.x: read by shape, whatever generation an item claims to be."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from articles.text import html
from articles.wire import layout, notes, reading
from articles.wire.item import LOWEST_URGENCY, USUAL_URGENCY, Item, Signal, Status, Subject, WirePicture

Node = dict[str, Any]  # one JSON object, its keys in small letters: versionCreated and versioncreated are the same

_STATUS: dict[str, Status] = {"": "usable", "usable": "usable", "canceled": "canceled", "cancelled": "canceled"}
_STATUS |= {"withdrawn": "canceled", "killed": "canceled"}
_PICTURE_KINDS = frozenset({"picture", "image", "photo", "graphic"})
_TEXT_KINDS = frozenset({"", "text", "composite", "article", "story"})
MOST_ASSOCIATED = 500  # pictures and others that are looked at
_MARKUP = re.compile(r"<(?:p|div|section|article|body|br|h[1-6])\b", re.IGNORECASE)


def parse(raw: bytes) -> list[Item]:
    """Return the items of a delivery: one object or a list of them.

    Raises FormatError; of a list its `items` are those that could be read.
    """
    value = reading.load_json(reading.decode(raw, limit=reading.ITEM_LIMIT).strip())
    if isinstance(value, dict):
        return [_item(_node(value))]
    if not isinstance(value, list) or not value:
        raise reading.unreadable(_("Diese Lieferung enthält keine Meldung im Format ninjs."))
    return reading.each(map(_node, value), _item)


def without(raw: bytes, guid: str) -> bytes:
    """The list without the item of that identity, written anew; the others keep every field."""
    value = reading.load_json(reading.decode(raw, limit=reading.ITEM_LIMIT).strip())
    if not isinstance(value, list):
        return b""
    return json.dumps([child for child in value if reading.line(_node(child).get("uri")) != guid]).encode("ascii")


def _node(value: object) -> Node:
    return {str(key).lower(): child for key, child in value.items()} if isinstance(value, dict) else {}


def _nodes(value: object) -> list[Node]:
    """Objects of a list, of a map (ninjs 1.x), or one alone; bare words become objects with that name and value."""
    if isinstance(value, dict) and not {"uri", "value"} & _node(value).keys():
        named = [{"name": key} | _node(child) for key, child in value.items() if isinstance(child, dict)]
        return named or [_node(value)]
    values = value if isinstance(value, list) else [value]
    return [_node(child) if isinstance(child, dict) else {"name": child, "value": child} for child in values if child]


def _first(node: Node, *names: str) -> str:
    return next((text for name in names if (text := reading.line(node.get(name)))), "")


def _item(node: Node) -> Item:
    kind = _kind(node)
    headline = _headline(node, "main") or _first(node, "headline", "title")
    body = _body(node)
    copy = layout.arrange(headline=headline, lead=_lead(node), body=body, located=_first(node, "located"))
    embargo, embargo_unreadable = _embargo(node)
    return Item(
        guid=reading.guid(node.get("uri")),
        version=reading.version(node.get("version")),
        updated=reading.moment(node.get("versioncreated")),
        issued=reading.moment(node.get("firstcreated")),
        embargo=embargo,
        embargo_unreadable=embargo_unreadable,
        expires=reading.moment(node.get("expires")),
        headline=headline,
        subhead=_headline(node, "sub"),
        dateline=copy.dateline,
        lead=copy.lead,
        body=copy.body,
        pictures=_pictures(node, kind=kind),
        kind=kind,
        **_about(node),
    )


def _about(node: Node) -> dict[str, Any]:
    """Everything about the copy that is neither the copy nor its order among deliveries."""
    return {
        "status": _status(node),
        "signal": _signal(node),
        "urgency": reading.whole(node.get("urgency"), low=1, high=LOWEST_URGENCY, default=USUAL_URGENCY),
        "kicker": _first(node, "slugline"),
        "byline": _first(node, "by", "byline"),
        "language": _first(node, "language"),
        "subjects": _subjects(node),
        "keywords": _keywords(node),
        "places": _names(node, "places", "place"),
        "countries": reading.countries(_countries(node)),
        "genres": _names(node, "genres", "genre"),
        "source": _source(node),
        "rights": _rights(node),
        "note": "\n".join(filter(None, [_note(node), *map(_note, _associated(node.get("associations")))])),
    }


def _kind(node: Node) -> str:
    stated = _first(node, "type").lower()
    has_body = any(name == "bodies" or name.startswith("body_") for name in node)
    if stated in _PICTURE_KINDS or (not stated and not has_body and "renditions" in node):
        return "picture"
    if not has_body and any(name.startswith("event") for name in node):
        return "event"
    return "text" if stated in _TEXT_KINDS else stated


def _status(node: Node) -> Status:
    """Missing means usable; a word nobody knows means: not for readers until somebody has looked."""
    value = node.get("pubstatus")
    stated = "" if value is None else reading.line(value) or "unknown"
    return _STATUS.get(re.split("[:/]", stated.lower())[-1], "withheld")


def _embargo(node: Node) -> tuple[datetime | None, bool]:
    return reading.embargo([node.get("embargoed"), node.get("embargoeduntil")], note=_note(node))


def _headline(node: Node, role: str) -> str:
    entries = _nodes(node.get("headlines"))
    fitting = [entry for entry in entries if role in _first(entry, "role").lower()]
    if not fitting and role == "main":
        fitting = [entry for entry in entries if "sub" not in _first(entry, "role").lower()]
    return next((text for entry in fitting if (text := _plain(entry))), "")


def _plain(entry: Node) -> str:
    value = reading.block(entry.get("value"))
    return reading.line(html.plain(layout.from_markup(value)) if "html" in _first(entry, "contenttype") else value)


def _lead(node: Node) -> str:
    entries = [entry for entry in _nodes(node.get("descriptions")) if _first(entry, "role") != "caption"]
    return next((text for entry in entries if (text := _plain(entry))), "") or _old_description(node)


def _old_description(node: Node) -> str:
    marked_up = reading.block(node.get("description_html")) or reading.block(node.get("description_xhtml"))
    return _first(node, "description_text") or reading.line(html.plain(layout.from_markup(marked_up)))


def _body(node: Node) -> str:
    """Clean HTML of the best text: markup before plain text; other kinds of XML are not for readers."""
    texts = [(kind, text) for kind, text in _texts(node) if text.strip()]
    marked_up = next((text for kind, text in texts if kind == "html"), "")
    plain = next((text for kind, text in texts if kind == "text"), "")
    return layout.from_markup(marked_up) or html.from_text(plain)


def _texts(node: Node) -> Iterator[tuple[str, str]]:
    for entry in _nodes(node.get("bodies")):
        text = reading.block(entry.get("value"))
        yield _text_kind(_first(entry, "contenttype").lower(), text), text
    for name in ("body_html", "body_xhtml", *sorted(name for name in node if name.startswith("body_"))):
        text = reading.block(node.get(name))
        yield ("html" if "html" in name else "text" if name == "body_text" else "other"), text


def _text_kind(content_type: str, text: str) -> str:
    if "html" in content_type or (not content_type and _MARKUP.search(text)):
        return "html"
    return "text" if content_type in {"", "text/plain"} else "other"


def _signal(node: Node) -> Signal:
    """What the agency says of this take; ninjs 1.x has no field for it, only the first word of its note."""
    entries = [entry for entry in _nodes(node.get("altids")) if _first(entry, "role").lower() == "signal"]
    entries += _nodes(node.get("signal")) + _nodes(node.get("signals"))
    said = [_first(entry, "value", "uri", "literal", "name").lower().removeprefix("sig:") for entry in entries]
    if "correction" in said or notes.is_correction(_note(node)):
        return "correction"
    return "update" if "update" in said else ""


def _subjects(node: Node) -> tuple[Subject, ...]:
    entries = [*_nodes(node.get("subjects")), *_nodes(node.get("subject"))]
    subjects = [Subject(code, _first(entry, "name")) for entry in entries if (code := _code(entry))]
    return tuple(dict.fromkeys(subjects))[: reading.MOST_TAGS]


def _code(entry: Node) -> str:
    code, scheme = _first(entry, "code", "literal"), _first(entry, "scheme")
    if scheme and code:
        code = f"{scheme}{code}" if scheme.endswith(("/", ":", "#")) else f"{scheme}:{code}"
    return reading.topic(_first(entry, "uri", "qcode") or code)


def _keywords(node: Node) -> tuple[str, ...]:
    entries = [entry for name in ("keywords", "keyword") for entry in _nodes(node.get(name))]
    entries += [entry for name in ("subjects", "subject") for entry in _nodes(node.get(name)) if not _code(entry)]
    return reading.tags(word.strip() for entry in entries for word in re.split("[,;]", _first(entry, "name")))


def _names(node: Node, *fields: str) -> tuple[str, ...]:
    return reading.tags(_first(entry, "name") for field in fields for entry in _nodes(node.get(field)))


def _countries(node: Node) -> Iterator[str]:
    for place in (place for field in ("places", "place") for place in _nodes(node.get(field))):
        scheme, code = _first(place, "scheme", "uri"), _first(place, "code", "qcode", "uri")
        if re.search(r"iso3166-1|country", f"{scheme} {code}", re.IGNORECASE):
            yield re.split("[:/]", code)[-1]


def _source(node: Node) -> str:
    entries = sorted(_nodes(node.get("infosources")), key=lambda entry: entry.get("role") != "source")
    return next((name for entry in entries if (name := _first(entry, "name"))), "") or _first(node, "copyrightholder")


def _rights(node: Node) -> str:
    linked = _first(_node(node.get("rightsinfo")), "linkedrights")
    stated = [_first(node, "copyrightnotice"), _first(node, "usageterms"), linked]
    return " – ".join(dict.fromkeys(text for text in stated if text))


def _note(node: Node) -> str:
    entries = [*_nodes(node.get("ednote")), *_nodes(node.get("ednotes"))]
    return "\n".join(dict.fromkeys(text for entry in entries if (text := _first(entry, "value", "ednote", "name"))))


def _pictures(node: Node, *, kind: str) -> tuple[WirePicture, ...]:
    associated = _associated(node.get("associations"))
    associated = [candidate for candidate in associated if _is_usable_picture(candidate)]
    pictures = [_picture(candidate) for candidate in ([node, *associated] if kind == "picture" else associated)]
    return tuple(dict.fromkeys(pictures))[: reading.MOST_PICTURES]


def _associated(value: object) -> list[Node]:
    """Associations of a list or a map; the one named as feature or main picture comes first."""
    listed = [child for child in value.values() if isinstance(child, list)] if isinstance(value, dict) else []
    nodes = [*_nodes(value), *(node for children in listed for node in _nodes(children))]
    return sorted(nodes[:MOST_ASSOCIATED], key=lambda node: not _first(node, "name").lower().startswith(("feature", "main")))


def _is_usable_picture(node: Node) -> bool:
    return _kind(node) == "picture" and _status(node) == "usable"


def _picture(node: Node) -> WirePicture:
    shapes = [_rendition(entry) for entry in _nodes(node.get("renditions"))]
    images = [shape for shape in shapes if not shape.content_type or shape.content_type.startswith("image/")]
    best = reading.best_rendition(images) or _rendition(node)
    caption = next((text for entry in _nodes(node.get("descriptions")) if (text := _plain(entry))), "")
    return WirePicture(
        guid=_first(node, "uri") or best.href,
        caption=caption or _old_description(node),
        credit=_first(node, "by", "byline", "creditline", "copyrightnotice", "copyrightholder"),
        href=best.href,
        filename=best.filename,
        width=best.width,
        height=best.height,
        content_type=best.content_type,
        expires=reading.moment(node.get("expires")),
        alt=_first(node, "alttext", "alt"),
    )


def _rendition(entry: Node) -> WirePicture:
    address = entry.get("href")
    return WirePicture(
        href=reading.web_address(address),
        filename=reading.file_name(address),
        width=reading.whole(entry.get("width"), low=0, high=10**6, default=0),
        height=reading.whole(entry.get("height"), low=0, high=10**6, default=0),
        content_type=_first(entry, "contenttype", "mimetype").lower(),
    )
