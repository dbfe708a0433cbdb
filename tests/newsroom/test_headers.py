"""Security headers on every answer: pages, refusals, breakdowns, static files, the editors' side."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client

from newsroom.headers import FIXED
from tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.newsroom.routes")]
FORBIDDEN_SOURCES = ("unsafe-eval", "http:", "https:", "*")
ANSWERS = [
    ("get", "/", 200),
    ("get", "/gibt-es-nicht/", 404),
    ("post", "/", 405),
    ("get", "/test/broken/", 500),
    ("get", "/test/no-database/", 503),
    ("get", "/robots%00.txt", 404),
    ("get", "/healthz", 200),
    ("get", "/admin/login/", 200),
    ("get", "/admin/broken/", 500),
]


def policy(header: str) -> dict[str, str]:
    """Directive -> its sources."""
    return {name: sources for name, _, sources in (part.strip().partition(" ") for part in header.split(";"))}


@pytest.fixture(name="visitor")
def _visitor() -> Client:
    return Client(raise_request_exception=False)


@pytest.mark.parametrize(("method", "path", "status"), ANSWERS)
def test_no_answer_leaves_without_them(visitor: Client, method: str, path: str, status: int) -> None:
    response = getattr(visitor, method)(path)

    assert response.status_code == status
    assert {name: response.headers.get(name) for name in FIXED} == FIXED
    rules = policy(response.headers["Content-Security-Policy"])
    assert rules["default-src"] == "'none'"
    assert rules["object-src"] == rules["base-uri"] == "'none'"
    assert not [word for word in FORBIDDEN_SOURCES if word in response.headers["Content-Security-Policy"].split()]


@pytest.mark.parametrize(("method", "path", "status"), [row for row in ANSWERS if not row[1].startswith("/admin")])
def test_readers_get_no_script_no_frame_and_no_cookie(visitor: Client, method: str, path: str, status: int) -> None:
    response = getattr(visitor, method)(path)

    rules = policy(response.headers["Content-Security-Policy"])
    assert "script-src" not in rules
    assert "unsafe-inline" not in response.headers["Content-Security-Policy"]
    assert rules["frame-ancestors"] == "'none'"
    assert not response.cookies


def test_a_static_file_carries_them_too(settings: LazySettings, tmp_path: Path) -> None:
    (tmp_path / "site.css").write_text("p { color: red }", encoding="utf-8")
    settings.STATIC_ROOT = tmp_path
    place = settings.MIDDLEWARE.index("newsroom.addresses.CleanAddresses")
    settings.MIDDLEWARE = [*settings.MIDDLEWARE[:place], "newsroom.staticfiles.StaticFiles", *settings.MIDDLEWARE[place:]]

    response = Client().get("/static/site.css")
    response.close()

    assert response.status_code == 200
    assert {name: response.headers.get(name) for name in FIXED} == FIXED
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]


@pytest.mark.parametrize(("is_https", "expected"), [(True, "max-age=63072000; includeSubDomains"), (False, None)])
def test_only_an_encrypted_site_demands_encryption(
    client: Client, settings: LazySettings, is_https: bool, expected: str | None
) -> None:
    settings.IS_HTTPS = is_https

    assert client.get("/").headers.get("Strict-Transport-Security") == expected


def test_the_editors_policy_allows_no_inline_script(client: Client) -> None:
    client.force_login(make.editor("Administrator"))

    rules = policy(client.get("/admin/").headers["Content-Security-Policy"])

    assert "'unsafe-inline'" not in rules["script-src"]
    assert "'self'" in rules["script-src"]


def test_every_answer_to_an_editor_has_a_nonce_of_its_own(client: Client) -> None:
    client.force_login(make.editor("Administrator"))

    nonces = {
        nonce
        for _ in range(3)
        for nonce in re.findall(
            r"'nonce-([\w-]{16,})'", client.get("/admin/articles/article/add/").headers["Content-Security-Policy"]
        )
    }

    assert len(nonces) == 3


def test_head_has_the_length_of_get_and_no_body(client: Client) -> None:
    get, head = client.get("/test/little/"), client.head("/test/little/")

    assert head.content == b""
    assert head.headers["Content-Length"] == str(len(get.content))


@pytest.mark.urls("newsroom.urls")
@pytest.mark.parametrize("url", ["", "https://cache.example/purge", "cloudflare://zone?token=x"])
def test_cloudflare_gets_the_keys_under_its_own_name(client: Client, settings: LazySettings, url: str) -> None:
    settings.CDN_PURGE_URL = url

    answer = client.get("/")

    tag = answer.headers["Surrogate-Key"].replace(" ", ",") if url.startswith("cloudflare") else None
    assert answer.headers.get("Cache-Tag") == tag
