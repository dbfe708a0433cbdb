"""XML written so that no text can leave its place or make it ill-formed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

# All that XML 1.0 has no place for, however it is written: controls, halves of signs, the two last of the first plane.
IMPOSSIBLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
DECLARATION = '<?xml version="1.0" encoding="utf-8"?>\n'
LINE_END = {"\r": "&#13;"}  # a parser would make a line feed of it


class Xml(str):
    """Ready XML; every other string is text."""

    __slots__ = ()


def element(name: str, *inside: str, **attributes: str) -> Xml:
    """One element. inside: text, or elements. attributes: `xml_lang` is written as xml:lang."""
    written = "".join(f" {key.replace('_', ':')}={quoteattr(clean(value))}" for key, value in attributes.items())
    if not inside:
        return Xml(f"<{name}{written}/>")
    return Xml(f"<{name}{written}>{''.join(map(content, inside))}</{name}>")


def content(part: str) -> str:
    return part if isinstance(part, Xml) else escape(clean(part), LINE_END)


def clean(text: str) -> str:
    return IMPOSSIBLE.sub("", text)


def elements(name: str, texts: Iterable[str]) -> Xml:
    """One element for each text."""
    return Xml("".join(element(name, text) for text in texts))
