"""Calls of `wire_ingest` that once hung, broke off or took what was switched off."""

from __future__ import annotations

import os
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from articles.models import Feed, WireDelivery
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


def test_a_pipe_is_refused_instead_of_waited_for(tmp_path: Path) -> None:
    make.feed("nda")
    os.mkfifo(tmp_path / "pipe.json")

    code, said = ingest(str(tmp_path / "pipe.json"))

    assert code == 2
    assert "weder Datei noch Ordner" in said
