"""The one way out: nobody inside is reached through it, and nothing grows beyond its limits."""

from __future__ import annotations

import gzip
import socket
from typing import Any

import pytest
from django.conf import LazySettings

from articles.wire.transport import fetch as fetching
from articles.wire.transport.fetch import FetchError, checked, fetch, is_public
from tests.wire.transport.agency import Agency


def test_body_status_and_headers(agency: Agency) -> None:
    agency.answers["/a?x=1"] = (200, {"ETag": '"1"'}, "Grüße".encode())

    answer = fetch(agency.address("/a?x=1"), headers={"Authorization": "Bearer k"})

    assert (answer.status, answer.body.decode(), answer.headers["etag"]) == (200, "Grüße", '"1"')
    [(method, _path, sent)] = agency.asked
    assert (method, sent["authorization"], sent["host"]) == ("GET", "Bearer k", f"127.0.0.1:{agency.port}")


def test_what_was_packed_is_unpacked(agency: Agency) -> None:
    agency.answers["/"] = (200, {"Content-Encoding": "gzip"}, gzip.compress(b"<rss/>"))

    assert fetch(agency.address("/")).body == b"<rss/>"


@pytest.mark.parametrize(("body", "headers"), [(b"x" * 2_000_001, {}), (gzip.compress(b"\0" * 50_000_000), {"Content-Encoding": "gzip"})])
def test_what_is_too_large_is_refused(agency: Agency, body: bytes, headers: dict[str, str]) -> None:
    agency.answers["/"] = (200, headers, body)

    with pytest.raises(FetchError, match="größer als 1 MB"):
        fetch(agency.address("/"), most=2_000_000)


def test_what_comes_too_slowly_is_refused(agency: Agency) -> None:
    agency.answers["/"] = (200, {}, b"x" * 1_000_000)

    with pytest.raises(FetchError, match="zu langsam"):
        fetch(agency.address("/"), seconds=-1)


def test_what_breaks_off_is_refused(agency: Agency) -> None:
    agency.answers["/"] = (200, {"Content-Length": "1000"}, b"short")

    with pytest.raises(FetchError, match="bricht ab"):
        fetch(agency.address("/"))


def test_redirects_are_followed_and_counted(agency: Agency) -> None:
    agency.answers["/a"] = (302, {"Location": "/b"}, b"")
    agency.answers["/b"] = (200, {}, b"there")
    agency.answers["/loop"] = (301, {"Location": "/loop"}, b"")

    assert fetch(agency.address("/a")).body == b"there"
    with pytest.raises(FetchError, match="im Kreis"):
        fetch(agency.address("/loop"))


def test_redirect_inward_is_refused(agency: Agency) -> None:
    agency.answers["/a"] = (302, {"Location": "http://127.0.0.2:1/"}, b"")
    agency.answers["/b"] = (302, {"Location": "file:///etc/passwd"}, b"")

    for path in ("/a", "/b"):
        with pytest.raises(FetchError):
            fetch(agency.address(path))


def test_secrets_are_told_to_no_other_host() -> None:
    sent = {"authorization": "k", "accept": "x"}

    assert fetching._without_secrets(sent, "https://a.example/x", "https://a.example/y") == sent
    assert fetching._without_secrets(sent, "https://a.example/x", "https://b.example/y") == {"accept": "x"}
    with pytest.raises(FetchError, match="ungesicherte"):
        fetching._without_secrets(sent, "https://a.example/", "http://a.example/")


@pytest.mark.parametrize(
    "address",
    ["ftp://a.example/", "file:///etc/passwd", "http://", "http://u:p@a.example/", "http://a.example:99999/", "a b", "http://a.example/ä", ""],
)
def test_strange_addresses_are_refused(address: str) -> None:
    with pytest.raises(FetchError):
        fetch(address)


@pytest.mark.parametrize(
    "number",
    [
        "127.0.0.1", "10.0.0.1", "172.16.1.1", "192.168.1.1", "169.254.169.254", "0.0.0.1", "100.64.0.1", "224.0.0.1", "255.255.255.255",
        "::1", "::", "fe80::1", "fd00::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "ff02::1", "fe80::1%eth0",
    ],
)  # fmt: skip
def test_inner_numbers_are_not_public(number: str) -> None:
    assert not is_public(number)


@pytest.mark.parametrize("number", ["8.8.8.8", "2001:4860:4860::8888", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_public_numbers_are(number: str) -> None:
    assert is_public(number)


def resolving(monkeypatch: pytest.MonkeyPatch, *numbers: str) -> None:
    found: Any = [(2, 1, 6, "", (number, 443)) for number in numbers]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)


def test_one_inner_number_among_several_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    resolving(monkeypatch, "8.8.8.8", "10.0.0.1")

    with pytest.raises(FetchError, match="inneren Netz"):
        checked("feeds.example", 443)


def test_connection_goes_to_what_was_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    resolving(monkeypatch, "8.8.8.8")

    assert checked("feeds.example", 443) == "8.8.8.8"
    assert fetching._pool("https", "feeds.example", 443).host == "8.8.8.8"


def test_only_named_hosts_where_any_are_named(monkeypatch: pytest.MonkeyPatch, settings: LazySettings) -> None:
    settings.WIRE_HOSTS = ("agency.example", "gateway.internal")
    resolving(monkeypatch, "8.8.8.8")

    assert checked("feeds.agency.example", 443) == "8.8.8.8"
    with pytest.raises(FetchError, match="WIRE_HOSTS"):
        checked("notagency.example", 443)
    resolving(monkeypatch, "10.0.0.7")
    assert checked("gateway.internal", 80) == "10.0.0.7"


def test_unknown_host(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", fail)

    with pytest.raises(FetchError, match="gibt es nicht"):
        checked("nowhere.example", 443)
