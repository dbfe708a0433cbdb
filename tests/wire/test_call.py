"""Calls of `wire_ingest` that once hung, broke off or took what was switched off."""

from __future__ import annotations

import io
import json
import os
import sys
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from articles import desk
from articles.models import Article, Feed, WireDelivery, WireItem
from articles.wire import inbox, reading
from articles.wire.receiving import deliver
from tests import make

pytestmark = pytest.mark.django_db
DATA = Path(__file__).parents[1] / "data" / "wire" / "ninjs" / "01-eil-v1.json"


def ingest(*paths: str) -> tuple[int, str]:
    out, err = StringIO(), StringIO()
    try:
        call_command("wire_ingest", *paths, feed="nda", stdout=out, stderr=err)
    except SystemExit as stop:
        return int(str(stop.code)), out.getvalue() + err.getvalue()
    return 0, out.getvalue() + err.getvalue()


def test_a_feed_that_is_switched_off_takes_nothing() -> None:
    feed = make.feed("nda")
    Feed.objects.filter(pk=feed.pk).update(is_active=False)

    code, said = ingest(str(DATA))

    assert code == 2
    assert "ist abgeschaltet" in said
    assert not WireDelivery.objects.exists()


def test_a_file_name_that_is_no_text_stops_no_other_file(tmp_path: Path) -> None:
    make.feed("nda", category=make.category())
    for name in (b"a-\xe4.json", b"b\n\x1b[1m.json", b"c.json"):
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).write_bytes(DATA.read_bytes())

    code, said = ingest(str(tmp_path))

    assert code == 0
    assert WireDelivery.objects.count() == 3
    assert "\x1b" not in said
    assert len(said.strip().splitlines()) == 3


def test_a_pipe_is_refused_instead_of_waited_for_and_the_good_file_beside_it_taken(tmp_path: Path) -> None:
    make.feed("nda", category=make.category())
    os.mkfifo(tmp_path / "pipe.json")

    code, said = ingest(str(tmp_path / "pipe.json"), str(DATA))

    assert code == 1
    assert "pipe.json  weder Datei noch Ordner. Was aus einem anderen Programm kommt, nehmen Sie mit - entgegen." in said
    assert "veröffentlicht" in said
    assert "1 wurde abgelehnt und ist nicht aufbewahrt: Das Original liegt weiter an seinem Ort." in said


def test_a_pipe_in_a_folder_is_told_too(tmp_path: Path) -> None:
    make.feed("nda", category=make.category())
    os.mkfifo(tmp_path / "a.json")
    (tmp_path / "b.json").write_bytes(DATA.read_bytes())

    code, said = ingest(str(tmp_path))

    assert code == 1
    assert "a.json  weder Datei noch Ordner" in said
    assert WireDelivery.objects.count() == 1


def test_a_device_is_refused_and_not_read() -> None:
    make.feed("nda", category=make.category())

    code, said = ingest("/dev/zero", str(DATA))

    assert code == 1
    assert "/dev/zero  weder Datei noch Ordner" in said
    assert WireDelivery.objects.count() == 1


def test_a_folder_that_is_closed_is_named_and_its_neighbours_are_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make.feed("nda", category=make.category())
    (tmp_path / "gut.json").write_bytes(DATA.read_bytes())
    (tmp_path / "zu").mkdir()
    scandir = os.scandir

    def closed(path: str) -> object:
        if str(path).endswith("zu"):
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", closed)

    code, said = ingest(str(tmp_path))

    assert code == 1
    assert f"{tmp_path / 'zu'}  nicht lesbar: Permission denied. Bitte prüfen Sie die Rechte" in said
    assert "gut.json" in said
    assert WireDelivery.objects.count() == 1


