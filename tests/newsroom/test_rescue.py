"""What an editor has written outlives the session and the token of its form."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from articles.models import Article
from tests import make
from tests.admin import forms
from tests.page import read

pytestmark = pytest.mark.django_db
ADD = "/admin/articles/article/add/"
HERE = "http://testserver"
WORDS = "Der Rat stimmt dem Bau zu & streitet über <b>alles</b>."
EXPIRED = "Ihre Anmeldung ist abgelaufen. Ihr Text ist noch da."


@pytest.fixture(name="editor")
def _editor() -> Client:
    """Somebody who has an account and is not logged in; the browser checks nothing for us."""
    make.editor("Redakteur")
    return Client()


@pytest.fixture(name="strict")
def _strict() -> Client:
    """Logged in, with a browser whose tokens are checked."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(make.editor("Redakteur"))
    return client


def typed(**more: Any) -> dict[str, Any]:
    return forms.article(lead=WORDS, category=make.category().pk, _save="1", **more)


def carried(page: str) -> dict[str, str]:
    """The hidden fields of the page, as a browser would send them."""
    return {field["name"]: field["value"] for field in read(HttpResponse(page)).all("input") if field["type"] == "hidden"}


def test_an_expired_session_keeps_every_word(editor: Client) -> None:
    answer = editor.post(ADD, typed(tag_names="Hafen, Zoll"))

    page = answer.content.decode()
    assert answer.status_code == 403
    assert EXPIRED in page
    assert carried(page)["lead"] == WORDS
    assert carried(page)["tag_names"] == "Hafen, Zoll"
    assert carried(page)["_save"] == "1"
    assert "<b>alles</b>" not in page
    assert not Article.objects.exists()


def test_after_logging_in_on_that_page_one_click_saves(editor: Client) -> None:
    lost = carried(editor.post(ADD, typed(tag_names="Hafen")).content.decode())

    back = editor.post(ADD, {**lost, "rescue-username": "redakteur", "rescue-password": "geheim"})
    page = back.content.decode()

    assert back.status_code == 200
    assert "Sie sind wieder angemeldet. Ihr Text ist noch da." in page
    assert not Article.objects.exists()
    saved = editor.post(ADD, carried(page))
    assert saved.status_code == 302
    article = Article.objects.get()
    assert (article.lead, [tagging.tag.name for tagging in article.taggings.all()]) == (WORDS, ["Hafen"])


def test_a_wrong_password_loses_nothing(editor: Client) -> None:
    page = editor.post(ADD, typed(**{"rescue-username": "redakteur", "rescue-password": "falsch"})).content.decode()

    assert EXPIRED in page
    assert carried(page)["lead"] == WORDS
    assert "errornote" in page
    assert "falsch" not in page


def test_passwords_and_tokens_are_never_repeated(editor: Client) -> None:
    page = editor.post("/admin/auth/user/add/", {"username": "neu", "password1": "Geheimnis1", "csrfmiddlewaretoken": "abc"})

    assert "Geheimnis1" not in page.content.decode()
    assert carried(page.content.decode())["username"] == "neu"
    assert carried(page.content.decode())["csrfmiddlewaretoken"] != "abc"


def test_a_chosen_file_must_be_chosen_again_and_is_said_so(editor: Client) -> None:
    with make_file() as file:
        page = editor.post("/admin/articles/picture/add/", {"alt": "Ein Kran am Kai im Morgenlicht", "upload": file})

    assert "wählen Sie sie danach neu aus" in page.content.decode()
    assert "wählen Sie sie danach neu aus" not in editor.post(ADD, typed()).content.decode()


def make_file() -> Any:
    file = BytesIO(make.jpeg())
    file.name = "kran.jpg"
    return file


def test_who_is_not_allowed_here_gets_the_same_page(client: Client) -> None:
    user = make.editor("Redakteur")
    user.is_staff = False
    user.save()
    client.force_login(user)

    assert EXPIRED in client.post(ADD, typed()).content.decode()


@pytest.mark.parametrize("path", ["/admin/articles/article/add/", "/admin/", "/admin/password_change/"])
def test_reading_without_a_session_leads_to_the_login(editor: Client, path: str) -> None:
    assert editor.get(path).headers["Location"] == f"/admin/login/?next={path}"


def test_logging_out_twice_is_no_loss(editor: Client) -> None:
    assert editor.post("/admin/logout/").status_code == 302


def test_the_page_is_kept_by_nobody_and_has_the_policy(editor: Client) -> None:
    answer = editor.post(ADD, typed())

    assert answer.headers["Cache-Control"] == "no-store"
    assert "unsafe-inline" not in answer.headers["Content-Security-Policy"].split("style-src")[0]
    assert "<script>" not in answer.content.decode()


@pytest.mark.parametrize("header", [{"HTTP_ORIGIN": HERE}, {"HTTP_REFERER": f"{HERE}/admin/"}])
def test_an_old_token_keeps_the_text_and_offers_to_save_again(strict: Client, header: dict[str, str]) -> None:
    answer = strict.post(ADD, typed(csrfmiddlewaretoken="alt"), **header)  # type: ignore[arg-type]

    page = answer.content.decode()
    assert answer.status_code == 403
    assert "Noch einmal speichern" in page
    assert carried(page)["lead"] == WORDS
    assert strict.post(ADD, carried(page), **header).status_code == 302  # type: ignore[arg-type]
    assert Article.objects.get().lead == WORDS


@pytest.mark.parametrize(
    "header",
    [{"HTTP_ORIGIN": "https://evil.example"}, {"HTTP_ORIGIN": "null"}, {"HTTP_REFERER": "https://evil.example/admin/"}, {}],
)
def test_a_stranger_is_refused_and_gets_no_button(strict: Client, header: dict[str, str]) -> None:
    answer = strict.post(ADD, typed(), **header)  # type: ignore[arg-type]

    assert answer.status_code == 403
    assert "Noch einmal speichern" not in answer.content.decode()
    assert "Der Rat stimmt" not in answer.content.decode()


def test_a_session_and_a_token_both_gone_ask_for_the_login() -> None:
    make.editor("Redakteur")
    client = Client(enforce_csrf_checks=True)

    page = client.post(ADD, typed(), HTTP_ORIGIN=HERE).content.decode()

    assert EXPIRED in page
    back = client.post(ADD, {**carried(page), "rescue-username": "redakteur", "rescue-password": "geheim"}, HTTP_ORIGIN=HERE)
    assert client.post(ADD, carried(back.content.decode()), HTTP_ORIGIN=HERE).status_code == 302
    assert Article.objects.count() == 1


def test_a_second_login_window_leads_to_the_desk(strict: Client) -> None:
    answer = strict.post("/admin/login/", {"username": "redakteur", "password": "geheim"}, HTTP_ORIGIN=HERE)

    assert answer.headers["Location"] == "/admin/"


def test_the_login_itself_is_refused_without_a_token() -> None:
    client = Client(enforce_csrf_checks=True)

    answer = client.post("/admin/login/", {"username": "redakteur", "password": "geheim"}, HTTP_ORIGIN=HERE)

    assert answer.status_code == 403
    assert "geheim" not in answer.content.decode()


def test_five_megabytes_come_back(editor: Client) -> None:
    body = "<p>Lang.</p>" * 400_000

    assert carried(editor.post(ADD, typed(body=body)).content.decode())["body"] == body
