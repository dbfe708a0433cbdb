"""What an item of the wire costs the database; a burst of thousands comes after every outage of a line."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Article, WireDelivery, compiled
from articles.wire import ledger
from articles.wire.receiving import take_together
from articles.wire.transport.rounds import read_waiting
from tests.wire import delivering
from tests.wire.delivering import DATA

pytestmark = pytest.mark.django_db
EIL = json.loads((DATA / "ninjs" / "01-eil-v1.json").read_bytes())


def kept(numbers: range, **fields: Any) -> list[WireDelivery]:
    by = delivering.feed()
    return [ledger.keep(json.dumps({**EIL, "uri": f"urn:x:{number}", **fields}).encode(), feed=by, name=str(number), is_held=False) for number in numbers]


def asked_by(deliveries: list[WireDelivery]) -> list[str]:
    with CaptureQueriesContext(connection) as asked:
        take_together(deliveries)
    return [query["sql"] for query in asked]


def test_a_first_take_costs_forty_statements() -> None:
    take_together(kept(range(3)))

    assert len(asked_by(kept(range(3, 4)))) <= 45


def test_a_repeat_costs_ten() -> None:
    take_together(kept(range(1)))

    assert len(asked_by(kept(range(1)))) <= 12


def test_what_an_item_asks_is_compiled_for_the_first_only() -> None:
    """Else every item is as dear as the first."""
    take_together(kept(range(2)))
    known = set(compiled._statements)

    take_together(kept(range(2, 6)))

    assert len(set(compiled._statements) - known) <= 3  # lists that have grown past a power of two


def test_ten_share_a_transaction(django_capture_on_commit_callbacks: Any) -> None:
    kept(range(10))
    with CaptureQueriesContext(connection) as asked:
        read_waiting()

    opened = [query["sql"] for query in asked if query["sql"].startswith("SAVEPOINT")]
    assert Article.objects.count() == 10
    assert len(opened) <= 1 + 3 * 10  # the test's own transaction makes savepoints of all of them
