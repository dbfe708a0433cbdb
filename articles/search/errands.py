"""What the search server has not heard of yet: noted in the transaction of each change, told by the background process."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.utils import timezone

from articles.models import SearchDocument, SearchErrand

CHUNK: Final = 5_000
LEVEL: Final = timedelta(seconds=30)  # a server that is further behind is not asked
LONG_AGO: Final = datetime(2000, 1, 1, tzinfo=UTC)  # of a filling: until it is done, the server knows too little to be asked


def note(articles: Iterable[int]) -> None:
    """Of these something has changed. Inside the transaction that changes it."""
    if settings.SEARCH_URL:
        SearchErrand.objects.bulk_create([SearchErrand(article=pk) for pk in sorted(set(articles))])


def note_deleted(sender: Any, instance: SearchDocument, **_: Any) -> None:
    """Receiver of post_delete: the document went with its article."""
    note([instance.article_id])


def note_all() -> int:
    """Whoever fills the server anew tells it of these; how many they are."""
    last, number = 0, 0
    while ids := list(SearchDocument.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:CHUNK]):
        SearchErrand.objects.bulk_create([SearchErrand(article=pk, noted_at=LONG_AGO) for pk in ids])
        last, number = ids[-1], number + len(ids)
    return number


def is_level() -> bool:
    """Whether the server has heard of all but the last moments."""
    return not SearchErrand.objects.filter(noted_at__lt=timezone.now() - LEVEL).exists()
