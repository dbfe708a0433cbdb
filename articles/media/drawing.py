"""Draw the small marks that browsers and telephones ask for: one letter of the newspaper's name, in its type."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from io import BytesIO
from typing import Final

from PIL import Image, ImageDraw, ImageFont

GROUND: Final = "#17191c"
PAPER: Final = "#fdfcfa"
TYPE: Final = "files/SourceSerifPro-Bold.ttf"  # Latin, Greek and Cyrillic; the one that comes with Pillow has no umlauts
ICON_SIZES: Final = (16, 32, 48)


def mark(letter: str, size: int) -> bytes:
    """Return a square PNG, size pixels a side (180, 192 and 512 are asked for)."""
    stream = BytesIO()
    _drawn(letter, size).save(stream, "PNG", optimize=True)
    return stream.getvalue()


def ico(letter: str) -> bytes:
    """Return the classic favicon.ico; each of its sizes is drawn, none scaled down."""
    *smaller, largest = (_drawn(letter, size) for size in ICON_SIZES)
    stream = BytesIO()
    largest.save(stream, "ICO", sizes=[(size, size) for size in ICON_SIZES], append_images=smaller)
    return stream.getvalue()


@lru_cache(maxsize=32)
def typeface(size: int) -> ImageFont.FreeTypeFont:
    """The newspaper's type, so many pixels high."""
    return ImageFont.truetype(str(files("font_source_serif_pro") / TYPE), size)


def _drawn(letter: str, size: int) -> Image.Image:
    """Centre the ink, not the type's box: a font's bearings push small marks aside."""
    sheet = Image.new("L", (size * 2, size * 2))
    font = typeface(round(size * 0.86))
    ImageDraw.Draw(sheet).text((size / 2, size / 2), letter[:1], font=font, fill=255)
    ink = sheet.crop(sheet.getbbox())
    image = Image.new("RGB", (size, size), GROUND)
    image.paste(PAPER, ((size - ink.width) // 2, (size - ink.height) // 2), ink)
    return image
