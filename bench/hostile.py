"""Deliveries that mean no good, or come from a broken machine: each is refused or cleaned, quickly and in little memory.

    python -m bench.hostile

Each is read in a process of its own; printed are the slowest and the hungriest, of one second and of 200 MB. tests/wire/test_hostile.py holds
what becomes of each.
"""

from __future__ import annotations

import gzip
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from bench.figures import figure, note

ROOT: Final = Path(__file__).resolve().parents[1]
SECONDS, MEGABYTES = 1.0, 200.0
NITF: Final = (
    '<nitf{root}><head><docdata><doc-id id-string="{guid}"/>{data}</docdata></head><body><body.head><hedline><hl1>{headline}</hl1></hedline>'
    "</body.head><body.content>{text}</body.content></body></nitf>"
)
SCRIPT: Final = '<script>alert("BÖSE")</script><img src=x onerror=alert(1)><a href="javascript:alert(1)">x</a>'
ITEM: Final[dict[str, Any]] = {
    "uri": "urn:hostile:1", "version": "1", "pubstatus": "usable", "versioncreated": "2025-02-03T08:00:00+01:00", "language": "de",
    "headlines": [{"role": "main", "value": "Zeile"}], "bodies": [{"contenttype": "text/html", "value": "<p>Ein Absatz Text.</p>"}],
}  # fmt: skip


def nitf(*, guid: str = "urn:hostile:1", text: str = "<p>Ein Absatz Text.</p>", headline: str = "Zeile", data: str = "", root: str = "") -> bytes:
    return NITF.format(guid=guid, text=text, headline=headline, data=data, root=root).encode("utf-8", "surrogatepass")


def ninjs(**changes: Any) -> bytes:
    return json.dumps(ITEM | changes).encode()


def g2(inside: str, *, guid: str = "urn:hostile:1", extra: str = "") -> bytes:
    return f'<newsItem guid="{guid}" version="1"><itemMeta>{extra}</itemMeta><contentMeta/><contentSet>{inside}</contentSet></newsItem>'.encode()


def rss(item: str, *, before: str = "") -> bytes:
    return f'{before}<rss version="2.0"><channel>{item}</channel></rss>'.encode("utf-8", "surrogatepass")


def laughs(root: bytes) -> bytes:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "lol">{entities}]>'.encode() + root.replace(b"Zeile", b"&l9;")


