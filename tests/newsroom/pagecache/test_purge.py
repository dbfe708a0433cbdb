"""What CDNs are sent: heard by a server of our own, in each one's own words."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from newsroom import checks
from newsroom.pagecache import purge
from newsroom.pagecache.purge import BadAddress, purger

Heard = list[dict[str, Any]]


class Listener(BaseHTTPRequestHandler):
    heard: Heard
    answer = 200

    def take(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.heard.append({"method": self.command, "path": self.path, "headers": dict(self.headers), "body": body})
        self.send_response(self.answer)
        self.end_headers()

    do_POST = do_PURGE = take  # noqa: N815 - names that http.server asks for

    def log_message(self, *_: Any) -> None:
        """Silence."""


@pytest.fixture
def listener() -> Iterator[type[Listener]]:
    class Ours(Listener):
        heard: Heard = []

    server = HTTPServer(("127.0.0.1", 0), Ours)
    Ours.address = f"127.0.0.1:{server.server_port}"  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield Ours
    server.shutdown()
    thread.join()
    server.server_close()


def purged(url: str, keys: set[str], *, hard: bool = False) -> None:
    act = purger(url)
    assert act is not None
    act(frozenset(keys), hard)


def test_without_an_address_there_is_nobody_to_tell() -> None:
    assert purger("") is None


@pytest.mark.parametrize(("scheme", "method"), [("http", "POST"), ("varnish+http", "PURGE")])
def test_a_plain_cache_gets_the_keys_in_a_header(listener: Any, scheme: str, method: str) -> None:
    purged(f"{scheme}://{listener.address}/purge", {"front", "article-17"}, hard=True)

    [heard] = listener.heard
    assert (heard["method"], heard["path"]) == (method, "/purge")
    assert heard["headers"]["Surrogate-Key"] == "article-17 front"
    assert heard["headers"]["X-Purge"] == "hard"


@pytest.mark.parametrize("hard", [True, False])
def test_fastly_is_asked_in_its_own_words(listener: Any, monkeypatch: pytest.MonkeyPatch, hard: bool) -> None:
    monkeypatch.setattr(purge, "FASTLY", f"http://{listener.address}/service/{{name}}/purge")

    purged("fastly://SU1Z0isxPaozGVKXdv0eY?token=secret", {"front"}, hard=hard)

    [heard] = listener.heard
    assert heard["path"] == "/service/SU1Z0isxPaozGVKXdv0eY/purge"
    named = {name.lower(): value for name, value in heard["headers"].items()}
    assert named["fastly-key"] == "secret"
    assert named["surrogate-key"] == "front"
    assert named.get("fastly-soft-purge") == (None if hard else "1")


def test_cloudflare_takes_thirty_tags_at_once(listener: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(purge, "CLOUDFLARE", f"http://{listener.address}/zones/{{name}}/purge_cache")

    purged("cloudflare://zone1?token=secret", {f"article-{number}" for number in range(70)})

    sizes = [len(json.loads(heard["body"])["tags"]) for heard in listener.heard]
    assert sizes == [30, 30, 10]
    assert listener.heard[0]["headers"]["Authorization"] == "Bearer secret"
    assert listener.heard[0]["path"] == "/zones/zone1/purge_cache"


def test_all_needs_no_other_key(listener: Any) -> None:
    purged(f"http://{listener.address}/", {"all", "front", "article-17"})

    assert listener.heard[0]["headers"]["Surrogate-Key"] == "all"


@pytest.mark.parametrize("answer", [403, 500, 503])
def test_a_refusal_is_an_error(listener: Any, answer: int) -> None:
    listener.answer = answer

    with pytest.raises(OSError, match=str(answer)):
        purged(f"http://{listener.address}/", {"front"})


def test_nobody_at_the_address_is_an_error() -> None:
    with pytest.raises(OSError, match="refused"):
        purged("http://127.0.0.1:9/", {"front"})


@pytest.mark.parametrize(
    "url", ["ftp://x/", "fastly://service", "cloudflare://?token=x", "cdn.example", "https://", "fastly:///?token=x"]
)
def test_an_address_that_means_nothing_is_refused_at_the_start(url: str, settings: Any) -> None:
    with pytest.raises(BadAddress):
        purger(url)

    settings.CDN_PURGE_URL = url
    assert [error.id for error in checks.purge_address_is_known()] == ["newsroom.E003"]
