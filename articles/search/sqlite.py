"""The index on SQLite: FTS5 without a copy of the text, its rows in the order of time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db import connection
from django.db.backends.utils import CursorWrapper

from articles.models.search import TermsField
from articles.search.conditions import Condition, fts5
from articles.search.documents import Document
from articles.search.walking import Batch

FIND = (
    "SELECT rowid FROM articles_search WHERE articles_search MATCH %s AND rowid < %s AND rowid >= %s"
    " ORDER BY rowid DESC LIMIT %s"
)
OLD = ("article_id", "place", "terms")  # what has to be known of a document to remove it
INDEX = "INSERT INTO articles_search (rowid, terms) VALUES (%s, %s)"
FORGET = "INSERT INTO articles_search (articles_search, rowid, terms) VALUES ('delete', %s, %s)"
ADD = "INSERT INTO articles_searchdocument (article_id, place, analyser, zones, terms) VALUES (%s, %s, %s, %s, %s)"


def walk(cursor: CursorWrapper, condition: Condition, *, below: int, above: int, size: int) -> Iterator[Batch]:
    """Places of matching documents, the newest first, more of them from batch to batch; FTS5 reads no further than asked."""
    asked = fts5(condition)
    while True:
        cursor.execute(FIND, [asked, below, above, size])
        places = [row[0] for row in cursor.fetchall()]
        if len(places) < size:
            yield Batch(places, len(places), above)
            return
        below, size = places[-1], size * 4
        yield Batch(places, len(places), below)


def add(documents: Sequence[Document], *, analyser: str) -> None:
    with connection.cursor() as cursor:
        rows = [(one.article, one.place, analyser, one.zones, TermsField.packed((*one.terms, *one.beside))) for one in documents]
        cursor.executemany(ADD, rows)
        cursor.executemany(INDEX, [(one.place, one.text) for one in documents])


def remove(old: Sequence[tuple[int, int, bytes]]) -> None:
    """FTS5 forgets only what it is told once more."""
    if not old:
        return
    with connection.cursor() as cursor:
        cursor.executemany(FORGET, [(place, TermsField.unpacked(terms)) for _, place, terms in old])
        cursor.executemany("DELETE FROM articles_searchdocument WHERE article_id = %s", [(article,) for article, _, _ in old])


def ensure() -> None:
    """Empty the index if all documents were deleted past us, as `flush` does."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM articles_searchdocument LIMIT 1")
        if cursor.fetchone() is None:
            cursor.execute("INSERT INTO articles_search (articles_search) VALUES ('delete-all')")


def documents_of(cursor: CursorWrapper) -> Iterator[tuple[str, int]]:
    """Each term of the index and in how many documents it stands."""
    cursor.execute("CREATE VIRTUAL TABLE IF NOT EXISTS temp.articles_search_terms USING fts5vocab('main', 'articles_search', 'row')")
    cursor.execute("SELECT term, doc FROM temp.articles_search_terms")
    yield from cursor
