"""Colours of sections stay readable on light and dark pages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text.colours import DARK_GROUNDS, LIGHT_GROUNDS, READABLE, contrast, is_colour, pair_for

COLOURS = st.integers(min_value=0, max_value=0xFFFFFF).map(lambda value: f"#{value:06x}")


def test_black_on_white_has_the_highest_contrast() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21.0)


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#767676", "#ffffff", 4.54),
        ("#777777", "#ffffff", 4.48),
        ("#ff0000", "#ffffff", 4.00),
        ("#0000ff", "#ffffff", 8.59),
        ("#00ff00", "#000000", 15.30),
    ],
)
def test_contrast_is_counted_as_the_guidelines_do(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.01)


@given(COLOURS, COLOURS)
def test_contrast_is_the_same_both_ways_and_within_its_scale(one: str, other: str) -> None:
    assert contrast(one, other) == contrast(other, one)
    assert 1.0 <= contrast(one, other) <= 21.0 + 1e-9


@given(COLOURS)
def test_a_colour_has_no_contrast_with_itself(colour: str) -> None:
    assert contrast(colour, colour.upper()) == 1.0


@given(COLOURS)
def test_every_pair_is_readable_on_its_grounds(colour: str) -> None:
    light, dark = pair_for(colour)

    assert min(contrast(light, ground) for ground in LIGHT_GROUNDS) >= READABLE
    assert min(contrast(dark, ground) for ground in DARK_GROUNDS) >= READABLE
    assert is_colour(light)
    assert is_colour(dark)


@given(COLOURS)
def test_a_readable_colour_is_its_own_pair(colour: str) -> None:
    light, dark = pair_for(colour)

    assert pair_for(light)[0] == light
    assert pair_for(dark)[1] == dark


def test_a_dark_blue_stays_on_light_pages_and_is_lightened_on_dark_ones() -> None:
    light, dark = pair_for("#1A3D7C")

    assert light == "#1a3d7c"
    assert contrast(dark, "#000000") > contrast(light, "#000000")


def test_a_yellow_stays_on_dark_pages_and_is_darkened_on_light_ones() -> None:
    light, dark = pair_for("#ffcc00")

    assert dark == "#ffcc00"
    assert contrast(light, "#ffffff") > contrast(dark, "#ffffff")


def test_a_mixed_colour_keeps_its_hue() -> None:
    red, green, blue = (int(pair_for("#ffcc00")[0][at : at + 2], 16) for at in (1, 3, 5))

    assert blue == 0
    assert green / red == pytest.approx(0xCC / 0xFF, abs=0.01)


@pytest.mark.parametrize("text", ["#abcdef", "#ABCDEF", "#000000"])
def test_six_digits_behind_a_hash_are_a_colour(text: str) -> None:
    assert is_colour(text)


@pytest.mark.parametrize(
    "text", ["", "red", "#abc", "abcdef", "#abcdeg", "#abcdef\n", " #abcdef", "#abcdef0", "#١٢٣٤٥٦", "#00\x0000"]
)
def test_nothing_else_is_a_colour(text: str) -> None:
    assert not is_colour(text)
    with pytest.raises(ValueError, match="not a colour"):
        pair_for(text)
