"""How good a kept page still is, by what was announced since before it was made."""

from __future__ import annotations

from enum import IntEnum
from typing import Final

from newsroom.pagecache.counters import FLOOR, GENERATION, HARD, SOFT, Counters
from newsroom.pagecache.entry import DAY, Entry

TRUSTED_ALONE: Final = 1.0  # seconds that a page is good for while the other machines are out of reach
GRACE: Final = 1.0  # seconds after it was last right that a page is shown while one makes it anew


class Standing(IntEnum):
    """FRESH: show it. OUTDATED: show it while one makes it anew. EXPIRED: only if that fails. DEAD: never again."""

    FRESH = 0
    OUTDATED = 1
    EXPIRED = 2
    DEAD = 3


class Judge:
    """lost_after: seconds without word from other machines, if there are any."""

    def __init__(self, counters: Counters, lost_after: float | None) -> None:
        self._counters = counters
        self._lost_after = lost_after

    def standing(self, entry: Entry, now: float) -> Standing:
        """How good a kept page still is."""
        words = self._counters.words
        generation = words[GENERATION]
        if entry.until is not None and now >= entry.until:
            return Standing.DEAD
        if entry.checked != generation:
            standing = compared(entry, words, generation)
            if standing != Standing.FRESH:
                return self._overtaken(entry, standing, now)
            entry.checked = generation
        if self._lost_after is not None and self._is_alone(entry, now):
            return Standing.EXPIRED
        if now < entry.fresh_until:
            return Standing.FRESH
        if now - entry.made >= DAY:
            return Standing.DEAD
        return Standing.OUTDATED if entry.fresh_until else Standing.EXPIRED

    def _overtaken(self, entry: Entry, standing: Standing, now: float) -> Standing:
        """How good a page still is that a change has overtaken: nobody knows how long ago, only when it was last right."""
        if standing == Standing.DEAD or now - entry.made >= DAY:
            return Standing.DEAD
        is_late = now - entry.seen > GRACE or (self._lost_after is not None and self._is_alone(entry, now))
        return Standing.EXPIRED if is_late else Standing.OUTDATED

    def _is_alone(self, entry: Entry, now: float) -> bool:
        """Others may have withdrawn it and could not tell us."""
        return abs(now - self._counters.heard()) > (self._lost_after or 0) and abs(now - entry.made) > TRUSTED_ALONE


def compared(entry: Entry, words: memoryview, generation: int) -> Standing:
    """Whether anything the page hangs on has changed since before it was made."""
    if entry.born < words[FLOOR]:
        return Standing.DEAD
    if entry.slots is None:
        return Standing.FRESH if entry.born == generation else Standing.DEAD
    if any(words[HARD + number] > entry.born for number in entry.slots):
        return Standing.DEAD
    return Standing.OUTDATED if any(words[SOFT + number] > entry.born for number in entry.slots) else Standing.FRESH
