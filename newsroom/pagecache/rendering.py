"""Asks the site for a page and tells what of the answer may be kept."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final

from newsroom.pagecache.address import FILES, Environ
from newsroom.pagecache.entry import Entry, Header, slots_of

FRESH: Final = 300.0  # seconds after which a page is made anew though nobody announced a change
LARGEST: Final = 1_000_000  # bytes; a larger body is passed on and not kept
BEGUN: Final = "newsroom.begun"  # in the environ: when the site was asked; what ends from then on ends the page
UNTIL: Final = "newsroom.until"  # in the environ: seconds since 1970 from which the page would be wrong
KEPT: Final = (200, 301, 404, 410)


@dataclass(slots=True)
class Rendering:
    """What the site answered; `entry` where it may be kept. born: as of an entry."""

    status: str
    headers: list[Header]
    body: bytes
    born: int = 0
    entry: Entry | None = None
    is_worth_storing: bool = True

    @property
    def code(self) -> int:
        return int(self.status[:3])

    @property
    def is_for_one(self) -> bool:
        """What gives its reader something to come back with is not for those who asked at the same moment."""
        return any(name.lower() == "set-cookie" for name, _ in self.headers)


def rendered(app: Callable[..., Iterable[bytes]], request: Environ, generation: int) -> Rendering:
    """generation: as it was before anything was read for the page."""
    said: dict[str, Any] = {}

    def start_response(status: str, headers: list[Header], exc_info: Any = None) -> None:
        said.update(status=status, headers=headers)

    made = request[BEGUN] = time.time()
    chunks = app(request, start_response)
    try:
        body = b"".join(chunks)
    finally:
        close = getattr(chunks, "close", None)
        if close is not None:
            close()
    answer = Rendering(said["status"], list(said["headers"]), body, generation)
    answer.is_worth_storing = not request["PATH_INFO"].startswith(FILES)  # the second level would only be a copy
    answer.entry = _entry(answer, request, generation, made)
    return answer


def is_failure(answer: Rendering) -> bool:
    return answer.code >= 500


def passed_on(answer: Rendering, method: str, start_response: Callable[..., Any]) -> Iterable[bytes]:
    """For what is not kept: as the site said it."""
    start_response(answer.status, answer.headers)
    return [answer.body] if method == "GET" else []


def _entry(answer: Rendering, request: Environ, generation: int, made: float) -> Entry | None:
    named = {name.lower(): value for name, value in answer.headers}
    control = named.get("cache-control", "")
    if answer.code not in KEPT or len(answer.body) > LARGEST or "set-cookie" in named or "public" not in control:
        return None
    keys = named.get("surrogate-key")
    hangs_on_everything = answer.code in (301, 404)
    return Entry(
        status=answer.status, headers=answer.headers, body=answer.body, born=generation, made=made, seen=made,
        fresh_until=made + (FRESH if "immutable" not in control else 86_400.0), until=request.get(UNTIL),
        slots=None if hangs_on_everything else slots_of((keys or "").split()),
    )  # fmt: skip
