"""Tells the search server what has changed, as often as it takes. Loaded only where SEARCH_URL names one."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

from articles.models import Announcement, SearchErrand
from articles.search import opensearch
from articles.search.errands import note_all
from articles.search.index import current
from articles.search.opensearch import Silent

__all__ = ["Silent", "Telling", "fill"]
MOST: Final = 200  # articles told at once
LOOK_EVERY: Final = 30.0  # seconds after which we look whether the server still has our index
KEY: Final = "search"  # of pages that show what was found


class Telling:
    """Keeps what must be known from one round to the next."""

    def __init__(self) -> None:
        self._look_at = 0.0

    def due(self) -> int:
        """Tell what the server has not heard yet; how much that was. Raises Silent: nothing is lost, it is told later."""
        if time.monotonic() >= self._look_at:
            _make_sure()
            self._look_at = time.monotonic() + LOOK_EVERY
        version = time.time_ns() // 1_000_000  # taken before the articles are read: what is read later counts more
        rows = list(SearchErrand.objects.order_by("pk").values_list("pk", "article")[:MOST])
        if not rows:
            return 0
        articles = {article for _, article in rows}
        documents = current(articles)
        self._look_at, look_at = 0.0, self._look_at  # whoever is refused looks first
        opensearch.put(documents, gone=articles - {one.article for one in documents}, version=version, wait=len(rows) < MOST)
        self._look_at = look_at
        SearchErrand.objects.filter(pk__in=[pk for pk, _ in rows]).delete()
        Announcement.make([KEY])
        return len(rows)


def _make_sure() -> None:
    """That our index is there; noted first, so that nobody asks one that is about to be filled."""
    if not opensearch.is_there():
        note_all()
        opensearch.make()


def fill(*, again: bool, progress: Callable[[int, int], None]) -> int:
    """Tell the server all that it lacks; how much that was. Raises Silent: run again, it goes on where it was.

    again: make its index anew. The index in the database answers meanwhile.
    """
    if again:
        before = list(SearchErrand.objects.order_by("-pk").values_list("pk", flat=True)[:1])
        note_all()
        opensearch.drop()
        opensearch.make()
        SearchErrand.objects.filter(pk__lte=max(before, default=0)).delete()  # of these it is told anyway
    telling, done = Telling(), 0
    while number := telling.due():
        done += number
        progress(done, done + SearchErrand.objects.count())
    return done
