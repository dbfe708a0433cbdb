"""The index on PostgreSQL: a tsvector with GIN, which knows no order; so the lexemes of each stretch of time have a prefix."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db import connection
from django.db.backends.utils import CursorWrapper

from articles.search.conditions import Condition, has_phrases, loosened, tsquery
from articles.search.documents import BREAK, Document
from articles.search.places import bucket_of
from articles.search.walking import Batch

MOST_POSITIONS = 255  # of one lexeme; PostgreSQL keeps no more
# `place + 0`: no index is walked along the order, which would open a row after the other.
FIND = """
    SELECT place FROM articles_searchdocument WHERE terms @@ %s::tsquery AND place + 0 < %s AND place + 0 >= %s
    ORDER BY place + 0 DESC LIMIT %s
"""
FILTER = "SELECT place FROM articles_searchdocument WHERE place = ANY (%s) AND terms @@ %s::tsquery ORDER BY place DESC"
ENDS = "SELECT min(place), max(place) FROM articles_searchdocument"
OLD = ("article_id", "place")  # what has to be known of a document to remove it
ADD = "INSERT INTO articles_searchdocument (article_id, place, analyser, zones, terms) VALUES (%s, %s, %s, %s, %s::tsvector)"
TERMS = """
    SELECT substr(word, 4), sum(ndoc) FROM ts_stat('SELECT terms FROM articles_searchdocument') GROUP BY 1
"""


def walk(cursor: CursorWrapper, condition: Condition, *, below: int, above: int, size: int) -> Iterator[Batch]:
    """Places of matching documents, the newest first.

    Stretch of time after stretch of time, and ever more of them at once: what is common is found in the first, what is rare
    in a few steps. Whether terms stand next to each other only the documents know, so these are looked up in portions.
    """
    cursor.execute(ENDS)
    lowest, highest = cursor.fetchone()
    if lowest is None:
        return
    below, above, span = min(below, highest + 1), max(above, lowest), 1
    exact = condition if has_phrases(condition) else None
    asked = loosened(condition)
    while below > above:
        newest = bucket_of(below - 1)
        oldest = max(newest - span + 1, bucket_of(above))
        cursor.execute(FIND, [_asked(asked, oldest, newest), below, above, size])
        places = [row[0] for row in cursor.fetchall()]
        if len(places) == size:
            below, size = places[-1], size * 4
        else:
            below, span = max(above, oldest << _SHIFT), span * 2
        yield Batch(_exact(cursor, exact, places) if exact else places, len(places), below)


_SHIFT = next(bits for bits in range(64) if bucket_of(1 << bits))


def _asked(condition: Condition, oldest: int, newest: int) -> str:
    return " | ".join(tsquery(condition, _prefix(bucket)) for bucket in range(newest, oldest - 1, -1))


def _exact(cursor: CursorWrapper, condition: Condition, places: list[int]) -> list[int]:
    if not places:
        return []
    cursor.execute(FILTER, [places, _asked(condition, bucket_of(places[-1]), bucket_of(places[0]))])
    return [row[0] for row in cursor.fetchall()]


def _prefix(bucket: int) -> str:
    """Three signs, until the year 2445."""
    return f"{bucket:03x}"


def vector(document: Document) -> str:
    """The document's terms as PostgreSQL writes a tsvector."""
    positions: dict[str, list[str]] = {}
    for place, term in enumerate(document.terms, start=1):
        if term != BREAK:
            positions.setdefault(term, []).append(str(place))
    prefix = _prefix(bucket_of(document.place))
    placed = [f"'{prefix}{term}':{','.join(found[:MOST_POSITIONS])}" for term, found in positions.items()]
    return " ".join([*placed, *(f"'{prefix}{term}'" for term in document.beside if term not in positions)])


def add(documents: Sequence[Document], *, analyser: str) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(ADD, [(one.article, one.place, analyser, one.zones, vector(one)) for one in documents])


def remove(old: Sequence[tuple[int, int]]) -> None:
    if old:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM articles_searchdocument WHERE article_id = ANY (%s)", [[article for article, _ in old]])


def ensure() -> None:
    """The index is part of the table: nothing can get out of step."""


def documents_of(cursor: CursorWrapper) -> Iterator[tuple[str, int]]:
    """Each term of the index and in how many documents it stands."""
    cursor.execute(TERMS)
    yield from cursor
