"""Word by word: nothing is lost between two texts, and only what differs is marked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text.diff import Change, changes

TEXTS = st.text(alphabet="ab .\n", max_size=60)


def test_a_changed_word_is_marked_and_its_neighbours_are_not() -> None:
    assert changes("Es gab neun Verletzte.", "Es gab sieben Verletzte.") == [
        Change("same", "Es gab "), Change("gone", "neun"), Change("new", "sieben"), Change("same", " Verletzte."),
    ]  # fmt: skip


def test_words_changed_one_after_the_other_are_one_change() -> None:
    assert changes("Der alte Text endet.", "Ein neuer Satz endet.") == [
        Change("gone", "Der alte Text"), Change("new", "Ein neuer Satz"), Change("same", " endet."),
    ]  # fmt: skip


@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_from_it(before: str, after: str) -> None:
    found = changes(before, after)

    assert "".join(text for kind, text in found if kind != "new") == before
    assert "".join(text for kind, text in found if kind != "gone") == after
    assert all(text for _kind, text in found)


@pytest.mark.parametrize("text", ["", "Eins", "Eins\n\nZwei"])
def test_the_same_has_no_changes(text: str) -> None:
    assert {kind for kind, _text in changes(text, text)} <= {"same"}


def test_long_texts_are_compared_by_paragraphs() -> None:
    blocks = [f"Absatz {number} " + "Wort " * 40 for number in range(300)]

    found = changes("\n".join(blocks), "\n".join([*blocks[:150], "Neu", *blocks[151:]]))

    assert [kind for kind, _text in found] == ["same", "gone", "new", "same"]
