"""Feeds: what is broken is mended once or refused with a reason; nothing can exhaust the machine."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.wire import reading
from articles.wire.formats import feed
from articles.wire.item import FormatError, Item

RSS = '<rss version="2.0"><channel><title>tnd</title>{0}</channel></rss>'
ENTRY = "<item><guid>a</guid><title>{0}</title><description>{1}</description></item>"
LAUGHS = '<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'


def _feed(title: str = "Titel", text: str = "Text") -> str:
    return RSS.format(ENTRY.format(title, text))


def _only(raw: bytes) -> Item:
    (item,) = feed.parse(raw)
    return item


def _outcome(raw: bytes) -> tuple[list[Item], str]:
    """What was read, or the code of the refusal."""
    try:
        return feed.parse(raw), ""
    except FormatError as fault:
        return [], fault.code


def _code(raw: bytes) -> str:
    with pytest.raises(FormatError) as fault:
        feed.parse(raw)
    assert fault.value.sentence.endswith(".")
    return fault.value.code


@pytest.mark.parametrize(
    "prolog",
    [
        LAUGHS,
        '<?xml version="1.0"?>' + LAUGHS,
        '<?xml version="1.0"?>\n<!-- <rss> -->\n<?style x?> ' + LAUGHS,
        '<!DOCTYPE rss SYSTEM "file:///etc/passwd">',
        "<!doctype rss>",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_refuses_every_document_type(prolog: str, encoding: str) -> None:
    raw = (prolog + _feed("&b;")).encode(encoding)

    with pytest.raises(FormatError, match="DOCTYPE") as fault:
        feed.parse(raw)
    assert fault.value.code == "unreadable"


def test_a_document_type_written_about_is_only_text() -> None:
    assert _only(_feed(text="<![CDATA[Man schreibt &lt;!DOCTYPE html&gt;.]]>").encode()).body == (
        "<p>Man schreibt &lt;!DOCTYPE html&gt;.</p>"
    )


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "unreadable"),
        (b"<", "unreadable"),
        (b"text", "unreadable"),
        (b"{}", "unreadable"),
        (b'{"version": "1"}', "unreadable"),
        (b'{"version": "https://jsonfeed.org/version/1.1", "items": [{"id', "unreadable"),
        (b"<html><body>404</body></html>", "unreadable"),
        (_feed().encode()[:-20], "unreadable"),
        (RSS.format("<item><title>A &").encode()[:-20], "unreadable"),
        (RSS.format("<item>" + "<a>" * 5000 + "</a>" * 5000 + "</item>").encode(), "too-deep"),
        (RSS.format(f"<item><guid>{'a' * 501}</guid></item>").encode(), "bad-guid"),
    ],
)
def test_refuses_with_a_reason(raw: bytes, code: str) -> None:
    assert _code(raw) == code


def test_refuses_more_than_twenty_megabytes() -> None:
    assert _code(b" " * (reading.FEED_LIMIT + 1)) == "too-large"


def test_a_feed_without_entries_is_no_fault() -> None:
    assert feed.parse(RSS.format("").encode()) == []
    assert feed.parse(b'{"version": "https://jsonfeed.org/version/1.1", "items": null}') == []


def test_bare_ampersands_are_mended() -> None:
    item = _only(_feed("Kohl & Söhne", "Text & mehr").encode())

    assert (item.headline, item.body) == ("Kohl & Söhne", "<p>Text &amp; mehr</p>")


def test_names_of_signs_that_xml_does_not_know_are_mended() -> None:
    assert _only(_feed("F&auml;hre").encode()).headline == "Fähre"


def test_mended_feeds_keep_their_enclosures() -> None:
    enclosure = '<enclosure url="https://b.example/a.jpg" type="image/jpeg"/></item>'

    item = _only(_feed("A & B").replace("</item>", enclosure).encode())

    assert [picture.filename for picture in item.pictures] == ["a.jpg"]


def test_signs_that_xml_forbids_are_taken_out() -> None:
    item = _only(_feed("Brü\x00\x08cke", "Te\x0bxt\ufffe").encode())

    assert (item.headline, item.body) == ("Brücke", "<p>Text</p>")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_reads_feeds_that_declare_the_wrong_encoding(encoding: str) -> None:
    raw = ('<?xml version="1.0" encoding="utf-8"?>' + _feed("Größe – 5 €")).encode(encoding)

    assert _only(raw).headline == "Größe – 5 €"


def test_reads_feeds_in_the_encoding_they_declare() -> None:
    raw = ("<?xml version='1.0' encoding='ISO-8859-15'?>" + _feed("5 €")).encode("iso-8859-15")

    assert _only(raw).headline == "5 €"


def test_markup_that_nobody_closes_is_no_burden() -> None:
    item = _only(_feed(text="<![CDATA[" + "<div>" * 50_000 + "Text]]>").encode())

    assert item.body == "<p>Text</p>"


def test_scripts_are_not_kept() -> None:
    item = _only(_feed(text="<![CDATA[<p onload='x'>T<script>x</script></p>]]>").encode())

    assert item.body == "<p>T</p>"


def test_dates_that_do_not_exist_are_unknown() -> None:
    raw = _feed().replace("<guid>", "<pubDate>Mon, 01 Jan 0001 00:00:00 GMT</pubDate><guid>").encode()

    assert (_only(raw).updated, _only(raw).issued) == (None, None)


def test_a_file_name_is_never_opened() -> None:
    assert _code(b"/etc/passwd") == "unreadable"
    assert _code(__file__.encode()) == "unreadable"


@pytest.mark.parametrize(
    "entry",
    [
        '{"id": "a", "tags": "x", "authors": 7, "attachments": {}, "image": []}',
        '{"id": "a", "tags": [null, {}, 1e999], "authors": [null], "date_published": {}}',
        '{"id": "a", "content_html": null, "content_text": {}, "title": [], "summary": false}',
        '{"id": "a", "title": "\\ud800\\u0000", "image": "javascript:alert(1)"}',
    ],
)
def test_unexpected_shapes_in_json_do_no_harm(entry: str) -> None:
    item = _only(f'{{"version": "https://jsonfeed.org/version/1.1", "items": [7, {entry}]}}'.encode())

    assert (item.guid, item.headline, item.pictures) == ("a", "", ())


@settings(max_examples=40, deadline=None)
@given(st.text(), st.text())
def test_any_text_between_the_tags_is_read_or_refused(title: str, text: str) -> None:
    raw = _feed(title, text).encode("utf-8", "ignore")

    items, code = _outcome(raw)

    assert code in {"", "unreadable", "no-guid"}
    assert all(item.guid and "<script" not in item.body for item in items)
