"""The operator's commands of the wire: what they print, and how they end."""

from __future__ import annotations

import io
import json
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from articles.models import Article, FeedState, Status, WireDelivery, WireItem
from tests.wire import delivering
from tests.wire.delivering import DATA, GUID
from tests.wire.transport.agency import Agency
from tests.wire.transport.conftest import agency  # noqa: F401 - a fixture
from tests.wire.transport.test_pulling import RSS

pytestmark = pytest.mark.django_db
FILES = sorted((DATA / "ninjs").iterdir())


def call(name: str, *arguments: str) -> tuple[int, list[str], str]:
    out, complaint = io.StringIO(), io.StringIO()
    code = 0
    try:
        call_command(name, *arguments, stdout=out, stderr=complaint)
    except SystemExit as end:
        code = int(end.code or 0)
    return code, out.getvalue().splitlines(), complaint.getvalue()


def test_show_tells_how_an_item_came_here() -> None:
    delivering.take_files(FILES[:2], delivering.feed())

    code, lines, _complaint = call("wire_show", GUID, "--json")

    told = json.loads(lines[0])
    assert (code, told["version"], told["state"], told["article"]) == (0, 2, "usable", Article.objects.get().pk)
    assert [delivery["name"] for delivery in told["deliveries"]] == [FILES[0].name, FILES[1].name]
    code, lines, _complaint = call("wire_show", GUID)
    assert lines[0] == f"guid      {GUID}"


def test_show_of_what_never_came() -> None:
    assert call("wire_show", "x") == (2, [], "Eine Meldung «x» ist nie angekommen.\n")


def test_replay_reads_again_and_changes_nothing() -> None:
    delivering.take_files(FILES[:3], delivering.feed())
    before = delivering.frozen()

    code, lines, _complaint = call("wire_replay", "--since", "2h", "--json")

    assert (code, [json.loads(line)["outcome"] for line in lines]) == (0, ["late", "late", "repeat"])
    assert delivering.frozen() == before


def test_replay_takes_what_a_switched_off_feed_had_refused() -> None:
    by = delivering.feed()
    by.is_active = False
    by.save()
    delivering.take_files(FILES[:1], by)
    by.is_active = True
    by.save()

    code, lines, _complaint = call("wire_replay", "--since", "90m", "--feed", by.slug)

    assert (code, lines) == (0, [f"{FILES[0].name}  {GUID}  Fassung 1: veröffentlicht in Panorama"])
    assert (WireDelivery.objects.get().error, WireDelivery.objects.get().is_done) == ("", True)


@pytest.mark.parametrize("span", ["2", "h", "2w", "-1h", "²h", ""])
def test_spans_that_are_none(span: str) -> None:
    code, _lines, complaint = call("wire_replay", f"--since={span}")

    assert (code, "ist keine Dauer" in complaint) == (2, True)


def test_kill_withdraws_and_stays() -> None:
    by = delivering.feed()
    delivering.take_files(FILES[:2], by)

    code, lines, _complaint = call("wire_kill", GUID, "--reason", "Anruf der Agentur, 14 Uhr")

    assert (code, lines) == (0, [f"{GUID}: zurückgerufen: Artikel ist zurückgezogen, Texte sind gelöscht"])
    article = Article.objects.get()
    assert (article.status, article.body) == (Status.WITHDRAWN, "")
    row = delivering.row(GUID)
    assert (row.state, row.note) == ("canceled", "Anruf der Agentur, 14 Uhr")
    assert [line.outcome.code for line in delivering.take_files(FILES[:2], by)] == ["late", "late"]


def test_kill_of_what_has_not_come_needs_its_feed() -> None:
    by = delivering.feed()

    assert call("wire_kill", GUID, "--reason", "x")[0] == 2
    code, lines, _complaint = call("wire_kill", GUID, "--reason", "x", "--feed", by.slug, "--json")
    assert (code, json.loads(lines[0])["outcome"]) == (0, "tombstone")
    assert [line.outcome.code for line in delivering.take_files(FILES[:1], by)] == ["late"]


def test_kill_needs_a_reason() -> None:
    assert call("wire_kill", GUID, "--reason", " ")[0] == 2


def test_check_ends_badly_where_a_feed_fails() -> None:
    assert call("wire_check")[0] == 2
    by = delivering.feed()
    assert call("wire_check") == (0, ["nda-publish: noch nichts angekommen"], "")

    FeedState.objects.create(feed=by, failures=5, error="Die Agentur antwortet mit 500.")
    code, lines, _complaint = call("wire_check", "--json")
    assert (code, json.loads(lines[0])["condition"]) == (1, "failing")


def test_purge_forgets_bytes_and_keeps_what_items_rest_on() -> None:
    delivering.take_files(FILES[:2], delivering.feed())
    WireDelivery.objects.update(received_at=timezone.now() - timedelta(days=40))
    waiting = WireDelivery.objects.create(feed=delivering.feed(), name="w", raw=b"x", hash="x", received_at=timezone.now() - timedelta(days=40))

    assert call("wire_purge", "--older", "60d")[1] == ["0 Lieferungen gelöscht, 0 geleert, 0 Dateien gelöscht."]
    code, lines, _complaint = call("wire_purge", "--older", "30d", "--json")

    assert (code, json.loads(lines[0])) == (0, {"deleted": 1, "emptied": 1, "files": 0})
    assert [bytes(delivery.raw) for delivery in WireDelivery.objects.order_by("pk")] == [b"", b"x"]
    assert WireItem.objects.get().delivery is not None
    assert waiting in WireDelivery.objects.all()


def test_pull_says_what_became_of_each(agency: Agency) -> None:  # noqa: F811
    assert call("wire_pull")[0] == 2
    by = delivering.feed("inbox")
    by.address = agency.address("/rss")
    by.save()
    agency.answers["/rss"] = (200, {}, RSS)

    code, lines, _complaint = call("wire_pull", by.slug)

    assert code == 0
    assert lines[0].startswith("127.0.0.1/rss  a1  Fassung 0: in den Eingang")


def test_pull_of_a_feed_that_fails_or_is_unknown(agency: Agency) -> None:  # noqa: F811
    by = delivering.feed("inbox")
    assert call("wire_pull", by.slug)[0] == 2
    assert "Vorhanden: nda-inbox." in call("wire_pull", "x")[2]
    by.address = agency.address("/gone")
    by.save()

    code, _lines, complaint = call("wire_pull")

    assert (code, complaint) == (1, "nda-inbox: Die Agentur antwortet mit 404.\n")
