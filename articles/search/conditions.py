"""What a document has to hold: conditions over terms, and how each index is asked for them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Phrase:
    """Terms next to each other; mostly one alone."""

    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """At least one of the parts, of which there is at least one."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class All:
    """Every one of the parts, of which there is at least one, and none of what is unwanted."""

    parts: tuple[Condition, ...]
    unwanted: tuple[Condition, ...] = ()


Condition = Phrase | Either | All


def fts5(condition: Condition) -> str:
    """For MATCH. Every term is quoted, so that none is an operator."""
    if isinstance(condition, Phrase):
        return '"{}"'.format(" ".join(condition.terms))
    if isinstance(condition, Either):
        return f"({' OR '.join(map(fts5, condition.parts))})"
    wanted = f"({' AND '.join(map(fts5, condition.parts))})"
    return f"({wanted} NOT {fts5(Either(condition.unwanted))})" if condition.unwanted else wanted


def tsquery(condition: Condition, prefix: str) -> str:
    """For `::tsquery`. prefix: of the lexemes of one stretch of time."""
    if isinstance(condition, Phrase):
        return f"({' <-> '.join(_lexeme(prefix, term) for term in condition.terms)})"
    if isinstance(condition, Either):
        return f"({' | '.join(tsquery(part, prefix) for part in condition.parts)})"
    wanted = f"({' & '.join(tsquery(part, prefix) for part in condition.parts)})"
    return f"({wanted} & !{tsquery(Either(condition.unwanted), prefix)})" if condition.unwanted else wanted


def bool_query(condition: Condition) -> dict[str, Any]:
    """For OpenSearch. What is sought lies in the field `terms`, split at blanks."""
    if isinstance(condition, Phrase):
        alone = len(condition.terms) == 1
        return {"term": {"terms": condition.terms[0]}} if alone else {"match_phrase": {"terms": " ".join(condition.terms)}}
    if isinstance(condition, All):
        wanted: dict[str, Any] = {"filter": [bool_query(part) for part in condition.parts]}
        return {"bool": wanted | {"must_not": [bool_query(part) for part in condition.unwanted]}}
    words = [part.terms[0] for part in condition.parts if isinstance(part, Phrase) and len(part.terms) == 1]
    others = [bool_query(part) for part in condition.parts if not (isinstance(part, Phrase) and len(part.terms) == 1)]
    asked = [{"terms": {"terms": words}}, *others] if words else others  # one query for all words: of queries it allows but a thousand
    return {"bool": {"should": asked, "minimum_should_match": 1}}


def _lexeme(prefix: str, term: str) -> str:
    return f"'{prefix}{term}'"


def has_phrases(condition: Condition) -> bool:
    return any(len(phrase.terms) > 1 for phrase in phrases(condition))


def phrases(condition: Condition) -> Iterator[Phrase]:
    if isinstance(condition, Phrase):
        yield condition
        return
    for part in condition.parts:
        yield from phrases(part)
    if isinstance(condition, All):
        for part in condition.unwanted:
            yield from phrases(part)


def loosened(condition: Condition) -> Condition:
    """What holds for more documents, and can be told without the order of terms."""
    if isinstance(condition, Phrase):
        return All(tuple(Phrase((term,)) for term in condition.terms)) if len(condition.terms) > 1 else condition
    parts = tuple(map(loosened, condition.parts))
    if isinstance(condition, Either):
        return Either(parts)
    return All(parts, tuple(part for part in condition.unwanted if not has_phrases(part)))
