"""Lead, dateline and body as the house prints them, from what an agency packs into one text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from articles.text import html

# Words with one blank between them, without a bracket and without anything that means something in HTML or that cleaning would change.
_PLAIN = re.compile(r"[!-%'*-;=-~À-ž„“”‚‘’»«–—…€]+(?: [!-%'*-;=-~À-ž„“”‚‘’»«–—…€]+)*")
_LAYOUT_LINE = re.compile(r'<div class="(?:dat|dateline)">.{0,300}?</div>', re.IGNORECASE | re.DOTALL)
_FIRST_BLOCK = re.compile(r"\s*<(p|h2|h3)>(.{1,400}?)</\1>", re.DOTALL)
_SENTENCE_END = (".", "!", "?", "…", "«", "»", "“", "”", '"', ":")
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)[^<>]*>", re.IGNORECASE | re.ASCII)
_CLOSED_BY_THE_NEXT = {"p", "li", "dt", "dd", "tr", "td", "th", "br", "hr", "img", "col", "input", "meta", "link"}
LONGEST_TITLE = 90
DEEPEST_MARKUP = 200


class Copy(NamedTuple):
    """dateline such as "Jena (wna)"; lead is plain text, body clean HTML without either."""

    dateline: str
    lead: str
    body: str


def arrange(*, headline: str, lead: str, body: str, located: str = "") -> Copy:
    """Take the headline, dateline and lead out of the body wherever they are repeated in it.

    body: clean HTML. A dateline in the text wins over located.
    """
    dateline, body = html.split_dateline(_without_headline(headline, body))
    lead = _without_dateline(lead)
    if _is_cut_off_start(lead, body):
        lead = ""
    shorter = html.drop_repeated_lead(lead, body)
    if lead and not html.plain(shorter).strip() and body:
        return Copy(dateline or located, "", body)  # copy of one paragraph: that is the body
    return Copy(dateline or located, lead, shorter)


def from_markup(markup: str) -> str:
    """Clean HTML of an agency's page-like markup: no head, no figures (pictures come apart), no layout lines."""
    if _is_too_deep(markup):
        return html.clean(_TAG.sub(_flat, markup))
    for tag in ("head", "figure", "script", "style"):
        markup = _without_element(markup, tag)
    return html.clean(_LAYOUT_LINE.sub("", markup))


def title_from(body: str) -> str:
    """A headline for copy that came without: its first sentence, at most 90 signs, cut at a word."""
    start = next(iter(html.paragraphs(body)), "")
    sentence = re.split(r"(?<=[.!?])\s", start, maxsplit=1)[0]
    if len(sentence) <= LONGEST_TITLE:
        return sentence.rstrip(".")
    return sentence[: LONGEST_TITLE - 1].rsplit(" ", 1)[0].rstrip(" ,;:–-") + " …"


def _is_too_deep(markup: str) -> bool:
    """Thousands of tags that nobody closes would keep the cleaning busy for minutes."""
    opened: Counter[str] = Counter()
    for tag in _TAG.finditer(markup):
        name = tag[2].lower()
        opened[name] = max(0, opened[name] - 1) if tag[1] else opened[name] + 1
        if opened[name] > DEEPEST_MARKUP and name not in _CLOSED_BY_THE_NEXT:
            return True
    return False


def _flat(tag: re.Match[str]) -> str:
    return f"<{tag[1]}{tag[2]}>" if tag[2].lower() in {"p", "br"} else " "


def _without_headline(headline: str, body: str) -> str:
    first = _FIRST_BLOCK.match(body)
    if first and headline and _letters(html.flat(first[0])) == _letters(headline):
        return body[first.end() :].lstrip()
    return body


def _without_dateline(lead: str) -> str:
    if not lead or _PLAIN.fullmatch(lead):
        return lead  # nearly always
    return html.plain(html.split_dateline(html.from_text(lead))[1]).strip()


def _is_cut_off_start(lead: str, body: str) -> bool:
    """Some agencies send the first 255 signs of the text as its description."""
    letters = _letters(lead)
    if not letters or lead.endswith(_SENTENCE_END):
        return False
    return _letters(html.plain(body)[: 3 * len(lead)]).startswith(letters)


def _letters(text: str) -> str:
    return "".join(sign for sign in text.casefold() if sign.isalnum())


def _without_element(markup: str, tag: str) -> str:
    return "".join(_outside(markup, re.compile(rf"<(/?){tag}\b[^<>]*>", re.IGNORECASE)))


def _outside(markup: str, tags: re.Pattern[str]) -> Iterator[str]:
    """Text outside these elements; one that is never closed is left to cleaning."""
    start, opened = 0, None
    for tag in tags.finditer(markup):
        if not tag[1] and opened is None:
            opened = tag
        elif tag[1] and opened is not None:
            yield markup[start : opened.start()]
            start, opened = tag.end(), None
    yield markup[start:]
