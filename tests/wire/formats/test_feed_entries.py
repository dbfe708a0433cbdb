"""Feeds: what entries leave out, repeat or spell in their own way."""

from __future__ import annotations

import json
from typing import Any

import pytest

from articles.wire.formats import feed
from articles.wire.item import Item, Subject

RSS = (
    '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:media="http://search.yahoo.com/mrss/"><channel><title>tnd</title>{0}</channel></rss>'
)
ATOM = '<feed xmlns="http://www.w3.org/2005/Atom"><title>wna</title><rights>wna</rights><entry>{0}</entry></feed>'
PICTURE = '<media:content url="https://b.example/a.jpg" type="image/jpeg">{0}</media:content>'


def _rss(inner: str) -> Item:
    (item,) = feed.parse(RSS.format(f"<item>{inner}</item>").encode())
    return item


def _atom(inner: str) -> Item:
    (item,) = feed.parse(ATOM.format(inner).encode())
    return item


def _json(**fields: Any) -> Item:
    content = {"version": "https://jsonfeed.org/version/1", "items": [{"id": "a"} | fields]}
    (item,) = feed.parse(json.dumps(content).encode())
    return item


def _text(body: str) -> str:
    return f"<guid>a</guid><title>Brücke</title><content:encoded><![CDATA[{body}]]></content:encoded>"


def test_made_identity_is_the_same_at_every_poll() -> None:
    entry = "<title>Ohne Kennung</title><pubDate>Mon, 03 Feb 2025 10:02 +0100</pubDate>"

    assert _rss(entry).guid == _rss(entry + "<description>Neuer Text</description>").guid
    assert _rss(entry).guid.startswith("made:")


def test_made_identities_differ_by_title_and_date() -> None:
    entries = [
        "<title>A</title><pubDate>Mon, 03 Feb 2025 10:02 +0100</pubDate>",
        "<title>B</title><pubDate>Mon, 03 Feb 2025 10:02 +0100</pubDate>",
        "<title>A</title><pubDate>Mon, 03 Feb 2025 10:03 +0100</pubDate>",
    ]

    assert len({_rss(entry).guid for entry in entries}) == 3


def test_description_is_the_lead_of_a_longer_different_text() -> None:
    item = _rss("<description>Kurz gesagt.</description>" + _text("<p>Eins, zwei.</p><p>Drei, vier.</p>"))

    assert (item.lead, item.body) == ("Kurz gesagt.", "<p>Eins, zwei.</p><p>Drei, vier.</p>")


@pytest.mark.parametrize("description", ["Eins, zwei. Drei, vier.", "Eins, zwei, drei, vier, fünf, sechs, sieben."])
def test_description_as_long_as_the_text_is_no_lead(description: str) -> None:
    item = _rss(f"<description>{description}</description>" + _text("<p>Eins, zwei.</p><p>Drei, vier.</p>"))

    assert item.lead == ""


def test_two_line_breaks_part_paragraphs() -> None:
    assert _rss(_text("Eins.<br /><br />Zwei.")).body == "<p>Eins.</p><p>Zwei.</p>"


@pytest.mark.parametrize("word", ["Foto", "Fotos", "Bild", "Symbolfoto", "Archivfoto"])
def test_photo_line_at_the_end_speaks_for_the_picture(word: str) -> None:
    item = _rss(_text(f"Text.<br /><br />{word}: Brücke, Archiv, über tnd") + PICTURE.format(""))

    assert item.body == "<p>Text.</p>"
    assert [(picture.caption, picture.credit) for picture in item.pictures] == [("Brücke, Archiv", "über tnd")]
    assert item.note == ""


def test_photo_line_of_one_part_is_the_credit() -> None:
    item = _rss(_text("<p>Text.</p><p>Foto: Erika Muster</p>") + PICTURE.format(""))

    assert [(picture.caption, picture.credit) for picture in item.pictures] == [("", "Erika Muster")]


def test_photo_line_does_not_overrule_the_picture_itself() -> None:
    words = "<media:credit>Max Muster</media:credit><media:description>Steg</media:description>"

    item = _rss(_text("<p>Text.</p><p>Foto: Brücke, über tnd</p>") + PICTURE.format(words))

    assert [(picture.caption, picture.credit) for picture in item.pictures] == [("Steg", "Max Muster")]


def test_photo_line_without_a_picture_is_left_to_editors() -> None:
    item = _rss(_text("<p>Text.</p><p>Foto: Brücke, über tnd</p>"))

    assert (item.body, item.note) == ("<p>Text.</p>", "Foto: Brücke, über tnd")


