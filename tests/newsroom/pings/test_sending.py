"""Pings name only what readers can open, are sent until somebody listens, and are given up after a day."""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.error import HTTPError
from urllib.parse import parse_qs

import pytest
from django.conf import LazySettings
from django.utils import timezone

from articles import desk
from articles.models import Ping, Tag
from newsroom import background
from newsroom.pings import sending
from newsroom.pings.addresses import articles_of, feeds_of
from newsroom.pings.noting import Service
from newsroom.pings.sending import Sending, post
from tests import make

pytestmark = pytest.mark.django_db
ORIGIN = "https://tagblatt.example"
HUB, KEY = "https://hub.example/", "abcdef-123456"
FORMS = ("rss.xml", "atom.xml", "feed.json")


@pytest.fixture(autouse=True)
def _named(settings: LazySettings) -> None:
    settings.WEBSUB_HUB_URL, settings.INDEXNOW_KEY = HUB, KEY


class Outside:
    """Every service at once."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, str, str]] = []
        self.down: set[str] = set()

    def __call__(self, url: str, body: bytes, kind: str) -> None:
        if url in self.down:
            raise ConnectionError("no route")
        self.heard.append((url, body.decode(), kind))

    @property
    def topics(self) -> list[str]:
        return [parse_qs(body)["hub.topic"][0] for url, body, _ in self.heard if url == HUB]

    @property
    def urls(self) -> list[list[str]]:
        return [json.loads(body)["urlList"] for url, body, _ in self.heard if url == sending.INDEXNOW]


@pytest.fixture
def outside() -> Outside:
    return Outside()


def ping(service: Ping.Service, key: str, *, hours: float = 0.001) -> None:
    Ping.objects.create(service=service, key=key, due_at=timezone.now() - timedelta(hours=hours))


def feeds(path: str) -> list[str]:
    return [f"{ORIGIN}{path}{form}" for form in FORMS]


def test_a_list_has_three_feeds() -> None:
    article = make.article(tags=["Russland"], authors=["Helene Kramer"], agency=make.agency("nda"))
    keys = {
        "ticker": "/", article.category.page_key: "/ausland/", make.tag("Russland").page_key: "/thema/russland/",
        make.author().page_key: "/autor/helene-kramer/", make.agency("nda").page_key: "/quelle/nda/",
    }  # fmt: skip

    assert {key: feeds_of(key) for key in keys} == {key: feeds(path) for key, path in keys.items()}


def test_nobody_is_told_of_lists_that_readers_do_not_know() -> None:
    article = make.draft(tags=["Geheim"], authors=["Kim Osei"], agency=make.agency("zda"))
    Tag.objects.create(name="Alt", slug="alt", merged_into=make.tag("Geheim"), pk=77)

    keys = [make.tag("Geheim").page_key, make.author("Kim Osei").page_key, f"agency-{article.agency_id}", "tag-77", "tag-99999", "category-99999"]
    assert [feeds_of(key) for key in keys] == [[]] * 6


@pytest.mark.parametrize("act", ["draft", "planned", "held", "withdrawn", "embargoed"])
def test_nobody_is_told_of_an_article_that_readers_may_not_see(outside: Outside, act: str) -> None:
    soon = timezone.now() + timedelta(hours=1)
    article = make.draft() if act == "draft" else make.article(at=soon if act == "planned" else None)
    acts: dict[str, Any] = {"held": desk.hold, "withdrawn": desk.withdraw, "embargoed": lambda one: desk.revise(one, {"embargo_until": soon})}
    acts.get(act, lambda one: one)(article)
    ping(Service.INDEXNOW, article.page_key)

    assert Sending(outside).due() == 1
    assert outside.heard == []
    assert articles_of([article.page_key]) == []


def test_a_hub_hears_of_each_feed(outside: Outside) -> None:
    ping(Service.WEBSUB, "ticker")

    assert Sending(outside).due() == 1

    assert outside.topics == feeds("/")
    url, body, kind = outside.heard[0]
    assert (url, kind) == (HUB, "application/x-www-form-urlencoded")
    assert parse_qs(body) == {"hub.mode": ["publish"], "hub.topic": feeds("/")[:1], "hub.url": feeds("/")[:1]}
    assert not Ping.objects.exists()


def test_indexnow_hears_of_many_articles_at_once(outside: Outside) -> None:
    articles = [make.article(f"Nummer {number}") for number in range(3)]
    for article in articles:
        ping(Service.INDEXNOW, article.page_key)
        ping(Service.INDEXNOW, article.page_key)

    assert Sending(outside).due() == 6

    assert outside.urls == [[f"{ORIGIN}{article.get_absolute_url()}" for article in articles]]
    said = json.loads(outside.heard[0][1])
    assert (said["host"], said["key"], said["keyLocation"]) == ("tagblatt.example", KEY, f"{ORIGIN}/{KEY}.txt")


def test_what_is_planned_waits(outside: Outside) -> None:
    Ping.objects.create(service=Service.WEBSUB, key="ticker", due_at=timezone.now() + timedelta(minutes=1))

    assert Sending(outside).due() == 0
    assert Ping.objects.count() == 1


def test_a_service_that_does_not_listen_is_asked_again_later_and_holds_up_nobody(
    outside: Outside, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    ping(Service.WEBSUB, "ticker")
    ping(Service.INDEXNOW, make.article().page_key)
    outside.down = {HUB}
    sender = Sending(outside)

    with caplog.at_level(logging.WARNING):
        assert sender.due() == 1
    assert "WebSub did not take the ping" in caplog.text
    outside.down = set()
    assert sender.due() == 0  # not at once
    monkeypatch.setattr(sender, "_silent_until", {})

    assert sender.due() == 1
    assert outside.topics == feeds("/")


def test_what_was_told_before_a_failure_is_not_told_again(outside: Outside) -> None:
    ping(Service.WEBSUB, "ticker", hours=2)
    ping(Service.WEBSUB, make.category("Ausland").page_key, hours=1)

    def half(url: str, body: bytes, kind: str) -> None:
        if b"ausland" in body:
            raise HTTPError(url, 503, "busy", {}, None)  # type: ignore[arg-type]
        outside(url, body, kind)

    assert Sending(half).due() == 1
    assert list(Ping.objects.values_list("key", flat=True)) == [make.category("Ausland").page_key]


def test_the_pause_grows_to_a_limit(outside: Outside) -> None:
    ping(Service.WEBSUB, "ticker")
    outside.down = {HUB}
    sender, pauses = Sending(outside), []
    for _ in range(12):
        sender._silent_until.clear()
        sender.due()
        pauses.append(sender._pauses[Service.WEBSUB])

    assert pauses[:4] == [5.0, 10.0, 20.0, 40.0]
    assert pauses[-1] == 900.0


def test_after_a_day_it_is_given_up(outside: Outside, caplog: pytest.LogCaptureFixture) -> None:
    ping(Service.WEBSUB, "ticker", hours=25)

    with caplog.at_level(logging.ERROR):
        assert Sending(outside).due() == 0

    assert not Ping.objects.exists()
    assert "given up" in caplog.text
    assert outside.heard == []


def test_without_services_nothing_is_asked(settings: LazySettings, outside: Outside, django_assert_num_queries: Any) -> None:
    settings.WEBSUB_HUB_URL = settings.INDEXNOW_KEY = ""
    ping(Service.WEBSUB, "ticker")

    with django_assert_num_queries(0):
        assert Sending(outside).due() == 0


def test_the_thread_ends_at_once_without_services_and_when_told(settings: LazySettings) -> None:
    stop = threading.Event()
    stop.set()
    background.ping(stop)

    settings.WEBSUB_HUB_URL = settings.INDEXNOW_KEY = ""
    background.ping(threading.Event())


class Hub(BaseHTTPRequestHandler):
    """A hub that refuses where it is told to."""

    heard: list[tuple[str, str | None, bytes]] = []

    def do_POST(self) -> None:
        self.heard.append((self.path, self.headers["Content-Type"], self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(503 if self.path == "/busy" else 204)
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        """Silent."""


@pytest.fixture
def hub() -> Iterator[str]:
    Hub.heard.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Hub)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_ping_leaves_as_a_post(hub: str) -> None:
    post(f"{hub}/here", b"a=1", "application/x-www-form-urlencoded")

    assert Hub.heard == [("/here", "application/x-www-form-urlencoded", b"a=1")]


def test_a_refusal_is_an_oserror(hub: str) -> None:
    with pytest.raises(HTTPError) as refused:
        post(f"{hub}/busy", b"a=1", "text/plain")

    refused.value.close()
    assert isinstance(refused.value, OSError)
