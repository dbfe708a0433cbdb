"""Makes generated copy, and what the search knows of it, beside the process that writes it into the database."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib import import_module
from multiprocessing import get_context
from typing import Final, NamedTuple

import django

from articles.management.demo.generating import Generated, generate
from articles.management.demo.words import TAGS

OLDEST, YOUNGEST = timedelta(days=547), timedelta(minutes=20)
GOLDEN: Final = 0.6180339887498949  # steps of this part fill a span evenly, however many there are
SOURCES: Final = ("nda", "tnd", "", "nda", "")  # in turn; own copy where it is empty
PROCESSORS: Final = os.cpu_count() or 1


class Source(NamedTuple):
    """What copy of an agency owes to it."""

    pk: int
    short_name: str
    quote_style: str


@dataclass(frozen=True)
class Around:
    """What generated articles refer to, as plain values that another process can be given. tags: id and name."""

    categories: Sequence[int]
    authors: Sequence[int]
    tags: Sequence[tuple[int, str]]
    agencies: dict[str, Source]
    now: datetime

    def source(self, number: int) -> Source | None:
        slug = SOURCES[number % len(SOURCES)]
        return self.agencies[slug] if slug else None

    def category(self, number: int) -> int:
        return self.categories[number % len(self.categories)]

    def further(self, number: int) -> int | None:
        """Every ninth stands in a second category."""
        return self.category(number + 3) if number % 9 == 0 else None

    def author(self, number: int) -> int | None:
        return None if self.source(number) else self.authors[number % len(self.authors)]


class Made(NamedTuple):
    """An article's copy, and its document of the search, in pieces that are quickly handed over. words: that were not handed over yet."""

    copy: Generated
    at: datetime
    dateline: str
    terms: str
    beside: str
    zones: str
    words: dict[str, str]


def moment_of(number: int, *, now: datetime) -> datetime:
    share = number * GOLDEN % 1
    return (now - YOUNGEST - share * (OLDEST - YOUNGEST)).replace(microsecond=0)


def in_chunks(chunks: Sequence[range], around: Around) -> Iterator[list[Made]]:
    """What each chunk is made of; the next one is made while the caller writes. On one processor in turn."""
    if len(chunks) < 2 or PROCESSORS < 2:
        known: set[str] = set()
        yield from (_make(chunk, around, known) for chunk in chunks)
        return
    with ProcessPoolExecutor(1, mp_context=get_context("spawn"), initializer=django.setup) as beside:
        ahead = beside.submit(_make_there, chunks[0], around)
        for following in chunks[1:]:
            made = ahead.result()
            ahead = beside.submit(_make_there, following, around)
            yield made
        yield ahead.result()


_handed_over: set[str] = set()  # by the process beside


def _make_there(numbers: range, around: Around) -> list[Made]:
    return _make(numbers, around, _handed_over)


def _make(numbers: range, around: Around, handed_over: set[str]) -> list[Made]:
    return [_made(number, around, handed_over) for number in numbers]


def _made(number: int, around: Around, handed_over: set[str]) -> Made:
    search = import_module("articles.search")  # a new process imports this module before Django is set up
    source, further = around.source(number), around.further(number)
    copy = generate(number, quotes=source.quote_style if source else "")
    at = moment_of(number, now=around.now)
    dateline = f"{copy.place} ({source.short_name})" if source else ""
    author = around.author(number)
    document = search.document(search.Source(
        0, at, TAGS[copy.tags[0]], copy.headline, copy.lead, dateline, copy.body, "report",
        categories={around.category(number), *([further] if further else [])}, agency=source.pk if source else None,
        tags=[around.tags[tag] for tag in copy.tags], authors=[author] if author else [],
    ))  # fmt: skip
    new = {stem: word for stem, word in document.words.items() if stem not in handed_over}
    handed_over.update(new)
    return Made(copy, at, dateline, " ".join(document.terms), " ".join(document.beside), document.zones, new)
