"""Delivers items in tests as an agency would: with a stamp that grows with the version."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from articles.models import Article, Category, Feed, WireDelivery, WireItem
from articles.wire import inbox, ledger
from articles.wire.item import Item, Subject
from articles.wire.outcomes import Outcome
from articles.wire.receiving import Line, deliver
from tests import make

DATA = Path(__file__).parent.parent / "data" / "wire"
SHARED = Path(__file__).parents[3] / "shared" / "wire"
GUID = "urn:newsml:nda.example:20250203:0001-117"
FIRST = datetime(2025, 2, 3, 8, 0, tzinfo=UTC)
NOW = datetime(2025, 2, 4, 12, 0, tzinfo=UTC)
USUAL = Item(
    guid="urn:nda:1", version=1, updated=FIRST, issued=FIRST, language="de", headline="Brücke gesperrt", kicker="Verkehr/Brücken",
    lead="Die Stadt sperrt die Brücke.", dateline="Jena (nda)", body="<p>Die Brücke ist seit Montag gesperrt.</p>",
    subjects=(Subject("medtop:03000000", "Unglück"),),
)  # fmt: skip


def feed(rule: str = "publish", **fields: Any) -> Feed:
    """A feed beside the categories that its codes mean."""
    make.category("Panorama", codes=["medtop:03000000", "Vermischtes"], position=1)
    make.category("Inland", codes=["medtop:11000000"], position=2)
    known = Feed.objects.filter(slug=f"nda-{rule}").first()
    return known or make.feed(**{"slug": f"nda-{rule}", "rule": rule, **fields})


def sent(number: int = 1, **fields: Any) -> Item:
    """That version of the usual item, each an hour after the one before."""
    stamp = FIRST + timedelta(hours=number - 1)
    return replace(USUAL, **{"version": number, "updated": stamp, **fields})


def take(item: Item, by: Feed, *, folder: Path | None = None, now: datetime = NOW) -> Outcome:
    delivery = ledger.keep(b"raw", feed=by, name="test.json")
    return inbox.receive(item, feed=by, delivery=delivery, folder=folder, now=now)


def take_all(items: Iterable[Item], by: Feed) -> list[str]:
    return [take(item, by).code for item in items]


def take_files(paths: Iterable[Path], by: Feed, *, now: datetime = NOW) -> list[Line]:
    return [line for path in paths for line in deliver(path.read_bytes(), feed=by, name=path.name, folder=path.parent, now=now)]


def row(guid: str = USUAL.guid) -> WireItem:
    return WireItem.objects.get(guid=guid)


def article_of(guid: str = USUAL.guid) -> Article:
    found = row(guid).article
    assert found is not None
    return found


def department(name: str) -> Category:
    return Category.objects.get(name=name)


def frozen() -> list[list[dict[str, Any]]]:
    """Everything a repeat must not touch; deliveries and the count of repeats may grow."""
    apart = {"repeats", "payload"}
    columns = [field.attname for field in WireItem._meta.concrete_fields if field.name not in apart]
    return [[dict(row) for row in rows.order_by("pk")] for rows in (WireItem.objects.values(*columns), Article.objects.values())]


def raws() -> list[bytes]:
    return [bytes(raw) for raw in WireDelivery.objects.order_by("pk").values_list("raw", flat=True)]
