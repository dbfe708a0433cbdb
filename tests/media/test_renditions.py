"""Cutting pictures: crops around the focal point, sizes, names and files; and the drawn marks."""

from __future__ import annotations

import os
import re
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from articles.media import drawing, renditions
from articles.media.renditions import FORMATS, RATIOS, WIDTHS, box, filename, parse_filename, plan, render, widths_for
from articles.media.shelf import Folder

HASH = "0123456789abcdef"
SIDES = st.integers(min_value=16, max_value=20_000)
PERCENT = st.integers(min_value=0, max_value=100)
RATIO = st.sampled_from(sorted(RATIOS))
RED, BLUE = (220, 20, 20), (20, 20, 220)


def picture(width: int = 1400, height: int = 900) -> bytes:
    """Return a JPEG, its left half red and its right half blue."""
    image = Image.new("RGB", (width, height), BLUE)
    image.paste(RED, (0, 0, width // 2, height))
    return encoded(image)


def noisy(width: int = 700, height: int = 500) -> bytes:
    return encoded(Image.effect_noise((width, height), 60).convert("RGB"))


def encoded(image: Image.Image) -> bytes:
    stream = BytesIO()
    image.save(stream, "JPEG", quality=92)
    return stream.getvalue()


def shown(data: bytes) -> Image.Image:
    image = Image.open(BytesIO(data))
    image.load()
    return image


def colour(image: Image.Image, x: int, y: int) -> str:
    red, _green, blue = shown(encoded(image.convert("RGB"))).getpixel((x, y))  # type: ignore[misc]
    return "red" if red > blue else "blue"


def written(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


@given(SIDES, SIDES, RATIO, PERCENT, PERCENT)
def test_box_lies_within_the_picture(width: int, height: int, ratio: str, x: int, y: int) -> None:
    left, top, right, bottom = box(width, height, ratio, x, y)
    assert 0 <= left < right <= width
    assert 0 <= top < bottom <= height


@given(SIDES, SIDES, RATIO, PERCENT, PERCENT)
def test_box_has_the_ratio_within_a_pixel(width: int, height: int, ratio: str, x: int, y: int) -> None:
    across, down = RATIOS[ratio]
    left, top, right, bottom = box(width, height, ratio, x, y)
    is_right_height = abs((right - left) * down / across - (bottom - top)) <= 1
    is_right_width = abs((bottom - top) * across / down - (right - left)) <= 1
    assert is_right_height or is_right_width


@given(SIDES, SIDES, RATIO, PERCENT, PERCENT)
def test_box_is_the_largest_of_its_ratio(width: int, height: int, ratio: str, x: int, y: int) -> None:
    left, top, right, bottom = box(width, height, ratio, x, y)
    assert right - left == width or bottom - top == height


@given(SIDES, SIDES, RATIO, PERCENT, PERCENT)
def test_focal_point_is_inside_the_box(width: int, height: int, ratio: str, x: int, y: int) -> None:
    left, top, right, bottom = box(width, height, ratio, x, y)
    assert left - 1 <= width * x / 100 <= right + 1
    assert top - 1 <= height * y / 100 <= bottom + 1


@given(SIDES, SIDES, RATIO, PERCENT, PERCENT)
def test_focal_point_is_in_the_middle_unless_an_edge_forbids(width: int, height: int, ratio: str, x: int, y: int) -> None:
    left, top, right, bottom = box(width, height, ratio, x, y)
    is_central = abs((left + right) / 2 - width * x / 100) <= 1 and abs((top + bottom) / 2 - height * y / 100) <= 1
    assert is_central or 0 in (left, top) or right == width or bottom == height


@given(SIDES, SIDES, RATIO, PERCENT, PERCENT, PERCENT)
def test_box_moves_with_the_focal_point_and_keeps_its_size(
    width: int, height: int, ratio: str, x: int, other: int, y: int
) -> None:
    first, second = (box(width, height, ratio, place, y) for place in sorted((x, other)))
    assert first[0] <= second[0]
    assert (first[2] - first[0], first[3] - first[1]) == (second[2] - second[0], second[3] - second[1])


@pytest.mark.parametrize(
    ("focal", "wanted"),
    [
        ((0, 50), (0, 0, 900, 900)),
        ((50, 50), (350, 0, 1250, 900)),
        ((60, 50), (510, 0, 1410, 900)),
        ((100, 0), (700, 0, 1600, 900)),
    ],
)
def test_square_of_a_wide_picture_follows_the_focal_point(focal: tuple[int, int], wanted: renditions.Box) -> None:
    assert box(1600, 900, "1x1", *focal) == wanted


@given(SIDES, SIDES, RATIO)
def test_no_width_but_the_smallest_is_wider_than_the_crop(width: int, height: int, ratio: str) -> None:
    left, _top, right, _bottom = box(width, height, ratio, 50, 50)
    smallest, *larger = widths_for(width, height, ratio)
    assert smallest == WIDTHS[ratio][0]
    assert larger == [step for step in WIDTHS[ratio][1:] if step <= right - left]


@pytest.mark.parametrize(
    ("size", "ratio", "wanted"),
    [
        ((3840, 2160), "16x9", (320, 640, 960, 1280)),
        ((1280, 720), "16x9", (320, 640, 960, 1280)),
        ((1279, 720), "16x9", (320, 640, 960)),
        ((100, 100), "16x9", (320,)),
        ((5000, 300), "16x9", (320,)),
        ((700, 500), "4x3", (240, 480)),
        ((448, 9000), "1x1", (112, 224, 448)),
    ],
)
def test_widths_follow_the_crop(size: tuple[int, int], ratio: str, wanted: tuple[int, ...]) -> None:
    assert widths_for(*size, ratio) == wanted


def test_plan_names_every_rendition_once() -> None:
    full = plan(3840, 2160)
    assert len(full) == len(set(full)) == 10 * len(FORMATS)
    assert plan(20, 20) == [(r, WIDTHS[r][0], f) for r in RATIOS for f in FORMATS]


@given(st.text("0123456789abcdef", min_size=16, max_size=16), st.sampled_from(plan(3840, 2160)))
def test_names_can_be_read_back(digest: str, wanted: renditions.Wanted) -> None:
    assert parse_filename(filename(digest, *wanted)) == (digest, *wanted)


def test_name_is_as_in_the_address() -> None:
    assert filename(HASH, "16x9", 640, "avif") == "0123456789abcdef-16x9-640.avif"


@pytest.mark.parametrize(
    "name",
    [
        "",
        f"{HASH}-16x9-641.avif",
        f"{HASH}-16x9-0640.avif",
        f"{HASH}-1x1-640.avif",
        f"{HASH}-3x2-640.avif",
        f"{HASH}-16x9-640.png",
        f"{HASH}-16x9-640.avif\n",
        f"../{HASH}-16x9-640.avif",
        f"{HASH.upper()}-16x9-640.avif",
        f"{HASH[1:]}-16x9-640.avif",
        f"{HASH}-16x9-٦٤٠.avif",
        f"{HASH}-16x9-99999999999999999999.avif",
    ],
)
def test_no_other_name_is_taken(name: str) -> None:
    assert parse_filename(name) is None


@pytest.mark.parametrize(("kind", "known"), [("avif", "AVIF"), ("webp", "WEBP"), ("jpg", "JPEG")])
@pytest.mark.parametrize(("ratio", "size"), [("16x9", (320, 180)), ("4x3", (240, 180)), ("1x1", (112, 112))])
def test_rendition_has_its_format_and_size(kind: str, known: str, ratio: str, size: tuple[int, int]) -> None:
    image = shown(render(picture(), ratio=ratio, width=size[0], format=kind, focal_x=50, focal_y=50))
    assert (image.format, image.size, image.mode) == (known, size, "RGB")


@pytest.mark.parametrize("kind", FORMATS)
def test_same_call_gives_the_same_bytes(kind: str) -> None:
    data = noisy()
    first = render(data, ratio="16x9", width=640, format=kind, focal_x=30, focal_y=70)
    assert render(data, ratio="16x9", width=640, format=kind, focal_x=30, focal_y=70) == first


@pytest.mark.parametrize("kind", FORMATS)
def test_rendition_shows_what_the_focal_point_names(kind: str) -> None:
    data = picture(1600, 400)
    left = shown(render(data, ratio="1x1", width=112, format=kind, focal_x=10, focal_y=50))
    right = shown(render(data, ratio="1x1", width=112, format=kind, focal_x=90, focal_y=50))
    assert (colour(left, 56, 56), colour(right, 56, 56)) == ("red", "blue")
    middle = shown(render(data, ratio="1x1", width=112, format=kind, focal_x=50, focal_y=50))
    assert (colour(middle, 10, 56), colour(middle, 100, 56)) == ("red", "blue")


@pytest.mark.parametrize(("ratio", "width", "kind"), [("3x2", 640, "jpg"), ("16x9", 641, "jpg"), ("1x1", 112, "gif")])
def test_other_renditions_are_refused(ratio: str, width: int, kind: str) -> None:
    with pytest.raises(ValueError, match=re.escape(f"{ratio}-{width}.{kind}")):
        render(picture(), ratio=ratio, width=width, format=kind, focal_x=50, focal_y=50)


def test_small_picture_is_enlarged_to_the_smallest_width_only(tmp_path: Path) -> None:
    count = renditions.render_all(picture(90, 60), focal_x=50, focal_y=50, hash=HASH, into=Folder(tmp_path))
    assert count == len(RATIOS) * len(FORMATS)
    assert shown((tmp_path / f"{HASH}-16x9-320.jpg").read_bytes()).size == (320, 180)


def test_all_renditions_of_the_plan_are_written_as_single_ones_are(tmp_path: Path) -> None:
    # given
    data, folder = noisy(), tmp_path / "new" / "bild"
    # when
    count = renditions.render_all(data, focal_x=20, focal_y=80, hash=HASH, into=Folder(folder))
    # then
    assert written(folder) == {filename(HASH, *item) for item in plan(700, 500)}
    assert count == len(plan(700, 500))
    alone = render(data, ratio="4x3", width=480, format="webp", focal_x=20, focal_y=80)
    assert (folder / f"{HASH}-4x3-480.webp").read_bytes() == alone


def test_second_run_writes_only_what_is_missing(tmp_path: Path) -> None:
    # given
    renditions.render_all(picture(300, 200), focal_x=50, focal_y=50, hash=HASH, into=Folder(tmp_path))
    kept, lost = tmp_path / f"{HASH}-1x1-112.jpg", tmp_path / f"{HASH}-1x1-112.avif"
    kept.write_bytes(b"kept")
    lost.unlink()
    # when
    count = renditions.render_all(picture(300, 200), focal_x=50, focal_y=50, hash=HASH, into=Folder(tmp_path))
    # then
    assert (count, kept.read_bytes(), lost.exists()) == (1, b"kept", True)


def test_moved_focal_point_overwrites(tmp_path: Path) -> None:
    wanted, data = [("1x1", 112, "jpg")], picture(1600, 400)
    for place, seen in ((5, "red"), (95, "blue")):
        renditions.render_all(data, focal_x=place, focal_y=50, hash=HASH, into=Folder(tmp_path), wanted=wanted, overwrite=True)
        assert colour(shown((tmp_path / f"{HASH}-1x1-112.jpg").read_bytes()), 5, 56) == seen


def test_only_wanted_renditions_are_made_and_each_once(tmp_path: Path) -> None:
    wanted = [("16x9", 320, "jpg"), ("1x1", 112, "webp"), ("16x9", 320, "jpg")]
    count = renditions.render_all(picture(), focal_x=50, focal_y=50, hash=HASH, into=Folder(tmp_path), wanted=iter(wanted))
    assert count == 2
    assert written(tmp_path) == {f"{HASH}-16x9-320.jpg", f"{HASH}-1x1-112.webp"}


def test_failed_write_leaves_the_old_file_and_no_draft(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # given
    old = tmp_path / f"{HASH}-1x1-112.jpg"
    old.write_bytes(b"old")
    monkeypatch.setattr(Path, "replace", lambda *_a: (_ for _ in ()).throw(OSError("disk full")))
    # when
    with pytest.raises(OSError, match="disk full"):
        renditions.render_all(
            picture(), focal_x=5, focal_y=5, hash=HASH, into=Folder(tmp_path), wanted=[("1x1", 112, "jpg")], overwrite=True
        )
    # then
    assert (written(tmp_path), old.read_bytes()) == ({old.name}, b"old")


def test_web_server_may_read_the_files(tmp_path: Path) -> None:
    before = os.umask(0o022)
    renditions.render_all(picture(), focal_x=5, focal_y=5, hash=HASH, into=Folder(tmp_path), wanted=[("1x1", 112, "jpg")])
    os.umask(before)
    assert (tmp_path / f"{HASH}-1x1-112.jpg").stat().st_mode & 0o777 == 0o644


@settings(max_examples=10)
@given(st.sampled_from((180, 192, 512)), st.sampled_from("TZÄgi"))
def test_mark_is_a_letter_in_the_middle_of_the_ground(size: int, letter: str) -> None:
    # given
    image = shown(drawing.mark(letter, size))
    ink = image.convert("L").point(lambda value: 255 if value > 128 else 0)
    # when
    left, top, right, bottom = ink.getbbox() or (0, 0, 0, 0)
    # then
    assert (image.format, image.size, image.getpixel((0, 0))) == ("PNG", (size, size), (0x17, 0x19, 0x1C))
    assert max(abs(left - (size - right)), abs(top - (size - bottom))) <= 2
    assert bottom - top > size * 0.4


def test_marks_are_the_same_every_time_and_differ_by_letter() -> None:
    assert drawing.mark("T", 180) == drawing.mark("Tageblatt", 180) != drawing.mark("Z", 180)


def test_icon_holds_its_three_sizes() -> None:
    icon = Image.open(BytesIO(drawing.ico("T")))
    assert icon.format == "ICO"
    assert icon.info["sizes"] == {(16, 16), (32, 32), (48, 48)}
