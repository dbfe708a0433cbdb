"""Room in memory for who writes much: SQLite keeps what a transaction changes there, and else writes it out more than once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from django.db import connection

ROOM: Final = 16_000  # kB; a hundred reports touch some 8,000 kB of their tables and indexes


@contextmanager
def room_to_write() -> Iterator[None]:
    """Give this thread's connection a large cache for a while. PostgreSQL has its own, and needs none of it."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        [before] = cursor.execute("PRAGMA cache_size").fetchone()
        cursor.execute(f"PRAGMA cache_size = -{ROOM}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA cache_size = {int(before)}")
            cursor.execute("PRAGMA shrink_memory")
