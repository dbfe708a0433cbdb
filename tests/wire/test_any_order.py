"""One story's life in each format, dealt in any order and with repeats: always the same end.

`WIRE_ORDERS=200 pytest tests/wire/test_any_order.py` deals two hundred orders a format; a few of them run every time.
"""

from __future__ import annotations

import os
import random
from pathlib import Path
from typing import Any

import pytest

from articles.models import Article, WireItem
from tests.wire import delivering
from tests.wire.delivering import DATA, GUID

pytestmark = pytest.mark.django_db
ORDERS = int(os.environ.get("WIRE_ORDERS", "3"))
FORMATS = ("ninjs", "ninjs-1", "newsml-g2", "nitf")
END = {
    GUID: ("canceled", "discarded", 6, ""),
    f"{GUID}-sperrfrist": ("usable", "published", 2, "published"),
    f"{GUID}-vorschau": ("usable", "inbox", 1, ""),
}


def dealt(folder: Path, seed: int) -> list[Path]:
    """Every file, every second one twice, in some order."""
    files = sorted(folder.iterdir())
    order = [*files, *files[::2]]
    random.Random(seed).shuffle(order)
    return order


def state() -> dict[str, Any]:
    """What readers and editors are left with; a killed item's article is empty, if there ever was one."""
    rows = WireItem.objects.select_related("article")
    return {row.guid: (row.state, row.place, row.version, _shown(row.article)) for row in rows}


def _shown(article: Article | None) -> str:
    return article.status if article and article.is_public(delivering.NOW) else ""


@pytest.mark.parametrize("seed", range(ORDERS))
@pytest.mark.parametrize("folder", FORMATS)
def test_any_order_ends_in_the_same_state(folder: str, seed: int) -> None:
    by = delivering.feed()

    delivering.take_files(dealt(DATA / folder, seed), by)

    found = state()
    assert {guid: found[guid] for guid in END} == END
    assert {row[:2] for guid, row in found.items() if "unbekannt" in guid or "unknown" in guid} <= {("canceled", "discarded")}
    assert not Article.objects.exclude(body="").filter(wire_item__guid=GUID).exists()
    lifted = delivering.article_of(f"{GUID}-sperrfrist")
    assert (lifted.headline, lifted.embargo_until) == ("Stadt Altenwalde legt Prüfbericht zu Brücken vor", None)
    assert lifted.published_at is not None
    assert f"{lifted.published_at:%Y-%m-%d %H:%M}" == "2025-02-03 10:30"


@pytest.mark.parametrize("folder", FORMATS)
def test_once_more_changes_nothing_at_all(folder: str) -> None:
    by = delivering.feed()
    delivering.take_files(dealt(DATA / folder, 1), by)
    before = delivering.frozen()

    lines = delivering.take_files(dealt(DATA / folder, 2), by)

    assert delivering.frozen() == before
    assert {line.outcome.code for line in lines} <= {"repeat", "late"}
