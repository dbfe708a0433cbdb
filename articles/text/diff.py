"""What has changed between two texts, word by word."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import Final, Literal, NamedTuple

MOST_WORDS: Final = 6000  # of both together; longer texts are compared by paragraphs, for the work grows with the square
_WORDS = re.compile(r"\s+|[^\s]+")
_BLOCKS = re.compile(r"\n+|[^\n]+")


class Change(NamedTuple):
    """A stretch that stands in both texts, only in the first, or only in the second."""

    kind: Literal["same", "gone", "new"]
    text: str


def changes(before: str, after: str) -> list[Change]:
    """In order; all that is not new makes the first text, all that is not gone the second."""
    pattern = _WORDS if len(before) + len(after) < 8 * MOST_WORDS else _BLOCKS
    old, new = pattern.findall(before), pattern.findall(after)
    found: list[Change] = []
    for act, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if act == "equal":
            found.append(Change("same", "".join(old[i1:i2])))
            continue
        found += [Change("gone", "".join(old[i1:i2]))] if i1 < i2 else []
        found += [Change("new", "".join(new[j1:j2]))] if j1 < j2 else []
    return _joined(found)


def _joined(found: list[Change]) -> list[Change]:
    """Words that were changed one after the other are one change: the blanks between them belong to both texts."""
    result: list[Change] = []
    gone = new = ""
    for change in [*found, Change("same", "")]:
        if change.kind == "gone":
            gone += change.text
        elif change.kind == "new":
            new += change.text
        elif (gone or new) and change.text.isspace() and change is not found[-1]:
            gone, new = gone + change.text, new + change.text
        else:
            told = (Change("gone", gone), Change("new", new), change)
            result += [one for one in told if one.text]
            gone = new = ""
    return result
