"""Signs nobody sees: taken out, and everything else left alone."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text.signs import composed, single_blanks, visible

ANYTHING = st.text(st.characters(exclude_categories=()))


@pytest.mark.parametrize(
    "sign", ["\x00", "\x07", "\x1b", "\x7f", "\x9f", "\u200e", "\u200f", "\u061c", "\ufeff", "\uffff", "\ud800"]
)
def test_an_unwanted_sign_disappears_without_a_trace(sign: str) -> None:
    assert visible(f"Bun{sign}destag") == "Bundestag"


@pytest.mark.parametrize("code", [*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
def test_nobody_can_turn_the_direction_of_writing(code: int) -> None:
    assert visible(f"a{chr(code)}b") == "ab"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"])
def test_every_line_end_is_a_line_feed(end: str) -> None:
    assert visible(f"eins{end}zwei") == "eins\nzwei"


@pytest.mark.parametrize("sign", ["\t", "\n", "\u00a0", "\u202f", "\u00ad", "\u200b", "\u200d", "ä", "😀", "–"])
def test_signs_with_a_purpose_stay(sign: str) -> None:
    assert visible(f"a{sign}b") == f"a{sign}b"


def test_white_space_becomes_one_blank_but_no_break_spaces_stay() -> None:
    assert single_blanks("a \t\n b\u00a0\u00a0c") == "a b\u00a0\u00a0c"


def test_letters_with_loose_accents_are_composed() -> None:
    assert composed("Bo\u0308rse") == "Börse"


@given(ANYTHING)
def test_whatever_is_left_can_be_stored_and_sent(text: str) -> None:
    left = visible(text)

    assert visible(left) == left
    assert left.encode().decode() == left
    assert not [sign for sign in left if unicodedata.category(sign) == "Cc" and sign not in "\n\t"]
