"""dpa digitalwires: field by field from an invented item, and what must never get out of it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from articles.wire.formats import digitalwires, sniff
from articles.wire.item import FormatError, Item, Subject, WirePicture

SENT: dict[str, Any] = {
    "format": "digitalwires@0.9.1", "type": "composite", "urn": "urn:newsml:xyz:1", "version": 2, "pubstatus": "usable",
    "version_created": "2025-02-03T08:47:02+01:00", "updated": "2025-02-03T07:50:00Z", "signal": "sig:update", "embargoed": None,
    "language": "de", "urgency": 3, "kicker": "Brücken", "headline": "Brücke gesperrt", "subhead": "Züge stehen",
    "teaser": "Die Stadt sperrt die Brücke.", "byline": "Von Erika Muster, xyz", "dateline": "Jena (dpa) - ",
    "article_html": '<section class="main"><p><span class="dateline">Jena <span class="credit">(dpa)</span> - </span>Erster Satz.</p></section>',
    "infobox_html": "<section><h3>Zahlen</h3><p>34 Brücken.</p></section>",
    "linkbox_html": '<section class="linkbox"><ul><li><a href="https://stadt.example/">Bericht</a></li></ul></section>',
    "creditline": "xyz", "copyrightnotice": "Frei erfunden", "usageterms": "Nur zum Testen",
    "notepad": {"nonpublic_html": '<section class="np-nonpublic"><p>GEHEIM</p></section>', "public_html": "<p>GEHEIM</p>"},
    "ednotes": [
        {"role": "dpaednoterole:closingline", "ednote": "xyz abc n1", "is_publishable": True},
        {"role": "dpaednoterole:contacts", "ednote": "GEHEIM 030", "is_publishable": False},
        {"role": "dpaednoterole:editorialnote", "ednote": "Bitte Namen prüfen.", "is_publishable": True},
    ],
    "associations": [
        {"type": "image", "urn": "urn:p:2", "rank": 2, "is_featureimage": False, "caption": "Zwei", "renditions": []},
        {
            "type": "image", "urn": "urn:p:1", "rank": 3, "is_featureimage": True, "caption": "Eins", "creditline": "Anna/xyz",
            "renditions": [
                {"size": 800, "width": None, "mimetype": "image/jpeg", "url": "https://x.example/800.jpg"},
                {"size": 2048, "width": None, "mimetype": "image/jpeg", "url": "https://x.example/2048.jpg?s=1"},
            ],
        },
        {"type": "video", "urn": "urn:v"},
    ],
    "categories": [
        {"type": "dnltype:dpasubject", "name": "Wetter", "qcode": "dpasubject:2", "rank": 2},
        {"type": "dnltype:dpasubject", "name": "Unglück", "qcode": "medtop:20000139", "rank": 1},
        {"type": "dnltype:desk", "name": "vm", "qcode": "dpacat:vm"},
        {"type": "dnltype:keyword", "name": "Brücke", "qcode": None, "rank": 1},
        {"type": "dnltype:geosubject", "name": "Thüringen", "qcode": "dpaarea:16", "rank": 1},
        {"type": "dnltype:geosubject", "name": "Deutschland", "qcode": "dpacountry:1", "rank": 2},
        {"type": "dnltype:poi", "name": "Markt, 07743 Jena", "geojson": {"type": "Feature"}},
        {"type": "dnltype:genre", "name": "Meldung", "qcode": "dpatextgenre:1"},
        {"type": "dnltype:creator", "name": "muster.erika", "qcode": None},
    ],
}  # fmt: skip
READ = Item(
    guid="urn:newsml:xyz:1", version=2, updated=datetime(2025, 2, 3, 7, 47, 2, tzinfo=UTC), signal="update", urgency=3,
    kicker="Brücken", headline="Brücke gesperrt", subhead="Züge stehen", lead="Die Stadt sperrt die Brücke.",
    byline="Von Erika Muster, xyz", dateline="Jena (dpa)",
    body='<p>Erster Satz.</p><h3>Zahlen</h3><p>34 Brücken.</p><ul><li><a href="https://stadt.example/">Bericht</a></li></ul>',
    language="de", subjects=(Subject("medtop:20000139", "Unglück"), Subject("dpasubject:2", "Wetter"), Subject("dpacat:vm")),
    keywords=("Brücke",), places=("Thüringen", "Deutschland", "Markt, 07743 Jena"), countries=("country:DE",), genres=("Meldung",), source="xyz",
    rights="Frei erfunden – Nur zum Testen", note="Bitte Namen prüfen.",
    pictures=(
        WirePicture(guid="urn:p:1", caption="Eins", credit="Anna/xyz", href="https://x.example/2048.jpg?s=1", filename="2048.jpg",
                    width=2048, content_type="image/jpeg"),
        WirePicture(guid="urn:p:2", caption="Zwei"),
    ),
)  # fmt: skip


def read(**changes: Any) -> Item:
    (item,) = digitalwires.parse(json.dumps(SENT | changes).encode())
    return item


def test_field_by_field() -> None:
    assert replace(read(), body=READ.body) == READ
    assert read().body.replace(' rel="nofollow"', "") == READ.body


def test_what_is_not_for_readers_is_nowhere() -> None:
    assert "GEHEIM" not in repr(read())


@pytest.mark.parametrize(
    ("stated", "status"), [(None, "usable"), ("", "usable"), ("usable", "usable"), ("stat:canceled", "canceled"), ("withheld", "withheld"), ("x", "withheld")],
)  # fmt: skip
def test_status(stated: str | None, status: str) -> None:
    assert read(pubstatus=stated).status == status


def test_missing_status_and_lists_are_harmless() -> None:
    (item,) = digitalwires.parse(b'{"format": "digitalwires@1", "urn": "urn:x", "categories": null, "ednotes": "x", "associations": {}}')

    assert (item.guid, item.status, item.version, item.kind) == ("urn:x", "usable", 0, "text")


@pytest.mark.parametrize(
    ("stated", "embargo", "is_unreadable"),
    [("2099-03-01T18:00:00+01:00", datetime(2099, 3, 1, 17, tzinfo=UTC), False), ("morgen", None, True), (None, None, False)],
)
def test_embargo(stated: str | None, embargo: datetime | None, is_unreadable: bool) -> None:
    assert (read(embargoed=stated).embargo, read(embargoed=stated).embargo_unreadable) == (embargo, is_unreadable)


def test_embargo_in_a_note_is_for_a_person() -> None:
    note = {"role": "dpaednoterole:embargo", "ednote": "Bitte beachten Sie die Sperrfrist heute Abend.", "is_publishable": True}

    assert read(ednotes=[note]).embargo_unreadable


def test_correction_and_its_sentence_for_readers() -> None:
    told = [
        {"role": "dpaednoterole:correction", "ednote": "Im zweiten Satz muss es sieben heißen.", "is_publishable": True},
        {"role": "dpaednoterole:correctionshort", "ednote": "Richtig ist: sieben.", "is_publishable": True},
    ]

    assert (read(signal="sig:correction", ednotes=told).correction_note, read(ednotes=told).correction_note) == ("Richtig ist: sieben.", "")
    told[1]["is_publishable"] = "ja"
    assert read(signal="sig:correction", ednotes=told).correction_note == "Im zweiten Satz muss es sieben heißen."


def test_picture_without_text() -> None:
    assert read(article_html="").kind == "picture"


def test_list_of_items_and_one_that_is_bad() -> None:
    raw = json.dumps([SENT, SENT | {"urn": ""}, SENT | {"urn": "urn:b"}]).encode()

    with pytest.raises(FormatError) as fault:
        digitalwires.parse(raw)
    assert [item.guid for item in fault.value.items] == ["urn:newsml:xyz:1", "urn:b"]


def test_list_without_one_of_its_items() -> None:
    raw = json.dumps([SENT, SENT | {"urn": "urn:b", "headline": "Da"}]).encode()

    left = sniff.without(raw, "urn:newsml:xyz:1")

    assert [item.guid for item in digitalwires.parse(left)] == ["urn:b"]
    assert sniff.without(json.dumps(SENT).encode(), "urn:newsml:xyz:1") == b""


def test_nothing_of_it_is_refused() -> None:
    with pytest.raises(FormatError, match="digitalwires"):
        digitalwires.parse(b"[1]")
