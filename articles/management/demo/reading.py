"""Reads demo copy from plain text files: a head of «name: value» lines, a lead, a body with four marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Final

from articles.management.demo.ages import Age
from articles.text.html import clean

FOLDER: Final = Path(__file__).parent / "copy"
_BETWEEN: Final = re.compile(r"^====$\n?", re.MULTILINE)
_BLANK_LINES: Final = re.compile(r"\n\s*\n")
_NEEDED: Final = frozenset({"headline", "kicker", "tags", "age", "kind", "urgency"})
_KNOWN: Final = _NEEDED | {"agency", "author", "dateline", "picture", "updated", "correction", "further"}


class BadCopy(ValueError):
    """A text file that cannot be read as copy; the message names file and place."""


@dataclass(frozen=True, kw_only=True)
class Piece:
    """One article as its author wrote it; body: clean HTML."""

    category: str
    headline: str
    kicker: str
    tags: tuple[str, ...]
    age: Age
    kind: str
    urgency: int
    lead: str
    body: str
    agency: str = ""
    authors: tuple[str, ...] = ()
    dateline: str = ""
    picture: str = ""
    updated: Age | None = None
    correction: str = ""
    further: tuple[str, ...] = ()


def pieces(folder: Path = FOLDER) -> list[Piece]:
    """Every article of every file, files by name."""
    return [piece for path in sorted(folder.glob("*.txt")) for piece in parse(path.read_text("utf-8"), category=path.stem)]


def parse(text: str, *, category: str) -> list[Piece]:
    """The articles of one category's file. Raises BadCopy."""
    found = []
    for number, block in enumerate(_BETWEEN.split(text), start=1):
        try:
            found.append(_piece(block.strip(), category=category))
        except ValueError as error:
            raise BadCopy(f"{category}, article {number}: {error}") from error
    return found


def head_of(block: str) -> tuple[dict[str, str], list[str]]:
    """The fields of the head, and the blocks of text that follow it. Raises ValueError."""
    head, *texts = _BLANK_LINES.split(block)
    lines = [line.partition(":") for line in head.splitlines()]
    if not all(mark and value.strip() for _name, mark, value in lines):
        raise ValueError("a line of the head is not «name: value»")
    return {name.strip(): value.strip() for name, _mark, value in lines}, texts


def html_of(texts: list[str]) -> str:
    """Blocks of marked text as the house's HTML."""
    return clean("".join(_block(text.strip().splitlines()) for text in texts))


def _piece(block: str, *, category: str) -> Piece:
    head, texts = head_of(block)
    _check(head, texts)
    return Piece(
        category=category,
        headline=head["headline"],
        kicker=head["kicker"],
        tags=_list(head["tags"]),
        age=Age.parse(head["age"]),
        kind=head["kind"],
        urgency=int(head["urgency"]),
        lead=" ".join(texts[0].split()),
        body=html_of(texts[1:]),
        agency=head.get("agency", ""),
        authors=_list(head.get("author", "")),
        dateline=head.get("dateline", ""),
        picture=head.get("picture", ""),
        updated=Age.parse(head["updated"]) if "updated" in head else None,
        correction=head.get("correction", ""),
        further=_list(head.get("further", "")),
    )


def _check(head: dict[str, str], texts: list[str]) -> None:
    missing, unknown = _NEEDED - head.keys(), head.keys() - _KNOWN
    if missing or unknown:
        raise ValueError(f"missing: {sorted(missing)}, unknown: {sorted(unknown)}")
    if ("agency" in head) == ("author" in head):
        raise ValueError("either an agency or authors, not both")
    if len(texts) < 2:
        raise ValueError("a lead and a body are needed")


def _list(value: str) -> tuple[str, ...]:
    return tuple(filter(None, (part.strip() for part in value.split(","))))


def _block(lines: list[str]) -> str:
    if lines[0].startswith("## "):
        return f"<h2>{escape(lines[0][3:])}</h2>"
    if lines[0].startswith("> "):
        return f"<blockquote>{''.join(_quotation(lines))}</blockquote>"
    if lines[0].startswith("- "):
        return f"<ul>{''.join(f'<li>{escape(line[2:])}</li>' for line in lines)}</ul>"
    return f"<p>{escape(' '.join(lines), quote=False)}</p>"


def _quotation(lines: list[str]) -> Iterator[str]:
    said = " ".join(line.removeprefix(">").strip() for line in lines if line.startswith(">"))
    yield f"<p>{escape(said, quote=False)}</p>"
    for line in lines:
        if line.startswith("-- "):
            yield f"<p>– {escape(line[3:], quote=False)}</p>"
