"""NITF: one story's life cycle field by field, and what real agencies do beside it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from articles.wire.formats import nitf
from articles.wire.item import FormatError, Item, Subject
from tests.wire.formats.test_ninjs import FIRST, GUID, HEADLINE, LEAD, PARAGRAPHS

DATA = Path(__file__).resolve().parents[2] / "data" / "wire" / "nitf"


def only(number: str) -> Item:
    (path,) = DATA.glob(f"{number}-*.xml")
    (item,) = nitf.parse(path.read_bytes())
    return item


def made(*, data: str = "", head: str = "", content: str = "<p>Text.</p>", root: str = 'baselang="de"') -> Item:
    raw = (
        f'<nitf {root}><head><title>Titel</title>{head}<docdata><doc-id id-string="urn:x:1" regsrc="xyz"/>{data}</docdata></head>'
        f"<body><body.head><hedline><hl1>Zeile</hl1></hedline></body.head><body.content>{content}</body.content></body></nitf>"
    )
    (item,) = nitf.parse(raw.encode())
    return item


def test_flash_field_by_field() -> None:
    assert only("01") == Item(
        guid=GUID, version=1, updated=FIRST, urgency=2, kicker="Unfälle/Verkehr/Brücken",
        headline="Fußgängerbrücke in Altenwalde eingestürzt", dateline="Altenwalde",
        body=PARAGRAPHS.format("neun").partition("</p>")[0] + "</p>", language="de",
        subjects=(Subject("subj:03000000", "Katastrophen und Unfälle"),), keywords=("Unglück", "Verkehrsunglück"),
        places=("Altenwalde",), countries=("country:DE",), source="nda",
    )  # fmt: skip


def test_correction_is_told_by_its_note() -> None:
    item = only("03")

    assert (item.version, item.signal, item.headline) == (3, "correction", HEADLINE)
    assert (item.lead, item.body) == (LEAD.format("sieben"), PARAGRAPHS.format("sieben"))
    assert (item.subhead, item.byline) == ("Ermittlungen zur Ursache laufen", "Von Erika Muster")
    assert item.correction_note == ""


@pytest.mark.parametrize(("number", "status"), [("07", "withheld"), ("08", "usable"), ("09", "canceled"), ("11", "canceled")])
def test_status(number: str, status: str) -> None:
    assert only(number).status == status


def test_embargo_in_words_is_unreadable_until_lifted() -> None:
    assert (only("12").embargo, only("12").embargo_unreadable) == (None, True)
    assert (only("13").embargo, only("13").embargo_unreadable) == (None, False)


@pytest.mark.parametrize(
    ("data", "embargo", "is_unreadable"),
    [
        ('<date.release norm="20990301T180000+0100"/>', datetime(2099, 3, 1, 17, tzinfo=UTC), False),
        ('<date.release norm="20990301T180000"/>', None, True),
        ('<date.release norm="morgen"/>', None, True),
        ("", None, False),
    ],
)
def test_release_date(data: str, embargo: datetime | None, is_unreadable: bool) -> None:
    item = made(data=data)

    assert (item.embargo, item.embargo_unreadable) == (embargo, is_unreadable)


def test_embargoed_without_a_moment_waits_for_a_person() -> None:
    raw = b'<nitf><head><docdata management-status="embargoed"><doc-id id-string="urn:x"/></docdata></head><body/></nitf>'

    (item,) = nitf.parse(raw)

    assert (item.status, item.embargo_unreadable) == ("usable", True)


def test_unknown_status_is_withheld() -> None:
    raw = b'<nitf><head><docdata management-status="quarantine"><doc-id id-string="urn:x"/></docdata></head><body/></nitf>'

    assert nitf.parse(raw)[0].status == "withheld"


@pytest.mark.parametrize(
    ("identity", "source", "guid"),
    [
        ("urn-newsml-x-190617-99:1560755878000", "x", "urn-newsml-x-190617-99"),
        ("urn:newsml:x:1", "x", "urn:newsml:x:1"),
        ("abc_00", "NTB", "NTB:abc_00"),
        ("abc", "", "abc"),
    ],
)
def test_identity_is_unique_and_steady(identity: str, source: str, guid: str) -> None:
    raw = f'<nitf><head><docdata><doc-id id-string="{identity}" regsrc="{source}"/></docdata></head><body/></nitf>'

    assert nitf.parse(raw.encode())[0].guid == guid


def test_without_identity_it_is_refused() -> None:
    with pytest.raises(FormatError) as fault:
        nitf.parse(b"<nitf><head/><body/></nitf>")
    assert fault.value.code == "no-guid"


def test_dates_and_expiry() -> None:
    item = made(data='<date.issue norm="20250203T084702+0100"/><date.expire norm="20250210T000000Z"/>')

    assert item.updated == datetime(2025, 2, 3, 7, 47, 2, tzinfo=UTC)
    assert item.expires == datetime(2025, 2, 10, tzinfo=UTC)


def test_body_is_the_houses_html_without_pictures_and_notes() -> None:
    item = made(
        content='<p lede="true">Vorspann.</p><p>Herr <person>Otto</person> zahlt <money>5 Euro</money>.</p><hl2>Zwischen</hl2>'
        "<bq><block><p>Zitat</p></block></bq><note><p>Nur intern</p></note>"
        '<media media-type="image"><media-reference mime-type="image/jpeg" source="a.jpg" width="800" height="600"/>'
        "<media-caption>Ein Bild.</media-caption><media-producer>Anna</media-producer></media><ul><li>Punkt</li></ul>"
    )

    assert item.lead == "Vorspann."
    assert item.body == "<p>Herr Otto zahlt 5 Euro.</p><h2>Zwischen</h2><blockquote><p>Zitat</p></blockquote><ul><li>Punkt</li></ul>"
    assert item.note == "Nur intern"
    (picture,) = item.pictures
    assert (picture.filename, picture.caption, picture.credit, picture.width) == ("a.jpg", "Ein Bild.", "Anna", 800)


def test_widest_rendition_is_taken_and_the_name_of_the_picture_is_steady() -> None:
    item = made(
        content='<p>Text.</p><media media-type="image"><media-metadata name="media-id" value="urn-p:1560755870000"/>'
        '<media-reference mime-type="image/jpeg" source="http://x.example/s.jpg" width="80"/>'
        '<media-reference mime-type="image/jpeg" source="http://x.example/l.jpg" width="800" alternate-text="Zwei"/></media>'
    )

    (picture,) = item.pictures
    assert (picture.guid, picture.href, picture.alt) == ("urn-p", "http://x.example/l.jpg", "Zwei")


def test_kicker_of_a_class_of_its_own_and_packed_keywords() -> None:
    raw = (
        b'<nitf><head><docdata><doc-id id-string="urn:x"/><key-list><keyword key="A/Film/B/"/></key-list></docdata></head>'
        b'<body><body.head><hedline><hl1>Zeile</hl1><hl2 class="ShortHeadLine">Ausgezeichnet</hl2></hedline></body.head></body></nitf>'
    )

    (item,) = nitf.parse(raw)

    assert (item.kicker, item.subhead, item.keywords) == ("Ausgezeichnet", "", ("A", "Film", "B"))


def test_bare_ampersands_are_mended_and_said() -> None:
    raw = b'<nitf><head><docdata><doc-id id-string="urn:x"/></docdata></head><body><body.content><p>Kohl & Sohn</p></body.content></body></nitf>'

    (item,) = nitf.parse(raw)

    assert (item.body, item.is_repaired) == ("<p>Kohl &amp; Sohn</p>", True)
