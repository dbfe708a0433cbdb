"""A search server beside the database: it follows every change, is asked only when it knows all, and its silence harms nobody."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from articles import desk
from articles.models import Announcement, Article, SearchDocument, SearchErrand
from articles.search import Document, asking, grow_old, opensearch, renew, telling
from articles.search.conditions import All, Condition, Either, Phrase, bool_query
from articles.search.index import backend
from articles.search.telling import Telling, fill
from tests import make
from tests.search.conftest import Finds
from tests.search.server import Index, Server, double

pytestmark = pytest.mark.django_db


@pytest.fixture(name="server")
def _server(settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.setattr(asking, "_silent_until", 0.0)
    with double() as server:
        settings.SEARCH_URL = server.url
        yield server


def told(server: Server) -> dict[str, str]:
    """Terms of what the server holds, by id."""
    return {known: one["terms"] for known, one in server.of("tests").documents.items()}


def test_without_one_nothing_is_noted() -> None:
    make.article("Zirkus kommt")

    assert not SearchErrand.objects.exists()


def test_it_hears_of_what_is_published_and_then_answers(server: Server, finds: Finds) -> None:
    make.article("Zirkus kommt")
    Telling().due()

    assert finds("Zirkus") == ["Zirkus kommt"]
    assert server.searches == 1


def test_it_holds_no_text(server: Server) -> None:
    article = make.article("Zirkus kommt", body="<p>Die Elefanten bleiben daheim.</p>")
    Telling().due()

    assert "elefant" in told(server)[str(article.pk)]
    assert "bleiben daheim" not in told(server)[str(article.pk)].lower()


def test_changed_words_and_withdrawn_copy_are_forgotten_there(server: Server, finds: Finds) -> None:
    article, other = make.article("Zirkus kommt"), make.article("Kino schließt")
    hears = Telling()
    hears.due()

    desk.revise(article, {"headline": "Theater kommt"})
    desk.withdraw(other)
    hears.due()

    assert finds("Theater") == ["Theater kommt"]
    assert finds("Zirkus") == finds("Kino") == []
    assert list(told(server)) == [str(article.pk)]


def test_a_deleted_article_is_forgotten_there(server: Server) -> None:
    article = make.article("Zirkus kommt")
    hears = Telling()
    hears.due()

    Article.objects.filter(pk=article.pk).delete()
    hears.due()

    assert told(server) == {}


def test_what_readers_may_not_see_is_not_found_whatever_the_server_holds(server: Server, finds: Finds) -> None:
    article = make.article("Zirkus kommt")
    Telling().due()

    desk.withdraw(article)

    assert finds("Zirkus") == []
    assert str(article.pk) in told(server)


def test_an_older_word_that_comes_late_changes_nothing(server: Server) -> None:
    article = make.article("Zirkus kommt")
    Telling().due()
    before = told(server)

    opensearch.put([], gone=[article.pk], version=1, wait=False)

    assert told(server) == before


@pytest.mark.parametrize("trouble", [500, 503, 429, 401])
def test_the_database_answers_while_the_server_does_not(server: Server, finds: Finds, trouble: int) -> None:
    make.article("Zirkus kommt")
    Telling().due()
    server.trouble = trouble

    assert finds("Zirkus") == ["Zirkus kommt"]


def test_a_server_that_was_silent_is_left_alone_for_a_while(server: Server, finds: Finds, monkeypatch: pytest.MonkeyPatch) -> None:
    make.article("Zirkus kommt")
    Telling().due()
    server.trouble = 503
    finds("Zirkus")
    server.trouble = 0

    finds("Zirkus")
    assert server.searches == 0
    monkeypatch.setattr(asking, "_silent_until", 0.0)
    finds("Zirkus")
    assert server.searches == 1


def test_nobody_listens_at_its_address(settings: LazySettings, finds: Finds, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "_silent_until", 0.0)
    settings.SEARCH_URL = "http://127.0.0.1:9/"
    make.article("Zirkus kommt")

    with pytest.raises(opensearch.Silent):
        Telling().due()
    assert finds("Zirkus") == ["Zirkus kommt"]
    assert SearchErrand.objects.count() == 1


def test_what_it_refuses_is_told_again(server: Server) -> None:
    article = make.article("Zirkus kommt")
    hears = Telling()
    server.trouble = 503
    with pytest.raises(opensearch.Silent):
        hears.due()
    server.trouble = 0

    assert hears.due() == 2  # noted when it was published, and again for the index that was not there
    assert list(told(server)) == [str(article.pk)]
    assert not SearchErrand.objects.exists()


def test_a_server_that_is_behind_is_not_asked(server: Server, finds: Finds) -> None:
    make.article("Zirkus kommt")
    Telling().due()
    make.article("Zirkus geht")
    SearchErrand.objects.update(noted_at=timezone.now() - timedelta(minutes=1))

    assert sorted(finds("Zirkus")) == ["Zirkus geht", "Zirkus kommt"]
    assert server.searches == 0


def test_a_new_server_is_filled_before_it_is_asked(settings: LazySettings, finds: Finds, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(5):
        make.article(f"Zirkus {number}")
    monkeypatch.setattr(telling, "MOST", 2)
    with double() as server:
        settings.SEARCH_URL = server.url
        hears = Telling()
        hears.due()
        assert len(told(server)) == 2
        assert len(finds("Zirkus")) == 5
        assert server.searches == 0

        while hears.due():
            pass
        assert len(finds("Zirkus")) == 5
        assert server.searches == 1


def test_a_server_that_has_lost_its_index_gets_a_new_one(server: Server, finds: Finds) -> None:
    make.article("Zirkus kommt")
    hears = Telling()
    hears.due()
    server.delete("tests-1")
    make.article("Zirkus geht")

    with pytest.raises(opensearch.Silent):
        hears.due()
    hears.due()

    assert len(told(server)) == 2


def test_two_nodes_that_make_the_index_at_once_make_one(server: Server) -> None:
    opensearch.make()
    opensearch.make()

    assert list(server.indices) == ["tests-1"]


def test_pages_that_show_what_was_found_are_made_anew_once_it_knows(server: Server) -> None:
    make.article("Zirkus kommt")
    before = set(Announcement.objects.values_list("pk", flat=True))

    Telling().due()

    assert [row.keys for row in Announcement.objects.exclude(pk__in=before)] == [[telling.KEY]]
    assert f" {telling.KEY} " in f" {Client().get('/suche/?q=Zirkus')['Surrogate-Key']} "


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


def test_a_rebuild_tells_it_everything(server: Server, finds: Finds) -> None:
    make.article("Zirkus kommt")
    fill(again=False, progress=lambda *_: None)
    server.of("tests").documents["999999"] = {"place": 1, "terms": "zirkus"}

    said = StringIO()
    call_command("search_rebuild", "--all", stdout=said, stderr=StringIO())

    assert "Der Suchserver hat 1 Änderung erfahren." in said.getvalue()
    assert "999999" not in told(server)
    assert finds("Zirkus") == ["Zirkus kommt"]


def test_a_rebuild_says_that_the_server_is_silent(server: Server) -> None:
    make.article("Zirkus kommt")
    server.trouble = 503

    with pytest.raises(CommandError, match="Der Suchserver antwortet nicht"):
        call_command("search_rebuild", stdout=StringIO(), stderr=StringIO())


def test_the_report_for_machines_counts_what_it_was_told(server: Server) -> None:
    make.article("Zirkus kommt")
    said = StringIO()

    call_command("search_rebuild", "--json", stdout=said, stderr=StringIO())

    assert json.loads(said.getvalue())["told"] == 2


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


def test_the_metrics_say_what_it_has_not_heard(server: Server, client: Client) -> None:
    make.article("Zirkus kommt")
    assert b"newsroom_search_waiting 1.0" in client.get("/metrics").content

    Telling().due()
    while SearchErrand.objects.exists():
        Telling().due()
    assert b"newsroom_search_waiting 0.0" in client.get("/metrics").content


def test_articles_of_one_second_are_where_the_database_has_them(server: Server, finds: Finds) -> None:
    """The place may have been moved, for no two stand at one."""
    names = [f"Zirkus {number}" for number in range(4)]
    for name in names:
        make.article(name, at=make.MOMENT)
    Telling().due()

    held = {int(known): one["place"] for known, one in server.of("tests").documents.items()}

    assert held == dict(SearchDocument.objects.values_list("article_id", "place"))
    assert finds("Zirkus") == names[::-1]


def test_a_renamed_tag_is_told(server: Server, finds: Finds) -> None:
    article = make.article("Zirkus kommt", tags=["Manege"])
    hears = Telling()
    hears.due()
    tag = article.taggings.get().tag

    tag.name = "Arena"
    tag.save()
    grow_old(SearchDocument.objects.values("article"))
    renew(limit=10)
    hears.due()

    assert finds("Arena") == ["Zirkus kommt"]
    assert finds("Manege") == []


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
@hypothesis_settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
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
