"""Fetching: only what is new, patiently, and receipts only for what is safe."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from articles.models import Article, Feed, FeedState, WireDelivery, WireItem
from articles.wire import inbox
from articles.wire.transport import claims, pulling
from articles.wire.transport.fetch import Answer, FetchError
from tests.wire import delivering
from tests.wire.formats.test_digitalwires import SENT
from tests.wire.transport.agency import Agency

pytestmark = pytest.mark.django_db
RSS = b"""<rss version="2.0"><channel><language>de</language><item><guid>a1</guid><title>Rat tagt</title>
<description>Der Rat hat am Montag getagt und entschieden.</description><pubDate>Mon, 03 Feb 2025 08:00:00 +0100</pubDate></item></channel></rss>"""


@pytest.fixture
def feed(agency: Agency) -> Feed:
    made = delivering.feed("inbox")
    made.address = agency.address("/rss")
    made.save()
    return made


def state() -> FeedState:
    return FeedState.objects.get()


def test_what_is_new_is_taken_and_asked_for_by_etag_next_time(agency: Agency, feed: Feed) -> None:
    agency.answers["/rss"] = (200, {"ETag": '"1"', "Last-Modified": "Mon, 03 Feb 2025 07:00:00 GMT"}, RSS)

    assert [line.outcome.code for line in pulling.pull(feed)] == ["inbox"]
    assert pulling.pull(feed) == []

    assert [sent.get("if-none-match") for _method, _path, sent in agency.asked] == [None, '"1"']
    assert (WireItem.objects.count(), WireDelivery.objects.count()) == (1, 1)
    assert (state().failures, state().error, state().busy_until) == (0, "", None)


def test_the_same_again_without_etag_is_not_even_kept(agency: Agency, feed: Feed) -> None:
    agency.answers["/rss"] = (200, {}, RSS)

    pulling.pull(feed)
    pulling.pull(feed)

    assert WireDelivery.objects.count() == 1


def test_an_empty_feed_is_no_fault_and_not_kept(agency: Agency, feed: Feed) -> None:
    agency.answers["/rss"] = (200, {}, b"<rss version='2.0'><channel><title>x</title></channel></rss>")

    assert pulling.pull(feed) == []
    assert not WireDelivery.objects.exists()
    assert state().answered_at is not None


def test_failures_are_noted_and_the_pauses_grow(agency: Agency, feed: Feed) -> None:
    agency.answers["/rss"] = (500, {}, b"")
    pauses = []
    for number in range(1, 8):
        with pytest.raises(FetchError, match="500"):
            pulling.pull(feed)
        found = state()
        assert found.failures == number
        assert found.due_at is not None
        assert found.asked_at is not None
        pauses.append((found.due_at - found.asked_at).total_seconds())

    assert 90 < pauses[0] < 150
    assert 190 < pauses[1] < 290
    assert 700 < pauses[-1] <= 1080
    agency.answers["/rss"] = (200, {}, RSS)
    pulling.pull(feed)
    assert (state().failures, state().error) == (0, "")


def test_retry_after_is_heeded(agency: Agency, feed: Feed) -> None:
    agency.answers["/rss"] = (503, {"Retry-After": "7200"}, b"")

    with pytest.raises(FetchError):
        pulling.pull(feed)

    assert state().due_at is not None
    assert state().due_at > timezone.now() + timedelta(seconds=7000)  # type: ignore[operator]


def test_only_feeds_whose_time_has_come_are_due(feed: Feed) -> None:
    now = timezone.now()
    assert pulling.due(now=now) == [feed]

    FeedState.objects.create(feed=feed, due_at=now + timedelta(seconds=1))
    assert pulling.due(now=now) == []
    assert pulling.due(now=now + timedelta(seconds=2)) == [feed]
    Feed.objects.update(is_active=False)
    assert pulling.due(now=now + timedelta(seconds=2)) == []


def test_while_another_fetches_nobody_else_does(agency: Agency, feed: Feed) -> None:
    agency.answers["/rss"] = (200, {}, RSS)
    assert claims.take_feed(feed) is not None

    assert pulling.pull(feed) == []
    assert agency.asked == []
    assert claims.take_feed(feed, now=timezone.now() + timedelta(minutes=5)) is not None, "whoever died loses it in time"


def test_receipts_are_given_once_everything_is_committed(feed: Feed) -> None:
    told: list[tuple[str, str, int]] = []
    queue = {"entries": [SENT | {"_wireq_receipt": "r/1"}, SENT | {"urn": "urn:b", "_wireq_receipt": "r2"}]}

    def using(address: str, *, method: str = "GET", headers: dict[str, str] | None = None) -> Answer:
        told.append((method, address.rpartition(":")[2].partition("/")[2], WireItem.objects.count()))
        return Answer(200, json.dumps(queue).encode() if method == "GET" else b"")

    feed.address = "http://agency.example:80/wireq/key/entries.json"

    lines = pulling.pull(feed, using=using)

    assert len(lines) == 2
    assert told == [
        ("GET", "wireq/key/entries.json", 0), ("DELETE", "wireq/key/entry/r%2F1", 2), ("DELETE", "wireq/key/entry/r2", 2),
    ]  # fmt: skip
    assert WireDelivery.objects.get().name == "agency.example/wireq/key/entries.json"


def test_no_receipt_where_saving_failed(feed: Feed, monkeypatch: pytest.MonkeyPatch) -> None:
    methods: list[str] = []
    queue = {"entries": [SENT | {"_wireq_receipt": "r1"}]}

    def using(address: str, *, method: str = "GET", headers: dict[str, str] | None = None) -> Answer:
        methods.append(method)
        return Answer(200, json.dumps(queue).encode(), {"etag": '"1"'})

    def fail(*_: object, **__: object) -> None:
        raise ValueError

    monkeypatch.setattr(inbox, "receive", fail)
    pulling.pull(feed, using=using)

    assert methods == ["GET"]
    assert (state().etag, state().body_hash) == ("", "")


def test_published_copy_is_online_after_one_fetch(agency: Agency, feed: Feed) -> None:
    agency.answers["/rss"] = (200, {}, RSS)
    feed.rule, feed.category = Feed.Rule.PUBLISH, delivering.department("Panorama")
    feed.save()

    pulling.pull(feed)

    assert Article.objects.public().get().headline == "Rat tagt"
