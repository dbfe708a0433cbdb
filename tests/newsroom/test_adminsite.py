"""The editors' start page, its navigation and its policy for scripts."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from articles.models import WireItem
from tests import make


@pytest.fixture
def editor(db: None) -> Client:
    client = Client()
    client.force_login(make.editor("Redakteur"))
    return client


@pytest.fixture
def boss(db: None) -> Client:
    client = Client()
    client.force_login(make.editor("Administrator"))
    return client


def wire_items(number: int) -> list[WireItem]:
    feed, now = make.feed(), timezone.now()
    return WireItem.objects.bulk_create(
        WireItem(
            guid=f"urn:{n}", feed=feed, headline=f"Eilt {n}", urgency=9 - n % 9, updated_at=now, issued_at=now,
            received_at=now - timedelta(minutes=n),
        )
        for n in range(number)
    )  # fmt: skip


def headlines(page: Any, panel: str) -> list[str]:
    return [row.headline for row in page.context[panel]]


def test_the_desk_shows_what_waits(editor: Client) -> None:
    now = timezone.now()
    make.article("Heute da", at=now - timedelta(seconds=1))
    make.article("Gestern da", at=now - timedelta(days=2))
    make.article("Morgen da", at=now + timedelta(days=1))
    make.draft("Noch offen", tags=["Zoll"])

    page = editor.get("/admin/")

    assert headlines(page, "today") == ["Heute da"]
    assert headlines(page, "planned") == ["Morgen da"]
    assert [(article.headline, missing) for article, missing in page.context["in_work"]] == [
        ("Noch offen", ["Bild", "Autor oder Agentur"])
    ]
    assert "Fehlt noch: Bild, Autor oder Agentur" in page.content.decode()


def test_what_an_embargo_holds_is_planned(editor: Client) -> None:
    make.article("Gesperrt", embargo_until=timezone.now() + timedelta(hours=3))

    page = editor.get("/admin/")

    assert headlines(page, "planned") == ["Gesperrt"]
    assert "Sperrfrist bis" in page.content.decode()


def test_the_inbox_shows_the_twelve_most_urgent(editor: Client) -> None:
    wire_items(30)

    page = editor.get("/admin/")

    urgencies = [item.urgency for item in page.context["inbox"]]
    assert len(urgencies) == 12
    assert urgencies == sorted(urgencies)
    assert page.context["inbox_count"] == 30


def test_a_flood_is_not_counted_to_its_end(editor: Client) -> None:
    wire_items(130)

    page = editor.get("/admin/")

    assert page.context["inbox_count"] == 101
    assert "mehr als 100" in page.content.decode()


def test_the_desk_asks_no_more_than_twelve_questions(editor: Client, django_assert_max_num_queries: Any) -> None:
    wire_items(20)
    for n in range(15):
        make.draft(f"Entwurf {n}", tags=["Zoll"], authors=["Helene Kramer"])
        make.article(f"Da {n}", at=timezone.now() - timedelta(seconds=n), agency=make.agency())

    with django_assert_max_num_queries(12):
        page = editor.get("/admin/")

    assert page.status_code == 200


def test_an_empty_desk_says_so(editor: Client) -> None:
    page = editor.get("/admin/").content.decode()

    assert "Der Eingang ist leer." in page
    assert "Heute ist noch nichts erschienen." in page


def test_navigation_is_grouped_and_marks_where_one_is(boss: Client) -> None:
    page = boss.get("/admin/articles/article/")

    assert [str(group["name"]) for group in page.context["available_apps"]] == ["Redaktion", "Bestand", "Agenturen", "Verwaltung"]
    marked = re.findall(r'<a href="([^"]+)" aria-current', page.content.decode())
    assert marked == ["/admin/articles/article/"]
    assert "taggit" not in page.content.decode()


def test_nothing_of_django_is_left_that_nobody_needs(boss: Client) -> None:
    page = boss.get("/admin/").content.decode()

    assert "theme-toggle" not in page
    assert "theme.js" not in page
    assert "Kürzlich" not in page
    assert "redaktion.css" in page


def test_apps_are_no_place(boss: Client) -> None:
    assert boss.get("/admin/articles/").headers["Location"] == "/admin/"


@pytest.mark.parametrize("address", ["/admin/", "/admin/articles/article/add/", "/admin/articles/article/", "/admin/login/"])
def test_every_inline_script_carries_the_nonce_of_its_answer(boss: Client, address: str) -> None:
    answer = boss.get(address, follow=True)

    policy = answer.headers["Content-Security-Policy"]
    nonce = re.search(r"'nonce-([^']+)'", policy)
    assert nonce is not None
    script_policy = policy.split("script-src")[1].split(";")[0]
    assert "unsafe" not in script_policy
    for attributes in re.findall(r"<script\b([^>]*)>", answer.content.decode()):
        assert "src=" in attributes or f'nonce="{nonce[1]}"' in attributes
    assert not re.search(r'\son[a-z]+="', answer.content.decode())


def test_the_text_editor_finds_its_modules(boss: Client) -> None:
    page = boss.get("/admin/articles/article/add/").content.decode()

    assert re.search(r'<script[^>]*type="importmap"', page)
    assert "data-django-prose-editor-configurable" in page


def test_the_words_of_the_text_editor_are_german(boss: Client) -> None:
    assert "Link bearbeiten" in boss.get("/admin/jsi18n/").content.decode()


def test_the_way_in_is_german(client: Client, db: None) -> None:
    page = client.get("/admin/login/").content.decode()

    assert "Benutzername" in page
    assert 'lang="de"' in page
