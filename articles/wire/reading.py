"""What every wire format needs: bytes to text, JSON, and strange values to safe ones."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, TypeVar
from urllib.parse import unquote, urlsplit

from django.utils.translation import gettext as _

from articles.text import dates, typography
from articles.wire import notes
from articles.wire.item import FormatError, Item, WirePicture

Source = TypeVar("Source")
Moment = datetime | None

ITEM_LIMIT = 5 * 1024 * 1024
FEED_LIMIT = 20 * 1024 * 1024
DEEPEST = 60
MOST_TAGS = 200
MOST_PICTURES = 50
LONGEST_TAG = 200
LONGEST_GUID = 500
WIDEST_PICTURE = 4000
HIGHEST_VERSION = 2**31 - 1
YEARS = range(1945, 2201)

_LEGACY_ENCODING = re.compile(r"iso-8859-\d{1,2}|windows-125\d|cp125\d|latin-?1")
_MONTH_IN_LETTERS = re.compile(r"[A-Za-z]{3}")
_YEAR_OF_ROME = re.compile(r"(?<![+\-\d:])00\d\d\b")  # "0001", which the library takes for 2001
_TIMESTAMP = re.compile(r":\d{10,13}\Z")
_MEDIA_TOPIC = re.compile(r"(?:medtop:|/mediatopic/)(?:medtop:)?(\d{8})\Z")


def unreadable(sentence: str = "") -> FormatError:
    return FormatError(sentence or _("Diese Lieferung ist beschädigt und lässt sich nicht lesen."), code="unreadable")


def check_size(raw: bytes, *, limit: int) -> None:
    if len(raw) > limit:
        sentence = _("Diese Lieferung ist zu groß: höchstens %d MB werden gelesen.") % (limit // 1024**2)
        raise FormatError(sentence, code="too-large")


def decode(raw: bytes, *, limit: int, declared: str = "") -> str:
    """Return the text of a delivery: UTF-8, UTF-16, else the encoding it declares, else Windows-1252.

    Raises FormatError on more bytes than limit.
    """
    check_size(raw, limit=limit)
    if raw.startswith((b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")):
        raise unreadable(_("Diese Lieferung ist in UTF-32 geschrieben. Bitte lassen Sie sie sich in UTF-8 schicken."))
    for encoding in _encodings(raw, declared.lower()):
        try:
            return raw.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return raw.decode("latin-1")


def _encodings(raw: bytes, declared: str) -> Iterator[str]:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        yield "utf-16"
    if re.match(rb"[\s]*[{\[<]\x00", raw):
        yield "utf-16-le"
    if re.match(rb"\x00[{\[<]", raw):
        yield "utf-16-be"
    yield "utf-8-sig"
    if _LEGACY_ENCODING.fullmatch(declared):
        yield declared
    yield "cp1252"


def load_json(text: str) -> object:
    """Return the value; of a key given twice the last counts, NaN and Infinity become None."""
    try:
        value: object = json.loads(text, parse_constant=lambda _name: None)
    except RecursionError:
        raise too_deep() from None
    except ValueError:
        raise unreadable(_("Diese Lieferung ist kein vollständiges JSON. Bitte fordern Sie sie neu an.")) from None
    _check_depth(value)
    return value


def too_deep() -> FormatError:
    return FormatError(_("Diese Lieferung ist zu tief verschachtelt und wird nicht gelesen."), code="too-deep")


def _check_depth(value: object) -> None:
    level = [value]
    for _depth in range(DEEPEST + 1):
        level = [child for parent in level for child in _children(parent)]
        if not level:
            return
    raise too_deep()


def _children(value: object) -> Iterable[object]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


def objects(value: object) -> list[dict[str, Any]]:
    """The JSON objects of a list; of anything else nothing."""
    return [child for child in value if isinstance(child, dict)] if isinstance(value, list) else []


def block(value: object) -> str:
    """Text of any length with its line breaks; what is no text is empty."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    if isinstance(value, float) and not math.isfinite(value):
        return ""
    if isinstance(value, str):
        return value.encode("utf-8", "ignore").decode("utf-8").replace("\x00", "")  # "ignore" drops lone surrogates
    return str(value) if abs(value) < 10**100 else ""


def line(value: object) -> str:
    return typography.one_line(block(value)).strip()


def guid(value: object) -> str:
    """An identity is never cut: two cut ones could become the same."""
    text = line(value)
    if not text:
        raise FormatError(_("Diese Meldung hat keine Kennung und wird nicht übernommen."), code="no-guid")
    if len(text) > LONGEST_GUID:
        raise FormatError(_("Die Kennung dieser Meldung ist zu lang, sie wird nicht übernommen."), code="bad-guid")
    return text


