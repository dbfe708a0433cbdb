"""The list of articles: fast at any size, with acts that ask the desk."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles.admin import paginator
from articles.models import Article, Status, Tag
from tests import make

LIST = "/admin/articles/article/"


def act(client: Client, name: str, *articles: Article, **more: Any) -> Any:
    data = {"action": name, "_selected_action": [article.pk for article in articles], **more}
    return client.post(LIST, data, follow=True)


def queries_of(client: Client, address: str) -> list[str]:
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    return [query["sql"] for query in seen.captured_queries]


def test_more_articles_need_no_more_queries(boss: Client) -> None:
    make.articles(2)
    boss.get(LIST)
    few = len(queries_of(boss, LIST))

    make.articles(60, agency=make.agency())

    assert len(queries_of(boss, LIST)) == few
    assert few <= 9


def test_a_list_never_reads_the_text_of_articles(boss: Client) -> None:
    make.articles(3)

    for sql in queries_of(boss, f"{LIST}?q=meldung"):
        assert '"body"' not in sql


def test_a_list_never_counts_the_whole_table(boss: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paginator, "MOST", 55)
    make.articles(80)

    counts = [sql for sql in queries_of(boss, LIST) if "COUNT(" in sql]

    assert counts
    assert all("LIMIT 55" in sql for sql in counts)
    assert boss.get(LIST).context["cl"].result_count == 55


@pytest.mark.parametrize("number_or_word", ["{pk}", "tiefwasser", "kai tiefwasser"])
def test_articles_are_found_by_number_or_word(boss: Client, number_or_word: str) -> None:
    article = make.article("Neuer Kai: Tiefwasser")
    make.article("Etwas anderes")

    found = boss.get(LIST, {"q": number_or_word.format(pk=article.pk)}).context["cl"].queryset

    assert list(found) == [article]


def test_a_number_no_article_can_have_finds_nothing(boss: Client) -> None:
    make.article()

    assert list(boss.get(LIST, {"q": "9" * 400}).context["cl"].queryset) == []


@pytest.mark.parametrize(
    ("stand", "headline"), [("draft", "Entwurf"), ("planned", "Später"), ("published", "Da"), ("withdrawn", "Weg")],
)  # fmt: skip
def test_the_list_is_narrowed_by_state(boss: Client, stand: str, headline: str) -> None:
    make.draft("Entwurf")
    make.article("Da")
    make.article("Später", at=timezone.now() + timedelta(days=1))
    make.article("Weg", status=Status.DRAFT)
    Article.objects.filter(headline="Weg").update(status=Status.WITHDRAWN)

    found = boss.get(LIST, {"stand": stand}).context["cl"].queryset

    assert headline in [article.headline for article in found]
    assert "Entwurf" not in [article.headline for article in found] or stand == "draft"


def test_the_list_says_when_in_berlin_time(boss: Client) -> None:
    make.article()

    page = boss.get(LIST).content.decode()

    assert "24.02.2025, 21:44\u00a0Uhr" in page
    assert "veröffentlicht" in page


def test_what_has_ended_is_called_so(boss: Client) -> None:
    make.article(visible_until=make.MOMENT + timedelta(days=1))

    assert "abgelaufen" in boss.get(LIST).content.decode()


def test_several_are_published_at_once_and_the_refused_one_is_named(writer: Client) -> None:
    good, empty = make.draft("Gut"), make.draft("Leer", lead="", body="")

    page = act(writer, "publish_selected", good, empty).content.decode()

    good.refresh_from_db()
    empty.refresh_from_db()
    assert (good.status, empty.status) == (Status.PUBLISHED, Status.DRAFT)
    assert "1 Artikel ist öffentlich." in page
    assert "«Leer» hat keinen Text" in page


def test_several_are_withdrawn_after_a_question(chief: Client) -> None:
    articles = [make.article("Eins"), make.article("Zwei")]
    asked = act(chief, "withdraw_selected", *articles).content.decode()
    assert "Nicht zurückziehen" in asked
    assert Article.objects.public().count() == 2

    act(chief, "withdraw_selected", *articles, confirmed="yes")

    assert Article.objects.filter(status=Status.WITHDRAWN).count() == 2


def test_an_editor_is_not_offered_to_withdraw(writer: Client) -> None:
    article = make.article()

    page = act(writer, "withdraw_selected", article, confirmed="yes").content.decode()

    article.refresh_from_db()
    assert article.status == Status.PUBLISHED
    assert "withdraw_selected" not in page


def test_drafts_may_be_deleted(chief: Client) -> None:
    article = make.draft(tags=["Zoll"], authors=["Helene Kramer"])
    address = reverse("admin:articles_article_delete", args=[article.pk])
    assert "wirklich löschen" in chief.get(address).content.decode()

    chief.post(address, {"post": "yes"})

    assert not Article.objects.exists()
    assert Tag.objects.filter(name="Zoll").exists()


def test_what_readers_know_is_withdrawn_and_not_deleted(chief: Client) -> None:
    article = make.article("Bleibt")
    address = reverse("admin:articles_article_delete", args=[article.pk])

    page = chief.post(address, {"post": "yes"}).content.decode()

    assert "Bitte ziehen Sie den Artikel zurück" in page
    assert Article.objects.filter(pk=article.pk).exists()
    assert address not in chief.get(reverse("admin:articles_article_change", args=[article.pk])).content.decode()


def test_one_published_article_keeps_a_whole_selection(chief: Client) -> None:
    known, draft = make.article("Bleibt"), make.draft("Auch")

    page = act(chief, "delete_selected", known, draft, post="yes").content.decode()

    assert Article.objects.count() == 2
    assert "Gelöscht ist nichts" in page
