"""Full text search in German, on both databases with the same results; no server of its own unless one is named."""

from __future__ import annotations

from articles.search.documents import Document, Source, document
from articles.search.finding import Asked, Found, Hit, ask, best, newest
from articles.search.index import SEARCHED, ensure, follow, follow_all, grow_old, put, renew
from articles.search.suggesting import suggestion
from articles.search.wishes import LONGEST, Wish, read

__all__ = [
    "LONGEST", "SEARCHED", "Asked", "Document", "Found", "Hit", "Source", "Wish", "ask", "best", "document", "ensure", "follow", "follow_all",
    "grow_old", "newest", "put", "read", "renew", "suggestion",
]  # fmt: skip
