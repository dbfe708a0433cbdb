"""Whom a search asks: the search server, if there is one and it has heard of everything; else the index in the database."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from importlib import import_module
from typing import Any, Final

from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper

from articles.search import errands
from articles.search.conditions import Condition
from articles.search.index import backend
from articles.search.walking import Batch

logger = logging.getLogger(__name__)

LEFT_ALONE: Final = 10.0  # seconds for which a server that was silent is not asked again: each who asks may wait

_silent_until = 0.0


def walk(reading: BaseDatabaseWrapper, condition: Condition, *, below: int, above: int, size: int) -> Iterator[Batch]:
    """Places of matching documents, the newest first. reading: the database that may answer."""
    if settings.SEARCH_URL and time.monotonic() >= _silent_until and errands.is_level():
        for batch in _served(condition, below=below, above=above, size=size):
            yield batch
            below = batch.down_to
            if below <= above:
                return
    with reading.cursor() as cursor:
        yield from backend(reading.vendor).walk(cursor, condition, below=below, above=above, size=size)


def _served(condition: Condition, *, below: int, above: int, size: int) -> Iterator[Batch]:
    """What the server says; nothing more as soon as it is silent."""
    global _silent_until  # noqa: PLW0603 - one for all threads of a process
    opensearch: Any = import_module("articles.search.opensearch")  # needs a package that is there only where a server is named
    try:
        yield from opensearch.walk(condition, below=below, above=above, size=size)
    except opensearch.Silent as error:
        _silent_until = time.monotonic() + LEFT_ALONE
        logger.warning("The search server does not answer, the database does instead: %s", error)
