"""What the search server is asked and told, word for word: conditions, places, versions, refusals."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.conf import LazySettings
from django.db import connection, transaction
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from articles.models import SearchDocument
from articles.search import Document, asking, opensearch
from articles.search.conditions import All, Condition, Either, Phrase, bool_query
from articles.search.index import backend
from articles.search.telling import Telling
from tests import make
from tests.search.conftest import Finds
from tests.search.server import Index, Server, told

pytestmark = pytest.mark.django_db


def test_an_older_word_that_comes_late_changes_nothing(server: Server) -> None:
    article = make.article("Zirkus kommt")
    Telling().due()
    before = told(server)

    opensearch.put([], gone=[article.pk], version=1, wait=False)

    assert told(server) == before


def test_two_nodes_that_make_the_index_at_once_make_one(server: Server) -> None:
    opensearch.make()
    opensearch.make()

    assert list(server.indices) == ["tests-1"]


def test_an_answer_in_part_is_none(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    client, _name = opensearch._asked()
    monkeypatch.setattr(client, "search", lambda **_: {"timed_out": True, "hits": {"hits": []}})

    with pytest.raises(opensearch.Silent, match="in part"):
        list(opensearch.walk(Phrase(("zirkus",)), below=1 << 62, above=0, size=5))


def test_it_is_walked_in_growing_steps(server: Server) -> None:
    for number in range(8):
        make.article(f"Zirkus {number}", at=make.MOMENT + timedelta(minutes=number))
    Telling().due()

    batches = list(opensearch.walk(Phrase(("zirkus",)), below=1 << 62, above=0, size=2))

    assert [len(batch.places) for batch in batches] == [2, 6]
    places = [place for batch in batches for place in batch.places]
    assert places == sorted(places, reverse=True)
    assert batches[-1].down_to == 0


def test_many_words_are_one_condition() -> None:
    """The server allows a thousand clauses."""
    asked = bool_query(Either((*(Phrase((f"wort{number}",)) for number in range(2_000)), Phrase(("zwei", "worte")))))

    assert len(asked["bool"]["should"]) == 2


def test_what_is_unwanted_must_not_be_there() -> None:
    asked = bool_query(All((Phrase(("hafen",)),), unwanted=(Phrase(("bahn",)),)))

    assert asked == {"bool": {"filter": [{"term": {"terms": "hafen"}}], "must_not": [{"term": {"terms": "bahn"}}]}}


def test_a_server_that_falls_silent_on_the_way_is_gone_on_for(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """What it has found already counts, and nothing is found twice."""
    for number in range(9):
        make.article(f"Zirkus {number}", at=make.MOMENT + timedelta(minutes=number))
    Telling().due()
    places = list(SearchDocument.objects.order_by("-place").values_list("place", flat=True))
    found = opensearch._found

    def found_but_once(asked: dict[str, Any], **bounds: int) -> list[int]:
        if server.searches:
            raise opensearch.Silent("gone")
        return found(asked, **bounds)

    monkeypatch.setattr(opensearch, "_found", found_but_once)
    batches = list(asking.walk(connection, Phrase(("zirkus",)), below=1 << 62, above=0, size=2))

    assert [place for batch in batches for place in batch.places] == places
    assert server.searches == 1


def test_an_address_may_name_the_index_and_a_user(settings: LazySettings) -> None:
    settings.SEARCH_URL = "https://site:s3cret@search.example:9200/cluster/?index=tagblatt"
    client, name = opensearch._asked()
    [node] = client.transport.hosts

    assert name == "tagblatt"
    assert (node["host"], node["port"], node["use_ssl"], node["url_prefix"]) == ("search.example", 9200, True, "/cluster/")
    assert node["http_auth"] == "site:s3cret"


@pytest.mark.parametrize("act", ["is_there", "make", "drop"])
def test_whatever_is_asked_its_silence_has_one_name(server: Server, act: str) -> None:
    server.trouble = 503

    with pytest.raises(opensearch.Silent):
        getattr(opensearch, act)()


def test_what_it_refuses_for_good_is_said_in_its_words(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(_self: Index, act: str, order: dict[str, Any], source: dict[str, Any] | None) -> dict[str, Any]:
        return {act: {"_id": order["_id"], "status": 400, "error": {"type": "mapper_parsing_exception"}}}

    opensearch.make()
    monkeypatch.setattr(Index, "write", refused)

    with pytest.raises(opensearch.Silent, match="mapper_parsing_exception"):
        opensearch.put([replace(SEARCHED, article=1)], version=1, wait=False)


def test_articles_of_one_second_are_where_the_database_has_them(server: Server, finds: Finds) -> None:
    """The place may have been moved, for no two stand at one."""
    names = [f"Zirkus {number}" for number in range(4)]
    for name in names:
        make.article(name, at=make.MOMENT)
    Telling().due()

    held = {int(known): one["place"] for known, one in server.of("tests").documents.items()}

    assert held == dict(SearchDocument.objects.values_list("article_id", "place"))
    assert finds("Zirkus") == names[::-1]


WORDS = ("hafen", "bahn", "zoll", "rat")
SEARCHED = Document(article=0, place=0, terms=[], beside=[], zones="", words={})
terms = st.sampled_from(WORDS)
phrases = st.lists(terms, min_size=1, max_size=3).map(lambda words: Phrase(tuple(words)))
conditions = st.recursive(
    phrases,
    lambda parts: (
        st.lists(parts, min_size=1, max_size=3).map(lambda found: Either(tuple(found)))
        | st.builds(lambda found, unwanted: All(tuple(found), tuple(unwanted)), st.lists(parts, min_size=1, max_size=3), st.lists(phrases, max_size=2))
    ),
    max_leaves=6,
)


@given(texts=st.lists(st.lists(terms, min_size=1, max_size=6), min_size=1, max_size=6), condition=conditions)
@hypothesis_settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_condition_means_the_same_to_server_and_database(server: Server, texts: list[list[str]], condition: Condition) -> None:
    documents = [replace(SEARCHED, article=0, place=place + 1, terms=[*words, "|"]) for place, words in enumerate(texts)]
    with transaction.atomic():
        for one in documents:
            one.article = make.draft(" ".join(one.terms)).pk
        backend().add(documents, analyser="test")
        with connection.cursor() as cursor:
            expected = [place for batch in backend().walk(cursor, condition, below=1 << 62, above=0, size=50) for place in batch.places]
        transaction.set_rollback(True)
    opensearch.drop()
    opensearch.make()
    opensearch.put(documents, version=1, wait=True)

    assert [place for batch in opensearch.walk(condition, below=1 << 62, above=0, size=50) for place in batch.places] == expected


@pytest.mark.parametrize(("below", "above", "expected"), [(4, 0, [3, 2, 1]), (100, 3, [5, 4, 3]), (3, 3, []), (2, 1, [1]), (100, 99, [])])
def test_only_places_between_the_bounds_are_found(server: Server, below: int, above: int, expected: list[int]) -> None:
    opensearch.make()
    documents = [replace(SEARCHED, article=place, place=place, terms=["hafen", "|"]) for place in range(1, 6)]
    opensearch.put(documents, version=1, wait=True)

    batches = list(opensearch.walk(Phrase(("hafen",)), below=below, above=above, size=50))

    assert [place for batch in batches for place in batch.places] == expected
    assert batches[-1].down_to == above


def test_no_answer_is_asked_for_that_the_server_would_refuse(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """It gives ten thousand places at most."""
    asked: list[int] = []

    def found(_asked: dict[str, Any], *, below: int, above: int, size: int) -> list[int]:
        asked.append(size)
        return list(range(below - 1, below - 1 - size, -1)) if len(asked) < 6 else []

    monkeypatch.setattr(opensearch, "_found", found)
    list(opensearch.walk(Phrase(("hafen",)), below=1 << 40, above=0, size=100))

    assert asked == [100, 400, 1_600, 6_400, 10_000, 10_000]
