"""Takes out of copy the signs nobody sees and nobody wants: controls, writing directions, broken halves."""

from __future__ import annotations

import re
import unicodedata

_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
# Noncharacters FFFE and FFFF would make every XML feed ill-formed; lone surrogates cannot be encoded at all.
_UNWANTED = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]")
_WHITE = re.compile("[ \t\n]+")
BLANKS = " \t\n\u00a0\u2007\u202f"


def visible(text: str) -> str:
    """Without controls and bidirectional marks; every kind of line end becomes a line feed."""
    return _UNWANTED.sub("", _LINE_ENDS.sub("\n", text))


def composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def single_blanks(text: str) -> str:
    """White space becomes one blank; no-break spaces stay what they are."""
    return _WHITE.sub(" ", text)
