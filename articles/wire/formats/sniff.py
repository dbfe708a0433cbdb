"""Which format a delivery is in, told by its content and never by its name, and who reads it."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.utils.translation import gettext as _

from articles.wire import reading
from articles.wire.formats import digitalwires, feed, iptc7901, newsml, ninjs, nitf
from articles.wire.item import FormatError, Item

PARSERS: dict[str, Callable[[bytes], list[Item]]] = {
    "ninjs": ninjs.parse, "digitalwires": digitalwires.parse, "newsml": newsml.parse, "nitf": nitf.parse,
    "iptc7901": iptc7901.parse, "feed": feed.parse,
}  # fmt: skip
WITHOUT: dict[str, Callable[[bytes, str], bytes]] = {
    "ninjs": ninjs.without, "digitalwires": digitalwires.without, "newsml": newsml.without, "iptc7901": iptc7901.without,
}  # fmt: skip

_FEEDS = ("rss", "feed", "rdf")
_NEWSML = ("newsmessage", "newsitem", "packageitem", "planningitem", "conceptitem", "knowledgeitem", "contentset")
_ROOTS = dict.fromkeys(_FEEDS, "feed") | dict.fromkeys(_NEWSML, "newsml") | {"nitf": "nitf"}
_BEFORE_ROOT = re.compile(r"\s*(?:<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^<>\[]*(?:\[[^\]]*\])?\s*>)", re.DOTALL)
_ROOT = re.compile(r"\s*<(?:[\w.-]+:)?([A-Za-z][\w.-]*)")
_TELEX_HEADER = re.compile(rb"\s*\x01?[a-z]{3}\d{4} \d [a-z]{2} ")
_NINJS_KEYS = {"uri", "pubstatus", "versioncreated", "bodies", "headlines", "body_html", "body_text", "standard"}
_LONGEST_PROLOG = 100_000


def detect(raw: bytes) -> str:
    """ "ninjs", "feed", "newsml", "nitf", "digitalwires", "iptc7901" or "unknown"."""
    try:
        return _detected(raw)
    except FormatError:
        return "unknown"


def parse(raw: bytes) -> list[Item]:
    """Return the items of a delivery in whatever format it is. Raises FormatError."""
    name = _detected(raw)
    if name in PARSERS:
        return PARSERS[name](raw)
    raise reading.unreadable(_("Das Format dieser Lieferung ist nicht zu erkennen. Bitte prüfen Sie die Datei."))


def without(raw: bytes, guid: str) -> bytes:
    """A delivery of several items without one of them; nothing at all where one cannot be told from its neighbours."""
    name = detect(raw)
    return WITHOUT[name](raw, guid) if name in WITHOUT else b""


def is_empty(raw: bytes) -> bool:
    """Whether it can be read and says that there is nothing."""
    try:
        return not parse(raw)
    except FormatError:
        return False


def receipts(raw: bytes) -> list[str]:
    """What the sender wants to hear once the delivery is safe; nothing in most formats."""
    return digitalwires.receipts(raw) if detect(raw) == "digitalwires" else []


def _detected(raw: bytes) -> str:
    if raw.startswith(b"\x01") or _TELEX_HEADER.match(raw[:100]):
        return "iptc7901"
    text = reading.decode(raw, limit=reading.FEED_LIMIT).lstrip()
    return _detect_json(text) if text.startswith(("{", "[")) else _detect_xml(text[:_LONGEST_PROLOG])


def _detect_json(text: str) -> str:
    value = reading.load_json(text)
    if isinstance(value, list):
        value = next((child for child in value if isinstance(child, dict)), None)
    if not isinstance(value, dict):
        return "unknown"
    keys = {str(key).lower() for key in value}
    if digitalwires.is_queue(value) or str(value.get("format")).startswith("digitalwires") or {"urn", "article_html"} <= keys:
        return "digitalwires"
    if str(value.get("version")).startswith("https://jsonfeed.org/version/"):
        return "feed"
    return "ninjs" if keys & _NINJS_KEYS else "unknown"


def _detect_xml(text: str) -> str:
    position = 0
    while found := _BEFORE_ROOT.match(text, position):
        position = found.end()
    root = _ROOT.match(text, position)
    return _ROOTS.get(root[1].lower(), "unknown") if root else "unknown"
