"""Every odd address, over a real socket and by the test client: 404 or one 301, never an error of ours, never silence."""

from __future__ import annotations

import re
import socket
from urllib.parse import unquote_to_bytes

import pytest
from django.test import Client

from tests import make
from tests.newsroom.test_serve import Start, free_port, wait_for

PAGES = [
    "/", "/ausland/", "/thema/russland/", "/autor/helene-kramer/", "/quelle/nda/", "/ticker/", "/archiv/", "/archiv/2025/",
    "/archiv/2025/02/", "/archiv/2025/02/24/", "/impressum/", "/ausland/rat-1/", "/bild/0123456789abcdef-16x9-320.jpg",
]  # fmt: skip
QUERIES = [
    "?vor=abc", "?vor=" + "9" * 400, "?vor=%00", "?vor=%ff%fe", "?vor=20250230000000-1", "?vor=20250224204410-" + "9" * 30,
    "?vor=99999999999999-1", "?vor=-1", "?vor=a&vor=b", "?vor=%C3%28", "?" + "x" * 8000, "?" + "a=1&" * 2000, "?vor[]=1", "?%00=%00",
    "?vor=20250224204410-1%0d%0aSet-Cookie:x=1", "?=", "?&&",
]  # fmt: skip
PATHS = [
    "//", "///ausland//", "/ausland/../", "/admin/../", "/admin/..", "/./", "/AUSLAND/", "/ausland", "/Ausland/Rat-1", "/%00", "/ausland/%00/",
    "/ausland/%ff/", "/%C3%28/", "/ausland/rat-0/", "/ausland/rat-9223372036854775807/", "/ausland/rat-9223372036854775808/",
    "/ausland/rat-" + "9" * 400 + "/", "/ausland/rat--1/", "/ausland/rat-%D9%A3/", "/thema/" + "x" * 900 + "/", "/thema/%2e%2e/", "/archiv/0000/",
    "/archiv/2025/13/", "/archiv/2025/02/30/", "/archiv/9999/12/31/", "/archiv/1000/01/01/", "/bild/../settings.py", "/bild/%2e%2e%2fx",
    "/bild/x", "/vorschau/x/", "/vorschau/1:2:3/", "/vorschau/" + "9" * 500 + "/", "/icon-99999999999999999999.png", "/ressorts-xxxxxxxx.css",
    "/static/../manage.py", "/static/%2e%2e/manage.py", "/static/", "/media/", "/.env", "/ausland/%0a", "/ausland;x=1/", "/ausland/*", "/\\",
    "/ausland%2f", "/%2f%2fevil.example/", "//evil.example/", "/%5cevil.example", "/admin/articles/article/" + "9" * 40 + "/change/", "/" + "a" * 5000,
    "/healthz/../", "/readyz%00", "/thema/%F0%9F%98%80/", "/quelle/%E2%80%AE/",
]  # fmt: skip
ALL = [page + query for page in PAGES for query in QUERIES] + PATHS
STATUS = re.compile(rb"HTTP/1\.1 (\d{3})")


@pytest.mark.django_db
def test_test_client_meets_no_fault() -> None:
    make.house()
    make.article("Rat", tags=["Russland"], authors=["Helene Kramer"], agency=make.agency("nda"))
    client = Client(raise_request_exception=False)
    odd = {}

    for address in ALL:
        path, _, query = address.partition("?")
        response = client.get(
            unquote_to_bytes(path).decode("utf-8", "replace"),
            QUERY_STRING=query,
            PATH_INFO=unquote_to_bytes(path).decode("latin-1"),
        )
        if response.status_code not in (200, 301, 302, 404):
            odd[address[:80]] = response.status_code
        if response.status_code == 301 and "/admin" not in address:
            target = response.headers["Location"]
            assert target.startswith("/"), address
            assert not target.startswith("//"), address
            assert client.get(target).status_code != 301, (address, target)

    assert odd == {}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "page", ["/ausland/", "/thema/russland/", "/autor/helene-kramer/", "/quelle/nda/", "/ticker/", "/archiv/2025/02/24/"]
)
@pytest.mark.parametrize("query", [query for query in QUERIES if query.startswith("?vor=")])
def test_position_that_cannot_be_is_not_found(client: Client, page: str, query: str) -> None:
    make.article("Rat", tags=["Russland"], authors=["Helene Kramer"], agency=make.agency("nda"))

    assert client.get(page, QUERY_STRING=query[1:]).status_code == 404


def ask(port: int, target: bytes) -> int:
    """The status of one raw request; 0 for no answer."""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as client:
        client.sendall(b"GET " + target + b" HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
        found = STATUS.match(client.recv(4096))
        return int(found[1]) if found else 0


def test_real_server_meets_no_fault(serve_small: Start) -> None:
    port = free_port()
    server = serve_small(port)
    wait_for(port, server)

    answers = {address: ask(port, address.encode()) for address in ALL}
    raw = {target: ask(port, target) for target in (b"/\xff", b"/ausland/?vor=\xff", b"*", b"http://evil.example/", b"/a b", b"")}

    assert {address[:80]: code for address, code in answers.items() if code not in (200, 301, 302, 400, 404)} == {}
    assert {address[:80] for address, code in answers.items() if code == 400} <= {"/\\"}
    assert {target: code for target, code in raw.items() if code not in (200, 301, 400, 404)} == {}
    assert server.poll() is None
