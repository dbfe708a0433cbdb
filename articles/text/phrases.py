"""Finds known phrases in a text: whole words only, the longest first, by one look into a table for each word."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

# A compound with hyphens is one word: «EU» does not stand in «EU-Gipfel».
_WORD: Final = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*")
_UMLAUTS: Final = (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss"), ("Ä", "Ae"), ("Ö", "Oe"), ("Ü", "Ue"))
MOST_WORDS: Final = 8  # of a phrase


class Phrases:
    """Phrases and what each of them means, as often as one likes the same. Built once, asked for every text."""

    def __init__(self, phrases: Iterable[tuple[str, int]]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], int]]] = {}
        for phrase, meaning in phrases:
            for spelling in _spellings(unicodedata.normalize("NFC", phrase)):
                words = tuple(_WORD.findall(spelling))
                if 0 < len(words) <= MOST_WORDS:
                    self._by_first.setdefault(words[0], []).append((words[1:], meaning))
        for known in self._by_first.values():
            known.sort(key=lambda entry: -len(entry[0]))

    def __len__(self) -> int:
        return sum(map(len, self._by_first.values()))

    def find(self, text: str) -> Counter[int]:
        """How often each meaning is said; of phrases within each other only the longest counts."""
        return Counter(self._found(_WORD.findall(text)))

    def _found(self, words: list[str]) -> Iterator[int]:
        skip_to = 0
        known = self._by_first
        for place in [place for place, word in enumerate(words) if word in known]:
            if place < skip_to:
                continue
            for rest, meaning in known[words[place]]:
                end = place + 1 + len(rest)
                if not rest or tuple(words[place + 1 : end]) == rest:
                    yield meaning
                    skip_to = end
                    break


def _spellings(phrase: str) -> set[str]:
    """As it stands, at the head of a sentence, and without umlauts."""
    forms = {phrase, phrase[:1].upper() + phrase[1:]}
    for umlaut, letters in _UMLAUTS:
        forms |= {form.replace(umlaut, letters) for form in forms}
    return forms
