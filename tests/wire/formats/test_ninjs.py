"""ninjs: one story's life cycle field by field, in both generations of the format."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from articles.wire.formats import ninjs
from articles.wire.item import Item, Subject, WirePicture

DATA = Path(__file__).resolve().parents[2] / "data" / "wire"
GENERATIONS = ["ninjs", "ninjs-1"]
GUID = "urn:newsml:nda.example:20250203:0001-117"
FIRST = datetime(2025, 2, 3, 7, 2, 11, tzinfo=UTC)
HEADLINE = "Brücke in Altenwalde eingestürzt - neun Verletzte"
ACCIDENT = Subject("medtop:20000139", "Unglück")
TRAFFIC = Subject("medtop:20000147", "Verkehrsunglück")
PARAGRAPHS = (
    "<p>Beim Einsturz einer Fußgängerbrücke in Altenwalde sind am Montagmorgen {0} Menschen verletzt worden. "
    "Das teilte die Leitstelle mit.</p>"
    "<p>Die Brücke führt über eine zweigleisige Bahnstrecke. Der Zugverkehr wurde eingestellt. "
    "«Wir sichern zuerst die Unfallstelle, dann sehen wir weiter», sagte Einsatzleiterin Greta Ostermann.</p>"
    "<p>Ein Gutachter soll noch am Vormittag eintreffen. Die Brücke war nach Angaben der Stadt im vergangenen Jahr "
    "zuletzt geprüft worden.</p>"
)
LEAD = "Am frühen Morgen gibt eine Fußgängerbrücke nach. Es gibt {0} Verletzte, die Bahnstrecke darunter ist gesperrt."


def _at(hour: int, minute: int, second: int = 0) -> datetime:
    """Berlin's clock on that winter day."""
    return datetime(2025, 2, 3, hour - 1, minute, second, tzinfo=UTC)


def _only(generation: str, number: str) -> Item:
    (path,) = (DATA / generation).glob(f"{number}-*.json")
    (item,) = ninjs.parse(path.read_bytes())
    return item


