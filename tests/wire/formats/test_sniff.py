"""The format of a delivery is told by its content."""

from __future__ import annotations

from pathlib import Path

import pytest

from articles.wire import reading
from articles.wire.formats import sniff
from articles.wire.item import FormatError

MADE = Path(__file__).resolve().parents[2] / "data" / "wire"
SAMPLES = Path(__file__).resolve().parents[4] / "shared" / "wire"
FOLDERS = {
    "ninjs": "ninjs",
    "newsml-g2": "newsml",
    "nitf": "nitf",
    "digitalwires": "digitalwires",
    "iptc7901": "iptc7901",
    "made/newsml-g2": "newsml",
    "made/nitf": "nitf",
}
OTHERS = [
    (b'<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="a"/>', "newsml"),
    (b'<?xml version="1.0"?><nar:newsMessage/>', "newsml"),
    (b"<!-- x --><packageItem/>", "newsml"),
    (b"<nitf><head/></nitf>", "nitf"),
    (b'<!DOCTYPE nitf SYSTEM "nitf-3-6.dtd"><nitf/>', "nitf"),
    (b'<!DOCTYPE nitf [<!ENTITY a "b">]>\n<nitf/>', "nitf"),
    (b"<nitf><p>Kohl & S\xf6hne", "nitf"),
    (b'{"format": "digitalwires@0.9.1"}', "digitalwires"),
    (b'[{"urn": "a", "article_html": ""}]', "digitalwires"),
    (b"\x01bdt0000 2 pl 41  dpa 0000\r\n", "iptc7901"),
    (b"bdt0000 2 pl 41  dpa 0000\r\n", "iptc7901"),
]


@pytest.mark.parametrize("folder", ["ninjs", "ninjs-1"])
def test_recognises_ninjs_of_both_generations(folder: str) -> None:
    found = {sniff.detect(path.read_bytes()) for path in (MADE / folder).iterdir()}

    assert found == {"ninjs"}


def test_recognises_every_kind_of_feed() -> None:
    assert {sniff.detect(path.read_bytes()) for path in (MADE / "feeds").iterdir()} == {"feed"}


@pytest.mark.parametrize(
    "raw",
    [
        b'\xef\xbb\xbf{"uri": "a"}',
        '{"uri": "a"}'.encode("utf-16"),
        b'\n [null, {"Headlines": []}]',
        b'{"body_text": "ohne Kennung"}',
    ],
)
def test_recognises_ninjs_in_strange_clothes(raw: bytes) -> None:
    assert sniff.detect(raw) == "ninjs"


@pytest.mark.parametrize(
    "raw",
    [
        b"  <rss/>",
        b"<?xml version='1.0'?><!-- nitf --><feed xmlns='http://www.w3.org/2005/Atom'/>",
        b"<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'/>",
        "<rss/>".encode("utf-16"),
        b'{"version": "https://jsonfeed.org/version/1"}',
    ],
)
def test_recognises_feeds_in_strange_clothes(raw: bytes) -> None:
    assert sniff.detect(raw) == "feed"


@pytest.mark.parametrize(("raw", "name"), OTHERS)
def test_recognises_the_formats_of_agencies(raw: bytes, name: str) -> None:
    assert sniff.detect(raw) == name


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\x00",
        b"Hallo",
        b"<html/>",
        b"<",
        b"<?xml",
        b"<!DOCTYPE",
        b"<!--",
        b"[]",
        b"[1]",
        b"{}",
        b'{"a": 1}',
        b"\xff\xfe",
        b"GIF89a",
        b"{" * 500,
        b"[" * 100_000,
        b"<!-- x -->" * 20_000,
    ],
)
def test_what_nobody_knows_is_refused(raw: bytes) -> None:
    assert sniff.detect(raw) == "unknown"
    with pytest.raises(FormatError) as fault:
        sniff.parse(raw)
    assert fault.value.code in {"unreadable", "too-deep"}


def test_reads_ninjs_and_feeds() -> None:
    ninjs = sniff.parse((MADE / "ninjs" / "01-eil-v1.json").read_bytes())
    feed = sniff.parse((MADE / "feeds" / "jsonfeed-1.1.json").read_bytes())

    assert [item.guid for item in ninjs] == ["urn:newsml:nda.example:20250203:0001-117"]
    assert [item.guid for item in feed] == ["wna-kurz-551", "550"]


def test_every_recognised_format_is_read() -> None:
    assert set(sniff.PARSERS) == {"ninjs", "digitalwires", "newsml", "nitf", "iptc7901", "feed"}


def test_a_cut_off_delivery_is_called_that() -> None:
    with pytest.raises(FormatError, match="kein vollständiges JSON") as fault:
        sniff.parse(b'{"uri": "a", "headl')
    assert fault.value.code == "unreadable"


def test_what_is_too_large_for_every_format_is_called_that() -> None:
    with pytest.raises(FormatError, match="zu groß") as fault:
        sniff.parse(b" " * (reading.FEED_LIMIT + 1))
    assert fault.value.code == "too-large"


@pytest.mark.parametrize(("folder", "name"), FOLDERS.items())
def test_recognises_the_agencies_samples(folder: str, name: str) -> None:
    if not (SAMPLES / folder).is_dir():
        pytest.skip("the agencies' samples are not part of the project")

    found = {path.name: sniff.detect(path.read_bytes()) for path in (SAMPLES / folder).iterdir()}

    assert found
    assert set(found.values()) == {name}
