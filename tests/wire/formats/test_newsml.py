"""NewsML-G2: one story's life cycle field by field, messages of several items, and every kind of text inside."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from articles.wire.formats import newsml, sniff
from articles.wire.item import FormatError, Item
from tests.wire.formats.test_ninjs import ACCIDENT, FIRST, GUID, HEADLINE, PARAGRAPHS, TRAFFIC

DATA = Path(__file__).resolve().parents[2] / "data" / "wire" / "newsml-g2"
PAGE = '<inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><body>{}</body></html></inlineXML>'


def only(number: str) -> Item:
    (path,) = DATA.glob(f"{number}-*.xml")
    (item,) = newsml.parse(path.read_bytes())
    return item


def element(*, guid: str = "urn:x:1", meta: str = "", about: str = "", content: str = "", rights: str = "", kind: str = "text") -> str:
    return (
        f'<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="{guid}" version="2" xml:lang="de">{rights}'
        f'<itemMeta><itemClass qcode="ninat:{kind}"/>{meta}</itemMeta><contentMeta>{about}</contentMeta>'
        f"<contentSet>{content}</contentSet></newsItem>"
    )


def made(**parts: str) -> Item:
    (item,) = newsml.parse(element(**parts).encode())
    return item


def message(*items: str) -> bytes:
    return f'<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet>{"".join(items)}</itemSet></newsMessage>'.encode()


def test_flash_field_by_field() -> None:
    assert only("01") == Item(
        guid=GUID, version=1, updated=FIRST, issued=FIRST, urgency=2, kicker="Unfälle/Verkehr/Brücken",
        headline="Fußgängerbrücke in Altenwalde eingestürzt", dateline="Altenwalde (nda)",
        body=PARAGRAPHS.format("neun").partition("</p>")[0] + "</p>", language="de", subjects=(ACCIDENT, TRAFFIC), source="nda",
        rights="Frei erfundener Beispieltext – Nur zum Testen",
    )  # fmt: skip


def test_correction_brings_its_sentence_for_readers() -> None:
    item = only("03")

    assert (item.version, item.signal, item.headline) == (3, "correction", HEADLINE)
    assert item.body == PARAGRAPHS.format("sieben")
    assert item.correction_note == "Berichtigung: Im ersten Absatz muss es sieben (nicht: neun) heißen."
    assert item.note == ""


@pytest.mark.parametrize(("number", "status"), [("07", "withheld"), ("08", "usable"), ("09", "canceled"), ("11", "canceled")])
def test_status(number: str, status: str) -> None:
    assert only(number).status == status


def test_embargo() -> None:
    assert only("12").embargo == datetime(2099, 3, 1, 17, tzinfo=UTC)
    assert (only("13").embargo, only("13").embargo_unreadable) == (None, False)


@pytest.mark.parametrize("meta", ["<embargoed/>", "<embargoed>bald</embargoed>", "<edNote>Sperrfrist bis Montag</edNote>"])
def test_embargo_that_only_a_person_can_read(meta: str) -> None:
    assert (made(meta=meta).embargo, made(meta=meta).embargo_unreadable) == (None, True)


def test_unknown_status_is_withheld_and_none_is_usable() -> None:
    assert made(meta='<pubStatus qcode="stat:quarantine"/>').status == "withheld"
    assert made().status == "usable"


def test_headlines_by_rank() -> None:
    item = made(about='<headline rank="3">Dach</headline><headline rank="1">Haupt</headline><headline rank="2">Unter</headline>')

    assert (item.kicker, item.headline, item.subhead) == ("Dach", "Haupt", "Unter")


def test_headlines_without_rank() -> None:
    item = made(about="<slugline>A/B</slugline><headline>Haupt</headline><headline>Unter</headline>")

    assert (item.kicker, item.headline, item.subhead) == ("A/B", "Haupt", "Unter")


def test_subjects_places_and_desk() -> None:
    item = made(
        about='<subject type="dpatype:category" qcode="dpacat:ku"><name>ku</name></subject>'
        '<subject type="cpnat:abstract" qcode="medtop:20000139"><name xml:lang="en">accident</name><name xml:lang="de">Unglück</name></subject>'
        '<subject type="cpnat:geoArea"><name>Jena</name></subject><subject type="cpnat:poi" literal="p0"><name>Markt</name></subject>'
        '<subject type="cpnat:person"><name>Greta Muster</name></subject><keyword>Brücke</keyword>'
        '<genre qcode="g:1"><name>Meldung</name></genre>'
    )

    assert [(subject.code, subject.name) for subject in item.subjects] == [("dpacat:ku", ""), ("medtop:20000139", "Unglück")]
    assert (item.places, item.keywords, item.genres) == (("Jena", "Markt"), ("Brücke",), ("Meldung",))


def test_countries_by_code_by_name_and_as_what_holds_a_place() -> None:
    item = made(
        about='<subject type="cpnat:geoArea" qcode="dpacountry:181"><name>Ukraine</name></subject>'
        '<subject type="cpnat:geoArea" qcode="iso3166-1a2:FR"><name>Frankreich</name></subject>'
        '<subject type="cpnat:geoArea" qcode="g:1"><name>Nevada</name><broader qcode="iso3166-1a2:US-NV"/><broader qcode="iso3166-1a3:USA"/></subject>'
        '<subject type="cpnat:geoArea" qcode="g:2"><name>Jena</name><broader type="cptype:country" qcode="iso3166-1a2:DE"/></subject>'
    )

    assert item.countries == ("country:Ukraine", "country:FR", "country:USA", "country:DE")


def test_notes_that_are_not_public_reach_neither_note_nor_text() -> None:
    item = made(
        meta='<edNote role="x:contacts" pubconstraint="x:nonpublic">Telefon 030</edNote><edNote role="x:notepad">'
        '<section xmlns="http://www.w3.org/1999/xhtml"><p>np-nonpublic Telefon</p></section></edNote><signal qcode="sig:correction"/>'
        '<edNote role="x:correction" pubconstraint="x:nonpublic">Geheim</edNote>',
        content=PAGE.format('<p>Text.</p><section class="np-nonpublic"><p>Telefon 030</p></section>'),
    )

    assert (item.note, item.correction_note, item.body) == ("", "", "<p>Text.</p>")


def test_page_inside_loses_head_line_lead_and_dateline() -> None:
    item = made(
        about="<headline>Zeile</headline>",
        content=PAGE.format(
            '<header><h1>Zeile</h1><ul class="slugline"><li>Dach</li></ul></header><section class="main"><p class="teaser">Vorspann.</p>'
            '<p><span class="dateline">Jena <span class="credit">(xyz)</span> - </span>Erster Satz.</p></section>'
        ),
    )

    assert (item.lead, item.dateline, item.body) == ("Vorspann.", "Jena (xyz)", "<p>Erster Satz.</p>")


def test_nitf_inside() -> None:
    item = made(
        content='<inlineXML><nitf xmlns="http://iptc.org/std/NITF/2006-10-18/"><body><body.head><hedline><hl1>Zeile</hl1></hedline>'
        "<byline>Von Erika Muster</byline></body.head><body.content><p>Text.</p></body.content></body></nitf></inlineXML>"
    )

    assert (item.headline, item.byline, item.body) == ("Zeile", "Von Erika Muster", "<p>Text.</p>")


@pytest.mark.parametrize(
    "content",
    [
        "<inlineData>Eins.\n\nZwei.</inlineData>",
        '<inlineData contenttype="text/plain">Eins.\n\nZwei.</inlineData>',
        '<inlineData contenttype="text/html">&lt;p&gt;Eins.&lt;/p&gt;&lt;p&gt;Zwei.&lt;/p&gt;</inlineData>',
    ],
)
def test_text_inside(content: str) -> None:
    assert made(content=content).body == "<p>Eins.</p><p>Zwei.</p>"


def test_picture_of_the_same_message_belongs_to_the_text_that_links_to_it() -> None:
    picture = element(
        guid="urn:p",
        kind="picture",
        about="<creditline>Anna</creditline><description role='drol:caption'>Ein Bild.</description>",
        content='<remoteContent contenttype="image/jpeg" href="klein.jpg" width="80"/>'
        '<remoteContent contenttype="image/jpeg" href="gross.jpg" width="800"/><remoteContent contenttype="video/mp4" href="film.mp4"/>',
        rights='<rightsInfo validto="2030-01-01T00:00:00Z"/>',
    )
    text = element(meta='<link rel="irel:seeAlso" residref="urn:p"/>', content=PAGE.format("<p>Text.</p>"))

    shown, told = newsml.parse(message(picture, text))

    assert (shown.kind, told.kind) == ("picture", "text")
    (found,) = told.pictures
    assert (found.guid, found.filename, found.caption, found.credit) == ("urn:p", "gross.jpg", "Ein Bild.", "Anna")
    assert found.expires == datetime(2030, 1, 1, tzinfo=UTC)


def test_withheld_picture_belongs_to_nobody() -> None:
    picture = element(guid="urn:p", kind="picture", meta='<pubStatus qcode="stat:canceled"/>', content='<remoteContent href="a.jpg"/>')
    text = element(meta='<link residref="urn:p"/>', content=PAGE.format("<p>Text.</p>"))

    assert newsml.parse(message(picture, text))[1].pictures == ()


@pytest.mark.parametrize(("tag", "kind"), [("packageItem", "package"), ("planningItem", "planning"), ("conceptItem", "concept")])
def test_other_kinds_of_items_are_no_articles(tag: str, kind: str) -> None:
    (item,) = newsml.parse(f'<{tag} guid="urn:x"/>'.encode())

    assert item.kind == kind


def test_bad_item_stops_no_other() -> None:
    with pytest.raises(FormatError) as fault:
        newsml.parse(message(element(guid=""), element(guid="urn:good")))
    assert (fault.value.code, [item.guid for item in fault.value.items]) == ("no-guid", ["urn:good"])


def test_message_without_items_is_refused() -> None:
    with pytest.raises(FormatError, match="NewsML-G2"):
        newsml.parse(message())


def test_message_without_one_of_its_items() -> None:
    raw = message(element(guid="urn:a", about="<headline>Weg</headline>"), element(guid="urn:b", about="<headline>Da</headline>"))

    left = sniff.without(raw, "urn:a")

    assert [item.guid for item in newsml.parse(left)] == ["urn:b"]
    assert b"Weg" not in left
    assert sniff.without(left, "urn:b") == b""
    assert sniff.without(element(guid="urn:a").encode(), "urn:a") == b""
