"""Feeds: the made samples of RSS, Atom and JSON Feed field by field."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from articles.wire.formats import feed
from articles.wire.item import Item, Subject, WirePicture

DATA = Path(__file__).resolve().parents[2] / "data" / "wire" / "feeds"


def _read(name: str) -> list[Item]:
    return feed.parse((DATA / name).read_bytes())


def _at(hour: int, minute: int, second: int = 0) -> datetime:
    """Berlin's clock on that winter day."""
    return datetime(2025, 2, 3, hour - 1, minute, second, tzinfo=UTC)


def test_rss_with_full_text_field_by_field() -> None:
    item = _read("dts-like-rss-2.0.xml")[0]

    assert item == Item(
        guid="tnd-40871",
        updated=_at(14, 17, 9),
        issued=_at(14, 17, 9),
        headline="Kommunen fordern mehr Geld für Brückensanierung",
        lead="Die kommunalen Spitzenverbände haben den Bund aufgefordert, mehr Geld für die Sanierung von Brücken "
        "bereitzustellen.",
        byline="tnd Nachrichtenagentur",
        body='<p>"Jede dritte Brücke ist in die Jahre gekommen", sagte Verbandspräsident Rainer Siebenstedt der '
        '"Altenwalder Zeitung" (Dienstagsausgabe).Nötig seien elf Milliarden Euro.</p>',
        language="de-DE",
        subjects=(Subject("", "Inland"),),
        keywords=("Inland",),
        pictures=(
            WirePicture(
                guid="https://bilder.example/bruecke-1200.jpg",
                caption="Brücke (Archiv)",
                credit="über tnd Nachrichtenagentur",
                href="https://bilder.example/bruecke-1200.jpg",
                filename="bruecke-1200.jpg",
                width=1200,
                height=800,
                content_type="image/jpeg",
            ),
        ),
    )


def test_rss_without_full_text_has_its_description_as_body() -> None:
    item = _read("dts-like-rss-2.0.xml")[1]

    assert (item.guid, item.lead) == ("tnd-40869", "")
    assert item.body == (
        "<p>Der Dax hat am Montagmittag kaum verändert notiert.</p>"
        "<p>Gegen 12:30 Uhr stand der Leitindex bei rund 21.400 Punkten.</p>"
    )
    assert item.keywords == ("Boerse", "Wirtschaft")
    assert item.pictures == ()


def test_rss_without_guid_goes_by_its_link_and_needs_no_seconds() -> None:
    item = _read("dts-like-rss-2.0.xml")[2]

    assert item.guid == "https://tnd.example/meldung/2025-02/40866"
    assert item.updated == _at(10, 2)
    assert item.body.startswith("<p>Bei einem Unfall auf der A 29")


def test_entries_keep_their_order() -> None:
    assert [item.updated for item in _read("dts-like-rss-2.0.xml")] == [_at(14, 17, 9), _at(12, 31, 55), _at(10, 2)]


def test_second_poll_is_told_by_its_content_alone() -> None:
    first, second = _read("dts-like-rss-2.0.xml")[0], _read("rss-later-poll-changed-title.xml")[0]

    assert (first.guid, first.order_key) == (second.guid, second.order_key)
    assert first.content_hash != second.content_hash
    assert second.headline == "Kommunen fordern elf Milliarden Euro für Brücken"


def test_same_poll_twice_is_the_same() -> None:
    assert _read("dts-like-rss-2.0.xml") == _read("dts-like-rss-2.0.xml")


def test_atom_entry_field_by_field() -> None:
    item = _read("atom-1.0.xml")[0]

    assert item == Item(
        guid="tag:wna.example,2025:nord/771",
        updated=_at(12, 58, 41),
        issued=_at(12, 10),
        headline="Fähre „Greta“ fährt wieder",
        lead="Nach drei Wochen Pause ist die Fähre zurück.",
        byline="Erika Muster",
        dateline="Kiel (wna)",
        body="<p>Die Fähre hat am Montag den Betrieb wieder aufgenommen.</p>"
        "<p>Der Motor war ausgetauscht worden, wie die Reederei mitteilte.</p>",
        language="de",
        subjects=(Subject("medtop:20000343", "Schifffahrt"), Subject("", "Vermischtes")),
        keywords=("Schifffahrt", "Vermischtes"),
        rights="Frei erfundene Beispieltexte",
        pictures=(
            WirePicture(
                guid="https://bilder.example/faehre.jpg",
                href="https://bilder.example/faehre.jpg",
                filename="faehre.jpg",
                content_type="image/jpeg",
            ),
        ),
    )


def test_atom_entry_of_plain_text() -> None:
    item = _read("atom-1.0.xml")[1]

    assert (item.guid, item.updated, item.issued) == ("tag:wna.example,2025:nord/770", _at(9, 0), None)
    assert (item.dateline, item.lead) == ("Rostock (wna)", "")
    assert item.body == "<p>Das Museum zeigt ab Dienstag 60 Gemälde.</p><p>Der Eintritt ist frei.</p>"


def test_json_feed_field_by_field() -> None:
    item = _read("jsonfeed-1.1.json")[0]

    assert item == Item(
        guid="wna-kurz-551",
        updated=_at(8, 20),
        issued=_at(8, 0),
        headline="Glasfaser: Ausbau in Jena startet",
        byline="Max Muster",
        dateline="Jena (wna)",
        body="<p>Der Ausbau beginnt im März.</p>",
        language="de",
        keywords=("Breitband", "Jena"),
        pictures=(
            WirePicture(
                guid="https://bilder.example/glasfaser.jpg", href="https://bilder.example/glasfaser.jpg", filename="glasfaser.jpg"
            ),
        ),
    )


def test_json_feed_entry_without_title_and_with_a_number_as_identity() -> None:
    item = _read("jsonfeed-1.1.json")[1]

    assert (item.guid, item.dateline) == ("550", "Ulm (wna)")
    assert item.headline == "Eine Kurzmeldung ohne Titel und mit einer Zahl als Kennung"
    assert item.body == "<p>Eine Kurzmeldung ohne Titel und mit einer Zahl als Kennung.</p>"
    assert item.updated == _at(8, 0)


def test_feeds_have_neither_versions_nor_embargoes() -> None:
    items = [item for path in DATA.iterdir() for item in feed.parse(path.read_bytes())]

    assert len(items) == 8
    assert {(item.version, item.status, item.signal, item.embargo, item.kind) for item in items} == {
        (0, "usable", "", None, "text")
    }