def test_photo_line_within_the_text_stays() -> None:
    item = _rss(_text("<p>Foto: so heißt die Ausstellung.</p><p>Text.</p>"))

    assert item.body == "<p>Foto: so heißt die Ausstellung.</p><p>Text.</p>"


def test_missing_title_is_the_first_sentence() -> None:
    item = _rss("<guid>a</guid><description>Kiel (wna) - Es regnet. Morgen auch.</description>")

    assert (item.headline, item.dateline) == ("Es regnet", "Kiel (wna)")


@pytest.mark.parametrize(
    ("title", "headline"),
    [
        ("A &amp;amp; B", "A & B"),
        ("&lt;b&gt;Fett&lt;/b&gt;", "Fett"),
        ("5 &lt; 6", "5 < 6"),
        ("  Zwei\n  Zeilen ", "Zwei Zeilen"),
    ],
)
def test_titles_of_rss_are_plain_text(title: str, headline: str) -> None:
    assert _rss(f"<guid>a</guid><title>{title}</title>").headline == headline


def test_captions_do_not_replace_the_description() -> None:
    caption = PICTURE.format("<media:description>Bildzeile</media:description>")

    item = _rss(caption + "<guid>a</guid><title>T</title><description>Text der Meldung.</description>")

    assert item.body == "<p>Text der Meldung.</p>"
    assert [picture.caption for picture in item.pictures] == ["Bildzeile"]


def test_enclosures_that_are_no_pictures_are_left() -> None:
    enclosures = (
        '<enclosure url="https://b.example/a.mp3" type="audio/mpeg"/><enclosure url="https://b.example/a.png" type="image/png"/>'
    )

    assert [picture.filename for picture in _rss(_text("x") + enclosures).pictures] == ["a.png"]


def test_same_address_as_media_and_enclosure_is_one_picture() -> None:
    enclosure = '<enclosure url="https://b.example/a.jpg" type="image/jpeg"/>'

    assert len(_rss(_text("x") + enclosure + PICTURE.format("")).pictures) == 1


@pytest.mark.parametrize("term", ["medtop:20000343", "http://cv.iptc.org/newscodes/mediatopic/20000343"])
def test_media_topics_among_categories_are_codes(term: str) -> None:
    item = _atom(f'<id>a</id><title>T</title><category term="{term}" label="Schifffahrt"/>')

    assert (item.subjects, item.keywords) == ((Subject("medtop:20000343", "Schifffahrt"),), ("Schifffahrt",))


def test_atom_takes_rights_of_the_feed_where_the_entry_has_none() -> None:
    assert _atom("<id>a</id><title>T</title>").rights == "wna"
    assert _atom("<id>a</id><title>T</title><rights>Erika Muster</rights>").rights == "Erika Muster"


def test_atom_names_all_authors() -> None:
    authors = "<author><name>Erika Muster</name></author><author><name>Max Muster</name></author>"

    assert _atom(f"<id>a</id><title>T</title>{authors}").byline == "Erika Muster, Max Muster"


def test_atom_html_is_cleaned() -> None:
    content = '<content type="html">&lt;p onclick="x()"&gt;Text&lt;script&gt;x&lt;/script&gt;&lt;/p&gt;</content>'

    assert _atom(f"<id>a</id><title>T</title>{content}").body == "<p>Text</p>"


def test_json_feed_prefers_markup_to_text() -> None:
    assert _json(content_html="<p>Absatz</p>", content_text="Text").body == "<p>Absatz</p>"
    assert _json(content_text="Eins\n\nZwei").body == "<p>Eins</p><p>Zwei</p>"


def test_json_feed_summary_is_the_lead_or_else_the_body() -> None:
    assert _json(content_text="Viel mehr Text als dort.", summary="Kurz gesagt").lead == "Kurz gesagt"
    assert (_json(summary="Nur das").lead, _json(summary="Nur das").body) == ("", "<p>Nur das</p>")


def test_json_feed_knows_authors_of_both_versions() -> None:
    assert _json(authors=[{"name": "Erika Muster"}, {"url": "x"}]).byline == "Erika Muster"
    assert _json(author={"name": "Max Muster"}).byline == "Max Muster"


def test_json_feed_pictures_are_image_and_attached_images() -> None:
    attachments = [
        {"url": "https://b.example/b.png", "mime_type": "image/png"},
        {"url": "https://b.example/c.mp3", "mime_type": "audio/mpeg"},
    ]

    item = _json(image="https://b.example/a.jpg", attachments=attachments)

    assert [picture.filename for picture in item.pictures] == ["a.jpg", "b.png"]
