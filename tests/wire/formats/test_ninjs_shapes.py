"""ninjs: the same idea in the shapes of three generations, read without trusting the stated one."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from articles.wire.formats import ninjs
from articles.wire.item import FormatError, Item, Subject

NOON = datetime(2025, 2, 3, 12, 0, tzinfo=UTC)


def _read(**fields: Any) -> Item:
    (item,) = ninjs.parse(json.dumps({"uri": "urn:a"} | fields).encode())
    return item


def _body(*bodies: tuple[str, str]) -> str:
    return _read(bodies=[{"contentType": kind, "value": text} for kind, text in bodies]).body


@pytest.mark.parametrize("name", ["versioncreated", "versionCreated", "VersionCreated"])
def test_spelling_of_names_does_not_matter(name: str) -> None:
    assert _read(**{name: "2025-02-03T12:00:00Z"}).updated == NOON


@pytest.mark.parametrize("name", ["firstcreated", "firstCreated"])
def test_reads_when_an_item_first_appeared(name: str) -> None:
    assert _read(**{name: "2025-02-03T13:00:00+01:00"}).issued == NOON


def test_reads_when_an_item_expires() -> None:
    assert _read(expires="2025-02-03T12:00:00Z").expires == NOON


def test_date_that_does_not_exist_is_unknown() -> None:
    item = _read(versionCreated="2025-02-30T12:00:00Z", firstCreated="0001-01-01T00:00:00Z")

    assert (item.updated, item.issued) == (None, None)


@pytest.mark.parametrize("name", ["embargoed", "embargoedUntil", "embargoeduntil"])
def test_reads_the_embargo_under_each_name(name: str) -> None:
    assert _read(**{name: "2025-02-03T12:00:00Z"}).embargo == NOON


def test_the_later_of_two_embargoes_counts() -> None:
    item = _read(embargoed="2025-02-03T11:00:00Z", embargoedUntil="2025-02-03T12:00:00Z")

    assert (item.embargo, item.embargo_unreadable) == (NOON, False)


@pytest.mark.parametrize(
    "stated", ["heute Abend", "2099-02-30T18:00:00Z", "0001-01-01T00:00:00Z", "2099-03-01", "2099-03-01T18:00:00", {}, 7]
)
def test_an_embargo_nobody_can_read_is_told(stated: object) -> None:
    item = _read(embargoedUntil=stated)

    assert (item.embargo, item.embargo_unreadable) == (None, True)


def test_one_unreadable_embargo_spoils_a_readable_one() -> None:
    item = _read(embargoed="2025-02-03T12:00:00Z", embargoedUntil="bald")

    assert (item.embargo, item.embargo_unreadable) == (NOON, True)


@pytest.mark.parametrize("stated", [None, "", False])
def test_an_empty_embargo_is_none(stated: object) -> None:
    item = _read(embargoed=stated)

    assert (item.embargo, item.embargo_unreadable) == (None, False)


@pytest.mark.parametrize(
    ("stated", "status"),
    [
        (None, "usable"),
        ("usable", "usable"),
        ("stat:usable", "usable"),
        ("http://cv.iptc.org/newscodes/pubstatusg2/usable", "usable"),
        ("withheld", "withheld"),
        ("Canceled", "canceled"),
        ("cancelled", "canceled"),
        ("stat:canceled", "canceled"),
        ("withdrawn", "canceled"),
        ("commissioned", "withheld"),
        (["canceled"], "withheld"),
    ],
)
def test_reads_the_status_and_holds_what_it_does_not_know(stated: object, status: str) -> None:
    assert _read(pubStatus=stated).status == status


def test_a_missing_status_means_usable() -> None:
    assert _read().status == "usable"


@pytest.mark.parametrize(("stated", "urgency"), [(1, 1), ("3", 3), (0, 5), (12, 5), (None, 5), ("eilig", 5)])
def test_urgency_lies_between_one_and_nine(stated: object, urgency: int) -> None:
    assert _read(urgency=stated).urgency == urgency


@pytest.mark.parametrize(
    "fields",
    [
        {"altIds": [{"role": "SIGNAL", "value": "sig:correction"}]},
        {"signal": "sig:correction"},
        {"signals": [{"uri": "sig:correction"}, {"uri": "sig:update"}]},
        {"signal": {"literal": "correction"}},
        {"ednote": "KORREKTUR: Name im zweiten Absatz"},
    ],
)
def test_a_correction_is_recognised(fields: dict[str, Any]) -> None:
    assert _read(**fields).signal == "correction"


def test_a_note_that_only_mentions_a_correction_is_none() -> None:
    assert _read(edNote="Es folgt keine Berichtigung.").signal == ""


def test_other_identities_are_no_signal() -> None:
    assert _read(altIds=[{"role": "slug", "value": "sig:correction"}]).signal == ""


def test_html_wins_over_text_and_unknown_xml() -> None:
    body = _body(("text/plain", "Nur Text"), ("application/xml", "<X>x</X>"), ("text/html", "<p>Mit Absatz</p>"))

    assert body == "<p>Mit Absatz</p>"


def test_text_serves_where_the_html_is_empty() -> None:
    assert _body(("text/html", " "), ("text/plain", "Erster\n\nZweiter & Dritter")) == (
        "<p>Erster</p><p>Zweiter &amp; Dritter</p>"
    )


def test_other_xml_is_never_shown() -> None:
    assert _body(("application/xml", "<TTNITF>geheim</TTNITF>")) == ""


def test_markup_is_recognised_without_its_type() -> None:
    assert _read(bodies=[{"role": "main", "value": "<p>Eins</p><p>Zwei</p>"}]).body == "<p>Eins</p><p>Zwei</p>"
    assert _read(bodies=[{"role": "main", "value": "3 < 4"}]).body == "<p>3 &lt; 4</p>"


@pytest.mark.parametrize("name", ["body_html", "body_xhtml", "body_richhtml5"])
def test_old_bodies_with_markup_win_over_text(name: str) -> None:
    assert _read(**{"body_text": "Nur Text", name: "<p>Absatz</p>"}).body == "<p>Absatz</p>"


def test_old_plain_body_becomes_paragraphs() -> None:
    assert _read(body_text="Eins\n\nZwei").body == "<p>Eins</p><p>Zwei</p>"


def test_body_is_clean() -> None:
    body = _body(("text/html", '<p onclick="x()">Text<script>alert(1)</script></p><iframe src="x"></iframe>'))

    assert body == "<p>Text</p>"


def test_headlines_are_told_apart_by_role() -> None:
    item = _read(headlines=[{"role": "sub", "value": "Unten"}, {"role": "main", "value": "Oben"}])

    assert (item.headline, item.subhead) == ("Oben", "Unten")


@pytest.mark.parametrize(
    "fields",
    [
        {"headlines": [{"value": "Oben"}]},
        {"headlines": ["Oben"]},
        {"headlines": {"role": "main", "value": "Oben"}},
        {"headlines": [{"role": "main", "contentType": "text/html", "value": "<h1>O<b>ben</b></h1>"}]},
        {"headline": "Oben"},
        {"title": "Oben"},
    ],
)
def test_headline_is_found_in_every_shape(fields: dict[str, Any]) -> None:
    assert _read(**fields).headline == "Oben"


@pytest.mark.parametrize(
    "fields",
    [
        {"descriptions": [{"role": "caption", "value": "Bild"}, {"value": "Vorspann"}]},
        {"descriptions": [{"contentType": "text/html", "value": "<p>Vor<b>spann</b></p>"}]},
        {"description_text": "Vorspann"},
        {"description_html": "<p>Vorspann</p>"},
        {"description_xhtml": "<p>Vorspann</p>"},
    ],
)
def test_lead_is_found_in_every_shape(fields: dict[str, Any]) -> None:
    assert _read(**fields).lead == "Vorspann"


def test_dateline_of_the_text_wins_over_the_stated_place() -> None:
    item = _read(located="Thüringen", body_html="<p>Jena (wna) - Der Ausbau beginnt.</p>")

    assert (item.dateline, item.body) == ("Jena (wna)", "<p>Der Ausbau beginnt.</p>")


@pytest.mark.parametrize(
    "subject",
    [
        {"uri": "medtop:20000139"},
        {"uri": "http://cv.iptc.org/newscodes/mediatopic/20000139"},
        {"code": "20000139", "scheme": "medtop"},
        {"code": "20000139", "scheme": "http://cv.iptc.org/newscodes/mediatopic/"},
        {"code": "medtop:20000139"},
    ],
)
@pytest.mark.parametrize("field", ["subject", "subjects"])
def test_media_topics_are_recognised_in_every_shape(field: str, subject: dict[str, str]) -> None:
    assert _read(**{field: [subject | {"name": "Unglück"}]}).subjects == (Subject("medtop:20000139", "Unglück"),)


def test_subject_without_code_is_a_keyword() -> None:
    item = _read(subjects=[{"name": "Brücke"}], keyword=["Bahn", "Brücke"], keywords="Stadt; Land")

    assert (item.subjects, item.keywords) == ((), ("Stadt", "Land", "Bahn", "Brücke"))


def test_takes_two_hundred_tags_at_most() -> None:
    item = _read(keyword=[str(number) for number in range(300)], subjects=[{"uri": f"x:{number}"} for number in range(300)])

    assert (len(item.keywords), len(item.subjects)) == (200, 200)


def test_source_is_the_one_with_that_role() -> None:
    sources = [{"name": "Pressestelle", "role": "origin"}, {"name": "nda", "role": "source"}]

    assert _read(infoSources=sources, copyrightHolder="x").source == "nda"
    assert _read(copyrightholder="nda").source == "nda"


def test_rights_are_joined_and_named_once() -> None:
    item = _read(copyrightNotice="Alle Rechte", usageTerms="Alle Rechte", rightsInfo={"linkedRights": "https://r.example"})

    assert item.rights == "Alle Rechte – https://r.example"


@pytest.mark.parametrize("note", ["Eins\nZwei", ["Eins", "Zwei"], [{"value": "Eins"}, {"value": "Zwei"}, {"value": "Eins"}]])
def test_notes_of_every_shape_reach_editors(note: object) -> None:
    assert _read(edNote=note).note.split() == ["Eins", "Zwei"]


def test_a_list_holds_several_items() -> None:
    items = ninjs.parse(b'[{"uri": "a"}, {"uri": "b"}]')

    assert [item.guid for item in items] == ["a", "b"]


def test_a_bad_item_in_a_list_does_not_hide_the_good_ones() -> None:
    with pytest.raises(FormatError) as fault:
        ninjs.parse(b'[{"uri": "a"}, {"headline": "ohne"}, 7, {"uri": "c"}]')
    assert fault.value.code == "no-guid"
    assert [item.guid for item in fault.value.items] == ["a", "c"]


def test_an_identity_that_is_a_number_becomes_text() -> None:
    assert _read(uri=117).guid == "117"
