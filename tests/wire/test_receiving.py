"""Ledger first: raw bytes are kept, bad items stop nobody, every delivery is logged."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext

from articles.models import Agency, Article, WireDelivery, WireItem
from articles.wire import inbox, ledger, reading, receiving
from articles.wire.receiving import Line, deliver, take_together
from tests import make
from tests.wire import delivering
from tests.wire.delivering import DATA, GUID, NOW, sent, take

pytestmark = pytest.mark.django_db
EIL = (DATA / "ninjs" / "01-eil-v1.json").read_bytes()


def lines_of(raw: bytes, **options: Any) -> list[Line]:
    by = options.pop("by", None) or delivering.feed()
    return list(deliver(raw, feed=by, name="eil.json", now=NOW, **options))


def variant(**fields: Any) -> dict[str, Any]:
    return {**json.loads(EIL), **fields}


def test_delivery_is_kept_byte_for_byte() -> None:
    lines_of(EIL)

    delivery = WireDelivery.objects.get()
    assert (bytes(delivery.raw), delivery.hash) == (EIL, hashlib.sha256(EIL).hexdigest())
    assert (delivery.name, delivery.is_done, delivery.error) == ("eil.json", True, "")
    assert delivering.row(GUID).delivery == delivery


def test_delivery_is_kept_before_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("articles.wire.formats.sniff.parse", lambda _raw: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        lines_of(EIL)
    assert delivering.raws() == [EIL]
    assert not WireDelivery.objects.get().is_done


def test_every_delivery_is_logged_also_a_repeat() -> None:
    for _number in range(3):
        lines_of(EIL)

    assert delivering.raws() == [EIL] * 3
    assert delivering.row(GUID).repeats == 2


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "unreadable"),
        (b"Hallo", "unreadable"),
        (b'{"uri": ', "unreadable"),
        (b"\xff\xfe", "unreadable"),
        (b"<nitf/>", "no-guid"),
    ],
)
def test_what_cannot_be_read_is_kept_with_its_reason(raw: bytes, reason: str) -> None:
    [line] = lines_of(raw)

    assert (line.outcome.code, line.reason, line.guid) == ("refused", reason, "")
    delivery = WireDelivery.objects.get()
    assert (bytes(delivery.raw), delivery.is_done, delivery.error) == (raw, False, line.outcome.sentence)
    assert not WireItem.objects.exists()


def test_feed_without_items_is_refused() -> None:
    [line] = lines_of(b'{"version": "https://jsonfeed.org/version/1.1", "items": []}')

    assert (line.outcome.code, line.reason) == ("refused", "empty")


def test_too_large_a_delivery_is_logged_but_not_kept() -> None:
    [line] = lines_of(b" " * (reading.FEED_LIMIT + 1))

    assert (line.outcome.code, line.reason) == ("refused", "too-large")
    assert delivering.raws() == [b""]


def test_readable_items_of_a_list_are_taken_beside_an_unreadable_one() -> None:
    raw = json.dumps([variant(), variant(uri=""), variant(uri="urn:nda:2")]).encode()

    lines = lines_of(raw)

    assert [line.outcome.code for line in lines] == ["published", "published", "refused"]
    assert lines[-1].reason == "no-guid"
    assert Article.objects.public().count() == 2
    assert WireDelivery.objects.get().error == lines[-1].outcome.sentence


def test_fault_while_saving_one_item_stops_no_other(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    receive = inbox.receive

    def failing(item: Any, **options: Any) -> inbox.Outcome:
        if item.guid == "urn:nda:bad":
            raise RuntimeError("disk full")
        return receive(item, **options)

    monkeypatch.setattr(inbox, "receive", failing)
    raw = json.dumps([variant(uri="urn:nda:bad"), variant(uri="urn:nda:2")]).encode()

    lines = lines_of(raw)

    assert [line.outcome.code for line in lines] == ["refused", "published"]
    assert "Beim Speichern ist ein Fehler aufgetreten" in WireDelivery.objects.get().error
    assert "disk full" in caplog.text


def test_item_that_fails_leaves_nothing_half_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("articles.desk.publish", lambda _article, **_options: 1 / 0)

    [line] = lines_of(EIL)

    assert line.outcome.code == "refused"
    assert not Article.objects.exists()
    assert not WireItem.objects.exists()


def test_item_that_failed_is_taken_when_it_comes_again(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as broken:
        broken.setattr("articles.desk.publish", lambda _article, **_options: 1 / 0)
        lines_of(EIL)

    [line] = lines_of(EIL)

    assert line.outcome.code == "published"


def test_refusal_of_the_desk_leads_into_the_inbox() -> None:
    by = delivering.feed()
    Agency.objects.update(credit_line=" ")
    by.refresh_from_db()

    [line] = lines_of(EIL, by=by)

    assert line.outcome.code == "inbox"
    assert "keine Quellenzeile" in delivering.row(GUID).reason
    assert not Article.objects.exists()


def test_names_are_cut_from_the_left_where_they_are_too_long() -> None:
    delivery = ledger.keep(b"x", feed=delivering.feed(), name="ordner/" * 60 + "datei.json")

    assert len(delivery.name) == 300
    assert delivery.name.endswith("ordner/datei.json")


def test_word_of_another_agency_is_another_item() -> None:
    other = make.feed("tnd", agency=make.agency("tnd"))
    take(sent(guid="550"), delivering.feed())

    outcome = take(sent(guid="550", status="canceled"), other)

    assert outcome.code == "tombstone"
    assert delivering.article_of("550").is_public()
    assert delivering.row("tnd:550").state == "canceled"


def test_word_of_another_agency_stays_the_same_item_at_every_delivery() -> None:
    other = make.feed("tnd", agency=make.agency("tnd"))
    long = "x" * 500
    for guid in ("550", long):
        take(sent(guid=guid), delivering.feed())
        take(sent(guid=guid, subjects=()), other)

    codes = [take(sent(guid=guid, subjects=()), other).code for guid in ("550", long)]

    assert codes == ["repeat", "repeat"]
    assert WireItem.objects.count() == 4


def test_two_feeds_of_one_agency_share_their_items() -> None:
    take(sent(), delivering.feed("publish"))

    outcome = take(sent(), delivering.feed("inbox"))

    assert outcome.code == "repeat"


def test_kill_of_one_leaves_the_raw_text_of_its_neighbours() -> None:
    raw = json.dumps([variant(), variant(uri="urn:nda:2", headlines=[{"role": "main", "value": "Nachbarin"}])]).encode()
    by = delivering.feed()
    lines_of(raw, by=by)

    lines_of((DATA / "ninjs" / "09-kill-v6.json").read_bytes(), by=by)

    assert [item["uri"] for item in json.loads(delivering.raws()[0])] == ["urn:nda:2"]
    assert json.loads(delivering.raws()[0])[0] == json.loads(raw)[1]
    assert Article.objects.public().count() == 1


def test_forgetting_touches_no_delivery_that_cannot_be_read() -> None:
    delivery = ledger.keep(b"{", feed=delivering.feed(), name="x")

    ledger.forget([delivery.pk], guid=GUID)

    assert delivering.raws() == [b"{"]


def test_small_deliveries_share_a_transaction() -> None:
    by = delivering.feed()
    deliveries = [ledger.keep(json.dumps(variant(uri=f"urn:x:{number}")).encode(), feed=by, name=str(number)) for number in range(3)]

    with CaptureQueriesContext(connection) as asked:
        lines = take_together(deliveries, now=NOW)

    assert [line.outcome.code for line in lines] == ["published"] * 3
    assert not [query for query in asked if query["sql"].startswith(("BEGIN", "COMMIT"))]  # the test's own is around them
    assert WireDelivery.objects.filter(is_done=True).count() == 3


def test_where_they_cannot_be_taken_together_each_is_taken_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    by = delivering.feed()
    deliveries = [ledger.keep(json.dumps(variant(uri=f"urn:x:{number}")).encode(), feed=by, name=str(number)) for number in range(3)]
    close, closed = ledger.close, []

    def close_but_once(delivery: WireDelivery, *, error: str = "") -> None:
        closed.append(delivery.pk)
        if len(closed) == 2:
            raise OperationalError("disk I/O error")
        close(delivery, error=error)

    monkeypatch.setattr(ledger, "close", close_but_once)
    lines = take_together(deliveries, now=NOW)

    assert [line.outcome.code for line in lines] == ["published"] * 3
    assert Article.objects.count() == WireItem.objects.count() == 3


def test_a_bad_one_among_them_stops_no_other() -> None:
    by = delivering.feed()
    raws = [EIL, b"{", json.dumps(variant(uri="urn:x:2")).encode()]

    lines = take_together([ledger.keep(raw, feed=by, name="a") for raw in raws], now=NOW)

    assert [line.outcome.code for line in lines] == ["published", "refused", "published"]


def test_while_pictures_are_read_nobody_waits_to_write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    together: list[int] = []

    def take_none(deliveries: list[WireDelivery], **_: Any) -> list[Line]:
        together.append(len(deliveries))
        return []

    monkeypatch.setattr(receiving, "take_together", take_none)
    lines_of(EIL, folder=tmp_path)
    assert together == []
    lines_of(EIL)
    assert together == [1]
