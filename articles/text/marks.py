"""What tells one piece of copy from every other: its runs of eight words, and the names, numbers and quotations in it.

All of it as numbers of 31 bits, the same in every process.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final
from zlib import crc32

from articles.text.stems import fold, stem_of

RUN: Final = 8  # words
QUOTED: Final = 5  # words of a quotation that are compared at a time
SHORTEST_NOUN: Final = 4
MOST_RUNS: Final = 4000
MOST_MARKS: Final = 160
MASK: Final = 2**31 - 1  # every database has a column for it

_WORD = re.compile(r"[^\W\d_][\w'’-]*|\d[\d.,]*")
_SENTENCE = re.compile(r"(?<=[.!?:])\s+|\n+")
_QUOTATION = re.compile(r"[«»„“\"]([^«»„“”\"]{20,400}?)[«»“”\"]")
_THOUSANDS = re.compile(r"(?<=\d)[.](?=\d{3}\b)")


@dataclass(frozen=True, slots=True)
class Marks:
    """runs: of all words. names: two capitalised words in a row, or one inside a sentence. numbers: of two digits and more, and with the word behind them.
    quotations: runs of what somebody said. opening: of the headline, and of the lead as a whole."""

    runs: frozenset[int]
    names: frozenset[int]
    numbers: frozenset[int]
    quotations: frozenset[int]
    opening: frozenset[int]


def marks(*, headline: str, lead: str, text: str) -> Marks:
    """text: the body without markup, blocks parted by line feeds."""
    whole = f"{headline}.\n{lead}\n{text}"
    words = _folded(f"{lead}\n{text}")
    quoted = [word for found in _QUOTATION.finditer(whole) for word in _runs(_folded(found[1]), QUOTED)]
    names, numbers = _names(whole), _numbers(whole)
    return Marks(
        frozenset(_runs(words[: MOST_RUNS + RUN], RUN)),
        frozenset(list(dict.fromkeys(names))[:MOST_MARKS]),
        frozenset(list(dict.fromkeys(numbers))[:MOST_MARKS]),
        frozenset(quoted[:MOST_MARKS]),
        frozenset(_opening(headline, lead)),
    )


def _hash(kind: str, *words: str) -> int:
    return crc32(f"{kind}\t{' '.join(words)}".encode("utf-8", "replace")) & MASK


def _folded(text: str) -> list[str]:
    return [fold(word) for word in _WORD.findall(text)]


def _runs(words: list[str], length: int) -> Iterator[int]:
    kind, told = f"r{length}\t".encode(), [word.encode("utf-8", "replace") for word in words]
    return (crc32(kind + b" ".join(told[place : place + length])) & MASK for place in range(len(told) - length + 1))


def _names(text: str) -> Iterator[int]:
    """Whatever begins a sentence is written with a capital and says nothing by itself; two of them in a row do."""
    for sentence in _SENTENCE.split(text):
        words = _WORD.findall(sentence)
        for before, word in pairwise(words):
            if word[0].isupper() and len(word) >= SHORTEST_NOUN:
                yield _hash("n", stem_of(word))
                if before[0].isupper():
                    yield _hash("p", fold(before), fold(word))


def _numbers(text: str) -> Iterator[int]:
    for before, word in pairwise(_WORD.findall(_THOUSANDS.sub("", text))):
        if before[0].isdigit():
            number = before.strip(".,")
            if len(number) > 1:
                yield _hash("z", number)
            if not word[0].isdigit():
                yield _hash("d", number, stem_of(word))


def _opening(headline: str, lead: str) -> Iterator[int]:
    for kind, words in (("h", _folded(headline)), ("l", _folded(lead))):
        if len(words) >= QUOTED:
            yield _hash(kind, *words)
