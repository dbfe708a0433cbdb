"""How good a kept page still is, by what was announced since before it was made."""

from __future__ import annotations

from enum import IntEnum

from newsroom.pagecache.counters import FLOOR, HARD, SOFT
from newsroom.pagecache.entry import Entry


class Standing(IntEnum):
    """FRESH: show it. OUTDATED: show it while one makes it anew. EXPIRED: only if that fails. DEAD: never again."""

    FRESH = 0
    OUTDATED = 1
    EXPIRED = 2
    DEAD = 3


def compared(entry: Entry, words: memoryview, generation: int) -> Standing:
    """Whether anything the page hangs on has changed since before it was made."""
    if entry.born < words[FLOOR]:
        return Standing.DEAD
    if entry.slots is None:
        return Standing.FRESH if entry.born == generation else Standing.DEAD
    if any(words[HARD + number] > entry.born for number in entry.slots):
        return Standing.DEAD
    return Standing.OUTDATED if any(words[SOFT + number] > entry.born for number in entry.slots) else Standing.FRESH
