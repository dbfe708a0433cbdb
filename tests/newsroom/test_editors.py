"""Where the editors' side begins, and that readers' requests never touch what belongs to it."""

from __future__ import annotations

import pytest
from django.test import Client, RequestFactory

from newsroom.editors import is_editors
from tests import make

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/admin/", True),
        ("/admin", True),
        ("/admin/articles/article/", True),
        ("/administration/", False),
        ("/", False),
        ("/ausland/admin/", False),
        ("/Admin/", False),
    ],
)
def test_the_path_alone_decides(path: str, expected: bool) -> None:
    assert is_editors(RequestFactory().get(path)) is expected


def test_a_readers_request_knows_neither_user_nor_session(client: Client) -> None:
    client.force_login(make.editor("Administrator"))

    request = client.get("/ticker/").wsgi_request

    assert not hasattr(request, "user")
    assert not hasattr(request, "session")


def test_an_editors_request_knows_both(client: Client) -> None:
    editor = make.editor("Administrator")
    client.force_login(editor)

    request = client.get("/admin/").wsgi_request

    assert request.user == editor
    assert request.session.session_key


def test_cookies_of_editors_are_not_sent_to_readers_pages() -> None:
    client = Client()
    make.editor("Administrator", name="ada")

    client.get("/admin/login/")
    client.post("/admin/login/", {"username": "ada", "password": "geheim", "next": "/admin/"})

    assert {cookie["path"] for cookie in client.cookies.values()} == {"/admin/"}
    assert {"sessionid", "csrftoken"} <= set(client.cookies)


def test_editors_forms_are_protected_against_forgery() -> None:
    client = Client(enforce_csrf_checks=True)

    response = client.post("/admin/login/", {"username": "ada", "password": "geheim"})

    assert response.status_code == 403
    assert "sha256-" in response.headers["Content-Security-Policy"]


def test_the_editors_pages_are_kept_by_no_cache(client: Client) -> None:
    client.force_login(make.editor("Administrator"))

    assert "no-store" in client.get("/admin/").headers["Cache-Control"]


def test_strangers_are_asked_to_log_in(client: Client) -> None:
    response = client.get("/admin/")

    assert response.status_code == 302
    assert response.headers["Location"].startswith("/admin/login/")
