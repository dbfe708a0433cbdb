"""Longer words of the site that hold a shorter one: «Nachtragshaushalt» for «Haushalt», as both of its parts are words here."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from django.db.models import Q

from articles.models import SearchWord
from articles.text.compounds import SHORTEST_PART, rests

LOOKED_AT: Final = 400  # words with that beginning, and as many with that end; the most frequent first
MOST: Final = 100  # compounds of all words of a search together
_AFTER_ALL = "{"  # the sign behind z


def compounds(stems: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """For each stem those of the compounds that hold it, at most MOST together; two queries for each and one for all."""
    wanted = [stem for stem in dict.fromkeys(stems) if len(stem) >= SHORTEST_PART]
    if not wanted:
        return {}
    possible = {stem: {whole: found for whole in _alike(stem) if (found := rests(whole, stem))} for stem in wanted}
    known = _known({rest for wholes in possible.values() for found in wholes.values() for rest in found})
    most = MOST // len(wanted)
    return {
        stem: tuple([whole for whole, found in wholes.items() if found & known][:most]) for stem, wholes in possible.items()
    }


def _alike(stem: str) -> list[str]:
    """Longer stems that begin or end with it, the most frequent first."""
    back = stem[::-1]
    begin = Q(stem__gt=stem, stem__lt=stem + _AFTER_ALL)
    end = Q(backwards__gt=back, backwards__lt=back + _AFTER_ALL)
    found: dict[str, int] = {}
    for part in (begin, end):
        rows = SearchWord.objects.filter(part).order_by("-documents", "stem").values_list("stem", "documents")[:LOOKED_AT]
        found.update(rows)
    return sorted(found, key=lambda whole: (-found[whole], whole))


def _known(stems: set[str]) -> set[str]:
    return set(SearchWord.objects.filter(stem__in=stems).values_list("stem", flat=True)) if stems else set()
