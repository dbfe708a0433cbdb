"""Shows in a text what a search has found: words marked by their stems, and the passage in which most of them stand."""

from __future__ import annotations

from collections.abc import Container, Iterator
from typing import Final

from articles.text.signs import composed
from articles.text.stems import WORD, pieces, stem_of, tokens

LENGTH: Final = 260  # signs of a passage
AHEAD: Final = 60  # signs before the first word that was found
Piece = tuple[str, bool]  # text, and whether it was found


def marked(text: str, stems: Container[str]) -> tuple[Piece, ...]:
    """The text in pieces; found words stand alone. Joined they are the text as it was."""
    text = composed(text)
    found: list[Piece] = []
    place = 0
    for token in tokens(text):
        if _is_found(token.text, stems):
            found += [(text[place : token.start], False), (token.text, True)]
            place = token.end
    return tuple((part, is_found) for part, is_found in [*found, (text[place:], False)] if part)


def holds(text: str, stems: Container[str]) -> bool:
    return next(_places(composed(text), stems), None) is not None


def passage(text: str, stems: Container[str]) -> str:
    """The stretch of a text in which most of the words stand, cut between words; empty where there is none."""
    text = composed(text)
    places = list(_places(text, stems))
    if not places:
        return ""
    start = _start(text, max(places, key=lambda place: (_within(places, place[0]), -place[0]))[0])
    end = _end(text, start)
    return f"{'… ' if start else ''}{text[start:end].strip()}{' …' if end < len(text) else ''}"


def _is_found(word: str, stems: Container[str]) -> bool:
    if stem_of(word) in stems:
        return True
    return not word.isalnum() and any(stem_of(piece) in stems for piece in pieces(word))


def _places(text: str, stems: Container[str]) -> Iterator[tuple[int, str]]:
    for found in WORD.finditer(text):
        if _is_found(found[0], stems):
            yield found.start(), stem_of(found[0])


def _within(places: list[tuple[int, str]], begin: int) -> int:
    """How many different words a passage would show that begins a little before."""
    return len({stem for place, stem in places if begin <= place < begin + LENGTH - AHEAD})


def _start(text: str, place: int) -> int:
    """The beginning of the sentence if it is near, else of a word."""
    if place <= AHEAD:
        return 0
    window = text[place - AHEAD : place]
    sentence = max(window.rfind(". "), window.rfind("! "), window.rfind("? "))
    if sentence >= 0:
        return place - AHEAD + sentence + 2
    blank = window.find(" ")
    return place - AHEAD + blank + 1 if blank >= 0 else place


def _end(text: str, start: int) -> int:
    if start + LENGTH >= len(text):
        return len(text)
    blank = text.rfind(" ", start, start + LENGTH)
    return blank if blank > start else start + LENGTH
