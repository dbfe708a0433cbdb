"""A kept page: status, headers and body, ready to leave in any encoding, whole or as «unchanged»."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from django.utils.http import parse_etags

from newsroom.compressing import COMPRESSIBLE, SMALLEST, encode
from newsroom.pagecache.counters import EVERYTHING, slot

Header = tuple[str, str]
DAY: Final = 86_400.0  # seconds: the longest that anything stale is shown
OVERHEAD: Final = 3_000  # bytes of objects around a body, measured with tracemalloc
NUMBER: Final = re.compile(r"(max-age|s-maxage|stale-while-revalidate|stale-if-error)=(\d+)")
ENCODINGS: Final = ("", "br", "gzip")


@dataclass(slots=True)
class Entry:
    """What one address answered. Times are seconds since 1970.

    born: generation before it was made. until: the moment from which it would be wrong, if any. slots: of its keys;
    None for what hangs on everything (an address that leads nowhere, today). fresh_until: then it is made anew,
    though nobody announced a change; 0 for a page that a change has overtaken already. seen: when it was last known to be right.
    wished: when (time.monotonic()) this process asked for it to be made anew, and the mark it saw then, see renewing.py.
    """

    status: str
    headers: Sequence[Header]
    body: bytes
    born: int
    made: float
    fresh_until: float
    until: float | None = None
    slots: tuple[int, ...] | None = None
    checked: int = 0
    seen: float = 0.0
    wished: float = 0.0
    mark: int = 0
    etag: str = ""
    _bodies: dict[str, list[bytes]] = field(default_factory=dict)
    _heads: tuple[int | None, dict[str, list[Header]]] = field(default_factory=lambda: (None, {}))
    is_compressible: bool = False

    def __post_init__(self) -> None:
        named = {name.lower(): value for name, value in self.headers}
        self.etag = named.get("etag", "")
        self.headers = [(name, value) for name, value in self.headers if name.lower() not in ("content-length", "date")]
        plain = "content-encoding" not in named and len(self.body) >= SMALLEST
        self.is_compressible = plain and COMPRESSIBLE.match(named.get("content-type", "")) is not None
        self._bodies[""] = [self.body]

    @property
    def size(self) -> int:
        """Bytes in memory, the encodings still to come included."""
        return OVERHEAD + len(self.body) + (len(self.body) // 2 if self.is_compressible else 0)

    @property
    def code(self) -> int:
        return int(self.status[:3])

    def is_known(self, if_none_match: str) -> bool:
        """Whether the client holds these bytes already."""
        if not self.etag or self.code != 200:
            return False
        if if_none_match == self.etag:
            return True
        known = parse_etags(if_none_match)
        return known == ["*"] or self.etag.removeprefix("W/") in (tag.removeprefix("W/") for tag in known)

    def in_encoding(self, encoding: str) -> list[bytes]:
        """The body, made once for each encoding."""
        if not self.is_compressible:
            return self._bodies[""]
        made = self._bodies.get(encoding)
        if made is None:
            made = self._bodies[encoding] = [encode(self.body, encoding)]
        return made

    def head(self, encoding: str, now: float) -> list[Header]:
        """Headers of the whole page; `304` as encoding: of the answer that it is unchanged."""
        left, heads = self._heads
        if self.until is not None and left != (still := max(int(self.until - now), 0)):
            left, heads = self._heads = still, {}  # together: another thread may be a second behind
        ready = heads.get(encoding)
        if ready is None:
            ready = heads[encoding] = self._make_head(encoding, left)
        return ready

    def _make_head(self, encoding: str, left: int | None) -> list[Header]:
        kept = [(name, shortened(value, left) if name.lower() == "cache-control" else value) for name, value in self.headers]
        if encoding == "304":
            return [(name, value) for name, value in kept if not name.lower().startswith("content-") or "policy" in name.lower()]
        if self.is_compressible and encoding:
            kept.append(("Content-Encoding", encoding))
        kept.append(("Content-Length", str(len(self.in_encoding(encoding)[0]))))
        return kept

    def adopt(self, bodies: dict[str, bytes]) -> None:
        """Take over encodings that another process made."""
        self._bodies |= {encoding: [body] for encoding, body in bodies.items()}

    def stale_head(self, encoding: str, now: float, reason: str) -> list[Header]:
        """As `head`, marked: a cache on the way must ask again at once."""
        kept = [(name, value) for name, value in self.head(encoding, now) if name.lower() != "cache-control"]
        return [
            *kept,
            ("Cache-Control", "public, max-age=1, s-maxage=1"),
            ("Age", str(max(0, int(now - self.made)))),
            ("Warning", '110 - "Response is Stale"' if reason == "update" else '111 - "Revalidation Failed"'),
            ("X-Stale", reason),
        ]


def slots_of(keys: Iterable[str]) -> tuple[int, ...]:
    """Everything there is hangs on «all»."""
    return tuple(sorted({slot(key) for key in (EVERYTHING, *keys)}))


def shortened(cache_control: str, left: int | None) -> str:
    """The same promises, none longer than the seconds left until the page would be wrong."""
    if left is None:
        return cache_control
    shared = next((int(number) for name, number in NUMBER.findall(cache_control) if name == "s-maxage"), 0)
    behind = max(0, left - min(shared, left))

    def bounded(match: re.Match[str]) -> str:
        most = behind if match[1].startswith("stale") else left
        return f"{match[1]}={min(int(match[2]), most)}"

    return NUMBER.sub(bounded, cache_control)
