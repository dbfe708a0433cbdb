"""`POST /wire/<feed>/`: accepted means committed, and only from who has the key."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client

from articles.models import Feed, WireDelivery
from articles.wire import ledger, reading
from articles.wire.transport import keys
from articles.wire.transport.rounds import read_waiting
from tests.wire import delivering
from tests.wire.delivering import DATA

pytestmark = pytest.mark.django_db
EIL = (DATA / "ninjs" / "01-eil-v1.json").read_bytes()
TOKEN = "k" * 40


@pytest.fixture
def feed() -> Feed:
    return delivering.feed(slug="nda", token_hash=keys.hash_of(TOKEN))


def send(client: Client, body: bytes = EIL, *, path: str = "/wire/nda/", key: str = f"Bearer {TOKEN}", name: str = "") -> Any:
    return client.post(path, body, content_type="application/json", headers={"Authorization": key, "X-File-Name": name})


def test_accepted_means_committed_and_is_read_by_the_next_round(client: Client, feed: Feed) -> None:
    answer = send(client, name="eil.json")

    delivery = WireDelivery.objects.get()
    assert (answer.status_code, answer.json()) == (202, {"delivery": delivery.pk, "sha256": delivery.hash})
    assert (bytes(delivery.raw), delivery.name, delivery.is_done) == (EIL, "eil.json", False)
    assert [line.outcome.code for line in read_waiting()] == ["published"]


@pytest.mark.parametrize("key", ["", "Bearer", "Bearer ", "Bearer wrong", f"Basic {TOKEN}", TOKEN, "Bearer \xe4"])
def test_without_the_key_nothing_is_taken(client: Client, feed: Feed, key: str) -> None:
    answer = send(client, key=key)

    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer")
    assert not WireDelivery.objects.exists()


def test_unknown_feed_inactive_feed_and_feed_without_key_answer_alike(client: Client, feed: Feed) -> None:
    Feed.objects.create(agency=feed.agency, name="x", slug="off", is_active=False, token_hash=feed.token_hash)
    Feed.objects.create(agency=feed.agency, name="y", slug="keyless")

    answers = {send(client, path=f"/wire/{slug}/").content for slug in ("nowhere", "off", "keyless")}

    assert answers == {send(client, key="Bearer wrong").content}


@pytest.mark.parametrize(("body", "status"), [(b"", 411), (b" \n", 400), (b"x" * (reading.FEED_LIMIT + 1), 413), (b"{", 202)])
def test_bodies(client: Client, feed: Feed, body: bytes, status: int) -> None:
    assert send(client, body).status_code == status


def test_other_methods_are_told_so(client: Client, feed: Feed) -> None:
    answer = client.get("/wire/nda/")

    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")


def test_what_cannot_be_committed_is_not_accepted(client: Client, feed: Feed, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OperationalError("disk full")

    monkeypatch.setattr(ledger, "keep", fail)

    answer = send(client)

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert "noch einmal" in answer.json()["error"]


def test_a_reader_gets_no_cookie_and_no_cache(client: Client, feed: Feed) -> None:
    answer = send(client)

    assert answer.headers["Cache-Control"] == "no-store"
    assert not answer.cookies
