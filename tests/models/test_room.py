"""A large cache while much is written, and the small one again whatever happens."""

from __future__ import annotations

import pytest
from django.db import connection

from articles.models.room import ROOM, room_to_write

pytestmark = pytest.mark.django_db


def test_the_cache_is_large_inside_and_as_before_afterwards() -> None:
    before = cache()
    with room_to_write():
        inside = cache()
    assert (inside, cache()) == ((-ROOM if connection.vendor == "sqlite" else None), before)


def test_a_failure_leaves_the_small_one() -> None:
    before = cache()
    with pytest.raises(ZeroDivisionError), room_to_write():
        raise ZeroDivisionError
    assert cache() == before


def cache() -> int | None:
    """As SQLite gives it: kilobytes below nought, pages above; PostgreSQL has none of a connection's own."""
    if connection.vendor != "sqlite":
        return None
    with connection.cursor() as cursor:
        return int(cursor.execute("PRAGMA cache_size").fetchone()[0])
