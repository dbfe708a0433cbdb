"""Compounds: of what else a longer word would have to consist, so that a shorter one is part of it."""

from __future__ import annotations

from typing import Final

from articles.text.stems import stem

SHORTEST_PART: Final = 3  # signs of the stem that is looked for: «Rat»
SHORTEST_REST: Final = 4  # signs of everything else: «Stadt» in «Stadtrat», but not «Hei» in «Heirat»
LONGEST_LINK: Final = 6  # signs that an ending and a link have together: «Regier-ungs-erklärung»


def rests(whole: str, part: str) -> frozenset[str]:
    """Stems, one of which has to be a word for the stem `whole` to be a compound with the stem `part`.

    «nachtragshaushalt» holds «haushalt» if there is a word with the stem «nachtrag»; empty where it can hold nothing.
    """
    if len(part) < SHORTEST_PART or len(whole) < len(part) + SHORTEST_REST:
        return frozenset()
    found = _before(whole, part) if whole.endswith(part) else set()
    if whole.startswith(part):
        found |= _behind(whole, part)
    return frozenset(found)


def _before(whole: str, part: str) -> set[str]:
    """A link such as the s of «Nachtrags-» is an ending to the stemmer."""
    rest = whole.removesuffix(part)
    return {rest, stem(rest)}


def _behind(whole: str, part: str) -> set[str]:
    """Wherever the beginning has that stem, with or without a link; the rest is a stem already, being the end of one."""
    last = min(len(whole) - SHORTEST_REST, len(part) + LONGEST_LINK)
    return {whole[place:] for place in range(len(part), last + 1) if stem(whole[:place]) == part}
