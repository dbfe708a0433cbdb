"""Pages of long lists without counting the whole table."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.functional import cached_property

from articles.admin.bases import Paginator

MOST = 10_000  # rows; who needs more searches or filters


class BoundedPaginator(Paginator):
    """Counts no further than MOST: at 100,000 rows a list opens as fast as at 100."""

    @cached_property
    def count(self) -> int:
        rows = self.object_list
        if isinstance(rows, QuerySet):
            return rows.order_by()[:MOST].count()
        return min(len(rows), MOST)
