"""XML of deliveries: what is repaired, what is refused, and what is left of the text."""

from __future__ import annotations

import pytest

from articles.wire import elements
from articles.wire.item import FormatError

LIMIT = 1_000_000


def words_of(raw: bytes) -> str:
    return elements.words(elements.read(raw, limit=LIMIT).root)


def test_reads_without_namespaces() -> None:
    document = elements.read(b'<a:item xmlns:a="urn:x"><a:name>Jena</a:name></a:item>', limit=LIMIT)

    assert (document.root.tag, elements.first(document.root, "name"), document.is_repaired) == ("item", "Jena", False)


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (b"<p>Kohl & Sohn</p>", "Kohl & Sohn"),
        (b'<p a="x?a=1&b=2">Kohl &amp; Sohn</p>', "Kohl & Sohn"),
        (b"<p>caf&eacute;&nbsp;&ndash; 5 &euro;</p>", "caf\u00e9\u00a0– 5 €"),
        (b"<p>a\x0bb\x01c</p>", "abc"),
        (b"<p>a&#11;b&#x1;c</p>", "abc"),
        (b"<p>K&unbekannt; &#99999999;</p>", "K&unbekannt; &#99999999;"),
        (b"\xef\xbb\xbf\x00\n <p>Jena</p>", "Jena"),
        (b"<p>Gr\xfc\xdfe & \x84Zitat\x93</p>", "Grüße & „Zitat“"),
    ],
)
def test_usual_slips_are_repaired_and_said(raw: bytes, text: str) -> None:
    document = elements.read(raw, limit=LIMIT)

    assert (elements.words(document.root), document.is_repaired) == (text, True)


@pytest.mark.parametrize(
    "raw",
    [
        '<?xml version="1.0" encoding="ISO-8859-1"?><p>Größe</p>'.encode("latin-1"),
        '<?xml version="1.0" encoding="windows-1252"?><p>Größe</p>'.encode("cp1252"),
        "<p>Größe</p>".encode("utf-16"),
        "<p>Größe</p>".encode("utf-8-sig"),
    ],
)
def test_encodings(raw: bytes) -> None:
    assert words_of(raw) == "Größe"


def test_reference_to_a_dtd_is_not_followed() -> None:
    assert words_of(b'<?xml version="1.0"?><!-- x --><!DOCTYPE p SYSTEM "file:///etc/passwd"><p>Jena</p>') == "Jena"
    assert words_of(b'<!DOCTYPE p PUBLIC "-//X//DTD//EN" "http://127.0.0.1:9/x.dtd"><p>Jena</p>') == "Jena"


@pytest.mark.parametrize(
    "raw",
    [
        b'<!DOCTYPE p [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><p>&b;</p>',
        b'<!DOCTYPE p [<!ENTITY a SYSTEM "file:///etc/passwd">]><p>&a;</p>',
        b'<!DOCTYPE p SYSTEM "x.dtd" [ <!ENTITY % x SYSTEM "http://127.0.0.1/"> %x; ]><p/>',
        b'<!ENTITY a "b"><p>&a;</p>',
        b"<!DOCTYPE p [",
    ],
)
def test_declarations_of_its_own_are_refused(raw: bytes) -> None:
    with pytest.raises(FormatError, match="DOCTYPE"):
        elements.read(raw, limit=LIMIT)


@pytest.mark.parametrize("raw", [b"<p>", b"<p></q>", b"<p a=1/>", b"", b"Text", b"<p><p></p>"])
def test_what_cannot_be_repaired_is_refused(raw: bytes) -> None:
    with pytest.raises(FormatError, match="nicht reparieren") as fault:
        elements.read(raw, limit=LIMIT)
    assert fault.value.code == "unreadable"


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"<a>" * 100_000 + b"</a>" * 100_000, "too-deep"),
        (b"<a>" + b"<b/>" * 400_001 + b"</a>", "unreadable"),
        (b"<a>" + b" " * 5_000_000 + b"</a>", "too-large"),
    ],
)
def test_beyond_reason_is_refused(raw: bytes, code: str) -> None:
    with pytest.raises(FormatError) as fault:
        elements.read(raw, limit=4_000_000)
    assert fault.value.code == code


def test_removing_keeps_the_text_behind() -> None:
    root = elements.read(b"<p>eins <x>weg</x>zwei <b>drei</b> <x><x>weg</x></x>vier</p>", limit=LIMIT).root

    elements.remove(root, lambda element: element.tag == "x")

    assert elements.html([root]) == "<p>eins zwei <b>drei</b> vier</p>"


def test_html_closes_what_must_be_closed() -> None:
    root = elements.read(b"<div><p/><br/>a &lt; b</div>", limit=LIMIT).root

    assert elements.html(list(root)) == "<p></p><br>a &lt; b"
