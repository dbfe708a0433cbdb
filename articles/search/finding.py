"""Finds public articles: newest first along the index, or the best of the newest."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import connections, router

from articles.models import SearchDocument
from articles.search.asking import walk
from articles.search.compounds import compounds
from articles.search.conditions import All, Condition, Either, Phrase
from articles.search.documents import TITLE
from articles.search.places import AFTER_ALL
from articles.search.wishes import Clause, Wish

MOST_LOOKED: Final = 4_000  # documents for one sheet; the next one goes on where this one ends
MOST_RANKED: Final = 1_000  # of the newest that match, and as many of those whose headlines do
IN_TITLE, IN_LEAD, OFTEN_SAID, SAID = 4.0, 2.0, 1.0, 0.4
AS_COMPOUND: Final = 0.6  # what a word counts that only holds the one that was asked for


@dataclass(frozen=True, slots=True)
class Hit:
    """until: when readers will not see it any more; of most, never."""

    place: int
    article: int
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Found:
    """hits: newest first. resume: the place before which there may be more; None where all has been looked at."""

    hits: tuple[Hit, ...]
    resume: int | None


@dataclass(frozen=True, slots=True)
class Asked:
    """A wish as the index understands it. terms: all stems that a hit may owe itself to, for each clause; for order and marks."""

    condition: Condition
    titled: Condition
    clauses: tuple[tuple[frozenset[str], frozenset[str]], ...]  # for each: its own stems, those of compounds

    @property
    def stems(self) -> frozenset[str]:
        return frozenset(itertools.chain.from_iterable(own | more for own, more in self.clauses))


def ask(wish: Wish, filters: Sequence[Sequence[str]] = ()) -> Asked:
    """filters: of each, one of its terms has to be in the document."""
    longer = compounds(clause.stem for clause in wish.wanted if clause.is_open)
    wanted = [(clause, longer.get(clause.stem, ()) if clause.is_open else ()) for clause in wish.wanted]
    limits = tuple(_either([Phrase((term,)) for term in terms]) for terms in filters)
    unwanted = tuple(_said(clause, ()) for clause in wish.unwanted)
    return Asked(
        All((*(_said(clause, more) for clause, more in wanted), *limits), unwanted),
        All((*(_titled(clause, more) for clause, more in wanted), *limits), unwanted),
        tuple((frozenset(itertools.chain.from_iterable(clause.phrases)), frozenset(more)) for clause, more in wanted),
    )


def _either(parts: Sequence[Condition]) -> Condition:
    return parts[0] if len(parts) == 1 else Either(tuple(parts))


def _said(clause: Clause, more: Sequence[str]) -> Condition:
    return _either([*map(Phrase, clause.phrases), *(Phrase((stem,)) for stem in more)])


def _titled(clause: Clause, more: Sequence[str]) -> Condition:
    """The same of headline, kicker and tags, where the order of terms is not known."""
    phrases = [*clause.phrases, *((stem,) for stem in more)]
    return _either([All(tuple(Phrase((TITLE + stem,)) for stem in phrase)) for phrase in phrases])


def newest(asked: Asked, *, now: datetime, most: int, below: int = AFTER_ALL, above: int = 0) -> Found:
    """The newest public articles that match, of those between two places."""
    return _found(asked.condition, now=now, most=most, below=below, above=above)


def _found(condition: Condition, *, now: datetime, most: int, below: int, above: int) -> Found:
    hits: list[Hit] = []
    looked = 0
    reading = connections[router.db_for_read(SearchDocument)]
    for batch in walk(reading, condition, below=below, above=above, size=most + 1):
        hits += public(batch.places, now=now)
        looked += batch.looked
        if len(hits) > most:
            return Found(tuple(hits[:most]), hits[most - 1].place)
        if looked >= MOST_LOOKED and batch.down_to > above:
            return Found(tuple(hits), batch.down_to)
    return Found(tuple(hits), None)


def public(places: Sequence[int], *, now: datetime) -> list[Hit]:
    """Those of the documents that readers may see, newest first; here every search passes the gate."""
    if not places:
        return []
    rows = SearchDocument.objects.filter(place__in=places).public(now)
    found = rows.values_list("place", "article_id", "article__visible_until")
    return sorted(itertools.starmap(Hit, found), key=lambda hit: -hit.place)


def best(asked: Asked, *, now: datetime, most: int, below: int = AFTER_ALL, above: int = 0) -> Found:
    """The best of the newest: what the headline says counts most, then the lead, then what the text repeats.

    Of the same weight, the newest comes first; nothing depends on how frequent a word is elsewhere, so that both databases,
    and yesterday's index and today's, say the same.
    """
    titled = _found(asked.titled, now=now, most=MOST_RANKED // 2, below=below, above=above)
    others = _found(asked.condition, now=now, most=MOST_RANKED, below=below, above=above)
    places = {hit.place: hit for hit in (*titled.hits, *others.hits)}
    zones = dict(SearchDocument.objects.filter(place__in=places).values_list("place", "zones"))
    ranked = sorted(places, key=lambda place: (-weight(asked, zones.get(place, "")), -place))
    return Found(tuple(places[place] for place in ranked[:most]), None)


def weight(asked: Asked, zones: str) -> float:
    """zones: as a document keeps them."""
    title, _, rest = zones.partition("|")
    lead, _, often = rest.partition("|")
    ranks = ((IN_TITLE, title), (IN_LEAD, lead), (OFTEN_SAID, often))
    return sum(max(_weight(own, ranks), AS_COMPOUND * _weight(more, ranks)) for own, more in asked.clauses)


def _weight(stems: frozenset[str], ranks: Sequence[tuple[float, str]]) -> float:
    """What the stems are worth in the zones they stand in; they count together, once each."""
    if not stems:
        return 0.0
    worth = [sum((rank for rank, zone in ranks if f" {stem} " in zone), SAID) for stem in stems]
    return max(worth)
