"""Where a German sentence ends, and how copy is cut there."""

from __future__ import annotations

import re

_END = re.compile(r"(?<![.!?…])[.!?…]+[\"“”»«’‘›‹')\]]*(?=\s)")
_WORD_BEFORE = re.compile(r"[^\s(\[„“»«\"‚'›‹]*\Z")
_LONGEST_WORD = 24
_SHORT_WORDS = (  # single letters («z. B.») need no entry
    "abs bd bspw bzgl bzw ca dipl dr einschl engl etc evtl exkl ff frz fr gebr ggf ggü hl hr hrsg ing inkl jh jhd jr "
    "kath lt mind mio mr mrd mrs ms nr obb pfr phil prof rd rer sog sr st std stellv str tel tsd usf usw vgl vs "
    "ziff zit zzgl jan feb apr aug sep sept okt nov dez ev geb gest verh co corp inc ltd"
)
_ABBREVIATIONS = frozenset(_SHORT_WORDS.split())


def excerpt(text: str, *, low: int = 300, high: int = 500) -> str:
    """Copy cut at the last sentence end between low and high signs, else between two words with « …»."""
    if len(text) <= high:
        return text
    end = _last_sentence_end(text[: high + 1], low=low)
    return text[:end] if end else _cut_between_words(text, limit=high)


def _last_sentence_end(window: str, *, low: int) -> int:
    ends = [found.end() for found in _END.finditer(window) if found.end() >= low and _ends_sentence(window, found)]
    return ends[-1] if ends else 0


def _ends_sentence(text: str, found: re.Match[str]) -> bool:
    following = text[found.end() :].lstrip()[:1]
    if following.islower():
        return False
    if found.group()[0] != "." or found.group().startswith(".."):
        return True
    return not _is_abbreviated(text[max(0, found.start() - _LONGEST_WORD) : found.start()])


def _is_abbreviated(before: str) -> bool:
    """Whether the full stop after this text belongs to its last word: «z. B.», «Dr.», «3.»."""
    match = _WORD_BEFORE.search(before)
    word = match.group().rpartition(".")[2] if match else ""
    if word.isdigit():
        return len(word) <= 2
    return len(word) == 1 or word.lower() in _ABBREVIATIONS


def _cut_between_words(text: str, *, limit: int) -> str:
    room = max(0, limit - 2)
    start = text[:room]
    if not text[room : room + 1].isspace():
        words = re.match(r"(?s)(.*\S)\s", start)
        start = words.group(1) if words else start
    return start.rstrip(" \t\n\u00a0,;:–-") + " …"
