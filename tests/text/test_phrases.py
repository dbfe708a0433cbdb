"""Known phrases in a text."""

from __future__ import annotations

import pytest

from articles.text.phrases import Phrases

KNOWN = Phrases(
    [("Hafen", 1), ("Hamburger SV", 2), ("Hamburger", 3), ("EU", 4), ("künstliche Intelligenz", 5), ("Börse", 6), ("Nord-Ostsee-Kanal", 7), ("FC St. Pauli", 8)]
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Der Hafen wächst.", {1: 1}),
        ("Hafen, Hafen; (Hafen)!", {1: 3}),
        ("Hafenarbeiter im Seehafen am hafen", {}),
        ("Der Hafen-Ausbau", {}),
        ("EU-Gipfel ohne EU", {4: 1}),
        ("Der Hamburger SV schlägt Hamburger Gäste", {2: 1, 3: 1}),
        ("Hamburger  SV\nund Hamburger\u00a0SV", {2: 2}),
        ("Künstliche Intelligenz und künstliche Intelligenz", {5: 2}),
        ("künstliche Blumen", {}),
        ("Boerse und Börse und BÖRSE", {6: 2}),
        ("Am Nord-Ostsee-Kanal, nicht am Nord-Kanal", {7: 1}),
        ("Der FC St. Pauli und der FC St Pauli", {8: 2}),
        ("", {}),
        ("\u0000 … –", {}),
        ("B\u006f\u0308rse", {}),
    ],
)
def test_whole_words_the_longest_first(text: str, found: dict[int, int]) -> None:
    assert KNOWN.find(text) == found


def test_phrase_without_a_word_or_with_too_many_means_nothing() -> None:
    assert len(Phrases([("…", 1), ("", 2), (" ".join("abcdefghij"), 3)])) == 0


def test_meaning_may_have_many_phrases() -> None:
    assert Phrases([("USA", 1), ("Vereinigte Staaten", 1)]).find("USA, die Vereinigte Staaten") == {1: 2}
