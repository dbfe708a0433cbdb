"""Items as JSON and back."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from articles.models import WireItem
from articles.wire import payload
from articles.wire.item import Item, Subject, WirePicture
from tests.wire import delivering
from tests.wire.delivering import sent, take

NOON = datetime(2025, 2, 3, 12, 0, tzinfo=UTC)
FULL = Item(
    guid="urn:x:1", version=3, updated=NOON, issued=NOON, status="usable", signal="correction", embargo=NOON, expires=NOON,
    embargo_unreadable=True, urgency=2, kicker="K", headline="H «1»", subhead="S", lead="L", byline="B", dateline="D",
    body="<p>T</p>", language="de",
    subjects=(Subject("medtop:1", "N"),), keywords=("a", "b"), places=("Jena",), genres=("Meldung",), source="nda",
    rights="R", pictures=(WirePicture(guid="p", filename="b.jpg", width=3, expires=NOON), WirePicture()), note="N", kind="text",
    correction_note="C",
)  # fmt: skip


def test_every_field_survives_json() -> None:
    assert payload.load(json.loads(json.dumps(payload.dump(FULL)))) == FULL


def test_bare_item_survives_json() -> None:
    assert payload.load(json.loads(json.dumps(payload.dump(Item(guid="a"))))) == Item(guid="a")


def test_notes_of_the_house_and_unknown_fields_are_no_part_of_the_item() -> None:
    stored = {**payload.dump(FULL), payload.HOUSE: {"killed": [1, None]}, "later_field": 1}

    assert payload.load(stored) == FULL


def test_what_a_kill_leaves_can_still_be_read() -> None:
    left = {name: value for name, value in payload.dump(FULL).items() if name in payload.SKELETON}

    item = payload.load(left)

    assert (item.guid, item.headline, item.body, item.note, item.updated) == ("urn:x:1", "H «1»", "", "", NOON)


def test_notes_are_changed_in_place() -> None:
    row = WireItem(payload={})

    payload.notes(row)["held"] = True

    assert row.payload == {payload.HOUSE: {"held": True}}


def test_order_without_copy_keeps_the_text_known_before() -> None:
    before = {**payload.dump(FULL), payload.HOUSE: {"seen": ["x"]}}

    after = payload.merged(before, Item(guid="urn:x:1", version=4, status="withheld", note="HOLD"))

    assert (after["body"], after["headline"], after["pictures"]) == (before["body"], before["headline"], before["pictures"])
    assert (after["version"], after["status"], after["note"], after[payload.HOUSE]) == (4, "withheld", "HOLD", {"seen": ["x"]})


def test_order_with_copy_replaces_it() -> None:
    after = payload.merged(payload.dump(FULL), Item(guid="urn:x:1", status="withheld", body="<p>Neu</p>"))

    assert (after["body"], after["headline"]) == ("<p>Neu</p>", "")


def test_version_and_stamp_are_no_difference() -> None:
    before = {**payload.dump(sent()), payload.HOUSE: {"held": True}}

    assert payload.says_the_same(before, sent(7))
    assert not payload.says_the_same(before, sent(7, urgency=1))
    assert not payload.says_the_same(before, sent(7, note="Neu"))


@pytest.mark.django_db
def test_database_gives_back_the_same_item() -> None:
    take(sent(note="Nur intern", pictures=FULL.pictures), delivering.feed("inbox"))

    assert payload.load(delivering.row().payload) == sent(note="Nur intern", pictures=FULL.pictures)
