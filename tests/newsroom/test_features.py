"""What is known of a database is not asked of it while it may be locked."""

from __future__ import annotations

import pytest
from django.db import connection

from newsroom.apps import say_what_is_known


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite is asked")
def test_json_is_known_without_a_question(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(connection.features.__dict__, "supports_json_field", raising=False)

    say_what_is_known(type(connection), connection)

    # No mark for the database: any query would be refused.
    assert connection.features.supports_json_field
