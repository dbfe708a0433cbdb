"""What a reader types, understood: words, «phrases», -exclusions. Whatever it is, it means something or nothing; it is no error."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from articles.text.signs import visible
from articles.text.stems import analyse, stem_of, tokens
from articles.text.stopwords import is_stopword

LONGEST: Final = 200  # signs
MOST: Final = 12  # words and phrases
_QUOTES = re.compile("[„“”«»‟〝〞＂]")
_ITEM = re.compile(r'(?P<minus>(?<!\S)[-–−](?=[^\s–−-]))?(?:"(?P<phrase>[^"]*)"|(?P<word>[^\s"]+))')


@dataclass(frozen=True, slots=True)
class Clause:
    """One thing that is wanted: at least one of these phrases (most often one stem). word: as it was typed; empty for a phrase."""

    phrases: tuple[tuple[str, ...], ...]
    word: str = ""

    @property
    def stem(self) -> str:
        return self.phrases[0][0]

    @property
    def is_open(self) -> bool:
        """A single word that was not put in quotes: it may be part of a longer one."""
        return bool(self.word) and len(self.phrases[0]) == 1


@dataclass(frozen=True, slots=True)
class Wish:
    wanted: tuple[Clause, ...] = ()
    unwanted: tuple[Clause, ...] = ()
    is_cut: bool = False  # there was more than can be looked for

    def __bool__(self) -> bool:
        """Whether there is anything to look for."""
        return bool(self.wanted)


def read(text: str) -> Wish:
    """«hafen "am see" -bahn» asks for a word and a phrase, without another word."""
    shown = _QUOTES.sub('"', visible(text))
    wanted: dict[Clause, None] = {}
    unwanted: dict[Clause, None] = {}
    for item in _ITEM.finditer(_cut(shown)):
        found = unwanted if item["minus"] else wanted
        found.update(dict.fromkeys(_phrase(item["phrase"]) if item["phrase"] is not None else _words(item["word"])))
    meant = _meant(wanted)
    is_cut = len(shown) > LONGEST or len(meant) > MOST or len(unwanted) > MOST
    return Wish(tuple(meant[:MOST]), tuple(list(unwanted)[:MOST]), is_cut)


def _cut(text: str) -> str:
    """No longer than is looked at, and if possible with whole words."""
    return text if len(text) <= LONGEST else text[: LONGEST + 1].rpartition(" ")[0] or text[:LONGEST]


def _phrase(text: str) -> Iterable[Clause]:
    stems = tuple(filter(None, analyse(text).stems))
    return [Clause((stems,))] if stems else []


def _words(text: str) -> Iterable[Clause]:
    for token in tokens(text):
        parts = tuple(filter(None, map(stem_of, token.pieces)))
        whole = stem_of("".join(token.pieces))
        if len(parts) > 1:
            yield Clause(((whole,), parts), token.text)
        elif parts:
            yield Clause((parts,), token.text)


def _meant(wanted: Iterable[Clause]) -> list[Clause]:
    """Without the words that nobody means, unless there are no others."""
    found = list(wanted)
    return [clause for clause in found if not (clause.word and is_stopword(clause.word))] or found
