"""Preview cards: readable whatever the headline, and another address for another card."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image

from articles.media import cards
from articles.media.cards import HEIGHT, MARGIN, WIDTH, Card, draw, drawable, set_type, width

CARD = Card("Ahrensmünde baut zweiten Kai – und streitet", "Seehandel", "Tagblatt", "24. Februar 2025", "#0d655f")
LONG = "Donaudampfschifffahrtsgesellschaftskapitänswitwenrentenversicherungsgesetz "


def opened(card: Card) -> Image.Image:
    return Image.open(BytesIO(draw(card))).convert("L")


def test_a_card_is_a_picture_of_the_size_networks_ask_for() -> None:
    image = Image.open(BytesIO(draw(CARD)))
    assert (image.format, image.size) == ("JPEG", (WIDTH, HEIGHT))
    assert len(draw(CARD)) < 200_000


@pytest.mark.parametrize(
    "headline", ["Kurz", LONG * 6, "W" * 400, "Ein Wort nach dem anderen " * 30, "", "🙂🙂", "a\x00b\u202ec", "Ärger um «Öl» & „ß“", "Москва и Αθήνα"]
)
def test_no_headline_leaves_its_place(headline: str) -> None:
    image = opened(replace(CARD, headline=headline))
    right = image.crop((WIDTH - MARGIN + 8, 0, WIDTH, HEIGHT))
    assert min(right.tobytes()) > 230  # nothing but paper, and what JPEG makes of it


def test_a_short_headline_is_large_and_a_long_one_is_cut() -> None:
    size, lines = set_type("Kurz")
    assert (size, lines) == (cards.LARGEST, ["Kurz"])
    size, lines = set_type(LONG * 20)
    assert size == cards.SMALLEST
    assert len(lines) == cards.LINES
    assert lines[-1].endswith("…")
    assert max(width(line, size) for line in lines) <= WIDTH - 2 * MARGIN


def test_signs_that_the_type_lacks_and_nobody_sees_are_left_out() -> None:
    assert drawable("Kai 🙂 – «ja»\u202e\x00 日本") == "Kai – «ja»"
    assert drawable("ÄÖÜäöüß„“–»«€éłŠ") == "ÄÖÜäöüß„“–»«€éłŠ"


@pytest.mark.parametrize("change", [{"headline": "Anders"}, {"kicker": "a"}, {"name": "b"}, {"date": "c"}, {"colour": "#000000"}])
def test_another_card_has_another_name(change: dict[str, str]) -> None:
    assert replace(CARD, **change).digest != CARD.digest
    assert len(CARD.digest) == 16
