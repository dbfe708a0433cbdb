"""From the page cache's counts to the database: web processes write small files, background work adds them up."""

from __future__ import annotations

import json
import logging
import os
import re
import threading
import time
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from django.conf import settings

from articles import desk
from articles.text.slugs import RESERVED
from newsroom.pagecache.reads import Reads

logger = logging.getLogger(__name__)

FOLDER: Final = "reads"  # under DATA_DIR; what lies there has not been added up yet
EVERY: Final = 10.0  # seconds
MOST_FILES: Final = 5_000  # where nobody takes them away, no more are written
BATCH: Final = 500  # files at once
ARTICLE: Final = re.compile(r"/([^/]+)/[^/]+-([1-9][0-9]{0,17})/")


def articles_in(counts: Mapping[str, int]) -> Counter[int]:
    """Reads by article; other pages are nobody's business."""
    found: Counter[int] = Counter()
    for path, number in counts.items():
        match = ARTICLE.fullmatch(path)
        if match and match[1] not in RESERVED:
            found[int(match[2])] += number
    return found


def begin(reads: Reads) -> None:
    """A thread that writes down, every few seconds, what this web process has counted."""

    def watch() -> None:
        while True:
            time.sleep(EVERY)
            try:
                write(reads)
            except OSError as error:
                logger.error("What was read cannot be written down: %s", error)

    threading.Thread(target=watch, daemon=True, name="reads").start()


def write(reads: Reads, *, now: float | None = None) -> bool:
    """One file, whole or not at all; whether there was anything to write."""
    people, robots = map(articles_in, reads.take())
    if not people and not robots:
        return False
    folder = _folder()
    folder.mkdir(parents=True, exist_ok=True)
    if sum(1 for _ in folder.iterdir()) >= MOST_FILES:
        logger.error("Nobody takes away what was read; it is no longer written down")
        return False
    content = {"hour": int((now or time.time()) // 3600), "people": people, "robots": robots.total()}
    draft = folder / f".{os.getpid()}-{time.time_ns()}"
    draft.write_text(json.dumps(content), encoding="ascii")
    draft.rename(folder / f"{draft.name[1:]}.json")
    return True


def deliver() -> int:
    """Add up what the web processes have written down; how many files that were."""
    files = sorted(_folder().glob("*.json"))[:BATCH]
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


def _folder() -> Path:
    return Path(settings.DATA_DIR) / FOLDER
