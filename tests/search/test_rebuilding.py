"""The index can be made again while it is in use, stopped, and gone on with."""

from __future__ import annotations

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from articles import desk
from articles.models import Article, SearchDocument, SearchWord, Status
from articles.search import rebuilding
from articles.search.rebuilding import Rebuilt, rebuild
from tests import make
from tests.search.conftest import Finds

pytestmark = pytest.mark.django_db


def silent(done: int, total: int) -> None:
    """Nobody watches."""


def called(*options: str) -> str:
    told = StringIO()
    call_command("search_rebuild", *options, stdout=told, stderr=StringIO())
    return told.getvalue().strip()


def test_what_was_written_past_the_desk_is_put_in(finds: Finds) -> None:
    make.articles(3)
    make.draft("Meldung im Entwurf")
    assert finds("Meldung") == []

    done = rebuild(again=False, progress=silent)

    assert (done.put, done.removed) == (3, 0)
    assert finds("Meldung") == ["Meldung 0", "Meldung 1", "Meldung 2"]


def test_a_second_time_there_is_nothing_to_do(finds: Finds) -> None:
    make.article("Zirkus kommt")

    assert rebuild(again=False, progress=silent).put == 0
    assert finds("Zirkus") == ["Zirkus kommt"]


@pytest.mark.parametrize("analyser", ["", "0/older"])
def test_what_an_older_analyser_made_is_made_again(finds: Finds, analyser: str) -> None:
    make.article("Zirkus kommt")
    SearchDocument.objects.update(analyser=analyser)

    assert rebuild(again=False, progress=silent).put == 1
    assert rebuild(again=False, progress=silent).put == 0


def test_all_of_it_is_made_again_when_asked_and_is_found_meanwhile(finds: Finds, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rebuilding, "CHUNK", 2)
    for number in range(5):
        make.article(f"Zirkus {number}")
    seen: list[tuple[int, int, int]] = []

    rebuild(again=True, progress=lambda done, total: seen.append((done, total, len(finds("Zirkus")))))

    assert seen == [(2, 5, 5), (4, 5, 5), (5, 5, 5)]


def test_a_run_that_was_stopped_goes_on_where_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rebuilding, "CHUNK", 2)
    make.articles(5)

    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rebuild(again=False, progress=stop)

    assert rebuild(again=False, progress=silent).put == 3


def test_what_should_not_be_there_is_taken_out(finds: Finds) -> None:
    article = make.article("Zirkus kommt")
    Article.objects.filter(pk=article.pk).update(status=Status.WITHDRAWN)

    assert rebuild(again=False, progress=silent).removed == 1
    assert not SearchDocument.objects.exists()


def test_words_are_counted_and_those_of_killed_copy_forgotten() -> None:
    make.article("Zirkus kommt", lead="Zirkus, Zirkus.")
    make.article("Zirkus bleibt")
    gone = make.article("Elefanten fliehen")
    desk.withdraw(gone)
    assert SearchWord.objects.filter(stem="elefant").exists()

    done = rebuild(again=False, progress=silent)

    assert SearchWord.objects.get(stem="zirkus").documents == 2
    assert SearchWord.objects.get(stem="bleibt").documents == 1
    assert not SearchWord.objects.filter(stem="elefant").exists()
    assert done.words == SearchWord.objects.count()


def test_the_command_speaks_german_to_people_and_json_to_programs() -> None:
    make.articles(2)

    assert json.loads(called("--json")) == {"put": 2, "removed": 0, "words": SearchWord.objects.count()}
    assert called().startswith("Die Suche kennt alle veröffentlichten Artikel. Sie kennt ")
    assert called("--all").startswith("2 Artikel sind in die Suche aufgenommen. Sie kennt ")


@pytest.mark.parametrize(
    ("done", "sentence"),
    [
        (Rebuilt(1, 0, 1), "1 Artikel ist in die Suche aufgenommen. Sie kennt 1 Wort."),
        (Rebuilt(0, 1, 7), "Die Suche kennt alle veröffentlichten Artikel. 1 ist daraus entfernt. Sie kennt 7 Wörter."),
        (Rebuilt(9, 2, 7), "9 Artikel sind in die Suche aufgenommen. 2 sind daraus entfernt. Sie kennt 7 Wörter."),
    ],
)
def test_closing_sentences(done: Rebuilt, sentence: str) -> None:
    from articles.management.commands.search_rebuild import closing

    assert closing(done) == sentence


def test_it_works_in_portions(django_assert_max_num_queries: Any) -> None:
    make.articles(600)

    with django_assert_max_num_queries(40):
        rebuild(again=False, progress=silent)
