"""The neutral item: what every wire format is read into."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

Status = Literal["usable", "withheld", "canceled"]
Signal = Literal["update", "correction", ""]

LOWEST_URGENCY = 9
USUAL_URGENCY = 5
EARLIEST = datetime.min.replace(tzinfo=UTC)


class FormatError(Exception):
    """A delivery that cannot be read.

    sentence: German, for editors. code: the reason, for programs. items: what could be read of the same delivery
    all the same.
    """

    def __init__(self, sentence: str, *, code: str, items: Sequence[Item] = ()) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.code = code
        self.items = tuple(items)


@dataclass(frozen=True, slots=True)
class Subject:
    """What an item is about; code such as "medtop:20000139", empty where the agency gave only a name."""

    code: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WirePicture:
    """One picture in its best rendition.

    href: web address or empty. filename: plain name, never a path, for a file lying beside the item. width, height:
    pixels, 0 = not said.
    """

    guid: str = ""
    caption: str = ""
    credit: str = ""
    href: str = ""
    filename: str = ""
    width: int = 0
    height: int = 0
    content_type: str = ""
    expires: datetime | None = None
    alt: str = ""

    def __post_init__(self) -> None:
        _refuse_naive(self.expires)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One delivery of one guid. Body is clean HTML; every other text is plain. Moments are aware, in UTC.

    version: 0 = the format has none. urgency: 1 (flash) to 9. note: for editors only, never for readers.
    countries: "country:DE" for Germany, the others as the agency writes them ("country:USA", "country:Italien").
    kind: "text", or what else it is ("picture", "event", …). embargo_unreadable: there is one, but nobody can tell
    until when. is_repaired: the delivery was broken, and could be read after mending the usual slips.
    """

    guid: str
    version: int = 0
    updated: datetime | None = None
    issued: datetime | None = None
    status: Status = "usable"
    signal: Signal = ""
    embargo: datetime | None = None
    embargo_unreadable: bool = False
    expires: datetime | None = None
    urgency: int = USUAL_URGENCY
    kicker: str = ""
    headline: str = ""
    subhead: str = ""
    lead: str = ""
    byline: str = ""
    dateline: str = ""
    body: str = ""
    language: str = ""
    subjects: tuple[Subject, ...] = ()
    keywords: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    genres: tuple[str, ...] = ()
    source: str = ""
    rights: str = ""
    pictures: tuple[WirePicture, ...] = ()
    note: str = ""
    kind: str = "text"
    correction_note: str = ""
    is_repaired: bool = False

    def __post_init__(self) -> None:
        for moment in (self.updated, self.issued, self.embargo, self.expires):
            _refuse_naive(moment)

    @property
    def order_key(self) -> tuple[int, datetime]:
        """Of two deliveries of one guid the one with the higher key is the newer."""
        return (self.version, self.updated or self.issued or EARLIEST)

    @property
    def desk(self) -> str:
        """Code of the agency's desk that wrote it: of the codes the one without a name, for a desk's name means nothing to readers."""
        return next((subject.code for subject in self.subjects if subject.code and not subject.name), "")

    @property
    def content_hash(self) -> str:
        """Fingerprint of what readers would see; tells changed copy from the same copy where no version is given."""
        pictures = [[picture.guid, picture.href, picture.caption, picture.credit] for picture in self.pictures]
        words = [self.kicker, self.headline, self.subhead, self.lead, self.byline, self.dateline, self.body]
        content = json.dumps([*words, self.correction_note, pictures])
        return hashlib.sha256(content.encode("ascii")).hexdigest()


def _refuse_naive(moment: datetime | None) -> None:
    if moment is not None and moment.tzinfo is None:
        raise ValueError("moments of a wire item must be aware")
