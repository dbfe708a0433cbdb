"""Makes German copy from words and patterns: for the same number always the same."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import Final

from articles.management.demo.words import HEADLINES, KINDS, LEADS, SENTENCES, SUBHEADS, TAGS

SIGNS: Final = 7000  # of a body, tags included; with headline, lead and tags about 8 kB
PARAGRAPH: Final = 5  # sentences
STOCK: Final = 20_000  # paragraphs, made when first asked for; two articles seldom share one
QUOTES: Final = {"swiss": ("«", "»"), "as-delivered": ('"', '"')}
_SLOT: Final = re.compile(r"\{([a-z]+)\}")

Pattern = tuple[str, tuple[tuple[str, ...], ...]]  # text with %s, and what may stand in each place


def _compiled(patterns: tuple[str, ...]) -> tuple[Pattern, ...]:
    return tuple((_SLOT.sub("%s", text), tuple(KINDS[kind] for kind in _SLOT.findall(text))) for text in patterns)


_HEADLINES, _LEADS, _SENTENCES = _compiled(HEADLINES), _compiled(LEADS), _compiled(SENTENCES)


@dataclass(frozen=True)
class Generated:
    """One generated article; tags: places in the vocabulary, most important first; place: where it happens."""

    headline: str
    lead: str
    body: str
    place: str
    tags: tuple[int, ...]


def generate(number: int, *, quotes: str = "") -> Generated:
    """The article of that number. quotes: how its source writes quotation marks; own copy by default."""
    chance = Random(number)  # noqa: S311 - repeatable on purpose
    headline, lead = _sentence(_HEADLINES, chance), _sentence(_LEADS, chance)
    body = _body(chance)
    if quotes in QUOTES:
        opening, closing = QUOTES[quotes]
        body = body.replace("„", opening).replace("“", closing)
    return Generated(headline, lead, body, _any(KINDS["place"], chance), _tags(chance))


def _any(words: tuple[str, ...], chance: Random) -> str:
    return words[int(chance.random() * len(words))]


def _sentence(patterns: tuple[Pattern, ...], chance: Random) -> str:
    text, kinds = patterns[int(chance.random() * len(patterns))]
    said = text % tuple([_any(kind, chance) for kind in kinds])
    return _opened(said) if patterns is not _LEADS else ". ".join(map(_opened, said.split(". ")))


def _opened(sentence: str) -> str:
    return sentence[0].upper() + sentence[1:]


def _body(chance: Random) -> str:
    blocks: list[str] = []
    signs = 0
    while signs < SIGNS:
        if len(blocks) % 6 == 5:
            blocks.append(f"<h2>{_any(SUBHEADS, chance)}</h2>")
        blocks.append(_paragraph(int(chance.random() * STOCK)))
        signs += len(blocks[-1]) - len("<p></p>")
    return "".join(blocks)


@cache
def _paragraph(number: int) -> str:
    """One of the stock; a million bodies out of single sentences would take longer than writing them."""
    chance = Random(f"paragraph {number}")  # noqa: S311 - repeatable on purpose
    return f"<p>{' '.join([_sentence(_SENTENCES, chance) for _ in range(PARAGRAPH)])}</p>"


def _tags(chance: Random) -> tuple[int, ...]:
    """Two to five; the first words of the vocabulary come up most often, as in life."""
    wanted = chance.randint(2, 5)
    found: dict[int, None] = {}
    while len(found) < wanted:
        found[int(len(TAGS) * chance.random() ** 2)] = None
    return tuple(found)
