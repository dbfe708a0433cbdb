"""Draws the picture that networks show beside a link to a story without one: headline on paper, in the newspaper's type."""

from __future__ import annotations

import hashlib
from dataclasses import astuple, dataclass
from functools import lru_cache
from io import BytesIO
from typing import Final

from PIL import Image, ImageDraw

from articles.media.drawing import GROUND, PAPER, typeface
from articles.text.signs import visible

WIDTH, HEIGHT = 1280, 720  # pixels
MARGIN: Final = 88
BAR: Final = 20  # pixels of the category's colour at the left edge
LARGEST, SMALLEST, STEP = 92, 44, 6  # pixels of the headline's type
LINES: Final = 5
LEADING: Final = 1.14
SMALL: Final = 38
FAINT: Final = "#5a5e66"
QUALITY: Final = 88
DRAWING: Final = "1"  # raise it when cards look different: their addresses change with it
NOWHERE: Final = "\uffff"  # no type has it; shows what stands for a missing sign


@dataclass(frozen=True)
class Card:
    """What stands on it; colour as `#rrggbb`."""

    headline: str
    kicker: str
    name: str
    date: str
    colour: str

    @property
    def digest(self) -> str:
        """Another one as soon as anything on the card is."""
        return hashlib.blake2b("\0".join((DRAWING, *astuple(self))).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def draw(card: Card) -> bytes:
    """A JPEG of 1280 × 720 pixels."""
    image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, BAR, HEIGHT), fill=card.colour)
    pen.text((MARGIN, MARGIN), fitting(card.name, SMALL), font=typeface(SMALL), fill=GROUND, anchor="lm")
    pen.text((MARGIN, HEIGHT - MARGIN), fitting(beside(card), SMALL), font=typeface(SMALL), fill=FAINT, anchor="lm")
    size, lines = set_type(drawable(card.headline))
    top = (HEIGHT - (len(lines) - 1) * size * LEADING) / 2
    for place, line in enumerate(lines):
        pen.text((MARGIN, top + place * size * LEADING), line, font=typeface(size), fill=GROUND, anchor="lm")
    stream = BytesIO()
    image.save(stream, "JPEG", quality=QUALITY, optimize=True, subsampling=0)
    return stream.getvalue()


def beside(card: Card) -> str:
    return " · ".join(part for part in (drawable(card.kicker), card.date) if part)


def set_type(text: str) -> tuple[int, list[str]]:
    """The largest type in which the text fits, and its lines; in the smallest it is cut."""
    for size in range(LARGEST, SMALLEST - 1, -STEP):
        lines = broken(text, size)
        if len(lines) <= LINES and all(width(line, size) <= WIDTH - 2 * MARGIN for line in lines):
            return size, lines
    lines = [fitting(line, SMALLEST) for line in broken(text, SMALLEST)]
    return SMALLEST, lines if len(lines) <= LINES else [*lines[: LINES - 1], fitting(f"{lines[LINES - 1]} …", SMALLEST)]


def broken(text: str, size: int) -> list[str]:
    """Lines of whole words."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width(longer, size) <= WIDTH - 2 * MARGIN:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def fitting(text: str, size: int) -> str:
    """As much of it as one line holds."""
    shown = drawable(text)
    if width(shown, size) <= WIDTH - 2 * MARGIN:
        return shown
    while shown and width(f"{shown}…", size) > WIDTH - 2 * MARGIN:
        shown = shown[:-1]
    return f"{shown.rstrip()}…"


def width(text: str, size: int) -> float:
    return typeface(size).getlength(text)


def drawable(text: str) -> str:
    """Without what cannot be seen, and without signs that the type does not have, such as emoji."""
    return " ".join("".join(sign for sign in visible(text) if sign.isspace() or has(sign)).split())


@lru_cache(maxsize=2_000)
def has(sign: str) -> bool:
    face = typeface(SMALL)
    return bytes(face.getmask(sign)) != bytes(face.getmask(NOWHERE))
