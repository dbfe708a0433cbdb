"""What the search knows of an article: its terms in order, those that stand for what it is, and those that weigh most."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from articles.search.places import place_of
from articles.text.html import flat
from articles.text.stems import analyse
from articles.text.stopwords import STOPWORDS

BREAK: Final = "|"  # stands between fields: no phrase runs from one into the next
TITLE: Final = "="  # opens the stems of headline, kicker and tags, once more
MOST_WORDS: Final = 15_000  # of a body; PostgreSQL counts positions up to 16,383
OFTEN: Final = 3  # times a body says a word that it is about
MOST_OFTEN: Final = 25  # of those
_NO_WORD = re.compile(r"[0-9]|x[0-9a-f]{3}")
SHORTEST_WORD: Final = 3


@dataclass(frozen=True, slots=True)
class Source:
    """What readers see of an article, as far as it is searched, and the ids by which it is filtered."""

    pk: int
    published_at: datetime
    kicker: str
    headline: str
    lead: str
    dateline: str
    body: str
    kind: str
    categories: Collection[int]
    agency: int | None
    tags: Collection[tuple[int, str]] = ()
    authors: Collection[int] = ()


@dataclass(slots=True)
class Document:
    """terms: in the order in which they are read. beside: terms without a position."""

    article: int
    place: int
    terms: list[str]
    beside: list[str]
    zones: str
    words: dict[str, str] = field(repr=False)

    @property
    def text(self) -> str:
        return " ".join([*self.terms, *self.beside])


def document(source: Source) -> Document:
    titles = [source.headline, source.kicker, *(name for _, name in source.tags)]
    title, lead = [analyse(text) for text in titles], analyse(source.lead)
    body = analyse(f"{source.dateline} {flat(source.body)}")
    fields = [*title, lead, body]
    terms: list[str] = []
    for one in fields:
        terms += [*filter(None, one.stems[:MOST_WORDS]), BREAK]
    heads = dict.fromkeys(stem for one in title for stem in (*one.stems, *one.joined) if stem)
    joined = dict.fromkeys(stem for one in fields for stem in one.joined if stem)
    words: dict[str, str] = {}
    for one in reversed(fields):
        words.update(zip(one.stems, one.words, strict=True))
    return Document(
        article=source.pk,
        place=place_of(source.published_at, source.pk),
        terms=terms,
        beside=[*joined, *(TITLE + head for head in heads), *filters(source)],
        zones=_zones(heads, [stem for stem in lead.stems if stem not in STOPWORDS], body.stems),
        words=words,
    )


def filters(source: Source) -> list[str]:
    """Terms that no text can hold: what the article is, where it stands, who made it."""
    named: Iterable[tuple[str, Iterable[object]]] = (
        ("c", source.categories), ("t", [pk for pk, _ in source.tags]), ("u", source.authors),
        ("a", [source.agency] if source.agency else []), ("k", [source.kind]),
    )  # fmt: skip
    return [f"#{letter}{value}" for letter, values in named for value in sorted(set(values), key=str)]


def is_word(stem: str) -> bool:
    """Whether it may be part of a compound, or what somebody meant to type."""
    return len(stem) >= SHORTEST_WORD and not _NO_WORD.match(stem) and stem not in STOPWORDS


def _zones(heads: Iterable[str], lead: Iterable[str], body: Iterable[str]) -> str:
    said = [(-times, stem) for stem, times in Counter(body).items() if times >= OFTEN and stem and stem not in STOPWORDS]
    often = [stem for _, stem in sorted(said)[:MOST_OFTEN]]
    return "|".join(f" {' '.join(zone)} " for zone in (heads, dict.fromkeys(filter(None, lead)), often))
