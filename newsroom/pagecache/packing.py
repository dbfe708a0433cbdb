"""A kept page as bytes for the second level: a checksum tells a torn one from a whole one."""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Sequence
from typing import Any, Final

from newsroom.pagecache.entry import ENCODINGS, Entry

MAGIC: Final = b"NRP1"
FRAME: Final = struct.Struct("<4sI")  # magic, checksum of all that follows
LENGTH: Final = struct.Struct("<I")  # of the description
LARGEST: Final = 4 * 1024 * 1024  # bytes; no page comes near


def pack(entry: Entry, **extra: Any) -> bytes:
    """extra: what a store notes beside the page."""
    bodies = [entry.in_encoding(encoding)[0] for encoding in (ENCODINGS if entry.is_compressible else ("",))]
    description = json.dumps(
        {
            "status": entry.status, "headers": list(entry.headers), "made": entry.made, "fresh_until": entry.fresh_until,
            "until": entry.until, "slots": entry.slots, "born": entry.born, "lengths": [len(body) for body in bodies], **extra,
        }
    ).encode()  # fmt: skip
    content = b"".join([LENGTH.pack(len(description)), description, *bodies])
    return FRAME.pack(MAGIC, zlib.crc32(content)) + content


def unpack(raw: bytes) -> tuple[Entry, dict[str, Any]] | None:
    """The page and what stood beside it; None for anything that is not whole."""
    if not FRAME.size + LENGTH.size <= len(raw) <= LARGEST:
        return None
    magic, checksum = FRAME.unpack_from(raw)
    content = raw[FRAME.size :]
    if magic != MAGIC or zlib.crc32(content) != checksum:
        return None
    start = LENGTH.size + int(LENGTH.unpack_from(content)[0])
    said = json.loads(content[LENGTH.size : start])
    bodies = _cut(content[start:], said["lengths"])
    entry = Entry(
        status=said["status"], headers=[(name, value) for name, value in said["headers"]], body=bodies[0], born=said["born"],
        made=said["made"], fresh_until=said["fresh_until"], until=said["until"],
        slots=tuple(said["slots"]) if said["slots"] is not None else None,
    )  # fmt: skip
    if entry.is_compressible:
        entry.adopt(dict(zip(ENCODINGS, bodies, strict=False)))
    return entry, said


def _cut(content: bytes, lengths: Sequence[int]) -> list[bytes]:
    parts, start = [], 0
    for length in lengths:
        parts.append(content[start : start + length])
        start += length
    return parts
