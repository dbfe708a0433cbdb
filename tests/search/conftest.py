"""How tests ask the search."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.utils import timezone

from articles import search
from articles.models import Article

Finds = Callable[[str], list[str]]


@pytest.fixture
def finds() -> Finds:
    """The headlines of what a search finds, newest first."""

    def found(typed: str) -> list[str]:
        hits = search.newest(search.ask(search.read(typed)), now=timezone.now(), most=50).hits
        names = dict(Article.objects.filter(pk__in=[hit.article for hit in hits]).values_list("pk", "headline"))
        return [names[hit.article] for hit in hits]

    return found
