"""Take in a picture from outside: check it, read its caption, and make it a clean JPEG in sRGB."""

from __future__ import annotations

import hashlib
import logging
import re
import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import Final, TypeVar
from xml.etree import ElementTree as ET
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _
from PIL import ExifTags, Image, ImageCms, ImageFile, IptcImagePlugin

logger = logging.getLogger(__name__)
Value = TypeVar("Value")

MEGABYTES: Final = 40
MEGAPIXELS: Final = 60
SHORTEST, LONGEST = 16, 20_000  # pixels a side, as delivered
KEPT: Final = 3840  # pixels of the longer side that we keep
QUALITY: Final = 92
CAPTION_LENGTH, CREDIT_LENGTH = 2000, 250
BERLIN: Final = ZoneInfo("Europe/Berlin")  # cameras seldom say where they are
# Whatever Pillow and the parsers of metadata raise on broken input.
BROKEN: Final = (
    ArithmeticError, AttributeError, EOFError, LookupError, MemoryError, OSError, RecursionError,
    SyntaxError, TypeError, ValueError, struct.error, zlib.error, ImageCms.PyCMSError,
)  # fmt: skip
TURNS: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
KINDS: Final = {
    "JPEG": rb"\xff\xd8\xff",
    "PNG": rb"\x89PNG\r\n\x1a\n",
    "GIF": rb"GIF8[79]a",
    "WEBP": rb"RIFF.{4}WEBP",
    "AVIF": rb".{4}ftyp(?:avi[fs]|m[is]f1.{4}(?:.{4}){0,8}?avi[fs])",
    "TIFF": rb"II\*\0|MM\0\*",
}
FOREIGN: Final = {
    "html": rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype html|html|head|body|script)\b",
    "svg": rb"(?:\xef\xbb\xbf)?\s*(?:<[?!].{0,2000}?)?<svg\b",
    "pdf": rb"\s*%PDF-",
    "heic": rb".{4}ftyp(?:hei[cmsx]|hev[cx]|m[is]f1)",
    "video": rb".{4}ftyp",
}
SENTENCES: Final = {
    "empty": _("%(file)s ist leer. Bitte laden Sie das Bild noch einmal hoch."),
    "heavy": _("%(file)s ist größer als 40 MB. Bitte laden Sie eine kleinere Fassung hoch."),
    "svg": _("%(file)s ist eine SVG-Zeichnung. Bitte speichern Sie sie als PNG und laden Sie diese Datei hoch."),
    "html": _("%(file)s ist eine Internetseite und kein Bild. Bitte laden Sie die Bilddatei selbst hoch."),
    "pdf": _("%(file)s ist ein PDF. Bitte speichern Sie das Bild daraus als JPEG und laden Sie diese Datei hoch."),
    "heic": _("%(file)s ist ein HEIC-Foto. Bitte speichern Sie es als JPEG und laden Sie diese Datei hoch."),
    "video": _("%(file)s ist ein Video. Bitte laden Sie ein Standbild daraus hoch."),
    "unknown": _("%(file)s ist kein Bild, das wir lesen können. Bitte laden Sie JPEG, PNG, WebP, AVIF, GIF oder TIFF hoch."),
    "damaged": _("%(file)s ist beschädigt oder unvollständig. Bitte laden Sie das Bild noch einmal hoch."),
    "huge": _(
        "%(file)s hat zu viele Bildpunkte. Bitte laden Sie eine Fassung mit höchstens 60 Millionen Bildpunkten "
        "und 20.000 je Seite hoch."
    ),
    "tiny": _("%(file)s ist schmaler oder niedriger als 16 Bildpunkte. Bitte laden Sie ein größeres Bild hoch."),
}
NAMESPACES: Final = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
}


class PictureError(ValueError):
    """A picture we do not take; the text is a German sentence for the editor, the reason a key of SENTENCES."""

    def __init__(self, reason: str, *, name: str = "") -> None:
        file = f"«{name}»" if name else _("Die Datei")
        super().__init__(SENTENCES[reason] % {"file": file})
        self.reason = reason


@dataclass(frozen=True, kw_only=True)
class Original:
    """A picture as we keep it: JPEG, sRGB, upright, without metadata; hash: 16 hex digits of the data's SHA-256."""

    data: bytes
    width: int
    height: int
    hash: str
    caption: str = ""
    credit: str = ""
    taken: datetime | None = None


def read(raw: bytes, *, name: str = "") -> Original:
    """Check and convert a file by what is in it; the name only serves the sentence of a refusal.

    Raises PictureError. Nothing is decoded before weight, kind and size are known to be fit.
    """
    kind = _kind(raw, name=name)
    try:
        with Image.open(BytesIO(raw), formats=[kind]) as image:
            _check_size(image.size, name=name)
            image.load()
            return _original(image)
    except PictureError:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise PictureError("huge", name=name) from error
    except BROKEN as error:
        raise PictureError("damaged", name=name) from error


def _kind(raw: bytes, *, name: str) -> str:
    if not raw:
        raise PictureError("empty", name=name)
    if len(raw) > MEGABYTES * 1024 * 1024:
        raise PictureError("heavy", name=name)
    head = raw[:4096]
    if kind := _matching(KINDS, head):
        return kind
    raise PictureError(_matching(FOREIGN, head) or "unknown", name=name)


def _matching(patterns: dict[str, bytes], head: bytes) -> str | None:
    hits = (kind for kind, pattern in patterns.items() if re.match(pattern, head, re.DOTALL | re.IGNORECASE))
    return next(hits, None)


