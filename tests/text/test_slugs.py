"""The readable part of addresses."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text.slugs import FALLBACK, RESERVED, slugify

TOP_LEVEL = (
    "admin vorschau wire healthz readyz metrics thema autor quelle archiv ticker suche korrekturen rss atom feed sitemap "
    "robots bild static media impressum datenschutz barrierefreiheit grundsaetze kontakt manifest favicon well-known"
)
SHAPE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Börse", "boerse"),
        ("Ärger über große Öfen", "aerger-ueber-grosse-oefen"),
        ("STRAẞE", "strasse"),
        ("Bo\u0308rse", "boerse"),
        ("Łódź und São Paulo", "lodz-und-sao-paulo"),
        ("Ærø, Œuvre", "aeroe-oeuvre"),
        ("Geht's? So geht’s!", "gehts-so-gehts"),
        ("»Nein« – sagt 'Müller'", "nein-sagt-mueller"),
        ("  --Zwei   Wörter--  ", "zwei-woerter"),
        ("a/b\\c?d#e", "a-b-c-d-e"),
        ("ﬁnale ²", "finale-2"),
        ("Kurs fällt um 3,5%", "kurs-faellt-um-3-5-prozent"),
        ("Johnson & Johnson", "johnson-und-johnson"),
        ("naïve\x00\u202ecafé", "naive-cafe"),
        ("İstanbul", "istanbul"),
    ],
)
def test_headlines_become_readable_addresses(text: str, slug: str) -> None:
    assert slugify(text) == slug


@pytest.mark.parametrize("text", ["", "   ", "–", "!?", "Київ", "東京", "\x00", "\ud800"])
def test_where_no_letter_is_left_there_is_still_an_address(text: str) -> None:
    assert slugify(text) == FALLBACK == "artikel"


@pytest.mark.parametrize(("text", "slug"), [("2024", "n-2024"), (" 007 ", "n-007"), ("٣", "artikel"), ("2024/25", "2024-25")])
def test_a_number_alone_is_marked_as_a_word(text: str, slug: str) -> None:
    assert slugify(text) == slug


def test_long_headlines_are_cut_between_words() -> None:
    assert slugify("eins zwei drei", limit=9) == "eins-zwei"
    assert slugify("eins zwei drei", limit=10) == "eins-zwei"
    assert slugify("eins zwei drei", limit=8) == "eins"
    assert slugify("eins zwei drei", limit=14) == "eins-zwei-drei"


def test_a_single_long_word_is_cut_within() -> None:
    assert slugify("Donaudampfschifffahrt", limit=10) == "donaudampf"


def test_a_cut_that_leaves_a_number_still_gives_a_word() -> None:
    assert slugify("2024 kommt", limit=6) == "n-2024"
    assert slugify("12345678", limit=5) == "n-123"


def test_eighty_signs_are_the_usual_limit() -> None:
    assert len(slugify("x" * 200)) == 80


@given(st.text(st.characters(exclude_categories=())), st.integers(min_value=1, max_value=100))
def test_any_text_gives_a_well_formed_slug_within_the_limit(text: str, limit: int) -> None:
    slug = slugify(text, limit=limit)

    assert SHAPE.fullmatch(slug)
    assert not slug.isdigit()
    assert len(slug) <= limit


@given(st.text())
def test_a_slug_is_its_own_slug(text: str) -> None:
    assert slugify(slugify(text)) == slugify(text)


@given(st.text("ab ", min_size=1), st.integers(min_value=8, max_value=20))
def test_a_cut_slug_holds_whole_words_unless_the_first_is_too_long(text: str, limit: int) -> None:
    whole = slugify(text, limit=1000).split("-")

    cut = slugify(text, limit=limit).split("-")

    assert cut == whole[: len(cut)] or cut == [whole[0][:limit]]


def test_a_hundred_kilobytes_give_a_short_address() -> None:
    assert slugify("Ä-\x00" * 33_000) == "-".join(["ae"] * 27)[:80].strip("-")


@pytest.mark.parametrize("word", TOP_LEVEL.split())
def test_words_of_the_top_level_are_reserved(word: str) -> None:
    assert word in RESERVED


def test_reserved_words_are_written_as_slugs_are() -> None:
    assert {slugify(word) for word in RESERVED} == RESERVED


@pytest.mark.parametrize("name", ["Ausland", "Inland", "Wirtschaft", "Börse", "Sport", "Kultur", "Politik", "Wissen"])
def test_usual_departments_stay_free(name: str) -> None:
    assert slugify(name) not in RESERVED
