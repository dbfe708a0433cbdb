"""«Meinten Sie …?»: words of the site that differ by a slip of the finger from one that it does not know."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Final

from django.db.models import Q

from articles.models import SearchWord
from articles.search.finding import ask, newest
from articles.search.wishes import Clause, Wish, read
from articles.text.stems import fold, stem_of

SHORTEST: Final = 4  # signs of a word that may be mistyped
LOOKED_AT: Final = 300  # words with the same first half, and as many with the same second half
TRIED: Final = 5  # of the nearest
MOST_SLIPS: Final = 3  # words; whoever types more that nobody uses does not mistype
SECOND_SLIP: Final = 8  # signs from which on two slips are forgiven
_AFTER_ALL = "{"


def suggestion(text: str, wish: Wish, *, now: datetime) -> str:
    """The search as it may have been meant, if that finds anything that readers may see; else nothing.

    Only words that no article uses are replaced. That a word stands in hidden copy alone never shows.
    """
    unknown: list[Clause] = []
    for clause in wish.wanted:
        if clause.is_open and len(clause.word) >= SHORTEST and not _finds(clause.word, now=now):
            unknown.append(clause)
        if len(unknown) > MOST_SLIPS:
            return ""
    if len(unknown) > 1:
        return _all_replaced(text, unknown, now=now)
    return next((meant for clause in unknown for meant in _replaced(text, clause) if _finds(meant, now=now)), "")


def _replaced(text: str, clause: Clause) -> Iterator[str]:
    """With the nearest word instead, with the next nearest, …"""
    return (meant for word in _near(clause) if (meant := text.replace(clause.word, word)) != text)


def _all_replaced(text: str, unknown: Iterable[Clause], *, now: datetime) -> str:
    """Each by the nearest word that finds anything; to try all that may go together would take too long."""
    for clause in unknown:
        found = next((word for word in _near(clause) if _finds(word, now=now)), None)
        if found is None:
            return ""
        text = text.replace(clause.word, found)
    return text if _finds(text, now=now) else ""


def _finds(text: str, *, now: datetime) -> bool:
    wish = read(text)
    return bool(wish) and bool(newest(ask(wish), now=now, most=1).hits)


def _near(clause: Clause) -> Iterator[str]:
    """Words as they are printed, the nearest first, of those the most frequent."""
    typed = fold(clause.word)
    most = 2 if len(typed) >= SECOND_SLIP else 1
    near: list[tuple[int, int, str]] = []
    for word, documents in _candidates(clause.stem):
        distance = slips(typed, fold(word), most=most)
        if 0 < distance <= most or (distance == 0 and stem_of(word) != clause.stem):
            near.append((distance, -documents, word))
    yield from (word for _, _, word in sorted(near)[:TRIED])


def _candidates(stem: str) -> list[tuple[str, int]]:
    """A single slip, even of two letters in the middle, leaves one half of the word as it is."""
    half = max(2, (len(stem) - 1) // 2)
    head, tail = stem[:half], stem[::-1][:half]
    found: dict[str, int] = {}
    for part in (Q(stem__gte=head, stem__lt=head + _AFTER_ALL), Q(backwards__gte=tail, backwards__lt=tail + _AFTER_ALL)):
        found.update(SearchWord.objects.filter(part).order_by("-documents", "stem").values_list("word", "documents")[:LOOKED_AT])
    return list(found.items())


def slips(one: str, other: str, *, most: int) -> int:
    """Letters that are wrong, missing, too many, or in turned order; counted no further than one more than `most`."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for place, letter in enumerate(one, start=1):
        last, before, row = before, row, [place]
        for column, sign in enumerate(other, start=1):
            cost = min(row[-1] + 1, before[column] + 1, before[column - 1] + (letter != sign))
            if place > 1 and column > 1 and letter == other[column - 2] and one[place - 2] == sign:
                cost = min(cost, last[column - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)
