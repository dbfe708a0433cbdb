"""Takes out of copy the signs nobody sees and nobody wants: controls, writing directions, broken halves."""

from __future__ import annotations

import re
import unicodedata

_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
# Noncharacters FFFE and FFFF would make every XML feed ill-formed; lone surrogates cannot be encoded at all.
_UNWANTED = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]")
_WHITE = re.compile("[ \t\n]+")
BLANKS = " \t\n\u00a0\u2007\u202f"
_SEEN_BY_NOBODY = frozenset({"Cc", "Cf", "Cs", "Cn", "Zs", "Zl", "Zp"})
_LOOK_EMPTY = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u2800\u3164\uffa0")  # letters by name, blank by look


def visible(text: str) -> str:
    """Without controls and bidirectional marks; every kind of line end becomes a line feed."""
    return _UNWANTED.sub("", _LINE_ENDS.sub("\n", text))


def composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def single_blanks(text: str) -> str:
    """White space becomes one blank; no-break spaces stay what they are."""
    return _WHITE.sub(" ", text)


def is_seen(text: str) -> bool:
    """Whether a reader would see anything at all: marks that only join, hide or leave a gap do not count."""
    return any(unicodedata.category(sign) not in _SEEN_BY_NOBODY and sign not in _LOOK_EMPTY for sign in text)
