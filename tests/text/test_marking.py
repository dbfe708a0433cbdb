"""Found words are marked where they stand; a passage shows most of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text.marking import AHEAD, LENGTH, holds, marked, passage
from articles.text.stems import stem_of


def shown(text: str, *words: str) -> str:
    return "".join(f"[{part}]" if is_found else part for part, is_found in marked(text, {stem_of(word) for word in words}))


@pytest.mark.parametrize(
    ("text", "words", "wanted"),
    [
        ("Der Hafen, die Häfen", ["Hafen"], "Der [Hafen], die [Häfen]"),
        ("Corona-Krise", ["Krise"], "[Corona-Krise]"),
        ("An der Börse in der Boerse", ["boerse"], "An der [Börse] in der [Boerse]"),
        ("Nichts", ["Hafen"], "Nichts"),
        ("", ["Hafen"], ""),
        ("a < b & c", ["b"], "a < [b] & c"),
        ("«Hafen»", ["Hafen"], "«[Hafen]»"),
        ("Bo\u0308rse", ["Börse"], "[Börse]"),
        ("Verhandlung Verhandlungen", ["verhandlungen"], "[Verhandlung] [Verhandlungen]"),
    ],
)
def test_words_are_marked_by_their_stems(text: str, words: list[str], wanted: str) -> None:
    assert shown(text, *words) == wanted


@given(st.text(alphabet="abc -.'äß\n", max_size=300), st.sets(st.sampled_from(["a", "b", "ab", "abc", "cab"])))
def test_pieces_are_the_text(text: str, stems: set[str]) -> None:
    assert "".join(part for part, _ in marked(text, stems)) == text
    assert all(part for part, _ in marked(text, stems))
    assert holds(text, stems) == any(is_found for _, is_found in marked(text, stems))


@given(st.text(alphabet="abc d.\n", max_size=1500), st.sets(st.sampled_from(["abc", "cab", "ad"]), min_size=1))
def test_a_passage_shows_a_found_word_and_is_short(text: str, stems: set[str]) -> None:
    found = passage(text, stems)

    assert bool(found) == holds(text, stems)
    assert len(found) <= LENGTH + 4
    if found and " " in text and max(map(len, text.split())) < AHEAD:
        assert holds(found, stems)


def test_a_passage_begins_with_its_sentence_and_ends_with_a_word() -> None:
    text = "Erstens war es kalt. " * 20 + "Dann kam der Hafen ins Spiel. " + "Zweitens war es warm. " * 20

    found = passage(text, {stem_of("Hafen")})

    assert found.startswith("… Dann kam der Hafen ins Spiel. Zweitens")
    assert found.endswith(" …")


def test_a_passage_is_taken_where_most_words_stand() -> None:
    text = "Hafen. " + "Leer. " * 100 + "Der Hafen, die Bahn und der Kai. " + "Leer. " * 100

    found = passage(text, {stem_of(word) for word in ("Hafen", "Bahn", "Kai")})

    assert "Der Hafen, die Bahn und der Kai." in found


def test_the_beginning_has_no_dots() -> None:
    assert passage("Der Hafen ist alt.", {stem_of("Hafen")}) == "Der Hafen ist alt."
    assert passage("Nichts davon.", {stem_of("Hafen")}) == ""
