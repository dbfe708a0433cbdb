"""Bytes to text, JSON, and strange values to safe ones."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.wire import reading
from articles.wire.item import FormatError, WirePicture

WORD = "Größe – 5 €"
TEN = datetime(2025, 2, 3, 10, 2, tzinfo=UTC)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_reads_text_in_the_encodings_agencies_use(encoding: str) -> None:
    raw = WORD.encode(encoding)

    assert reading.decode(raw, limit=100) == WORD


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("start", ["{", "[", "<"])
def test_reads_two_byte_text_without_a_mark(encoding: str, start: str) -> None:
    raw = f"{start}{WORD}".encode(encoding)

    assert reading.decode(raw, limit=100) == f"{start}{WORD}"


def test_believes_a_declared_encoding_only_where_the_text_is_not_utf8() -> None:
    assert reading.decode("5 €".encode("iso-8859-15"), limit=100, declared="ISO-8859-15") == "5 €"
    assert reading.decode("5 €".encode(), limit=100, declared="ISO-8859-15") == "5 €"


@pytest.mark.parametrize("declared", ["zlib", "hex", "unicode_escape", "utf-7", "nonsense"])
def test_ignores_declared_encodings_that_are_none(declared: str) -> None:
    assert reading.decode(b"\xe4\\u0041+AEE-", limit=100, declared=declared) == "ä\\u0041+AEE-"


def test_reads_bytes_that_no_encoding_knows() -> None:
    assert reading.decode(b"a\x81b", limit=100) == "a\x81b"


def test_refuses_four_byte_text_by_name() -> None:
    with pytest.raises(FormatError, match="UTF-32") as fault:
        reading.decode("{}".encode("utf-32"), limit=100)
    assert fault.value.code == "unreadable"


def test_refuses_more_bytes_than_the_limit() -> None:
    assert reading.decode(b"x" * 100, limit=100) == "x" * 100
    with pytest.raises(FormatError) as fault:
        reading.decode(b"x" * 101, limit=100)
    assert fault.value.code == "too-large"


def test_names_the_limit_to_editors() -> None:
    with pytest.raises(FormatError, match="höchstens 5 MB"):
        reading.check_size(b"x" * (reading.ITEM_LIMIT + 1), limit=reading.ITEM_LIMIT)


def test_last_of_two_equal_keys_counts() -> None:
    assert reading.load_json('{"a": 1, "a": 2}') == {"a": 2}


@pytest.mark.parametrize("word", ["NaN", "Infinity", "-Infinity"])
def test_numbers_that_are_none_become_nothing(word: str) -> None:
    assert reading.load_json(f'{{"a": {word}}}') == {"a": None}


@pytest.mark.parametrize("text", ["", "{", '{"a": "b', "[1,]", '{"a": 9' + "9" * 5000 + "}"])
def test_refuses_what_is_no_json(text: str) -> None:
    with pytest.raises(FormatError, match="JSON") as fault:
        reading.load_json(text)
    assert fault.value.code == "unreadable"


def test_reads_sixty_levels_and_no_more() -> None:
    assert reading.load_json("[" * 60 + "]" * 60)
    with pytest.raises(FormatError) as fault:
        reading.load_json("[" * 62 + "]" * 62)
    assert fault.value.code == "too-deep"


def test_refuses_levels_beyond_every_stack() -> None:
    with pytest.raises(FormatError) as fault:
        reading.load_json("[" * 100_000 + "]" * 100_000)
    assert fault.value.code == "too-deep"


@pytest.mark.parametrize("value", [None, True, False, [], {}, float("nan"), float("inf"), 10**200])
def test_what_is_no_text_is_empty(value: object) -> None:
    assert (reading.block(value), reading.line(value)) == ("", "")


def test_text_keeps_its_lines_and_loses_what_cannot_be_stored() -> None:
    assert reading.block("a\x00\ud800\nb") == "a\nb"


def test_line_is_one_line_without_hidden_signs() -> None:
    assert reading.line("  a\n b\u202e\x07 ") == "a b"


@pytest.mark.parametrize(("value", "text"), [(550, "550"), (1.5, "1.5"), ("x", "x")])
def test_numbers_become_text(value: object, text: str) -> None:
    assert reading.line(value) == text


@pytest.mark.parametrize("value", [None, "", "  ", "\x00", [], {}])
def test_refuses_an_item_without_identity(value: object) -> None:
    with pytest.raises(FormatError) as fault:
        reading.guid(value)
    assert fault.value.code == "no-guid"


def test_never_cuts_an_identity() -> None:
    assert reading.guid("x" * 500) == "x" * 500
    with pytest.raises(FormatError) as fault:
        reading.guid("x" * 501)
    assert fault.value.code == "bad-guid"


@pytest.mark.parametrize(("value", "number"), [("1", 1), ("10", 10), (10, 10), (" 7 ", 7), ("007", 7), (2**31 - 1, 2**31 - 1)])
def test_reads_versions_as_numbers(value: object, number: int) -> None:
    assert reading.version(value) == number


@pytest.mark.parametrize("value", [None, "", "eins", "1.2", -3, "-3", True, [], "²", "٣"])
def test_version_that_is_no_number_is_zero(value: object) -> None:
    assert reading.version(value) == 0


@pytest.mark.parametrize("value", [2**31, 2**70, "9" * 5000])
def test_refuses_absurd_versions(value: object) -> None:
    with pytest.raises(FormatError) as fault:
        reading.version(value)
    assert fault.value.code == "bad-version"


@pytest.mark.parametrize(("value", "number"), [(1, 1), ("9", 9), (0, 5), (10, 5), ("hoch", 5), (None, 5), (-1, 5)])
def test_reads_numbers_within_bounds(value: object, number: int) -> None:
    assert reading.whole(value, low=1, high=9, default=5) == number


@pytest.mark.parametrize(
    "text",
    [
        "2025-02-03T11:02:00+01:00",
        "2025-02-03T10:02:00Z",
        "2025-02-03T10:02Z",
        "20250203T110200+0100",
        "Mon, 03 Feb 2025 11:02:00 +0100",
        "Mon, 03 Feb 2025 11:02 +0100",
        "03 Feb 2025 10:02 GMT",
        "Mon, 03 Feb 2025 10:02:00 -0000",
    ],
)
def test_reads_moments_of_both_worlds(text: str) -> None:
    assert reading.moment(text) == TEN


@pytest.mark.parametrize("text", ["2025-02-03T11:02:00", "Mon, 03 Feb 2025 11:02 MEZ"])
def test_a_moment_without_a_known_zone_is_in_berlin(text: str) -> None:
    assert reading.moment(text) == TEN
    assert reading.moment(text, with_zone=True) is None


def test_moments_are_in_utc() -> None:
    found = reading.moment("2025-07-03T12:00:00+02:00")

    assert found is not None
    assert found.tzinfo is UTC


@pytest.mark.parametrize(
    "value",
    [
        None,
        "",
        {},
        "bald",
        "2025-02-30T10:00:00Z",
        "30 Feb 2025 10:00 +0100",
        "0001-01-01T00:00:00Z",
        "Mon, 01 Jan 0001 00:00:00 GMT",
        "9999-12-31T23:59:59-14:00",
        "2025-02-03T25:00:00Z",
        1738573320,
    ],
)
def test_dates_that_do_not_exist_are_none(value: object) -> None:
    assert reading.moment(value) is None


@pytest.mark.parametrize(
    "code", ["medtop:20000139", "http://cv.iptc.org/newscodes/mediatopic/20000139", "/mediatopic/medtop:20000139"]
)
def test_a_media_topic_is_written_one_way(code: str) -> None:
    assert reading.topic(code) == "medtop:20000139"


def test_other_codes_stay() -> None:
    assert reading.topic("dpacat:pl") == "dpacat:pl"


def test_tags_are_named_once_in_order_and_at_most_two_hundred() -> None:
    assert reading.tags(["b", "", "a", "b", "x" * 201]) == ("b", "a")
    assert len(reading.tags(str(number) for number in range(500))) == 200


@pytest.mark.parametrize("address", ["https://a.example/x.jpg?w=3", "HTTP://a.example/"])
def test_keeps_web_addresses(address: str) -> None:
    assert reading.web_address(address) == address


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "file:///etc/passwd", "x.jpg", "//a.example/x", "http://", "http://[", "http://a b/", None]
)
def test_drops_what_is_no_web_address(address: object) -> None:
    assert reading.web_address(address) == ""


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("https://a.example/b/c.jpg?w=3#x", "c.jpg"),
        ("c.jpg", "c.jpg"),
        ("../../etc/passwd", "passwd"),
        ("https://a.example/..%2f..%2fc.jpg", "c.jpg"),
        ("..\\..\\c.jpg", "c.jpg"),
        ("https://a.example/Br%C3%BCcke.jpg", "Brücke.jpg"),
    ],
)
def test_file_name_is_never_a_path(path: str, name: str) -> None:
    assert reading.file_name(path) == name


@pytest.mark.parametrize("path", ["", "..", "a/..", ".htaccess", "a/", "http://[", "x" * 300, "%00", None])
def test_file_name_is_empty_rather_than_strange(path: object) -> None:
    assert reading.file_name(path) == ""


def _wide(*widths: int) -> list[WirePicture]:
    return [WirePicture(width=width) for width in widths]


@pytest.mark.parametrize(("widths", "best"), [((240, 1200), 1200), ((4724, 1024, 256), 1024), ((9000, 5000), 5000), ((0, 0), 0)])
def test_chooses_the_widest_rendition_that_is_not_too_wide(widths: tuple[int, ...], best: int) -> None:
    found = reading.best_rendition(_wide(*widths))

    assert found is not None
    assert found.width == best


def test_of_no_renditions_none_is_best() -> None:
    assert reading.best_rendition([]) is None


@settings(max_examples=50, deadline=None)
@given(st.one_of(st.text(), st.integers(), st.floats(), st.none(), st.booleans()))
def test_no_value_breaks_reading(value: object) -> None:
    line = reading.line(value)

    assert line.isprintable() or not line.isascii()
    assert "/" not in reading.file_name(value)
    assert 0 <= reading.whole(value, low=0, high=9, default=5) <= 9
    assert reading.moment(value) is None or reading.moment(value) == reading.moment(value)


@pytest.mark.parametrize(
    ("said", "countries"),
    [
        (["DE"], ("country:DE",)),
        (["deu", "Deutschland", "iso3166-1a2:de"], ("country:DE",)),
        (["fr", "Frankreich"], ("country:FR", "country:Frankreich")),
        ([None, "", " "], ()),
        ([17], ("country:17",)),
    ],
)
def test_germany_has_one_name_and_others_keep_theirs(said: list[object], countries: tuple[str, ...]) -> None:
    assert reading.countries(said) == countries
