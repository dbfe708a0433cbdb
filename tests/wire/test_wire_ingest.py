"""`manage.py wire_ingest`: what it takes, prints and answers."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from articles.models import Article, Picture, WireDelivery, WireItem
from tests import make
from tests.wire import delivering
from tests.wire.delivering import DATA, GUID

pytestmark = pytest.mark.django_db
EIL = DATA / "ninjs" / "01-eil-v1.json"
NITF = b'<?xml version="1.0"?><nitf><body/></nitf>'


def ingest(*arguments: object, feed: str = "nda-publish") -> tuple[int, list[str], str]:
    """Exit code, printed lines, and what went to standard error."""
    printed, complained = io.StringIO(), io.StringIO()
    options = ["--feed", feed] if feed else []
    code = 0
    try:
        call_command("wire_ingest", *map(str, arguments), *options, stdout=printed, stderr=complained)
    except SystemExit as leaving:
        code = int(str(leaving.code))
    return code, printed.getvalue().splitlines(), complained.getvalue().strip()


def test_prints_one_line_an_item() -> None:
    delivering.feed()

    code, lines, complaint = ingest(EIL)

    assert lines == [f"{EIL}  {GUID}  Fassung 1: veröffentlicht in Panorama"]
    assert (code, complaint) == (0, "")


def test_published_copy_is_public_at_once() -> None:
    delivering.feed()

    ingest(EIL)

    [article] = delivering.department("Panorama").articles.public()
    assert article.headline == "Fußgängerbrücke in Altenwalde eingestürzt"


def test_folder_is_taken_in_the_order_of_its_paths() -> None:
    delivering.feed()

    code, lines, _complaint = ingest(DATA / "ninjs")

    assert code == 0
    assert [Path(line.split("  ")[0]).name[:2] for line in lines] == [f"{number:02}" for number in range(1, 16)]


def test_twice_is_harmless() -> None:
    delivering.feed()
    ingest(DATA)
    before = delivering.frozen()

    code, _lines, _complaint = ingest(DATA)

    assert code == 0
    assert delivering.frozen() == before


def test_other_files_hidden_ones_and_links_are_left_aside_and_counted(tmp_path: Path) -> None:
    delivering.feed()
    inner = tmp_path / "tief" / "tiefer"
    inner.mkdir(parents=True)
    (inner / "eil.JSON").write_bytes(EIL.read_bytes())
    for name in ("README.md", "bild.jpg", "liste.tsv", ".versteckt.json"):
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / ".ordner").mkdir()
    (tmp_path / ".ordner" / "a.json").write_bytes(b"x")
    (tmp_path / "b.json").symlink_to(inner / "eil.JSON")

    code, lines, complaint = ingest(tmp_path)

    assert (code, len(lines)) == (0, 1)
    assert complaint == "3 andere Dateien wurden nicht gelesen."


def test_file_named_itself_is_read_whatever_its_name(tmp_path: Path) -> None:
    delivering.feed()
    (tmp_path / "meldung.dat").write_bytes(EIL.read_bytes())

    assert ingest(tmp_path / "meldung.dat")[0] == 0
    assert WireItem.objects.count() == 1


def test_standard_input_is_a_file_without_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    delivering.feed()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(EIL.read_bytes())))

    code, lines, _complaint = ingest("-")

    assert (code, lines) == (0, [f"-  {GUID}  Fassung 1: veröffentlicht in Panorama"])
    assert WireDelivery.objects.get().name == "-"


def test_format_of_later_is_refused_by_name_beside_good_ones(tmp_path: Path) -> None:
    delivering.feed()
    (tmp_path / "a.xml").write_bytes(NITF)
    (tmp_path / "b.json").write_bytes(EIL.read_bytes())

    code, lines, complaint = ingest(tmp_path)

    assert code == 1
    assert lines[0] == f"{tmp_path / 'a.xml'}  Diese Meldung hat keine Kennung und wird nicht übernommen."
    assert lines[1].endswith("veröffentlicht in Panorama")
    assert complaint == "1 wurde abgelehnt und ist im Original aufbewahrt."
    assert NITF in delivering.raws()


def test_rejected_language_is_no_failure(tmp_path: Path) -> None:
    delivering.feed()
    (tmp_path / "a.json").write_bytes(EIL.read_bytes().replace(b'"language": "de"', b'"language": "en"'))

    code, lines, _complaint = ingest(tmp_path)

    assert code == 0
    assert lines[0].endswith("Fassung 1: abgelehnt: Sprache en")


def test_json_is_one_object_a_line_and_nothing_else(tmp_path: Path) -> None:
    delivering.feed()
    (tmp_path / "a.xml").write_bytes(NITF)

    code, lines, complaint = ingest(tmp_path / "a.xml", EIL, "--json")

    refused, taken = map(json.loads, lines)
    assert (code, complaint) == (1, "")
    assert (refused["outcome"], refused["reason"], refused["guid"], refused["article"]) == ("refused", "no-guid", "", None)
    assert taken == {
        "file": str(EIL), "guid": GUID, "version": 1, "outcome": "published", "reason": "", "kept": True,
        "sentence": "veröffentlicht in Panorama", "article": Article.objects.get().pk,
    }  # fmt: skip


def test_rehearsal_says_the_same_and_writes_nothing(tmp_path: Path) -> None:
    delivering.feed()
    (tmp_path / "web.jpg").write_bytes(make.jpeg(64, 64))
    for name in ("01-eil-v1.json", "02-update-v2.json", "15-with-picture.json"):
        (tmp_path / name).write_bytes((DATA / "ninjs" / name).read_bytes())

    code, lines, complaint = ingest(tmp_path, "--dry-run")

    assert code == 0
    said = [line.rpartition(": ")[2] for line in lines]
    assert said == ["veröffentlicht in Panorama", "Artikel aktualisiert", "veröffentlicht in Panorama"]
    assert complaint.endswith("Das war eine Probe: Es ist nichts geschrieben worden.")
    assert not any(model.objects.exists() for model in (Article, WireItem, WireDelivery, Picture))


@pytest.mark.parametrize(
    ("arguments", "feed", "sentence"),
    [
        ([], "nda-publish", "Bitte nennen Sie mindestens eine Datei"),
        (["/gibt/es/nicht.json"], "nda-publish", "«/gibt/es/nicht.json» gibt es nicht."),
        ([EIL], "nix", "Einen Dienst «nix» gibt es nicht. Vorhanden: nda-publish."),
        ([EIL], "", "Bitte nennen Sie mit --feed den Dienst. Vorhanden: nda-publish."),
        ([EIL, "/gibt/es/nicht.json"], "nda-publish", "«/gibt/es/nicht.json» gibt es nicht."),
    ],
)
def test_unusable_call_is_told_and_does_nothing(arguments: list[object], feed: str, sentence: str) -> None:
    delivering.feed()

    code, lines, complaint = ingest(*arguments, feed=feed)

    assert (code, lines) == (2, [])
    assert sentence in complaint
    assert not WireDelivery.objects.exists()


def test_unusable_call_without_any_feed_says_so() -> None:
    code, _lines, complaint = ingest(EIL, feed="nix")

    assert code == 2
    assert complaint.endswith("Es ist noch keiner angelegt.")


def test_file_that_cannot_be_opened_is_refused_and_stops_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    delivering.feed()
    open_file: Any = Path.open

    def closed(path: Path, *options: str) -> Any:
        if path.name == "zu.json":
            raise PermissionError(13, "Permission denied")
        return open_file(path, *options)

    (tmp_path / "zu.json").write_bytes(b"{}")
    monkeypatch.setattr(Path, "open", closed)

    code, lines, _complaint = ingest(tmp_path / "zu.json", EIL)

    assert code == 1
    assert "nicht lesbar" in lines[0]
    assert lines[1].endswith("veröffentlicht in Panorama")
