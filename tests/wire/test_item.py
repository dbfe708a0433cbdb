"""The neutral item: order of deliveries, sameness of content, what it refuses to hold."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime
from typing import Any

import pytest

from articles.wire.item import FormatError, Item, Subject, WirePicture

EIGHT = datetime(2025, 2, 3, 8, 0, tzinfo=UTC)
NINE = datetime(2025, 2, 3, 9, 0, tzinfo=UTC)


def test_needs_nothing_but_a_guid() -> None:
    item = Item(guid="a")

    assert (item.version, item.status, item.signal, item.urgency, item.kind) == (0, "usable", "", 5, "text")
    assert (item.embargo, item.embargo_unreadable, item.pictures, item.subjects) == (None, False, (), ())


def test_cannot_be_changed() -> None:
    item = Item(guid="a")

    with pytest.raises(dataclasses.FrozenInstanceError):
        item.guid = "b"  # type: ignore[misc]


@pytest.mark.parametrize("field", ["updated", "issued", "embargo", "expires"])
def test_refuses_moments_without_a_zone(field: str) -> None:
    naive: dict[str, Any] = {field: datetime(2025, 2, 3, 8, 0)}

    with pytest.raises(ValueError, match="aware"):
        dataclasses.replace(Item(guid="a"), **naive)


def test_picture_refuses_a_moment_without_a_zone() -> None:
    with pytest.raises(ValueError, match="aware"):
        WirePicture(expires=datetime(2025, 2, 3))


def test_orders_by_version_before_moment() -> None:
    older = Item(guid="a", version=9, updated=NINE)
    newer = Item(guid="a", version=10, updated=EIGHT)

    assert newer.order_key > older.order_key


def test_orders_by_moment_within_one_version() -> None:
    older = Item(guid="a", version=3, updated=EIGHT)
    newer = Item(guid="a", version=3, updated=NINE)

    assert newer.order_key > older.order_key


def test_orders_by_first_date_where_no_other_is_known() -> None:
    item = Item(guid="a", issued=EIGHT)

    assert item.order_key == (0, EIGHT)


def test_orders_items_without_any_date_before_all_others() -> None:
    undated = Item(guid="a")
    dated = Item(guid="a", updated=datetime(1950, 1, 1, tzinfo=UTC))

    assert undated.order_key < dated.order_key


@pytest.mark.parametrize("field", ["kicker", "headline", "subhead", "lead", "byline", "dateline", "body", "correction_note"])
def test_content_differs_when_readers_would_read_something_else(field: str) -> None:
    before = Item(guid="a", body="<p>Text</p>")
    change: dict[str, Any] = {field: "Anders"}
    after = dataclasses.replace(before, **change)

    assert after.content_hash != before.content_hash


@pytest.mark.parametrize("field", ["guid", "href", "caption", "credit"])
def test_content_differs_when_a_picture_changes(field: str) -> None:
    picture = WirePicture(guid="p", href="https://bilder.example/a.jpg", caption="Brücke", credit="nda")
    change: dict[str, Any] = {field: "anders"}
    before = Item(guid="a", pictures=(picture,))
    after = Item(guid="a", pictures=(dataclasses.replace(picture, **change),))

    assert after.content_hash != before.content_hash


def test_content_is_the_same_when_only_the_envelope_changes() -> None:
    before = Item(guid="a", headline="Brücke", updated=EIGHT)
    after = Item(guid="a", headline="Brücke", updated=NINE, version=4, note="Hinweis", subjects=(Subject("x", "y"),))

    assert after.content_hash == before.content_hash


def test_content_tells_where_one_field_ends_and_the_next_begins() -> None:
    one = Item(guid="a", headline="AB", subhead="C")
    other = Item(guid="a", headline="A", subhead="BC")

    assert one.content_hash != other.content_hash


def test_content_of_hostile_text_can_be_hashed() -> None:
    item = Item(guid="a", headline="\ud800\x00")

    assert len(item.content_hash) == 64


def test_fault_says_its_sentence_and_its_code() -> None:
    fault = FormatError("Diese Meldung hat keine Kennung.", code="no-guid")

    assert (str(fault), fault.sentence, fault.code) == (fault.sentence, "Diese Meldung hat keine Kennung.", "no-guid")
    assert fault.items == ()


def test_fault_hands_on_what_could_be_read() -> None:
    item = Item(guid="a")

    fault = FormatError("Eine von zwei Meldungen fehlt.", code="unreadable", items=[item])

    assert fault.items == (item,)


def test_pictures_and_subjects_compare_by_what_they_hold() -> None:
    assert WirePicture(guid="p", width=3) == WirePicture(guid="p", width=3)
    assert len({Subject("medtop:1", "a"), Subject("medtop:1", "a"), Subject("medtop:2", "a")}) == 2