@pytest.fixture(params=GENERATIONS)
def generation(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


def test_flash_field_by_field() -> None:
    item = _only("ninjs", "01")

    assert item == Item(
        guid=GUID,
        version=1,
        updated=FIRST,
        issued=FIRST,
        urgency=2,
        kicker="Unfälle/Verkehr/Brücken",
        headline="Fußgängerbrücke in Altenwalde eingestürzt",
        dateline="Altenwalde",
        body=PARAGRAPHS.format("neun").partition("</p>")[0] + "</p>",
        language="de",
        subjects=(ACCIDENT, TRAFFIC),
        places=("Altenwalde", "Niedersachsen"),
        source="nda",
        rights="Frei erfundener Beispieltext – Nur zum Testen",
    )


def test_flash_of_the_old_generation_field_by_field() -> None:
    item = _only("ninjs-1", "01")

    assert item == Item(
        guid=GUID,
        version=1,
        updated=FIRST,
        urgency=2,
        kicker="Unfälle/Verkehr/Brücken",
        headline="Fußgängerbrücke in Altenwalde eingestürzt",
        dateline="Altenwalde",
        body=PARAGRAPHS.format("neun").partition("</p>")[0] + "</p>",
        language="de",
        subjects=(ACCIDENT, TRAFFIC),
        places=("Altenwalde", "Niedersachsen"),
        source="nda",
        rights="Nur zum Testen",
    )


def test_update_brings_more_text(generation: str) -> None:
    item = _only(generation, "02")

    assert (item.guid, item.version, item.updated, item.urgency) == (GUID, 2, _at(8, 11, 40), 3)
    assert (item.headline, item.lead) == (HEADLINE, LEAD.format("neun"))
    assert item.body == PARAGRAPHS.format("neun")
    assert (item.byline, item.dateline) == ("Von Erika Muster", "Altenwalde")


def test_update_says_so_where_the_format_can() -> None:
    assert (_only("ninjs", "02").signal, _only("ninjs", "02").subhead) == ("update", "Ermittlungen zur Ursache laufen")
    assert (_only("ninjs-1", "02").signal, _only("ninjs-1", "02").subhead) == ("", "")


def test_correction_is_told_by_signal_or_note(generation: str) -> None:
    item = _only(generation, "03")

    assert (item.version, item.updated, item.signal) == (3, _at(8, 47, 2), "correction")
    assert (item.lead, item.body) == (LEAD.format("sieben"), PARAGRAPHS.format("sieben"))


def test_note_is_for_editors_and_never_a_note_for_readers(generation: str) -> None:
    item = _only(generation, "03")

    assert item.note == "Berichtigung: Im ersten Absatz muss es sieben (nicht: neun) heißen."
    assert item.correction_note == ""
    assert item.note not in item.body


def test_repeat_is_the_same_item(generation: str) -> None:
    assert _only(generation, "04") == _only(generation, "03")


def test_late_version_sorts_before_the_newer_one(generation: str) -> None:
    late, known = _only(generation, "05"), _only(generation, "03")

    assert late.order_key < known.order_key
    assert late == _only(generation, "02")


def test_resent_metadata_changes_no_content(generation: str) -> None:
    resent, known = _only(generation, "06"), _only(generation, "03")

    assert (resent.version, resent.updated) == (3, _at(8, 49, 30))
    assert resent.order_key > known.order_key
    assert resent.content_hash == known.content_hash
    assert resent.subjects == (ACCIDENT, TRAFFIC, Subject("medtop:20000154", "Hochwasser"))


def test_hold_is_withheld_and_has_no_text(generation: str) -> None:
    item = _only(generation, "07")

    assert (item.version, item.status, item.urgency, item.updated) == (4, "withheld", 2, _at(9, 5))
    assert (item.headline, item.lead, item.body) == (HEADLINE, "", "")
    assert item.note.startswith("HOLD: Bitte die Meldung vorerst nicht verwenden.")


def test_release_is_usable_again(generation: str) -> None:
    item = _only(generation, "08")

    assert (item.version, item.status, item.updated) == (5, "usable", _at(9, 31))
    assert item.body == PARAGRAPHS.format("sieben")


def test_kill_is_canceled(generation: str) -> None:
    item = _only(generation, "09")

    assert (item.guid, item.version, item.status, item.urgency) == (GUID, 6, "canceled", 1)
    assert item.updated == _at(10, 15)
    assert (item.headline, item.body) == (HEADLINE, "")
    assert item.note.startswith("KILL: Die Meldung wird zurückgezogen")


def test_late_release_after_the_kill_sorts_before_it(generation: str) -> None:
    assert _only(generation, "10").order_key < _only(generation, "09").order_key
    assert _only(generation, "10") == _only(generation, "08")


def test_kill_of_an_unknown_item_has_its_own_identity(generation: str) -> None:
    item = _only(generation, "11")

    assert (item.guid, item.version, item.status) == (f"{GUID}-nie-geliefert", 2, "canceled")
    assert (item.headline, item.note) == ("Meldung zurückgezogen", "KILL")


def test_embargo_is_read(generation: str) -> None:
    item = _only(generation, "12")

    assert item.embargo == datetime(2099, 3, 1, 17, 0, tzinfo=UTC)
    assert item.embargo_unreadable is False
    assert item.status == "usable"
    assert item.lead == "Der Bericht wird erst am Abend veröffentlicht."
    assert item.note == "Sperrfrist: 1. März 2099, 18.00 Uhr"


def test_lifted_embargo_is_gone(generation: str) -> None:
    item = _only(generation, "13")

    assert (item.embargo, item.embargo_unreadable, item.version) == (None, False, 2)
    assert item.order_key > _only(generation, "12").order_key


def test_planning_list_can_be_told_by_its_genre() -> None:
    item = _only("ninjs", "14")

    assert (item.genres, item.kind, item.urgency) == (("Vorschau",), "text", 5)
    assert item.headline == "nda-Tagesvorschau für Montag"
    assert item.body.startswith("<p>Für heute sind folgende Beiträge geplant:</p><p>09.00 Uhr: Pressekonferenz</p>")


def test_picture_comes_in_its_best_rendition() -> None:
    item = _only("ninjs", "15")

    assert item.pictures == (
        WirePicture(
            guid=f"{GUID}-bild",
            caption="Einsatzkräfte sichern die Unfallstelle an der Bahnstrecke.",
            credit="Erika Muster/nda",
            href="https://bilder.example/web.jpg",
            filename="web.jpg",
            width=1200,
            height=800,
            content_type="image/jpeg",
            expires=datetime(2026, 12, 31, 22, 59, 59, tzinfo=UTC),
        ),
    )


def test_note_of_a_picture_reaches_editors() -> None:
    item = _only("ninjs", "15")

    assert item.note == "Nutzung nur in Verbindung mit der Meldung"
    assert (item.kind, item.body) == ("text", PARAGRAPHS.format("neun"))


def test_order_of_the_whole_life_cycle(generation: str) -> None:
    deliveries = {number: _only(generation, number) for number in ("01", "02", "03", "06", "07", "08", "09")}

    ordered = sorted(deliveries, key=lambda number: deliveries[number].order_key)

    assert ordered == ["01", "02", "03", "06", "07", "08", "09"]


def test_countries_are_known_by_the_scheme_of_their_code() -> None:
    places = [
        {"name": "Italy", "scheme": "http://cvx.iptc.org/iso3166-1a2/", "code": "it"},
        {"name": "Deutschland", "uri": "http://cvx.iptc.org/iso3166-1a2/DE"},
        {"name": "Altenwalde"},
    ]
    (item,) = ninjs.parse(json.dumps({"uri": "urn:x:1", "version": "1", "headline": "Zeile", "place": places}).encode())

    assert item.countries == ("country:IT", "country:DE")
    assert item.places == ("Italy", "Deutschland", "Altenwalde")
