"""Compounds are split where both parts could be words, and nowhere else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text.compounds import SHORTEST_REST, rests
from articles.text.stems import stem_of


@pytest.mark.parametrize(
    ("whole", "part", "other"),
    [
        ("Nachtragshaushalt", "Haushalt", "Nachtrag"), ("Nachtragshaushalts", "Haushalte", "Nachträge"),
        ("Bundesregierung", "Regierung", "Bund"), ("Regierungserklärung", "Regierung", "Erklärung"),
        ("Regierungserklärungen", "Erklärung", "Regierungen"), ("Haushaltsplan", "Haushalt", "Pläne"), ("Stadtrat", "Rat", "Stadt"),
        ("Länderfinanzausgleich", "Ausgleich", "Länderfinanz"), ("Hafenbahn", "Hafen", "Bahn"), ("Hafenbahn", "Bahn", "Hafen"),
        ("Krankenhäuser", "Haus", "Kranken"), ("Sonnenenergie", "Energie", "Sonne"), ("Börsengang", "Börse", "Gang"),
        ("Boersengang", "Börsen", "Gänge"), ("Kinderarmut", "Armut", "Kinder"), ("Staatsanwältin", "Anwältin", "Staat"),
        ("Straßenbahn", "Strasse", "Bahn"), ("Dienstreise", "Reise", "Dienst"), ("Reisebüro", "Reisen", "Büro"), ("Rathaus", "Rat", "Häuser"),
    ],
)  # fmt: skip
def test_a_compound_holds_its_part_if_the_other_part_is_a_word(whole: str, part: str, other: str) -> None:
    assert stem_of(other) in rests(stem_of(whole), stem_of(part))


@pytest.mark.parametrize(
    ("whole", "part"),
    [
        ("Heirat", "Rat"), ("Preis", "Reis"), ("Kreis", "Reis"), ("Beweis", "Eis"), ("Haushalt", "Haushalt"), ("Haus", "Haushalt"),
        ("Verein", "ein"), ("Amt", "Beamter"), ("Ei", "Ei"), ("Kohle", "Ohle"),
    ],
)  # fmt: skip
def test_a_word_that_only_ends_alike_holds_nothing(whole: str, part: str) -> None:
    assert rests(stem_of(whole), stem_of(part)) == frozenset()


@pytest.mark.parametrize(("whole", "part", "no_word"), [("Landkreis", "Reis", "landk"), ("Strompreis", "Reis", "stromp")])
def test_the_rest_has_to_be_looked_up(whole: str, part: str, no_word: str) -> None:
    assert rests(stem_of(whole), stem_of(part)) == {no_word}


@given(st.text("abcdehnrstu", max_size=30), st.text("abcdehnrstu", max_size=12))
def test_rests_are_never_short_and_never_empty(whole: str, part: str) -> None:
    for rest in rests(whole, part):
        assert rest
        assert len(rest) >= SHORTEST_REST - 2  # after its own ending is gone
    if part and not (whole.startswith(part) or whole.endswith(part)):
        assert not rests(whole, part)
