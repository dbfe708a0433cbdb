"""IPTC 7901: copy of the teleprinter, with and without everything that it may bring along."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from articles.wire.formats import iptc7901, sniff
from articles.wire.item import FormatError, Item, Subject

TEXT = """Brücke in Jena gesperrt - Züge
stehen (Foto aktuell) =

Die Brücke ist zu. Reisende brauchen
Geduld.

Jena (xyz/abc) - Die Stadt hat am Montag eine Brücke
gesperrt. Das teilte sie mit.

Ein Gutachter soll kommen.

# Notizblock

## Redaktionelle Hinweise
- Zu diesem Text finden Sie Bilder mit folgendem Titel im xyz
  Bildangebot:
- Brücke

## Internet
- [Bericht](https://stadt.example/)

* * * *
Die folgenden Informationen sind nicht zur Veröffentlichung bestimmt

## Kontakte
- Autor: GEHEIM 030

xyz ab yyn1 cd
"""


def wire(text: str = TEXT, *, header: str = "nsb0012 4 vm 71  xyz 0033", slug: str = "Verkehr/Brücken/", closing: str = "031752 Feb 25") -> bytes:
    return f"\x01{header}\n\n{slug}\n\x02{text}\n\x03{closing}\n\x7f\n\x7f\x04\n".encode()


def read(raw: bytes) -> Item:
    (item,) = iptc7901.parse(raw)
    return item


def test_field_by_field() -> None:
    assert read(wire()) == Item(
        guid="iptc7901:xyz:nsb0012:2025-02-03", updated=datetime(2025, 2, 3, 16, 52, tzinfo=UTC), urgency=4, kicker="Verkehr/Brücken",
        headline="Brücke in Jena gesperrt - Züge stehen", lead="Die Brücke ist zu. Reisende brauchen Geduld.", dateline="Jena (xyz/abc)",
        body="<p>Die Stadt hat am Montag eine Brücke gesperrt. Das teilte sie mit.</p><p>Ein Gutachter soll kommen.</p>",
        subjects=(Subject("dpacat:vm"),), keywords=("Verkehr", "Brücken"), source="xyz",
    )  # fmt: skip


@pytest.mark.parametrize("raw", [wire().replace(b"\n", b"\r\n"), wire().decode().encode("cp1252"), wire()[1:]])
def test_line_ends_and_encodings_of_old_systems(raw: bytes) -> None:
    assert sniff.detect(raw) == "iptc7901"
    assert read(raw) == read(wire())


def test_flash() -> None:
    item = read(wire("(Eil \x07\x07\x07)\nBrücke gesperrt =\n\nJena (xyz) - Ein Satz.\n\nxyz ab yyn1 cd\n"))

    assert (item.headline, item.dateline, item.body, item.lead) == ("Brücke gesperrt", "Jena (xyz)", "<p>Ein Satz.</p>", "")


@pytest.mark.parametrize("text", ["(Berichtigung)\nZeile =\n\nText.\n", "Zeile (Berichtigung: sieben) =\n\nText.\n"])
def test_correction(text: str) -> None:
    assert (read(wire(text)).signal, read(wire(text)).headline) == ("correction", "Zeile")


@pytest.mark.parametrize("word", ["KILL", "HOLD"])
def test_stopping_words_are_for_a_person(word: str) -> None:
    item = read(wire(f"{word}: Zeile =\n\nBitte nicht verwenden.\n"))

    assert item.status == "usable"
    assert item.note.startswith(f"Achtung: Im Text steht «{word}».")


def test_embargo_is_for_a_person() -> None:
    assert read(wire("Zeile =\n\nSperrfrist: Montag, 18.00 Uhr\n\nJena (xyz) - Text.\n")).embargo_unreadable


def test_nothing_that_is_not_for_readers_is_read() -> None:
    assert "GEHEIM" not in repr(read(wire()))


def test_remark_reaches_editors() -> None:
    item = read(wire(TEXT.replace("- Zu diesem Text", "- Namen sind\n  geändert.\n- Zu diesem Text")))

    assert item.note == "Namen sind geändert."


@pytest.mark.parametrize(
    ("closing", "stamp"),
    [
        ("311000 Mai 25", datetime(2025, 5, 31, 8, tzinfo=UTC)),
        ("311000 Oct 25", datetime(2025, 10, 31, 9, tzinfo=UTC)),
        ("300200 Feb 25", None),
        ("heute", None),
    ],
)
def test_closing_line(closing: str, stamp: datetime | None) -> None:
    assert read(wire(closing=closing)).updated == stamp


def test_several_messages_in_a_file() -> None:
    raw = wire() + wire(header="nsb0013 4 vm 71  xyz 0033") + wire("", header="Unfug") + wire(header="nsb0014 4 vm 71  xyz 0033")

    with pytest.raises(FormatError, match="Kopf") as fault:
        iptc7901.parse(raw)
    assert [item.guid[13:20] for item in fault.value.items] == ["nsb0012", "nsb0013", "nsb0014"]


def test_file_without_one_of_its_messages() -> None:
    other = wire(header="nsb0013 4 vm 71  xyz 0033")

    assert sniff.without(wire() + other, "iptc7901:xyz:nsb0012:2025-02-03") == other
    assert sniff.without(wire(), "iptc7901:xyz:nsb0012:2025-02-03") == b""


def test_cut_off_is_refused() -> None:
    with pytest.raises(FormatError, match="bricht mittendrin ab"):
        iptc7901.parse(wire().partition(b"\x03")[0])


def test_empty_is_refused() -> None:
    with pytest.raises(FormatError, match="keine Meldung"):
        iptc7901.parse(b"\x01\x7f\x04")
