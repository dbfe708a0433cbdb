"""A search server beside the database: it follows every change, is asked only when it knows all, and its silence harms nobody."""

from __future__ import annotations

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.conf import LazySettings
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from articles import desk
from articles.models import Announcement, Article, SearchDocument, SearchErrand
from articles.search import asking, grow_old, opensearch, renew, telling
from articles.search.telling import Telling, fill
from tests import make
from tests.search.conftest import Finds
from tests.search.server import Server, double, told

pytestmark = pytest.mark.django_db


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


def test_pages_that_show_what_was_found_are_made_anew_once_it_knows(server: Server) -> None:
    make.article("Zirkus kommt")
    before = set(Announcement.objects.values_list("pk", flat=True))

    Telling().due()

    assert [row.keys for row in Announcement.objects.exclude(pk__in=before)] == [[telling.KEY]]
    assert f" {telling.KEY} " in f" {Client().get('/suche/?q=Zirkus')['Surrogate-Key']} "


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


def test_the_metrics_say_what_it_has_not_heard(server: Server, client: Client) -> None:
    make.article("Zirkus kommt")
    assert b"newsroom_search_waiting 1.0" in client.get("/metrics").content

    Telling().due()
    while SearchErrand.objects.exists():
        Telling().due()
    assert b"newsroom_search_waiting 0.0" in client.get("/metrics").content


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