def _check_size(size: tuple[int, int], *, name: str) -> None:
    width, height = size
    if max(size) > LONGEST or width * height > MEGAPIXELS * 1_000_000:
        raise PictureError("huge", name=name)
    if min(size) < SHORTEST:
        raise PictureError("tiny", name=name)


def _original(image: ImageFile.ImageFile) -> Original:
    nothing: dict[str, str] = {}
    iptc, xmp = _or(_iptc, image, otherwise=nothing), _or(_xmp, image, otherwise=nothing)
    words = {key: iptc.get(key) or xmp.get(key, "") for key in ("caption", "byline", "credit")}
    taken = _or(_taken, image, otherwise=None)
    picture = _converted(image)
    stream = BytesIO()
    picture.save(stream, "JPEG", quality=QUALITY, subsampling="4:4:4", optimize=True)
    data = stream.getvalue()
    return Original(
        data=data,
        width=picture.width,
        height=picture.height,
        hash=hashlib.sha256(data).hexdigest()[:16],
        caption=words["caption"][:CAPTION_LENGTH],
        credit="/".join(dict.fromkeys(filter(None, (words["byline"], words["credit"]))))[:CREDIT_LENGTH],
        taken=taken,
    )


def _converted(image: ImageFile.ImageFile) -> Image.Image:
    turn = TURNS.get(_or(_orientation, image, otherwise=1))
    profile: object = image.info.get("icc_profile")
    picture = _flat(image)
    picture.thumbnail((KEPT, KEPT), Image.Resampling.LANCZOS)
    picture = _srgb(picture, profile)
    if turn is not None:
        picture = picture.transpose(turn)
    picture.info = {}  # a comment left here would be written into the new file
    return picture


def _flat(image: Image.Image) -> Image.Image:
    """Return the first frame opaque, on white, with eight bits a channel: L, RGB or CMYK."""
    if image.has_transparency_data:
        layer = image.convert("RGBA")
        ground = Image.new("RGBA", layer.size, "white")
        ground.alpha_composite(layer)
        return ground.convert("RGB")
    if image.mode.startswith("I"):
        return image.convert("I").point(lambda value: value * (1 / 257)).convert("L")
    return image if image.mode in ("L", "CMYK") else image.convert("RGB")


def _srgb(picture: Image.Image, profile: object) -> Image.Image:
    if isinstance(profile, bytes):
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            target = ImageCms.createProfile("sRGB")
            return ImageCms.profileToProfile(picture, source, target, outputMode="RGB") or picture.convert("RGB")
        except BROKEN:
            logger.info("unusable colour profile in a picture", exc_info=True)
    return picture.convert("RGB")


def _or(reader: Callable[[ImageFile.ImageFile], Value], image: ImageFile.ImageFile, *, otherwise: Value) -> Value:
    """Read metadata; broken metadata must not cost us the picture."""
    try:
        return reader(image)
    except BROKEN:
        logger.info("unreadable metadata in a picture: %s", reader.__name__, exc_info=True)
        return otherwise


def _orientation(image: ImageFile.ImageFile) -> int:
    return int(image.getexif().get(ExifTags.Base.Orientation, 1))


def _taken(image: ImageFile.ImageFile) -> datetime | None:
    fields = image.getexif().get_ifd(ExifTags.IFD.Exif)
    if ExifTags.Base.DateTimeOriginal not in fields:
        return None
    moment = str(fields[ExifTags.Base.DateTimeOriginal]).strip("\0 ")
    offset = str(fields.get(ExifTags.Base.OffsetTimeOriginal, "")).strip("\0 ")
    zone = datetime.strptime(offset, "%z").tzinfo if offset else BERLIN
    return datetime.strptime(moment, "%Y:%m:%d %H:%M:%S").replace(tzinfo=zone).astimezone(UTC)


def _iptc(image: ImageFile.ImageFile) -> dict[str, str]:
    records = IptcImagePlugin.getiptcinfo(image) or {}
    fields = {"caption": (2, 120), "byline": (2, 80), "credit": (2, 110)}
    return {key: _plain(records[number]) for key, number in fields.items() if number in records}


def _plain(value: bytes | list[bytes] | str) -> str:
    """Return one line of printable text; agencies that do not write UTF-8 write Windows' Latin."""
    if isinstance(value, list):
        return ", ".join(filter(None, map(_plain, value)))
    text = value if isinstance(value, str) else _decoded(value)
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def _decoded(value: bytes) -> str:
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("cp1252", errors="ignore")


def _xmp(image: ImageFile.ImageFile) -> dict[str, str]:
    raw = image.info.get("xmp", b"")
    text = raw.decode("utf-8").strip("\0\ufeff \n") if isinstance(raw, bytes) else ""
    if not text or "<!" in text:  # no entities, so no billion laughs
        return {}
    root = ET.fromstring(text)  # noqa: S314 - nothing to expand is left
    found = {"caption": root.findtext(".//dc:description//rdf:li", "", NAMESPACES)}
    found["byline"] = ", ".join(filter(None, (item.text for item in root.findall(".//dc:creator//rdf:li", NAMESPACES))))
    attribute = f"{{{NAMESPACES['photoshop']}}}Credit"
    attributes = (node.get(attribute, "") for node in root.iter(f"{{{NAMESPACES['rdf']}}}Description"))
    found["credit"] = root.findtext(".//photoshop:Credit", "", NAMESPACES) or next(filter(None, attributes), "")
    return {key: _plain(value) for key, value in found.items()}
