"""Where an article stands in time, as one number: the index is walked along it, newest first."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

BEGIN: Final = datetime(1900, 1, 1, tzinfo=UTC)
BITS: Final = 16  # for articles of the same second, in the order of their ids
BUCKET_BITS: Final = BITS + 22  # 2**22 seconds, seven weeks
AFTER_ALL: Final = 1 << 62


def place_of(moment: datetime, article: int) -> int:
    """Grows with the second, then with the id (of ids that lie 65,536 apart in one second, any order will do)."""
    seconds = max(0, int((moment - BEGIN).total_seconds()))
    return (seconds << BITS) + article % (1 << BITS)


def first_of(moment: datetime) -> int:
    """The lowest place from a moment on."""
    return place_of(moment, 0)


def bucket_of(place: int) -> int:
    """Stretch of time; each has lexemes of its own on PostgreSQL."""
    return place >> BUCKET_BITS


def moment_of(place: int) -> tuple[datetime, int]:
    """A moment and an id that have this place."""
    seconds, article = place >> BITS, place % (1 << BITS)
    return BEGIN + timedelta(seconds=seconds), article or 1 << BITS
