"""/metrics: figures for the operator, and a page that does not exist for everybody else."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client
from django.utils import timezone

from articles.models import KillReceipt, Ping
from articles.wire import ledger
from newsroom.pagecache import setup
from newsroom.pagecache.stats import Count, Stats
from tests import make
from tests.wire import delivering
from tests.wire.delivering import sent, take

pytestmark = pytest.mark.django_db


def test_from_this_machine_all_figures_are_told(client: Client) -> None:
    Stats(setup.counters()).add(Count.RENDERS, 3)

    answer = client.get("/metrics")

    text = answer.content.decode()
    assert answer.headers["Content-Type"].startswith("text/plain")
    assert answer.headers["Cache-Control"] == "no-store"
    renders = next(line for line in text.split("\n") if line.startswith("newsroom_pagecache_renders_total "))
    assert float(renders.split()[1]) >= 3
    for name in ("hits", "unchanged", "stale", "errors_covered", "from_store", "missing", "aside", "store_failures"):
        assert f"\nnewsroom_pagecache_{name}_total " in text
    assert "\nnewsroom_pagecache_bytes " in text


@pytest.mark.parametrize("address", ["203.0.113.7", "2001:db8::1", "", "127.0.0.1.example", "::ffff:203.0.113.7"])
def test_from_elsewhere_there_is_no_such_page(client: Client, address: str) -> None:
    assert client.get("/metrics", REMOTE_ADDR=address).status_code == 404


@pytest.mark.parametrize("header", ["x-forwarded-for", "forwarded", "x-real-ip", "via", "x-forwarded-proto"])
def test_through_a_proxy_nobody_is_local(client: Client, header: str) -> None:
    assert client.get("/metrics", headers={header: "127.0.0.1"}).status_code == 404


def test_the_token_opens_it_from_anywhere(client: Client, settings: Any) -> None:
    settings.METRICS_TOKEN = "a-long-token"
    elsewhere: dict[str, Any] = {"REMOTE_ADDR": "203.0.113.7"}

    assert client.get("/metrics", headers={"authorization": "Bearer a-long-token"}, **elsewhere).status_code == 200
    assert client.get("/metrics", headers={"authorization": "Bearer a-long-tokeN"}, **elsewhere).status_code == 404
    assert client.get("/metrics", headers={"authorization": "Bearer ä"}, **elsewhere).status_code == 404
    assert client.get("/metrics", **elsewhere).status_code == 404


def test_without_a_token_an_empty_one_opens_nothing(client: Client) -> None:
    assert client.get("/metrics", headers={"authorization": "Bearer "}, REMOTE_ADDR="203.0.113.7").status_code == 404


def test_it_only_speaks(client: Client) -> None:
    assert client.post("/metrics").status_code == 405


def line_of(client: Client, name: str) -> float:
    text = client.get("/metrics").content.decode()
    return float(next(line for line in text.split("\n") if line.startswith(f"{name} ")).rpartition(" ")[2])


def test_what_waits_in_the_newsroom_is_told(client: Client) -> None:
    by = delivering.feed("inbox")
    take(sent(), by)
    ledger.keep(b"x", feed=by, name="wartet")
    ledger.close(ledger.keep(b"x", feed=by, name="unlesbar"), error="Kein JSON")
    KillReceipt.objects.create(wire_item=delivering.row())
    make.report()
    Ping.objects.create(service="websub", key="front", due_at=timezone.now() - timedelta(minutes=5))
    Ping.objects.create(service="indexnow", key="front", due_at=timezone.now() + timedelta(minutes=5))

    assert line_of(client, "newsroom_wire_inbox") == 1
    assert line_of(client, "newsroom_wire_waiting") == 2
    assert line_of(client, "newsroom_wire_unreadable") == 1
    assert line_of(client, "newsroom_kills_open") == 1
    assert line_of(client, "newsroom_reports_open") == 1
    assert line_of(client, 'newsroom_feed_alarm{feed="nda-inbox"}') == 0
    assert line_of(client, 'newsroom_pings_waiting{service="websub"}') == 1
    assert line_of(client, 'newsroom_pings_waiting{service="indexnow"}') == 0
    assert 299 < line_of(client, 'newsroom_pings_oldest_seconds{service="websub"}') < 330


def test_database_that_does_not_answer_is_a_figure_too(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone() -> list[Any]:
        raise OperationalError("gone")

    monkeypatch.setattr("articles.wire.transport.health.all_feeds", gone)

    assert line_of(client, "newsroom_database_answers") == 0
    assert line_of(client, "newsroom_pagecache_hits_total") >= 0
