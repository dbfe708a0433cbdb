"""When something breaks: a sentence for the reader, a line in the log, nothing of our insides."""

from __future__ import annotations

import base64
import hashlib
import logging
import re
from collections.abc import Callable
from typing import Any, NoReturn

import pytest
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest
from django.test import Client, RequestFactory

from articles.pages import missing
from newsroom import errors

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.newsroom.routes")]


@pytest.fixture(name="visitor")
def _visitor() -> Client:
    return Client(raise_request_exception=False)


def refuses(error: Exception) -> Callable[..., NoReturn]:
    """A view whose database answers with that error."""

    def show(*_: Any, **__: Any) -> NoReturn:
        raise error

    return show


def test_a_breakdown_shows_a_sentence_and_keeps_its_secrets(visitor: Client, caplog: pytest.LogCaptureFixture) -> None:
    response = visitor.get("/test/broken/")

    assert response.status_code == 500
    assert "schiefgegangen" in response.content.decode()
    assert "secret" not in response.content.decode()
    assert "RuntimeError" in caplog.text


@pytest.mark.parametrize("path", ["/test/no-database/", "/test/no-connection/"])
def test_a_lost_database_is_a_pause_not_a_breakdown(visitor: Client, path: str, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        response = visitor.get(path)

    assert response.status_code == 503
    assert response.headers["Retry-After"] == "60"
    assert "10.0.0.7" not in response.content.decode()
    assert "Database cannot be reached" in caplog.text


def test_editors_get_500_when_the_database_is_lost(visitor: Client) -> None:
    assert visitor.get("/admin/no-database/").status_code == 500


@pytest.mark.parametrize("error", [OperationalError("down"), InterfaceError("closed")])
def test_a_404_without_a_database_is_a_503(error: Exception, monkeypatch: pytest.MonkeyPatch, visitor: Client) -> None:
    monkeypatch.setattr(missing, "show", refuses(error))

    assert visitor.get("/gibt-es-nicht/").status_code == 503


@pytest.mark.parametrize(
    ("view", "status"),
    [(errors.bad_request, 400), (errors.forbidden, 403), (errors.server_error, 500), (errors.unavailable, 503)],
)
def test_pages_of_last_resort_stand_alone_and_their_style_is_allowed(view: Callable[[HttpRequest], Any], status: int) -> None:
    response = view(RequestFactory().get("/"))

    body = response.content.decode()
    assert response.status_code == status
    style = re.search(r"<style>(.*?)</style>", body, re.DOTALL)
    assert style
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert f"'sha256-{digest}'" in response.headers["Content-Security-Policy"]
    assert not re.search(r"src=|href=\"(?!\"|/\"|/admin)", body)


def test_no_cache_keeps_a_breakdown(visitor: Client) -> None:
    for path in ("/test/broken/", "/test/no-database/"):
        assert visitor.get(path).headers["Cache-Control"] == "no-store", path