FILES: Final[dict[str, Callable[[], bytes]]] = {
    # XML against its reader
    "billion-laughs-nitf": lambda: laughs(nitf()),
    "billion-laughs-newsml": lambda: laughs(g2("<inlineData>Zeile</inlineData>")),
    "billion-laughs-rss": lambda: laughs(rss("<item><title>Zeile</title></item>")),
    "quadratic-blowup": lambda: b'<!DOCTYPE x [<!ENTITY a "' + b"a" * 100_000 + b'">]>' + nitf(text="<p>" + "&a;" * 10_000 + "</p>"),
    "external-entity": lambda: b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + nitf(headline="&a;"),
    "parameter-entity": lambda: b'<!DOCTYPE x [<!ENTITY % a SYSTEM "http://127.0.0.1:9/"> %a;]>' + nitf(),
    "remote-dtd": lambda: b'<!DOCTYPE nitf SYSTEM "http://127.0.0.1:9/nitf.dtd">' + nitf(),
    "remote-stylesheet": lambda: b'<?xml-stylesheet href="http://127.0.0.1:9/x.xsl"?>' + nitf(),
    "xinclude": lambda: nitf(text='<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd"/>'),
    "hundred-thousand-levels": lambda: b"<nitf>" + b"<p>" * 100_000 + b"</p>" * 100_000 + b"</nitf>",
    "hundred-thousand-levels-inside": lambda: nitf(text="<b>" * 100_000 + "x" + "</b>" * 100_000),
    "million-tags": lambda: nitf(text="<p/>" * 400_000),
    "million-attributes": lambda: nitf(text="<p " + " ".join(f'a{n}="1"' for n in range(100_000)) + "/>"),
    "huge-attribute": lambda: nitf(text=f'<p a="{"x" * 3_000_000}">Text</p>'),
    "many-namespaces": lambda: nitf(text="".join(f'<p xmlns:n{n}="urn:{n}"/>' for n in range(20_000))),
    "cdata-around-markup": lambda: nitf(text=f"<p><![CDATA[{SCRIPT}]]></p>"),
    "processing-instructions": lambda: b"<?php system('x')?>" * 1000 + nitf(),
    "comments-without-end": lambda: b"<!--" + b"-" * 1_000_000 + nitf(),
    "doctype-without-end": lambda: b"<!DOCTYPE x [" + b" " * 1_000_000,
    "declared-utf-16-is-utf-8": lambda: b'<?xml version="1.0" encoding="utf-16"?>' + nitf(),
    "declared-nonsense-encoding": lambda: b'<?xml version="1.0" encoding="klingon"?>' + nitf(),
    # size
    "fifty-megabytes": lambda: nitf(text="<p>" + "x" * 50_000_000 + "</p>"),
    "six-megabytes-item": lambda: nitf(text="<p>" + "x" * 6_000_000 + "</p>"),
    "six-megabytes-json": lambda: ninjs(bodies=[{"contenttype": "text/html", "value": "x" * 6_000_000}]),
    "four-megabytes-one-word": lambda: ninjs(bodies=[{"contenttype": "text/html", "value": "<p>" + "x" * 4_000_000 + "</p>"}]),
    "four-megabytes-of-open-tags": lambda: ninjs(bodies=[{"contenttype": "text/html", "value": "<b>" * 1_300_000}]),
    "gzip-bomb": lambda: gzip.compress(b"\0" * 100_000_000),
    "twenty-thousand-items": lambda: rss("".join(f"<item><guid>g{n}</guid><title>T{n}</title></item>" for n in range(20_000))),
    # encodings and signs
    "latin-1-as-utf-8": lambda: nitf(text="<p>Grüße aus Köln</p>").decode().encode("latin-1"),
    "cp1252": lambda: nitf(text="<p>„Zitat“ – 5 €</p>").decode().encode("cp1252"),
    "utf-16": lambda: nitf().decode().encode("utf-16"),
    "utf-16-without-mark": lambda: nitf().decode().encode("utf-16-le"),
    "utf-32": lambda: nitf().decode().encode("utf-32"),
    "utf-8-mark-twice": lambda: b"\xef\xbb\xbf\xef\xbb\xbf" + nitf(),
    "nul": lambda: nitf(headline="Ze\0ile"),
    "nul-json": lambda: ninjs(headlines=[{"role": "main", "value": "Ze\0ile"}]),
    "lone-surrogates-json": lambda: json.dumps(ITEM).replace("Zeile", "\\ud800Ze\\udfffile").encode(),
    "lone-surrogates-xml": lambda: nitf(headline="\ud800Zeile"),
    "right-to-left-override": lambda: ninjs(headlines=[{"role": "main", "value": "\u202eZeile\u2066"}]),
    "decomposed-umlauts": lambda: ninjs(headlines=[{"role": "main", "value": "Gru\u0308\u00dfe"}]),
    "only-invisible-signs": lambda: ninjs(headlines=[{"role": "main", "value": "\u200b\u2060\ufeff"}]),
    "bare-ampersands": lambda: nitf(text="<p>Kohl & Sohn & Co</p>"),
    "control-signs": lambda: nitf(text="<p>a\x0bb\x1fc</p>"),
    # cut off, empty, strange
    "empty": lambda: b"",
    "blank": lambda: b" \n\t ",
    "truncated-xml": lambda: nitf()[:-40],
    "truncated-json": lambda: ninjs()[:-10],
    "truncated-in-a-sign": lambda: nitf(text="<p>Grüße</p>").split("ü".encode())[0] + b"\xc3",
    "half-a-file": lambda: nitf()[: len(nitf()) // 2],
    "random-bytes": lambda: bytes((n * 7919 + 13) % 256 for n in range(100_000)),
    "png": lambda: b"\x89PNG\r\n\x1a\n" + b"\0" * 1000,
    "html-page": lambda: b"<!doctype html><html><body><h1>404</h1></body></html>",
    # JSON against its reader
    "json-hundred-thousand-levels": lambda: b'{"uri": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    "json-nan": lambda: json.dumps(ITEM | {"urgency": float("nan"), "version": float("inf")}).encode(),
    "json-contradicting-keys": lambda: ninjs()[:-1] + b', "pubstatus": "canceled"}',
    "json-huge-number": lambda: ninjs()[:-1] + b', "urgency": ' + b"9" * 5000 + b"}",
    "json-version-2-70": lambda: ninjs(version=str(2**70)),
    "json-version-negative": lambda: ninjs(version="-5"),
    "json-list-of-junk": lambda: json.dumps([None, 1, "x", ITEM, []]).encode(),
    "json-all-fields-are-lists": lambda: json.dumps({name: [] for name in ITEM} | {"uri": "urn:hostile:1"}).encode(),
    "json-all-fields-are-objects": lambda: json.dumps({name: {"a": {}} for name in ITEM} | {"uri": "urn:hostile:1"}).encode(),
    "json-all-fields-are-numbers": lambda: json.dumps(dict.fromkeys(ITEM, 7)).encode(),
    # what is said
    "no-guid": lambda: nitf(guid=""),
    "guid-of-a-megabyte": lambda: nitf(guid="x" * 1_000_000),
    "ten-thousand-tags": lambda: ninjs(subjects=[{"name": f"Wort {n}", "uri": f"urn:{n}"} for n in range(10_000)]),
    "ten-thousand-pictures": lambda: ninjs(associations=[{"type": "picture", "uri": f"p{n}", "renditions": [{"href": "a.jpg"}]} for n in range(10_000)]),
    "headline-of-a-megabyte": lambda: ninjs(headlines=[{"role": "main", "value": "Zeile " * 170_000}]),
    "script-in-every-field": lambda: ninjs(
        headlines=[{"role": "main", "value": SCRIPT}], bodies=[{"contenttype": "text/html", "value": f"<p>{SCRIPT}</p>"}], slugline=SCRIPT,
        descriptions=[{"value": SCRIPT}], by=SCRIPT, located=SCRIPT, subjects=[{"name": SCRIPT, "uri": SCRIPT}], ednote=SCRIPT, language="de",
    ),
    "script-in-nitf": lambda: nitf(text='<p onclick="alert(1)"><script>alert("BÖSE")</script><a href="javascript:alert(1)">x</a></p>'),
    "year-0001": lambda: ninjs(versioncreated="0001-01-01T00:00:00Z", embargoed="0001-01-01T00:00:00Z"),
    "year-9999": lambda: ninjs(embargoed="9999-12-31T23:59:59Z"),
    "thirtieth-of-february": lambda: ninjs(embargoed="2026-02-30T12:00:00Z"),
    "embargo-in-words": lambda: ninjs(embargoed="heute Abend"),
    "relative-paths": lambda: ninjs(associations=[{"type": "picture", "uri": "p", "renditions": [{"href": "../../../etc/passwd"}]}]),
    "windows-paths": lambda: ninjs(associations=[{"type": "picture", "uri": "p", "renditions": [{"href": "C:\\secret\\..\\a.jpg"}]}]),
    "file-address": lambda: ninjs(associations=[{"type": "picture", "uri": "p", "renditions": [{"href": "file:///etc/passwd"}]}]),
    "teleprinter-without-end": lambda: b"\x01bdt0001 2 pl 41  xyz 0001\r\n\r\nA/\r\n\x02Zeile =\r\n\r\n" + b"Text " * 100_000,
    "teleprinter-of-bells": lambda: b"\x01bdt0001 2 pl 41  xyz 0001\n\nA/\n\x02" + b"\x07" * 1_000_000 + b" =\n\nText\n\x03251037 Sep 24\n",
    "teleprinter-of-headers": lambda: b"\x01bdt0001 2 pl 41  xyz 0001\n" * 50_000,
}  # fmt: skip


def main() -> int:
    worst: dict[str, tuple[float, float]] = {}
    for name in FILES:
        told = json.loads(subprocess.run([sys.executable, "-m", "bench.hostile", name], cwd=ROOT, capture_output=True, text=True, check=True).stdout)
        worst[name] = (told["seconds"], told["megabytes"])
    slowest, hungriest = max(worst, key=lambda name: worst[name][0]), max(worst, key=lambda name: worst[name][1])
    note(f"{len(worst)} hostile deliveries, each read in a process of its own")
    figure(worst[slowest][0] / SECONDS, f"of one second: the slowest, {slowest}, {worst[slowest][0]:.2f} s")
    figure(worst[hungriest][1] / MEGABYTES, f"of {MEGABYTES:.0f} MB: the hungriest, {hungriest}, {worst[hungriest][1]:.0f} MB above what the process had")
    for name in sorted(worst, key=lambda name: -worst[name][0])[1:5]:
        note(f"{name}: {worst[name][0]:.2f} s, {worst[name][1]:.0f} MB")
    return 0


def read_one(name: str) -> dict[str, float]:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    os.environ |= {"SECRET_KEY": "b" * 60, "ALLOWED_HOSTS": "127.0.0.1", "SITE_URL": "http://127.0.0.1"}
    import django  # noqa: PLC0415 - after the environment

    django.setup()
    from articles.wire.formats import sniff  # noqa: PLC0415
    from articles.wire.item import FormatError  # noqa: PLC0415

    raw = FILES[name]()
    before = _peak()
    begun = time.perf_counter()
    with suppress(FormatError):
        sniff.parse(raw)
    return {"seconds": time.perf_counter() - begun, "megabytes": _peak() - before}


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024




if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(json.dumps(read_one(sys.argv[1])))
        sys.exit(0)
    sys.exit(main())
