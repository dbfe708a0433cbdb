"""A round of the wire: what was handed over and what a killed process left is read, each feed apart from the others."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from articles.models import Article, Feed, WireDelivery, WireItem
from articles.wire import ledger
from articles.wire.transport import claims, folders, rounds
from articles.wire.transport.fetch import Answer, FetchError
from articles.wire.transport.rounds import Rounds, read_waiting
from tests.wire import delivering
from tests.wire.delivering import DATA
from tests.wire.transport.test_pulling import RSS

pytestmark = pytest.mark.django_db
EIL = (DATA / "ninjs" / "01-eil-v1.json").read_bytes()


def test_what_was_handed_over_is_read_once() -> None:
    ledger.keep(EIL, feed=delivering.feed(), name="a", is_held=False)

    assert [line.outcome.code for line in read_waiting()] == ["published"]
    assert read_waiting() == []
    assert WireDelivery.objects.get().is_done


def test_what_another_reads_is_left_until_it_must_have_died() -> None:
    ledger.keep(EIL, feed=delivering.feed(), name="a")

    assert read_waiting() == []
    later = timezone.now() + ledger.HELD + timedelta(seconds=1)
    assert [line.outcome.code for line in read_waiting(now=later)] == ["published"]


def test_what_could_not_be_read_is_not_tried_again() -> None:
    ledger.keep(b"{", feed=delivering.feed(), name="a", is_held=False)

    assert [line.outcome.code for line in read_waiting()] == ["refused"]
    assert read_waiting() == []


def test_oldest_first() -> None:
    feed = delivering.feed()
    for name in ("02-update-v2", "01-eil-v1"):
        ledger.keep((DATA / "ninjs" / f"{name}.json").read_bytes(), feed=feed, name=name, is_held=False)

    assert [line.outcome.code for line in read_waiting()] == ["published", "late"]


@pytest.mark.parametrize(("waiting", "read"), [(3, 3), (4, 4), (5, 5), (9, 8)])
def test_a_round_reads_several_claims_and_ends(monkeypatch: pytest.MonkeyPatch, waiting: int, read: int) -> None:
    monkeypatch.setattr(rounds, "CLAIMED", 4)
    monkeypatch.setattr(rounds, "MOST_WAITING", 8)
    feed = delivering.feed()
    for number in range(waiting):
        ledger.keep(b"{", feed=feed, name=f"{number}", is_held=False)

    assert [line.name for line in read_waiting()] == [str(number) for number in range(read)]
    assert len(read_waiting()) == waiting - read


def test_where_nothing_waits_no_memory_is_made_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rounds, "room_to_write", None)

    assert read_waiting() == []


def test_of_two_who_take_one_only_one_gets_it() -> None:
    ledger.keep(EIL, feed=delivering.feed(), name="a", is_held=False)

    assert len(claims.next_deliveries(10)) == 1
    assert claims.next_deliveries(10) == []


def test_two_who_claim_at_once_get_each_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    feed = delivering.feed()
    for name in "abcdef":
        ledger.keep(EIL, feed=feed, name=name, is_held=False)

    taken = [{delivery.name for delivery in claims.next_deliveries(4)} for _ in range(3)]

    assert taken == [{"a", "b", "c", "d"}, {"e", "f"}, set()]


def test_not_more_than_so_many_bytes_are_in_memory_together(monkeypatch: pytest.MonkeyPatch) -> None:
    feed = delivering.feed()
    for name in "abc":
        ledger.keep(EIL, feed=feed, name=name, is_held=False)

    monkeypatch.setattr(claims, "MOST_BYTES", 2 * len(EIL))
    assert [delivery.name for delivery in claims.next_deliveries(10)] == ["a", "b"]
    monkeypatch.setattr(claims, "MOST_BYTES", 1)
    assert [delivery.name for delivery in claims.next_deliveries(10)] == ["c"]


def test_a_large_one_is_taken_apart_from_the_small_ones_in_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    feed = delivering.feed()
    for name, version in (("small", 1), ("large", 2), ("last", 3)):
        told = {**json.loads(EIL), "version": str(version)} | ({"altids": ["x" * 2_000]} if name == "large" else {})
        ledger.keep(json.dumps(told).encode(), feed=feed, name=name, is_held=False)
    monkeypatch.setattr(rounds, "SMALL", len(EIL) + 1_000)

    assert [(line.name, line.outcome.code) for line in read_waiting()] == [("small", "published"), ("large", "repeat"), ("last", "repeat")]


def test_one_feed_holds_up_no_other(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folders, "STEADY", 0.0)
    watched = delivering.feed(watches_folder=True)
    for name in ("bad", "good"):
        Feed.objects.create(agency=watched.agency, name=name, slug=name, address=f"https://{name}.example/rss")
    blocked = Feed.objects.create(agency=watched.agency, name="blocked", slug="blocked", watches_folder=True)
    (data_dir / "wire").mkdir()
    (data_dir / "wire" / "blocked").write_text("no folder")
    folder = folders.folder_of(watched)
    folder.mkdir(parents=True)
    (folder / "a.json").write_bytes(EIL)

    def using(address: str, **_: object) -> Answer:
        if "bad" in address:
            raise FetchError("nein")
        return Answer(200, RSS)

    worker = Rounds(using=using)
    codes = {line.outcome.code for _number in range(2) for line in [*worker.arrived(), *worker.fetched()]}

    assert codes == {"published", "inbox"}
    assert WireItem.objects.count() == 2
    assert Article.objects.count() == 1
    assert blocked.deliveries.count() == 0
    assert rounds.PAUSE > 0
