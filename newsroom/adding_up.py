"""What web processes have counted, from their small files to the database."""

from __future__ import annotations

import json
import logging
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from articles import desk
from newsroom import reading

logger = logging.getLogger(__name__)

BATCH: Final = 500  # files at once


def deliver() -> int:
    """Add up what the web processes have written down; how many files that were."""
    files = sorted(reading.folder().glob("*.json"))[:BATCH]
    people: dict[datetime, Counter[int]] = {}
    robots: Counter[datetime] = Counter()
    for hour, by_people, by_robots in filter(None, map(_content, files)):
        people.setdefault(hour, Counter()).update(by_people)
        robots[hour] += by_robots
    for hour, counts in people.items():
        desk.record_reads(hour, counts, robots[hour])
    for file in files:
        file.unlink(missing_ok=True)
    return len(files)


def _content(file: Path) -> tuple[datetime, Counter[int], int] | None:
    """Hour, reads by article, reads by robots."""
    try:
        found = json.loads(file.read_bytes())
        people = Counter({int(pk): int(number) for pk, number in found["people"].items()})
        return datetime.fromtimestamp(found["hour"] * 3600, tz=UTC), people, int(found["robots"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError, OverflowError):
        logger.error("%s holds no counts and is thrown away", file)
        return None
