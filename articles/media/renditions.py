"""Cut a picture to the ratios, widths and formats that pages show, and name the files."""

from __future__ import annotations

import re
from collections.abc import Iterable
from io import BytesIO
from typing import Any, Final

from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from PIL import Image

RATIOS: Final = {"16x9": (16, 9), "4x3": (4, 3), "1x1": (1, 1)}
WIDTHS: Final = {"16x9": (320, 640, 960, 1280), "4x3": (240, 480, 720), "1x1": (112, 224, 448)}
SAVING: Final[dict[str, dict[str, Any]]] = {
    "avif": {"format": "AVIF", "quality": 60, "speed": 8},
    "webp": {"format": "WEBP", "quality": 75, "method": 4},
    "jpg": {"format": "JPEG", "quality": 80, "progressive": True, "optimize": True},
}
FORMATS: Final = tuple(SAVING)
NAME: Final = re.compile(r"([0-9a-f]{16})-(16x9|4x3|1x1)-([1-9][0-9]{2,3})\.(avif|webp|jpg)")

Box = tuple[int, int, int, int]
Wanted = tuple[str, int, str]  # ratio, width, format


def box(width: int, height: int, ratio: str, focal_x: int, focal_y: int) -> Box:
    """Return the largest crop of that ratio, its middle as near to the focal point as the picture allows.

    focal_x, focal_y: percent from the left and from the top. Answers left, top, right, bottom in pixels.
    """
    across, down = RATIOS[ratio]
    crop_width = min(width, max(1, round(height * across / down)))
    crop_height = min(height, max(1, round(width * down / across)))
    left = _start(width, crop_width, focal_x)
    top = _start(height, crop_height, focal_y)
    return left, top, left + crop_width, top + crop_height


def _start(length: int, crop: int, focal: int) -> int:
    return max(0, min(length - crop, round(length * focal / 100 - crop / 2)))


def widths_for(width: int, height: int, ratio: str) -> tuple[int, ...]:
    """Return the widths worth making: none wider than the crop, but always the smallest."""
    left, _top, right, _bottom = box(width, height, ratio, 50, 50)
    smallest, *larger = WIDTHS[ratio]
    return smallest, *(step for step in larger if step <= right - left)


def plan(width: int, height: int) -> list[Wanted]:
    """Return every rendition that a picture of this size has."""
    return [(ratio, step, kind) for ratio in RATIOS for step in widths_for(width, height, ratio) for kind in FORMATS]


def filename(hash: str, ratio: str, width: int, format: str) -> str:  # noqa: A002
    return f"{hash}-{ratio}-{width}.{format}"


def parse_filename(name: str) -> tuple[str, str, int, str] | None:
    """Return hash, ratio, width and format, or None for any name that no rendition can have."""
    match = NAME.fullmatch(name)
    if match is None or int(match[3]) not in WIDTHS[match[2]]:
        return None
    return match[1], match[2], int(match[3]), match[4]


def render(data: bytes, *, ratio: str, width: int, format: str, focal_x: int, focal_y: int) -> bytes:  # noqa: A002
    """Return one rendition, the same bytes for the same call; ValueError for a size or format we do not make."""
    if width not in WIDTHS.get(ratio, ()) or format not in FORMATS:
        raise ValueError(f"no such rendition: {ratio}-{width}.{format}")
    return _encode(_resize(_crop(_decode(data), ratio, focal_x, focal_y), ratio, width), format)


def render_all(
    data: bytes,
    *,
    focal_x: int,
    focal_y: int,
    hash: str,  # noqa: A002
    into: Storage,
    wanted: Iterable[Wanted] | None = None,
    overwrite: bool = False,
) -> int:
    """Write the renditions that are missing, or all when overwriting, and return how many were written.

    into: a storage that writes over what is there and never shows half a file (articles/media/shelf.py).
    wanted: default is the plan for the picture. overwrite: needed when the focal point has moved.
    """
    source = _decode(data)
    listed = plan(*source.size) if wanted is None else list(wanted)
    due = [item for item in listed if overwrite or not into.exists(filename(hash, *item))]
    for ratio in dict.fromkeys(item[0] for item in due):
        crop = _crop(source, ratio, focal_x, focal_y)
        for width in dict.fromkeys(item[1] for item in due if item[0] == ratio):
            picture = _resize(crop, ratio, width)
            for kind in dict.fromkeys(item[2] for item in due if item[:2] == (ratio, width)):
                into.save(filename(hash, ratio, width, kind), ContentFile(_encode(picture, kind)))
    return len(set(due))


def _decode(data: bytes) -> Image.Image:
    with Image.open(BytesIO(data), formats=["JPEG"]) as image:
        return image.convert("RGB")


def _crop(image: Image.Image, ratio: str, focal_x: int, focal_y: int) -> Image.Image:
    return image.crop(box(*image.size, ratio, focal_x, focal_y))


def _resize(crop: Image.Image, ratio: str, width: int) -> Image.Image:
    across, down = RATIOS[ratio]
    return crop.resize((width, round(width * down / across)), Image.Resampling.LANCZOS, reducing_gap=3.0)


def _encode(picture: Image.Image, kind: str) -> bytes:
    stream = BytesIO()
    picture.save(stream, **SAVING[kind])
    return stream.getvalue()
