"""Taking in pictures: what is refused and with which words, what is read, and what is left of a file."""

from __future__ import annotations

import hashlib
import re
import struct
import zlib
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest
from django.utils import translation
from PIL import ExifTags, Image, ImageCms

from articles.media import intake
from articles.media.intake import PictureError, read

RED, GREEN, BLUE = (200, 20, 20), (20, 160, 40), (20, 40, 200)


def saved(image: Image.Image, kind: str, **options: Any) -> bytes:
    stream = BytesIO()
    image.save(stream, kind, **options)
    return stream.getvalue()


def photo(width: int = 64, height: int = 48, colour: tuple[int, ...] = RED, mode: str = "RGB") -> Image.Image:
    return Image.new(mode, (width, height), colour)


def noise(width: int = 200, height: int = 150) -> Image.Image:
    return Image.effect_noise((width, height), 80).convert("RGB")


def shown(data: bytes) -> Image.Image:
    image = Image.open(BytesIO(data))
    image.load()
    return image


def is_near(found: Any, wanted: tuple[int, ...], *, by: int = 12) -> bool:
    return all(abs(have - want) <= by for have, want in zip(found, wanted, strict=True))


def claiming(width: int, height: int) -> bytes:
    """Return a PNG of a few bytes whose header claims that size."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = (b"IHDR" + header, b"IDAT" + zlib.compress(b"\0" * 64), b"IEND")
    chunks = (struct.pack(">I", len(part) - 4) + part + struct.pack(">I", zlib.crc32(part)) for part in parts)
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def with_iptc(jpeg: bytes, *fields: tuple[int, bytes], broken: bytes = b"") -> bytes:
    records = b"".join(b"\x1c\x02" + struct.pack(">BH", number, len(value)) + value for number, value in fields) + broken
    block = b"8BIM\x04\x04\0\0" + struct.pack(">I", len(records)) + records + b"\0" * (len(records) % 2)
    body = b"Photoshop 3.0\0" + block
    return jpeg[:2] + b"\xff\xed" + struct.pack(">H", len(body) + 2) + body + jpeg[2:]


def xmp(inside: str, *, before: str = "") -> bytes:
    names = "".join(f' xmlns:{prefix}="{address}"' for prefix, address in intake.NAMESPACES.items())
    return f"{before}<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF{names}>{inside}</rdf:RDF></x:xmpmeta>".encode()


def reason(raw: bytes, name: str = "") -> str:
    with pytest.raises(PictureError) as caught:
        read(raw, name=name)
    return caught.value.reason


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF", "GIF", "TIFF"])
def test_every_known_format_becomes_a_jpeg_of_the_same_size(kind: str) -> None:
    original = read(saved(photo(), kind))
    assert shown(original.data).format == "JPEG"
    assert (original.width, original.height) == shown(original.data).size == (64, 48)
    assert is_near(shown(original.data).getpixel((30, 20)), RED)


def test_hash_is_that_of_the_kept_file_and_the_same_every_time() -> None:
    raw = saved(noise(), "PNG")
    first, second = read(raw), read(raw, name="anders.png")
    assert first == second
    assert first.hash == hashlib.sha256(first.data).hexdigest()[:16]


def test_content_counts_and_not_the_name() -> None:
    assert read(saved(photo(), "PNG"), name="bild.jpg").width == 64
    assert reason(b"Liebe Redaktion, anbei das Bild.\n" * 50, "bild.jpg") == "unknown"
    assert reason(b"<!DOCTYPE html><html><body><svg/></body></html>", "bild.jpg") == "html"


@pytest.mark.filterwarnings("ignore:Corrupt EXIF data")
@pytest.mark.parametrize(
    ("raw", "wanted"),
    [
        (b"", "empty"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "svg"),
        (b"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- made by hand -->\n<svg/>", "svg"),
        (b"<!DOCTYPE svg PUBLIC '-//W3C//DTD SVG 1.1//EN' ''><svg/>", "svg"),
        (b"\n<HTML><script>alert(1)</script>", "html"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "heic"),
        (b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic", "heic"),
        (b"\0\0\0\x18ftypisom\0\0\0\0isomavc1", "video"),
        (b"PK\x03\x04 a letter from an office", "unknown"),
        (b"\0" * 100, "unknown"),
        (b"\xff\xd8\xff", "damaged"),
        (b"\x89PNG\r\n\x1a\n", "damaged"),
        (b"RIFF\x04\0\0\0WEBP", "damaged"),
        (b"GIF89a", "damaged"),
        (b"II*\0\xff\xff\xff\x7f", "damaged"),
        (b"\0\0\0\x18ftypavif\0\0\0\0mif1avif", "damaged"),
    ],
)
def test_what_is_no_usable_picture_is_refused_with_its_reason(raw: bytes, wanted: str) -> None:
    assert reason(raw) == wanted


def test_refusal_is_a_german_sentence_that_names_the_file_and_the_next_step() -> None:
    with translation.override("de"), pytest.raises(PictureError, match=r"^«hafen\.jpg» ist ein PDF\. Bitte speichern Sie"):
        read(b"%PDF-1.7", name="hafen.jpg")
    with translation.override("de"), pytest.raises(ValueError, match="Die Datei ist leer"):
        read(b"")


@pytest.mark.parametrize("key", sorted(intake.SENTENCES))
def test_every_sentence_survives_a_percent_sign_in_the_name(key: str) -> None:
    sentence = str(PictureError(key, name="100%s.jpg"))
    assert re.fullmatch(r"«100%s\.jpg» (ist|hat) .+\. Bitte .+\.", sentence)


def test_too_heavy_a_file_is_refused_before_anything_reads_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Image, "open", lambda *_a, **_k: pytest.fail("opened"))
    assert reason(b"\xff\xd8\xff" + b"\0" * (40 * 1024 * 1024)) == "heavy"


@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
@pytest.mark.parametrize("size", [(65_000, 65_000), (10_000, 10_000), (20_001, 100), (100, 20_001), (7746, 7746)])
def test_bomb_is_refused_without_decoding(size: tuple[int, int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("PIL.ImageFile.ImageFile.load", lambda _self: pytest.fail("decoded"))
    assert reason(claiming(*size)) == "huge"


@pytest.mark.filterwarnings("error::PIL.Image.DecompressionBombWarning")
def test_bomb_is_refused_also_where_warnings_are_errors() -> None:
    assert reason(claiming(10_000, 10_000)) == "huge"


def test_sixteen_pixels_are_the_least() -> None:
    assert read(saved(photo(16, 16), "PNG")).width == 16
    assert reason(saved(photo(15, 400), "PNG")) == reason(saved(photo(400, 15), "PNG")) == "tiny"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "TIFF", "AVIF"])
@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
def test_truncated_file_is_refused(kind: str, share: float) -> None:
    raw = saved(noise(), kind)
    assert reason(raw[: int(len(raw) * share)]) == "damaged"


def test_header_that_promises_more_pixels_than_there_are_is_refused() -> None:
    assert reason(claiming(300, 300)) == "damaged"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF"])
@pytest.mark.parametrize("turn", range(1, 9))
def test_orientation_is_applied_to_the_pixels(turn: int, kind: str) -> None:
    # given: a picture whose red corner belongs at the top left once turned
    upright = photo(64, 32, BLUE)
    upright.paste(RED, (0, 0, 32, 16))
    back = {6: 8, 8: 6}.get(turn, turn)
    stored = upright.transpose(intake.TURNS[back]) if turn > 1 else upright
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = turn
    # when
    original = read(saved(stored, kind, exif=exif))
    # then
    assert (original.width, original.height) == (64, 32)
    assert is_near(shown(original.data).getpixel((8, 4)), RED, by=20)
    assert is_near(shown(original.data).getpixel((56, 28)), BLUE, by=20)


@pytest.mark.parametrize("profile", [None, ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()])
def test_nothing_but_pixels_is_left_in_the_file(profile: bytes | None) -> None:
    # given: place, camera, comment, XMP, IPTC and a colour profile
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "Geheimkamera"
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (53.0, 32.0, 10.0)
    parts = {"exif": exif, "comment": b"Geheimwort", "xmp": xmp("<!-- Geheimtext -->"), "icc_profile": profile}
    raw = with_iptc(saved(photo(), "JPEG", **parts), (120, b"Geheimzeile"))
    assert (raw.count(b"Geheim"), len(shown(raw).getexif().get_ifd(ExifTags.IFD.GPSInfo))) == (4, 1)
    # when
    left = read(raw).data
    # then
    assert not re.search(rb"Geheim|Exif|ICC_PROFILE|Photoshop|xmpmeta", left)
    assert set(shown(left).info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


def test_profile_is_converted_to_srgb_and_a_broken_one_is_ignored() -> None:
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    for profile in (ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes(), b"no profile", lab):
        original = read(saved(photo(), "PNG", icc_profile=profile))
        assert is_near(shown(original.data).getpixel((9, 9)), RED)


def test_wide_profile_changes_the_numbers_so_that_the_colour_stays() -> None:
    # given: a profile whose red is what sRGB calls blue (sRGB with its colorants swapped)
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = profile.replace(b"rXYZ", b"tXYZ").replace(b"bXYZ", b"rXYZ").replace(b"tXYZ", b"bXYZ")
    # when
    original = read(saved(photo(colour=(230, 10, 10)), "PNG", icc_profile=swapped))
    # then
    assert is_near(shown(original.data).getpixel((9, 9)), (10, 10, 230))


@pytest.mark.parametrize(
    ("image", "kind", "wanted"),
    [
        (photo(colour=(0, 255, 255, 0), mode="CMYK"), "JPEG", (255, 0, 0)),
        (photo(colour=(120,), mode="L"), "PNG", (120, 120, 120)),
        (Image.new("1", (64, 48), 1), "PNG", (255, 255, 255)),
        (Image.new("I;16", (64, 48), 120 * 257), "PNG", (120, 120, 120)),
        (photo(colour=(*GREEN, 255), mode="RGBA"), "PNG", GREEN),
        (photo(colour=(0, 0, 0, 0), mode="RGBA"), "PNG", (255, 255, 255)),
        (photo(colour=(0, 0, 0, 127), mode="RGBA"), "WEBP", (128, 128, 128)),
        (photo(colour=(0, 0), mode="LA"), "PNG", (255, 255, 255)),
        (photo().quantize(4), "GIF", RED),
    ],
)
def test_every_mode_becomes_opaque_rgb(image: Image.Image, kind: str, wanted: tuple[int, ...]) -> None:
    result = shown(read(saved(image, kind)).data)
    assert result.mode == "RGB"
    assert is_near(result.getpixel((30, 20)), wanted)


def test_transparent_colour_of_a_palette_becomes_white() -> None:
    image = Image.new("P", (64, 48), 0)
    image.putpalette([*BLUE, *GREEN])
    image.paste(1, (32, 0, 64, 48))
    result = shown(read(saved(image, "PNG", transparency=0)).data)
    assert is_near(result.getpixel((8, 24)), (255, 255, 255))
    assert is_near(result.getpixel((56, 24)), GREEN)


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG", "AVIF"])
def test_first_frame_stands_for_an_animation(kind: str) -> None:
    raw = saved(photo(), kind, save_all=True, append_images=[photo(colour=GREEN), photo(colour=BLUE)], duration=80)
    assert getattr(shown(raw), "n_frames", 1) == 3
    assert is_near(shown(read(raw).data).getpixel((30, 20)), RED)


@pytest.mark.parametrize(("size", "kept"), [((4000, 1000), (3840, 960)), ((500, 5000), (384, 3840))])
def test_longer_side_is_kept_to_3840_pixels(size: tuple[int, int], kept: tuple[int, int]) -> None:
    original = read(saved(photo(*size), "PNG"))
    assert (original.width, original.height) == kept


def test_caption_and_credit_come_from_iptc_as_plain_lines() -> None:
    fields = ((120, "Möwen\r\n im\0 Hafen".encode()), (80, b"Jana Muster"), (80, b"Ole Test"), (110, b"nda"))
    original = read(with_iptc(saved(photo(), "JPEG"), *fields))
    assert (original.caption, original.credit) == ("Möwen im Hafen", "Jana Muster, Ole Test/nda")


def test_old_iptc_in_latin_letters_is_read_and_a_long_caption_cut() -> None:
    raw = with_iptc(saved(photo(), "JPEG"), (120, b"\x81" + "ü".encode("cp1252") * 3000), (80, b"nda"), (110, b"nda"))
    assert (read(raw).caption, read(raw).credit) == ("ü" * 2000, "nda")


ALT = "<dc:{0}><rdf:Alt><rdf:li>{1}</rdf:li></rdf:Alt></dc:{0}>"


@pytest.mark.parametrize("kind", ["JPEG", "WEBP", "AVIF"])
@pytest.mark.parametrize("credit", [("", "<photoshop:Credit>tnd</photoshop:Credit>"), (" photoshop:Credit='tnd'", "")])
def test_xmp_speaks_where_iptc_is_silent(kind: str, credit: tuple[str, str]) -> None:
    words = ALT.format("description", "Flut &amp; Ebbe") + ALT.format("creator", "A. Bild")
    inside = f"<rdf:Description{credit[0]}>{words}{credit[1]}</rdf:Description>"
    original = read(saved(photo(), kind, xmp=xmp(inside)))
    assert (original.caption, original.credit) == ("Flut & Ebbe", "A. Bild/tnd")


def test_entities_in_xmp_are_not_expanded() -> None:
    bomb = xmp(ALT.format("description", "&a;"), before='<!DOCTYPE x [<!ENTITY a "Lachen">]>')
    assert read(saved(photo(), "JPEG", xmp=bomb)).caption == ""


@pytest.mark.parametrize(("offset", "hour"), [("+05:00", 7), ("", 10), ("Z", 12)])
def test_moment_of_the_picture_is_kept_in_utc_and_taken_for_berlin_time(offset: str, hour: int) -> None:
    exif = Image.Exif()
    exif.get_ifd(ExifTags.IFD.Exif).update({36867: "2025:07:01 12:30:00", **({36881: offset} if offset else {})})
    assert read(saved(photo(), "JPEG", exif=exif)).taken == datetime(2025, 7, 1, hour, 30, tzinfo=UTC)


@pytest.mark.filterwarnings("ignore:Corrupt EXIF data")
def test_broken_metadata_costs_only_itself() -> None:
    undated = Image.Exif()
    undated.get_ifd(ExifTags.IFD.Exif)[36867] = "0000:00:00 00:00:00"
    for parts in ({"exif": undated}, {"exif": b"Exif\0\0II*\0\xff\xff"}, {"xmp": b"<x"}, {"xmp": b"\xff\xfe"}):
        original = read(with_iptc(saved(photo(), "JPEG", **parts), (120, b"Kai"), broken=b"\x1c\x02"))
        assert (original.width, original.taken, original.credit) == (64, None, "")
