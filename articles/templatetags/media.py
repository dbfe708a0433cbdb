"""Addresses of a picture's renditions."""

from __future__ import annotations

from functools import cache
from typing import Any

from django import template
from django.urls import reverse

from articles.front.rows import Shown
from articles.media.renditions import RATIOS, filename, widths_for
from articles.models import Picture

register = template.Library()

# What a browser may assume about the width of the slot (DESIGN.md, section 3).
SIZES = {
    "lead": "(width >= 62rem) 38rem, 100vw",
    "article": "(width >= 46rem) 41rem, 100vw",
    "column": "(width >= 46rem) 30vw, (width >= 44rem) 45vw, 6.5rem",
    "row": "(width >= 44rem) 12.5rem, 6.5rem",
    "big": "(width >= 62rem) 22rem, (width >= 36rem) 40vw, 100vw",
    "portrait": "6rem",
}


@register.inclusion_tag("parts/picture.html")
def picture(picture: Picture | Shown, slot: str, *, ratio: str = "16x9", alt: str = "", eager: bool = False) -> dict[str, Any]:
    """A `<picture>` in AVIF, WebP and JPEG with width and height; only the first of a page is eager."""
    widths = widths_for(picture.width, picture.height, ratio)
    across, down = RATIOS[ratio]
    middle = widths[len(widths) // 2]
    return {
        "sources": [(kind, _srcset(picture, ratio, widths, kind)) for kind in ("avif", "webp")],
        "src": rendition_url(picture, ratio, middle, "jpg"),
        "srcset": _srcset(picture, ratio, widths, "jpg"),
        "sizes": SIZES[slot],
        "width": middle,
        "height": round(middle * down / across),
        "alt": alt,
        "eager": eager,
    }


def rendition_url(picture: Picture | Shown, ratio: str, width: int, kind: str) -> str:
    return f"{_folder()}{filename(picture.rendition_key, ratio, width, kind)}"


@cache
def _folder() -> str:
    """Where renditions lie; the resolver is too slow to be asked for each of a page's hundred."""
    return reverse("articles:picture", args=["x"]).removesuffix("x")


def _srcset(picture: Picture | Shown, ratio: str, widths: tuple[int, ...], kind: str) -> str:
    return ", ".join(f"{rendition_url(picture, ratio, width, kind)} {width}w" for width in widths)
