"""How tests ask the search."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.conf import LazySettings
from django.utils import timezone

from articles import search
from articles.models import Article
from articles.search import asking
from tests.search.server import Server, double

Finds = Callable[[str], list[str]]


@pytest.fixture
def finds() -> Finds:
    """The headlines of what a search finds, newest first."""

    def found(typed: str) -> list[str]:
        hits = search.newest(search.ask(search.read(typed)), now=timezone.now(), most=50).hits
        names = dict(Article.objects.filter(pk__in=[hit.article for hit in hits]).values_list("pk", "headline"))
        return [names[hit.article] for hit in hits]

    return found


@pytest.fixture(name="server")
def _server(settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.setattr(asking, "_silent_until", 0.0)
    with double() as server:
        settings.SEARCH_URL = server.url
        yield server
