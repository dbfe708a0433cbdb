"""Makes the index again while it is in use: what is missing, what is old, what should not be there; then counts the words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection, transaction
from django.db.models import Exists, OuterRef

from articles.models import Article, SearchDocument, SearchWord, Status
from articles.search.documents import is_word
from articles.search.index import backend, follow_all
from articles.text.stems import ANALYSER

CHUNK: Final = 500  # articles in one transaction: whoever publishes meanwhile waits half a second at most
WORDS: Final = 5_000
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Rebuilt:
    """How many articles were put in, how many documents taken out, how many words the index holds."""

    put: int
    removed: int
    words: int


def rebuild(*, again: bool, progress: Progress) -> Rebuilt:
    """Bring the whole index up to date; it may be stopped at any time, and goes on where it was.

    again: all articles, not only those that are missing or were analysed by an older version. progress: is told how many
    are done, and of how many.
    """
    if again:
        _outdate()
    total = _missing().count()
    put = _follow(_missing, lambda done: progress(done, total))
    removed = _follow(_strays, lambda _: None)
    return Rebuilt(put, removed, count_words())


def _missing() -> Any:
    """Published articles that the index does not know, or knows from an older analyser."""
    known = SearchDocument.objects.filter(article=OuterRef("pk"), analyser=ANALYSER)
    return Article.objects.filter(status=Status.PUBLISHED, published_at__isnull=False).exclude(Exists(known))


def _strays() -> Any:
    """Articles that are known although they are not published; the desk leaves none."""
    return Article.objects.filter(Exists(SearchDocument.objects.filter(article=OuterRef("pk")))).exclude(status=Status.PUBLISHED)


def _follow(rows: Callable[[], Any], tell: Callable[[int], None]) -> int:
    done, last = 0, 0
    while ids := list(rows().filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:CHUNK]):
        follow_all(ids)
        done, last = done + len(ids), ids[-1]
        tell(done)
    return done


def _outdate() -> None:
    """Mark all documents as old, which hides none of them."""
    last = 0
    while ids := list(
        SearchDocument.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[: 20 * CHUNK]
    ):  # fmt: skip
        SearchDocument.objects.filter(pk__gt=last, pk__lte=ids[-1]).update(analyser="")
        last = ids[-1]


def count_words() -> int:
    """Note in how many documents each word stands, and forget those in none: they may come from copy that was killed."""
    with connection.cursor() as cursor:
        counts = {term: int(number) for term, number in backend().documents_of(cursor) if is_word(term)}
    known, last = 0, ""
    while rows := list(SearchWord.objects.filter(stem__gt=last).order_by("stem")[:WORDS]):
        last = rows[-1].stem
        with transaction.atomic():
            changed = [row for row in rows if row.stem in counts and row.documents != counts[row.stem]]
            for row in changed:
                row.documents = counts[row.stem]
            SearchWord.objects.bulk_update(changed, ["documents"], batch_size=500)
            gone = [row.stem for row in rows if row.stem not in counts]
            SearchWord.objects.filter(stem__in=gone).delete()
        known += len(rows) - len(gone)
    return known
