"""The text inside one block: pieces with marks, tidied into lines and printed as HTML."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape
from itertools import groupby

from articles.text.signs import BLANKS, composed, single_blanks, visible

Mark = tuple[str, str]  # tag and, for a link, its address
Marks = tuple[Mark, ...]
Piece = tuple[str, Marks]
Line = list[Piece]

MARK_ORDER = ("a", "strong", "em", "sub", "sup", "code")  # from the outside to the inside
LINE_BREAK: Piece = ("\n", ())
_ADDRESS = re.compile(r"(?:https?://[^/\\?#]|mailto:[^/\\]|/(?![/\\]))", re.IGNORECASE)
_ADDRESS_WHITE = re.compile(r"[\t\n]+")


def address(href: str) -> str:
    """The link's address if readers may follow it (web, mail, this site), else nothing."""
    href = _ADDRESS_WHITE.sub("", visible(href)).strip(BLANKS).replace(" ", "%20")
    return href if _ADDRESS.match(href) else ""


def lines_of(run: Iterable[Piece]) -> list[Line]:
    """Tidied lines between line breaks; a line of blanks only is empty."""
    lines: list[Line] = [[]]
    for piece in run:
        if piece == LINE_BREAK:
            lines.append([])
        else:
            lines[-1].append(piece)
    return [_tidied(line) for line in lines]


def paragraphs_of(lines: Iterable[Line]) -> list[list[Line]]:
    """Groups of lines; an empty line ends a group."""
    return [list(group) for filled, group in groupby(lines, key=bool) if filled]


def without_start(lines: list[Line], *, signs: int) -> list[Line]:
    """The same lines without that many signs of their printed text."""
    kept = []
    for line in lines:
        rest: Line = []
        for text, marks in line:
            rest.append((text[signs:], marks))
            signs = max(0, signs - len(text))
        signs = max(0, signs - 1)  # the blank that stands for the line break
        kept.append(_tidied(rest))
    return [line for line in kept if line]


def text_of(lines: Iterable[Line]) -> str:
    return " ".join("".join(text for text, _ in line) for line in lines)


def markup_of(lines: list[Line]) -> str:
    printed: list[str] = []
    open_marks: Marks = ()
    for text, marks in _with_breaks(lines):
        shared = _shared(open_marks, marks)
        printed.extend(f"</{tag}>" for tag, _ in reversed(open_marks[shared:]))
        printed.extend(_start(mark) for mark in marks[shared:])
        printed.append("<br>" if text == "\n" else _escaped(text))
        open_marks = marks
    printed.extend(f"</{tag}>" for tag, _ in reversed(open_marks))
    return "".join(printed)


def _escaped(text: str) -> str:
    """As HTML that stays well-formed when someone composes letters: a tag's > and U+0338 would become one sign."""
    start = "&#824;" if text.startswith("\u0338") else ""
    return start + escape(text[1:] if start else text, quote=False)


def _tidied(line: Line) -> Line:
    merged = [("".join(text for text, _ in pieces), marks) for marks, pieces in groupby(_collapsed(line), key=lambda p: p[1])]
    return [(composed(text), marks) for text, marks in _trimmed(merged)]


def _collapsed(line: Line) -> Iterator[Piece]:
    after_blank = True
    for raw, marks in line:
        text = single_blanks(raw)
        if after_blank:
            text = text.removeprefix(" ")
        if text:
            after_blank = text.endswith(" ")
            yield text, marks


def _trimmed(line: Line) -> Line:
    start, end = 0, len(line)
    while start < end and not line[start][0].strip(BLANKS):
        start += 1
    while end > start and not line[end - 1][0].strip(BLANKS):
        end -= 1
    kept = line[start:end]
    if kept:
        kept[0] = (kept[0][0].lstrip(BLANKS), kept[0][1])
        kept[-1] = (kept[-1][0].rstrip(BLANKS), kept[-1][1])
    return kept


def _with_breaks(lines: list[Line]) -> Iterator[Piece]:
    for number, line in enumerate(lines):
        if number:
            before, after = lines[number - 1][-1][1], line[0][1]
            yield "\n", before[: _shared(before, after)]
        yield from line


def _shared(one: Marks, other: Marks) -> int:
    """How many outer marks both have in common."""
    count = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        count += 1
    return count


def _start(mark: Mark) -> str:
    tag, href = mark
    return f'<a href="{escape(href)}">' if tag == "a" else f"<{tag}>"