def test_too_large_a_file_is_not_counted_as_kept_for_it_is_not(tmp_path: Path) -> None:
    make.feed("nda", category=make.category())
    (tmp_path / "a.json").write_bytes(b" " * (reading.FEED_LIMIT + 1))
    (tmp_path / "b.json").write_bytes(b"{")

    code, said = ingest(str(tmp_path), str(DATA))

    assert code == 1
    assert "a.json  Diese Lieferung ist größer als 20 MB und nur vermerkt, nicht aufbewahrt." in said
    assert "1 wurde abgelehnt und ist im Original aufbewahrt." in said
    assert "1 wurde abgelehnt und ist nicht aufbewahrt: Das Original liegt weiter an seinem Ort." in said
    assert sorted(len(bytes(raw)) for raw in WireDelivery.objects.values_list("raw", flat=True)) == [0, 1, DATA.stat().st_size]


def test_no_more_is_read_than_can_be_kept(tmp_path: Path) -> None:
    make.feed("nda")
    with (tmp_path / "riese.json").open("wb") as sparse:
        sparse.truncate(10**13)

    code, said = ingest(str(tmp_path / "riese.json"))

    assert code == 1
    assert "größer als 20 MB" in said


class Endless(io.RawIOBase):
    """Standard input that never ends."""

    given = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self.given += len(buffer)
        buffer[:] = b" " * len(buffer)
        return len(buffer)


def test_endless_standard_input_ends_with_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    make.feed("nda", category=make.category())
    source = Endless()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(source)))

    code, said = ingest("-", str(DATA))

    assert code == 1
    assert "-  Diese Lieferung ist größer als 20 MB" in said
    assert "veröffentlicht" in said
    assert source.given < 2 * reading.FEED_LIMIT


def test_closed_standard_input_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    make.feed("nda")
    monkeypatch.setattr(sys, "stdin", None)

    code, said = ingest("-")

    assert code == 1
    assert "Die Standardeingabe ist geschlossen." in said


def test_programs_are_told_whether_the_bytes_are_kept(tmp_path: Path) -> None:
    make.feed("nda", category=make.category())
    (tmp_path / "a.json").write_bytes(b"{")
    out = StringIO()

    with pytest.raises(SystemExit):
        call_command("wire_ingest", str(tmp_path), "/dev/null", feed="nda", json=True, stdout=out)

    assert [json.loads(line)["kept"] for line in out.getvalue().splitlines()] == [True, False]


def test_a_feed_switched_off_while_it_runs_takes_nothing_more_and_loses_nothing() -> None:
    feed = make.feed("nda", category=make.category())
    Feed.objects.filter(pk=feed.pk).update(is_active=False)

    [line] = deliver(DATA.read_bytes(), feed=feed, name="eil.json")

    assert (line.outcome.code, line.reason, line.is_kept) == ("refused", "switched-off", True)
    assert "abgeschaltet, die Lieferung ist aufbewahrt" in line.outcome.sentence
    assert bytes(WireDelivery.objects.get().raw) == DATA.read_bytes()
    assert not WireItem.objects.exists()


@pytest.mark.parametrize("act", [inbox.publish_item, inbox.take_over])
def test_what_waits_stays_where_it_is_while_its_feed_is_off(act: Any) -> None:
    feed = make.feed("nda", rule="inbox", category=make.category())
    list(deliver(DATA.read_bytes(), feed=feed, name="eil.json"))
    Feed.objects.filter(pk=feed.pk).update(is_active=False)

    with pytest.raises(desk.Refused, match="abgeschaltet"):
        act(WireItem.objects.get())

    assert not Article.objects.exists()


def test_what_waits_can_be_put_aside_while_its_feed_is_off() -> None:
    feed = make.feed("nda", rule="inbox", category=make.category())
    list(deliver(DATA.read_bytes(), feed=feed, name="eil.json"))
    Feed.objects.filter(pk=feed.pk).update(is_active=False)

    inbox.discard(WireItem.objects.get())

    assert WireItem.objects.get().place == WireItem.Place.DISCARDED
