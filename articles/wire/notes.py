"""What agencies tell editors beside their copy, and what of it speaks for itself: a correction, an embargo in words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

_CORRECTION = re.compile(r"\s*(?:Berichtigung|Korrektur|Correction)\b", re.IGNORECASE)
_EMBARGO = re.compile(r"\bsperrfrist\b|\bembargo(?:ed)?\b", re.IGNORECASE)
_LIFTED = re.compile(
    r"\b(?:keine|ohne|no) (?:sperrfrist|embargo)|(?:sperrfrist|embargo)\W+(?:ist |wurde |is )?"
    r"(?:aufgehoben|abgelaufen|beendet|entfällt|lifted)",
    re.IGNORECASE,
)
_PICTURES_FOLLOW = re.compile(r"zu diesem text finden sie (?:bilder|fotos|grafiken)", re.IGNORECASE)
# Roles of dpa's notes that no editor has to read before publishing: signatures, whom to call, which pictures there are.
_ROUTINE = ("closingline", "contacts", "picture", "notepad", "internet")


class Note(NamedTuple):
    """role: the agency's name for what the note is. is_public: whether it may be shown to readers."""

    role: str
    text: str
    is_public: bool


def for_editors(notes: Iterable[Note], *, signal: str) -> str:
    """What a person should read before this goes online, one note a line; what a correction corrects is no news by then."""
    routine = (*_ROUTINE, "correction") if signal else _ROUTINE
    lines: list[str] = []
    lists_pictures = False
    for note in notes:
        lists_pictures = "editorialnote" in note.role and (lists_pictures or bool(_PICTURES_FOLLOW.search(note.text)))
        if not lists_pictures and not any(name in note.role for name in routine):
            lines.append(note.text)
    return "\n".join(dict.fromkeys(filter(None, lines)))


def correction(notes: Iterable[Note]) -> str:
    """The agency's own sentence on what was wrong, made for readers; of two, the one meant to be short."""
    public = [note for note in notes if note.is_public and "correction" in note.role and note.text]
    return next((note.text for note in sorted(public, key=lambda note: "short" not in note.role)), "")


def is_correction(text: str) -> bool:
    return _CORRECTION.match(text) is not None


def speaks_of_embargo(text: str) -> bool:
    """An embargo in words, which nobody but a person can read for sure."""
    return any(_EMBARGO.search(line) and not _LIFTED.search(line) for line in text.splitlines())
