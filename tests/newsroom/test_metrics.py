"""/metrics: figures for the operator, and a page that does not exist for everybody else."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from newsroom.pagecache import setup
from newsroom.pagecache.stats import Count, Stats

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
