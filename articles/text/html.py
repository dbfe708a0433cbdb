"""Clean HTML of articles: the allow-list, its plain text, and what agencies put in front of their copy."""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape, unescape

from articles.text import inline, markup
from articles.text.sentences import excerpt

__all__ = [
    "clean",
    "drop_repeated_lead",
    "excerpt",
    "flat",
    "from_text",
    "paragraphs",
    "plain",
    "reading_minutes",
    "split_dateline",
    "words",
]

WORDS_PER_MINUTE = 220
_OPENING = re.compile(r"<p>(.*?)</p>", re.DOTALL)
_TAG = re.compile(r"</?([a-zA-Z0-9]+)[^<>]*>")
_WORD = re.compile(r"\S*[^\W_]\S*")
_BESIDES_WORDS = re.compile(r"[\s\"'„“”‚‘’«»‹›]+")
_DATELINE = re.compile(
    r"(?P<place>[A-ZÀ-Þ][^()\[\]!?:;\"„“»«]{0,59}?)[ \u00a0]?\((?P<agency>[^\W\d_]{2,12}(?:[/-][^\W\d_]{1,12}){0,3})\)"
    r"[ \u00a0]*(?:[–—][ \u00a0]*|-(?:[ \u00a0]+|\Z))"
)
_WITHIN_PLACES = "a. am an auf bei d. da das de del der des di do du el im in la le los of ob und vor zu"
# «Angela Merkel (CDU) – die Kanzlerin …» opens with a person, not with a place.
_NO_AGENCIES = "cdu csu spd fdp afd bsw ssw npd grüne linke övp fpö spö neos svp eu usa uno"


LONGEST_KNOWN = 50_000  # signs


def clean(html: str) -> str:
    """Only what the house prints, as paragraphs. Cleaning clean HTML changes nothing."""
    return markup.write(markup.read(html))


def from_text(text: str) -> str:
    """Plain text as paragraphs; a blank line parts them, a single line feed is a blank."""
    return clean(escape(text, quote=False))


def paragraphs(html: str) -> list[str]:
    """The text of each block, also of list items and cells, without any HTML."""
    return list(_paragraphs(html) if len(html) <= LONGEST_KNOWN else _paragraphs.__wrapped__(html))


@lru_cache(maxsize=16)
def _paragraphs(html: str) -> tuple[str, ...]:
    """The last few are known: on its way to the readers the same text is looked at half a dozen times."""
    return tuple(inline.text_of(leaf.lines) for leaf in markup.leaves(markup.read(html)))


def plain(html: str) -> str:
    """The copy on one line; exactly one blank between two blocks."""
    return " ".join(paragraphs(html))


def drop_repeated_lead(lead: str, html: str) -> str:
    """The body without its first paragraph if that says the lead again, else the body as it is."""
    folded = _folded(lead)
    opening = _OPENING.match(html)
    if not folded or (opening and _folded(unescape(_TAG.sub("", opening[1]))) != folded):
        return html  # nearly always, and without reading all of it
    root = markup.read(html)
    first = _first_paragraph(root)
    if first is None or _folded(inline.text_of(first.lines)) != folded:
        return html
    root.children.remove(first)
    return markup.write(root)


def split_dateline(html: str) -> tuple[str, str]:
    """("Washington (dpa)", body without it), or ("", body) where the copy opens with no dateline."""
    opening = _OPENING.match(html)
    if opening and "(" not in unescape(opening[1]):
        return "", html  # nearly always, and without reading all of it
    root = markup.read(html)
    first = _first_paragraph(root)
    found = _DATELINE.match(inline.text_of(first.lines)) if first else None
    if first is None or found is None or not _is_dateline(found["place"], found["agency"]):
        return "", html
    first.lines = inline.without_start(first.lines, signs=found.end())
    if not first.lines:
        root.children.remove(first)
    return f"{found['place'].strip()} ({found['agency']})", markup.write(root)


def words(html: str) -> int:
    """How many words readers read; a dash between blanks is none."""
    return sum(any(map(str.isalnum, word)) for word in plain(html).split())


def reading_minutes(html: str) -> int:
    """For clean HTML, whose words can be counted without reading its structure."""
    return max(1, round(len(_WORD.findall(flat(html))) / WORDS_PER_MINUTE))


def flat(html: str) -> str:
    """The words of clean HTML, with nothing to tell where a block ends: quicker than to read its structure."""
    return unescape(_TAG.sub(_blank, html))


def sponsored(html: str) -> str:
    """Clean HTML whose links were paid for; only a link begins like this there."""
    return html.replace('<a href="', '<a rel="sponsored" href="')


def _blank(tag: re.Match[str]) -> str:
    """Marks stand within words, everything else between them."""
    return "" if tag[1].lower() in inline.MARK_ORDER else " "


def _is_dateline(place: str, agency: str) -> bool:
    """Places are written with capitals: «Der Präsident sprach (lange) – …» is a sentence."""
    small = _WITHIN_PLACES.split()
    is_place = all(word[0].isupper() or word in small for word in place.split())
    return is_place and agency.lower() not in _NO_AGENCIES.split()


def _first_paragraph(root: markup.Block) -> markup.Block | None:
    first = root.children[0] if root.children else None
    return first if first and first.tag == "p" else None


def _folded(text: str) -> str:
    return _BESIDES_WORDS.sub("", text).casefold()
