"""What web processes have counted, in small files; newsroom/adding_up.py takes them to the database."""

from __future__ import annotations

import json
import logging
import os
import re
import threading
import time
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from django.conf import settings

from articles.text.slugs import RESERVED
from newsroom.pagecache.reads import Reads

logger = logging.getLogger(__name__)

FOLDER: Final = "reads"  # under DATA_DIR; what lies there has not been added up yet
EVERY: Final = 10.0  # seconds
MOST_FILES: Final = 5_000  # where nobody takes them away, no more are written
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
    kept = folder()
    kept.mkdir(parents=True, exist_ok=True)
    if sum(1 for _ in kept.iterdir()) >= MOST_FILES:
        logger.error("Nobody takes away what was read; it is no longer written down")
        return False
    content = {"hour": int((now or time.time()) // 3600), "people": people, "robots": robots.total()}
    draft = kept / f".{os.getpid()}-{time.time_ns()}"
    draft.write_text(json.dumps(content), encoding="ascii")
    draft.rename(kept / f"{draft.name[1:]}.json")
    return True


def folder() -> Path:
    return Path(settings.DATA_DIR) / FOLDER
