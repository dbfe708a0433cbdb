"""Quotation marks of the house, dashes and blanks: how copy is printed, never how it is stored."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from articles.text.signs import BLANKS, composed, is_seen, single_blanks, visible

AS_DELIVERED = "as-delivered"
Marks = tuple[str, str]  # what opens and what closes
STYLES: dict[str, tuple[Marks, Marks]] = {  # around a quotation, and around one inside it
    "german": (("„", "“"), ("‚", "‘")),
    "guillemets": (("»", "«"), ("›", "‹")),
    "swiss": (("«", "»"), ("‹", "›")),
}
QUOTE_CHARACTERS = "\"'„“”«»‚‘’‹›"

_CLOSERS = {"„": '“”"', "“": '”"', "”": "”", '"': '"“”', "«": "»", "»": "«", "‚": "‘’'", "‘": "’'", "'": "'’", "‹": "›", "›": "‹"}
_SINGLE = frozenset("'‚‘’‹›")
_ALWAYS_OPENS = frozenset("„‚")
_BEFORE_OPENING = frozenset(BLANKS + "([{–—-/…")
_AFTER_CLOSING = frozenset(BLANKS + ".,;:!?)]}")
_LOOK_BACK = 4  # open marks looked through for the one that closes: keeps hostile copy cheap

_TOKEN = re.compile(r"<[a-zA-Z/!?][^<>]*>")
_TAG_NAME = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]*)")
_INLINE_TAGS = "a abbr b br cite code em i kbd mark q s small span strong sub sup time u wbr"
_INLINE = frozenset(_INLINE_TAGS.split())
_ENTITY = re.compile(r"&(?:quot|nbsp|[lr]aquo|[lr]saquo|[lrbs][ds]quo|#39|#34|#x27);")
_MASK = "x"
_QUOTE = re.compile(f"[{QUOTE_CHARACTERS}]")


def quotes(text: str, *, style: str) -> str:
    """Plain text with the house's quotation marks; marks without partner and apostrophes stay."""
    if _is_as_delivered(style):
        return text
    return "\n".join(_converted(line, style=style) for line in text.split("\n"))


def quotes_html(html: str, *, style: str) -> str:
    """The same for clean HTML: a quotation may run through inline tags but not into the next block."""
    if _is_as_delivered(style):
        return html
    return "".join(printed for block in _blocks(html) for printed in _converted_block(block, style=style))


def headline(text: str) -> str:
    """On one line, with a no-break space before an en dash so that no line starts with it."""
    return one_line(text).replace(" –", "\u00a0–")


def one_line(text: str) -> str:
    """Without controls and line ends, single blanks, composed letters; no-break spaces stay. Empty if nobody sees any of it."""
    line = composed(single_blanks(visible(text)).strip(BLANKS))
    return line if is_seen(line) else ""


def _is_as_delivered(style: str) -> bool:
    if style != AS_DELIVERED and style not in STYLES:
        raise ValueError(f"unknown style of quotation marks: {style!r}")
    return style == AS_DELIVERED


def _converted(text: str, *, style: str) -> str:
    """Of the same length: every sign is replaced by one sign."""
    signs = list(text)
    double, single = STYLES[style]
    for start, end, level in _nested(_pairs(text)):
        signs[start], signs[end] = single if level % 2 else double
    return "".join(signs)


def _nested(pairs: list[tuple[int, int]]) -> Iterator[tuple[int, int, int]]:
    """Pairs with the number of pairs around each."""
    ends: list[int] = []
    for start, end in sorted(pairs):
        while ends and ends[-1] < start:
            ends.pop()
        yield start, end, len(ends)
        ends.append(end)


def _pairs(text: str) -> list[tuple[int, int]]:
    """Positions of marks that open and close one quotation."""
    pairs: list[tuple[int, int]] = []
    waiting: list[int] = []
    for found in _QUOTE.finditer(text):
        at, sign = found.start(), found.group()
        if _is_apostrophe(text, at):
            continue
        partner = _partner(text, waiting, sign)
        if _opens(text, at, waiting, has_partner=partner is not None):
            waiting.append(at)
        elif partner is not None:
            pairs.append((waiting[partner], at))
            del waiting[partner:]
    return pairs


def _partner(text: str, waiting: list[int], sign: str) -> int | None:
    """Which of the waiting marks this one closes; a single mark never closes across a double one."""
    for number in range(len(waiting) - 1, max(-1, len(waiting) - 1 - _LOOK_BACK), -1):
        opener = text[waiting[number]]
        if sign in _CLOSERS[opener]:
            return number
        if sign in _SINGLE and opener not in _SINGLE:
            return None
    return None


def _opens(text: str, at: int, waiting: list[int], *, has_partner: bool) -> bool:
    sign, before, after = text[at], text[at - 1 : at], text[at + 1 : at + 2]
    if sign == "’" or (sign in _SINGLE and not waiting):
        return False
    if sign in _ALWAYS_OPENS:
        return True
    starts_here = not before or before in _BEFORE_OPENING or (bool(waiting) and waiting[-1] == at - 1)
    if starts_here and after and after not in _AFTER_CLOSING:
        return True
    return starts_here and not has_partner and sign in "«»" and after in BLANKS and bool(after)


def _is_apostrophe(text: str, at: int) -> bool:
    return text[at] in "'’‘" and text[at - 1 : at].isalnum() and text[at + 1 : at + 2].isalnum()


def _blocks(html: str) -> Iterator[list[str]]:
    """Texts and tags in turn, cut into the stretches through which a quotation may run."""
    block: list[str] = []
    place = 0
    for tag in _TOKEN.finditer(html):
        block += [html[place : tag.start()], tag.group()]
        place = tag.end()
        if _name(tag.group()) not in _INLINE:
            yield [*block, ""]
            block = []
    yield [*block, html[place:]]


def _converted_block(block: list[str], *, style: str) -> Iterator[str]:
    """Texts stand at even places, tags at odd ones."""
    tags = block[1::2]
    codes = list(_in_code(tags))
    texts = [_ENTITY.sub(_sign_of, text) for text in block[::2]]
    shown = [_MASK * len(text) if is_code else text for text, is_code in zip(texts, codes, strict=True)]
    breaks = [" " if _name(tag) == "br" else "" for tag in tags] + [""]
    converted = _converted("".join(map("".join, zip(shown, breaks, strict=True))), style=style)
    place = 0
    for number, text in enumerate(texts):
        yield block[2 * number] if codes[number] else converted[place : place + len(text)]
        yield from tags[number : number + 1]
        place += len(text) + len(breaks[number])


def _in_code(tags: list[str]) -> Iterator[bool]:
    """For each text around these tags: does it stand in code, where signs mean what they are."""
    depth = 0
    yield False
    for tag in tags:
        if _name(tag) == "code":
            depth = max(0, depth + (-1 if tag.startswith("</") else 1))
        yield depth > 0


def _name(tag: str) -> str:
    found = _TAG_NAME.match(tag)
    return found.group(1).lower() if found else ""


def _sign_of(entity: re.Match[str]) -> str:
    return unescape(entity.group())