def steady(identity: str) -> str:
    """Without the time that dpa puts behind some of its identities, and which changes with every delivery."""
    return _TIMESTAMP.sub("", identity)


def version(value: object) -> int:
    """A version as a number ("10" is above "9"); what is none, or below zero, counts as 0."""
    text = block(value).strip()
    if not re.fullmatch(r"[0-9]+", text):
        return 0
    digits = text.lstrip("0") or "0"
    if len(digits) > 10 or int(digits) > HIGHEST_VERSION:
        raise FormatError(_("Die Versionsnummer dieser Meldung ist unsinnig hoch."), code="bad-version")
    return int(digits)


def whole(value: object, *, low: int, high: int, default: int) -> int:
    """A number between low and high, else the default."""
    text = block(value).strip()
    if not re.fullmatch(r"[0-9]{1,9}", text):
        return default
    return int(text) if low <= int(text) <= high else default


def moment(value: object, *, with_zone: bool = False) -> datetime | None:
    """A date of ISO 8601 or RFC 822 in UTC, or None where there is none in it.

    Without a zone it is Berlin time; with_zone: such a date is None (too uncertain for an embargo).
    """
    found = _read_date(line(value))
    if found is None or found.year not in YEARS or (with_zone and found.tzinfo is None):
        return None
    return (found if found.tzinfo else found.replace(tzinfo=dates.BERLIN)).astimezone(UTC)


def _read_date(text: str) -> datetime | None:
    try:
        if not _MONTH_IN_LETTERS.search(text):
            return datetime.fromisoformat(text)
        return None if _YEAR_OF_ROME.search(text) else parsedate_to_datetime(text.replace("-0000", "+0000"))
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


def embargo(stated: Iterable[object], *, note: str) -> tuple[datetime | None, bool]:
    """The latest moment stated, and whether there is an embargo that only a person can read."""
    given = [value for value in stated if value not in (None, "", False)]
    moments = [moment(value, with_zone=True) for value in given]
    latest = max((found for found in moments if found), default=None)
    return latest, None in moments or (latest is None and notes.speaks_of_embargo(note))


def dateline(value: object) -> str:
    """«Berlin (dpa)» of «Berlin (dpa) - »."""
    return line(value).rstrip(" -–—\u00a0")


_GERMANY = frozenset({"de", "deu", "ger", "deutschland", "germany", "bundesrepublik deutschland"})


def each(nodes: Iterable[Source], read: Callable[[Source], Item]) -> list[Item]:
    """Read one after the other; a bad one stops no other. Raises FormatError with the `items` that could be read."""
    items, faults = [], []
    for node in nodes:
        try:
            items.append(read(node))
        except FormatError as fault:
            faults.append(fault)
    if faults:
        raise FormatError(faults[0].sentence, code=faults[0].code, items=items)
    return items


def topic(code: str) -> str:
    """One way of writing a Media Topic, "medtop:20000139"; other codes stay as they are."""
    found = _MEDIA_TOPIC.search(code)
    return f"medtop:{found[1]}" if found else code


def countries(values: Iterable[object]) -> tuple[str, ...]:
    """"country:DE" for Germany, however the agency calls it; others as they come: "iso3166-1a2:FR" is "country:FR"."""
    named = (line(value).rpartition(":")[2] or line(value) for value in values)
    return tags(f"country:{'DE' if name.casefold() in _GERMANY else name.upper() if len(name) <= 3 else name}" for name in named if name)


def tags(values: Iterable[str]) -> tuple[str, ...]:
    """Each once, in order, none absurdly long, at most 200."""
    return tuple(dict.fromkeys(value for value in values if value and len(value) <= LONGEST_TAG))[:MOST_TAGS]


def web_address(value: object) -> str:
    """A complete http(s) address, else nothing."""
    address = line(value)
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return address if parts.scheme.lower() in {"http", "https"} and parts.netloc and " " not in address else ""


def file_name(value: object) -> str:
    """The last part of an address or path: a plain name, never a folder, never hidden."""
    try:
        path = urlsplit(line(value)).path
    except ValueError:
        return ""
    name = line(unquote(path)).replace("\\", "/").rsplit("/", 1)[-1].strip()
    return "" if name.startswith(".") or len(name) > LONGEST_TAG else name


def best_rendition(renditions: Iterable[WirePicture]) -> WirePicture | None:
    """The widest up to 4000 pixels; if all are wider, the least wide."""
    found = list(renditions)
    fitting = [picture for picture in found if picture.width <= WIDEST_PICTURE]
    if fitting:
        return max(fitting, key=lambda picture: picture.width)
    return min(found, key=lambda picture: picture.width, default=None)
