"""ninjs: kinds of items, pictures beside the text, and the standard's own samples."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from articles.wire.formats import ninjs
from articles.wire.item import Item, WirePicture

SAMPLES = Path(__file__).resolve().parents[4] / "shared" / "wire" / "ninjs"
needs_samples = pytest.mark.skipif(not SAMPLES.is_dir(), reason="the agencies' samples are not part of the project")


def _read(**fields: Any) -> Item:
    (item,) = ninjs.parse(json.dumps({"uri": "urn:a"} | fields).encode())
    return item


def _picture(**fields: Any) -> WirePicture:
    (picture,) = _read(associations=[{"uri": "urn:p", "type": "picture"} | fields]).pictures
    return picture


def _sample(name: str) -> Item:
    (item,) = ninjs.parse((SAMPLES / name).read_bytes())
    return item


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({}, "text"),
        ({"type": "text"}, "text"),
        ({"type": "composite", "body_text": "x"}, "text"),
        ({"type": "Picture"}, "picture"),
        ({"type": "graphic"}, "picture"),
        ({"type": "audio"}, "audio"),
        ({"type": "event"}, "event"),
        ({"eventDetails": {"dates": {}}}, "event"),
        ({"type": "text", "eventDetails": {}, "bodies": []}, "text"),
        ({"renditions": []}, "picture"),
        ({"type": "ergebnistabelle", "body_html": "<p>1. FC</p>"}, "ergebnistabelle"),
    ],
)
def test_tells_what_kind_an_item_is(fields: dict[str, Any], kind: str) -> None:
    assert _read(**fields).kind == kind


def test_text_without_text_is_still_a_text() -> None:
    item = _read(type="text", headline="Leer")

    assert (item.kind, item.body) == ("text", "")


def test_a_picture_alone_is_its_own_picture() -> None:
    item = _read(type="picture", by="Erika Muster", renditions=[{"href": "https://b.example/a.jpg", "width": 9}])

    assert item.kind == "picture"
    assert [(picture.guid, picture.credit, picture.width) for picture in item.pictures] == [("urn:a", "Erika Muster", 9)]


@pytest.mark.parametrize(
    "associations",
    [
        [{"uri": "urn:p", "type": "picture"}],
        [{"uri": "urn:p", "type": "image"}],
        {"mainpic": {"uri": "urn:p", "type": "picture"}},
        {"gallery": [{"uri": "urn:p", "type": "picture"}]},
        {"uri": "urn:p", "type": "picture"},
    ],
)
def test_finds_pictures_in_lists_and_maps(associations: object) -> None:
    assert [picture.guid for picture in _read(associations=associations).pictures] == ["urn:p"]


@pytest.mark.parametrize(
    "association",
    [
        {"uri": "urn:t", "type": "text"},
        {"uri": "urn:v", "type": "video", "renditions": [{"href": "https://b.example/a.mp4"}]},
        {"uri": "urn:p", "type": "picture", "pubStatus": "canceled"},
        {"uri": "urn:p", "type": "picture", "pubstatus": "stat:withheld"},
        "urn:p",
        None,
    ],
)
def test_takes_no_other_associations_and_no_withdrawn_pictures(association: object) -> None:
    assert _read(associations=[association]).pictures == ()


def test_the_feature_picture_comes_first() -> None:
    associations = [
        {"name": "bild2", "uri": "urn:2", "type": "picture"},
        {"name": "featureimage", "uri": "urn:1", "type": "picture"},
    ]

    assert [picture.guid for picture in _read(associations=associations).pictures] == ["urn:1", "urn:2"]


def test_the_same_picture_counts_once() -> None:
    picture = {"uri": "urn:p", "type": "picture"}

    assert len(_read(associations=[picture, picture]).pictures) == 1


@pytest.mark.parametrize("shape", ["list", "map"])
def test_takes_the_widest_rendition_that_is_not_too_wide(shape: str) -> None:
    named = {str(width): {"href": f"https://b.example/{width}.jpg", "width": width} for width in (256, 4724, 1024)}

    picture = _picture(renditions=named if shape == "map" else list(named.values()))

    assert (picture.filename, picture.width) == ("1024.jpg", 1024)


def test_takes_any_rendition_where_no_width_is_known() -> None:
    assert _picture(renditions=[{"href": "https://b.example/a.jpg"}]).href == "https://b.example/a.jpg"


def test_a_film_is_no_rendition_of_a_picture() -> None:
    film = {"href": "https://b.example/a.mp4", "contentType": "video/mp4", "width": 1920}
    still = {"href": "https://b.example/a.jpg", "mimetype": "IMAGE/JPEG", "width": 640}

    picture = _picture(renditions=[film, still])

    assert (picture.filename, picture.content_type) == ("a.jpg", "image/jpeg")


@pytest.mark.parametrize(
    ("href", "name"),
    [
        ("bruecke.jpg", "bruecke.jpg"),
        ("../../../etc/passwd", "passwd"),
        ("file:///var/bilder/bruecke.jpg", "bruecke.jpg"),
        (".bashrc", ""),
    ],
)
def test_a_file_beside_the_item_is_named_without_its_folder(href: str, name: str) -> None:
    picture = _picture(renditions=[{"href": href}])

    assert (picture.href, picture.filename) == ("", name)


def test_caption_and_credit_are_found_under_every_name() -> None:
    assert _picture(descriptions=[{"role": "caption", "value": "Brücke"}]).caption == "Brücke"
    assert _picture(description_text="Brücke").caption == "Brücke"
    assert _picture(byline="Erika Muster").credit == "Erika Muster"
    assert _picture(copyrightholder="nda").credit == "nda"
    assert _picture(altText="Eine Brücke").alt == "Eine Brücke"


def test_expiry_of_picture_rights_is_read() -> None:
    assert _picture(expires="2026-12-31T23:00:00Z").expires == datetime(2026, 12, 31, 23, 0, tzinfo=UTC)


def test_takes_fifty_pictures_at_most() -> None:
    many = [{"uri": f"urn:{number}", "type": "picture"} for number in range(80)]

    assert len(_read(associations=many).pictures) == 50


@needs_samples
def test_agency_text_of_two_generations_is_the_same_item() -> None:
    old, new = _sample("dpa-text-2.1.json"), _sample("dpa-text-3.0.json")

    assert new == old
    assert (new.version, new.updated) == (2, datetime(2019, 5, 10, 14, 2, 28, tzinfo=UTC))
    assert (new.urgency, new.language, new.source, new.status, new.kind) == (4, "de", "dpa", "usable", "text")
    assert (new.body.count("<p>"), new.body.count("<section")) == (9, 0)
    assert new.byline.endswith(", dpa")


@needs_samples
def test_swedish_sample_comes_without_layout_headline_and_cut_description() -> None:
    item = _sample("tt-text-and-picture-3.0.json")

    assert item.body.startswith("<p>Pandemin satte stopp")
    assert "Karl Melander" not in item.body
    assert (item.lead, item.signal, item.urgency) == ("", "", 3)
    assert item.places == ("Sverige", "Gotland", "Finland")
    assert [(picture.filename, picture.width) for picture in item.pictures] == [("a001_NormalPreview.jpg", 1024)]


@needs_samples
def test_composite_sample_takes_markup_and_its_main_picture() -> None:
    item = _sample("complex-1.4.json")

    assert (item.kind, item.body.count("<p>"), item.dateline) == ("text", 4, "Grossetto, Italy")
    assert [(picture.width, picture.credit) for picture in item.pictures] == [(429, "Paulo Santalucia")]


@needs_samples
def test_event_sample_is_no_article() -> None:
    item = _sample("event-not-an-article-3.0.json")

    assert (item.kind, item.body, item.version) == ("event", "", 2)
    assert item.headline == "Tackling Doping in Sport Conference"


@needs_samples
def test_picture_sample_carries_its_linked_rights() -> None:
    item = _sample("picture-linked-rights-3.0.json")

    assert (item.kind, item.rights) == ("picture", "http://example.agency.com/rights/editorialUseOnly")
    assert [(picture.filename, picture.width) for picture in item.pictures] == [("2.59562475.jpg", 512)]


@needs_samples
def test_every_sample_is_read() -> None:
    items = [_sample(path.name) for path in sorted(SAMPLES.glob("*.json"))]

    assert len(items) == 8
    assert all(item.guid and item.headline for item in items)
