"""ninjs: deliveries that are broken, absurd or malicious are read safely or refused with a reason."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.wire import reading
from articles.wire.formats import ninjs
from articles.wire.item import FormatError, Item

NAMES = st.sampled_from(
    ["uri", "version", "headline", "headlines", "bodies", "body_html", "associations", "subject", "embargoed", "altIds"]
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9) | NAMES, inner, max_size=3),
    max_leaves=12,
)


def _read(**fields: Any) -> Item:
    (item,) = ninjs.parse(json.dumps({"uri": "urn:a"} | fields).encode())
    return item


def _outcome(raw: bytes) -> tuple[list[Item], str]:
    """What was read, or the code of the refusal."""
    try:
        return ninjs.parse(raw), ""
    except FormatError as fault:
        return [], fault.code


def _code(raw: bytes) -> str:
    with pytest.raises(FormatError) as fault:
        ninjs.parse(raw)
    assert fault.value.sentence.endswith(".")
    return fault.value.code


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "unreadable"),
        (b"{", "unreadable"),
        (b'{"uri": "a", "headl', "unreadable"),
        (b"null", "unreadable"),
        (b'"uri"', "unreadable"),
        (b"7", "unreadable"),
        (b"[]", "unreadable"),
        (b"[1]", "no-guid"),
        (b"{}", "no-guid"),
        (b'{"uri": ""}', "no-guid"),
        (b'{"uri": null}', "no-guid"),
        (b'{"uri": {"a": 1}}', "no-guid"),
        (b'{"uri": "\\u0000"}', "no-guid"),
        (b'{"uri": "' + b"a" * 501 + b'"}', "bad-guid"),
        (b'{"uri": "a", "version": "2147483648"}', "bad-version"),
        (b'{"uri": "a", "x": ' + b"[" * 100 + b"]" * 100 + b"}", "too-deep"),
        (b"[" * 100_000, "too-deep"),
    ],
)
def test_refuses_with_a_reason(raw: bytes, code: str) -> None:
    assert _code(raw) == code


def test_refuses_a_version_beyond_counting() -> None:
    assert _code(json.dumps({"uri": "a", "version": 2**70}).encode()) == "bad-version"


def test_refuses_more_than_five_megabytes() -> None:
    raw = json.dumps({"uri": "a", "body_text": "x" * reading.ITEM_LIMIT}).encode()

    assert _code(raw) == "too-large"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_reads_other_encodings(encoding: str) -> None:
    raw = json.dumps({"uri": "a", "headline": "Größe – 5 €"}, ensure_ascii=False).encode(encoding)

    assert ninjs.parse(raw)[0].headline == "Größe – 5 €"


@pytest.mark.parametrize("field", ["headline", "body_html", "body_text", "ednote", "by", "located", "slugline"])
def test_hidden_signs_reach_nobody(field: str) -> None:
    raw = json.dumps({"uri": "a", field: "Br\x00\ud800\u202e\x07ücke"}).encode()

    item = ninjs.parse(raw)[0]

    shown = f"{item.headline} {item.body} {item.note} {item.byline} {item.dateline} {item.kicker}"
    assert "Brücke" in shown
    assert not set("\x00\x07\ud800\u202e") & set(shown)


def test_numbers_that_are_none_are_harmless() -> None:
    item = ninjs.parse(b'{"uri": "a", "urgency": NaN, "version": Infinity, "headline": 1e999}')[0]

    assert (item.urgency, item.version, item.headline) == (5, 0, "")


def test_last_of_two_equal_keys_counts() -> None:
    assert ninjs.parse(b'{"uri": "a", "headline": "Alt", "headline": "Neu"}')[0].headline == "Neu"


@pytest.mark.parametrize("value", [None, True, 7, "x", [], [None], [[]], {}, {"a": None}, {"value": []}])
@pytest.mark.parametrize(
    "field",
    [
        "headlines",
        "descriptions",
        "bodies",
        "subjects",
        "keyword",
        "places",
        "genres",
        "infoSources",
        "rightsInfo",
        "altIds",
        "edNote",
        "associations",
        "renditions",
    ],
)
def test_unexpected_shapes_do_no_harm(field: str, value: object) -> None:
    assert _read(**{field: value}).guid == "urn:a"


@pytest.mark.parametrize("tag", ["figure", "div", 'div class="dat"', "section", "b", "blockquote"])
def test_tags_that_nobody_closes_are_no_burden(tag: str) -> None:
    item = _read(body_html=f"<{tag}>" * 50_000 + "<p>Text</p>")

    assert "Text" in item.body


def test_an_addressed_script_is_not_kept() -> None:
    item = _read(
        body_html='<p><a href="javascript:alert(1)">Klick</a></p>',
        associations=[{"type": "picture", "uri": "urn:p", "renditions": [{"href": "javascript:alert(1)"}]}],
    )

    assert item.body == "<p>Klick</p>"
    assert item.pictures[0].href == ""


def test_markup_in_plain_fields_stays_text() -> None:
    item = _read(headline="<b>3 < 4</b>", body_text="<script>alert(1)</script>")

    assert item.headline == "<b>3 < 4</b>"
    assert item.body == "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"


@settings(max_examples=80, deadline=None)
@given(st.dictionaries(NAMES, VALUES, max_size=6))
def test_any_object_is_read_or_refused(fields: dict[str, object]) -> None:
    raw = json.dumps({"uri": "urn:a"} | fields).encode()

    items, code = _outcome(raw)

    assert code in {"", "no-guid", "bad-guid", "bad-version"}
    assert len(items) == (0 if code else 1)
    assert all(item.guid and "<script" not in item.body for item in items)


@settings(max_examples=50, deadline=None)
@given(st.binary())
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    items, code = _outcome(raw)

    assert bool(items) != bool(code)
    assert all(item.guid for item in items)
