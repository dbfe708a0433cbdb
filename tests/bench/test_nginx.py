"""The reference must give the very same answer, or the ratio to it says nothing."""

from __future__ import annotations

import gzip
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.http1 import Reply, fetch
from bench.nginx import before, running, same_bytes
from bench.tools import PLACES, Missing, free_port, is_free

pytestmark = pytest.mark.skipif(shutil.which("nginx", path=PLACES) is None, reason="needs nginx")

BODY = "<p>Bürgerschaft</p>".encode() * 400
HEADERS = {
    "content-type": "text/html; charset=utf-8",
    "etag": 'W/"abc"',
    "cache-control": "public, max-age=60",
    "content-security-policy": "default-src 'none'; style-src 'self'",
    "surrogate-key": "all article-1",
    "server": "granian",
    "date": "Mon, 24 Feb 2025 20:44:10 GMT",
}


def reply(body: bytes, **more: str) -> Reply:
    return Reply(200, HEADERS | {name.replace("_", "-"): value for name, value in more.items()}, body, 0)


@pytest.fixture(name="port")
def _port(tmp_path: Path) -> Iterator[int]:
    port = free_port()
    replies = {"identity": reply(BODY), "gzip": reply(gzip.compress(BODY), content_encoding="gzip")}
    with running(tmp_path / "nginx", port, same_bytes(tmp_path / "nginx", port, replies)):
        yield port


def test_the_reference_sends_the_same_bytes_and_headers(port: int) -> None:
    answer = fetch(port, "/identity")

    assert (answer.status, answer.body) == (200, BODY)
    assert {name: answer.headers.get(name) for name in HEADERS if name not in ("server", "date")} == {
        name: value for name, value in HEADERS.items() if name not in ("server", "date")
    }
    assert "content-encoding" not in answer.headers


def test_the_reference_sends_what_was_compressed_before(port: int) -> None:
    answer = fetch(port, "/gzip")

    assert answer.headers["content-encoding"] == "gzip"
    assert answer.headers["etag"] == HEADERS["etag"]
    assert gzip.decompress(answer.body) == BODY


def test_the_reference_knows_its_own_tag(port: int) -> None:
    tag = fetch(port, "/known").headers["etag"]

    assert fetch(port, "/known", {"If-None-Match": tag}).status == 304
    assert fetch(port, "/known", {"If-None-Match": '"other"'}).status == 200


def test_the_proxy_passes_on_with_the_settings_of_deploy(tmp_path: Path, port: int) -> None:
    proxy = free_port()

    with running(tmp_path / "proxy", proxy, before([port, free_port()], proxy)):
        answers = [fetch(proxy, "/identity").status for _ in range(6)]

    assert answers == [200] * 6


def test_nginx_goes_when_the_measurement_is_over(tmp_path: Path) -> None:
    port = free_port()

    with running(tmp_path / "nginx", port, same_bytes(tmp_path / "nginx", port, {"identity": reply(BODY)})):
        assert not is_free(port)

    assert is_free(port)


def test_a_taken_port_is_said_and_not_shared(tmp_path: Path, port: int) -> None:
    with pytest.raises(Missing, match=f"Port {port} is taken"), running(tmp_path / "other", port, ""):
        pass
