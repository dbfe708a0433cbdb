"""German words as one searches them: found in text, folded both ways, cut to their stems."""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import version
from itertools import chain
from operator import itemgetter
from typing import Final

import snowballstemmer

ANALYSER: Final = f"1/{version('snowballstemmer')}"  # what was analysed by another one has to be analysed again
LONGEST: Final = 40  # signs of a stem; what is longer is no word
MOST_KNOWN: Final = 60_000  # words whose stems are remembered in a process, and as many pieces of text between blanks
LONGEST_KNOWN: Final = 80  # signs; what is longer is hardly said twice

# What may stand inside a word without parting it: apostrophes, soft hyphens, joiners; and what parts «Corona-Krise».
_PIECE = r"[^\W_]+(?:['’‘´`\u00ad\u200b-\u200d][^\W_]+)*"
_HYPHENS = "-\u2010\u2011"
WORD: Final = re.compile(rf"{_PIECE}(?:[{_HYPHENS}]{_PIECE})*")
_HYPHEN = re.compile(f"[{_HYPHENS}]")
_WITHIN = re.compile(r"[^\w]|_")
_LETTERS = str.maketrans(
    {
        "ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "œ": "oe", "ø": "oe", "ł": "l", "đ": "d", "ð": "d",
        "þ": "th", "ı": "i", "ħ": "h", "ŧ": "t", "ŋ": "n", "ſ": "s",
    }
)  # fmt: skip
# Plurals of foreign words that no rule of endings brings together with their singular.
_IRREGULAR = {
    "alben": "album", "ateliers": "atelier", "boni": "bonus", "dogmen": "dogma", "dramen": "drama", "faktoren": "faktor",
    "firmen": "firma", "foren": "forum", "globen": "globus", "gremien": "gremium", "gymnasien": "gymnasium",
    "individuen": "individuum", "jubilaeen": "jubilaeum", "konten": "konto", "kommata": "komma", "kriterien": "kriterium",
    "lexika": "lexikon", "medien": "medium", "ministerien": "ministerium", "museen": "museum", "mythen": "mythos",
    "organismen": "organismus", "praktika": "praktikum", "praxen": "praxis", "prinzipien": "prinzip", "rhythmen": "rhythmus",
    "risiken": "risiko", "saeulen": "saeule", "stadien": "stadion", "stipendien": "stipendium", "studien": "studie",
    "themen": "thema", "villen": "villa", "viren": "virus", "visa": "visum", "zentren": "zentrum", "zyklen": "zyklus",
}  # fmt: skip


# Genitives and plurals that Snowball leaves alone: «Chinas», «Autos», «Handys»; what is named here ends like that by itself.
_WITH_S = ("as", "os", "ys")
_S_OF_ITS_OWN = ("gas", "glas", "gras", "andreas", "thomas", "lukas", "jonas", "niklas", "tobias", "matthias", "texas", "atlas")


@dataclass(frozen=True, slots=True)
class Token:
    """A word where it stands in a text; a word with hyphens is one token of several pieces."""

    text: str
    start: int
    end: int

    @property
    def pieces(self) -> list[str]:
        return pieces(self.text)


def tokens(text: str) -> Iterator[Token]:
    return (Token(found[0], found.start(), found.end()) for found in WORD.finditer(text))


def pieces(word: str) -> list[str]:
    """«Corona-Krise» is two words, nearly every other is one."""
    return _HYPHEN.split(word) if _HYPHEN.search(word) else [word]


def fold(word: str) -> str:
    """Small ASCII letters and digits: ä and ae, ß and ss, é and e are the same. Letters of other scripts are spelled out."""
    return _fold(word) if len(word) <= LONGEST_KNOWN else _fold.__wrapped__(word)


@lru_cache(maxsize=8_192)
def _fold(word: str) -> str:
    small = unicodedata.normalize("NFC", word).casefold().translate(_LETTERS)
    if not small.isascii():
        apart = unicodedata.normalize("NFKD", small).casefold()
        small = "".join(letter for letter in apart if not unicodedata.combining(letter)).translate(_LETTERS)
    if not small.isalnum():
        small = _WITHIN.sub("", small)
    return small if small.isascii() else "".join(s if s.isascii() else f"x{ord(s):x}" for s in small)


def stem(folded: str) -> str:
    """«verhandlungen» and «verhandlung» become the same; an umlaut ends as its plain letter, so «haeuser» and «haus» do, too."""
    found: str = _stemmer().stemWord(_IRREGULAR.get(folded, folded))
    if _is_inflected(found):
        found = found[:-1]
    return found[:LONGEST]


def _is_inflected(found: str) -> bool:
    """«Präsidentinnen», but not «Sinn»; «Autos», but not «Moos»."""
    if found.endswith("inn"):
        return len(found) > 6
    return found.endswith(_WITH_S) and len(found) > 4 and not found.endswith(_S_OF_ITS_OWN)


class _Known(dict[str, str]):
    """Stems of words as they are written; a newsroom uses the same ones over and over."""

    def __missing__(self, word: str) -> str:
        if len(self) >= MOST_KNOWN:
            self.clear()
        found = stem(fold(word))
        if len(word) <= LONGEST_KNOWN:
            self[word] = found
        return found


_known = _Known()
_of_thread = threading.local()


def _stemmer() -> snowballstemmer.Stemmer:
    """Each thread has its own: the one in C remembers something while it works."""
    if not hasattr(_of_thread, "stemmer"):
        _of_thread.stemmer = snowballstemmer.stemmer("german")
    return _of_thread.stemmer


def stem_of(word: str) -> str:
    """The stem of a word as it is written."""
    return _known[word]


@dataclass(frozen=True, slots=True)
class Analysed:
    """A text's stems in order; the words they were made of; and the stems of what hyphens join («coronakris»)."""

    stems: list[str]
    words: list[str]
    joined: list[str]


class _Chunks(dict[str, tuple[tuple[str, ...], tuple[str, ...], str]]):
    """What lies between two blanks, «Corona-Krise,»: its words, their stems, and the stem of what hyphens join.

    No word holds a blank, so a text may be cut there; and it says most of its pieces more than once.
    """

    def __missing__(self, chunk: str) -> tuple[tuple[str, ...], tuple[str, ...], str]:
        if len(self) >= MOST_KNOWN:
            self.clear()
        found = WORD.findall(chunk)
        words = tuple(piece for word in found for piece in pieces(word))
        joined = " ".join(_known[_HYPHEN.sub("", word)] for word in found if _HYPHEN.search(word))
        made = (words, tuple(_known[word] for word in words), joined)
        if len(chunk) <= LONGEST_KNOWN:
            self[chunk] = made
        return made


_chunks = _Chunks()
_WORDS_OF, _STEMS_OF, _JOINED_OF = itemgetter(0), itemgetter(1), itemgetter(2)


def analyse(text: str) -> Analysed:
    found = list(map(_chunks.__getitem__, unicodedata.normalize("NFC", text).split()))
    joined = set(map(_JOINED_OF, found))
    return Analysed(
        list(chain.from_iterable(map(_STEMS_OF, found))),
        list(chain.from_iterable(map(_WORDS_OF, found))),
        sorted(stem for stems in joined for stem in stems.split()),
    )
