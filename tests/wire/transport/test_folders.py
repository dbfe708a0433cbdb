"""Watched folders: only what is whole, nothing twice, nothing lost."""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from articles.models import Article, Feed, WireDelivery, WireItem
from articles.wire.transport import folders
from articles.wire.transport.folders import Watcher
from tests import make
from tests.wire import delivering
from tests.wire.delivering import DATA

pytestmark = pytest.mark.django_db
EIL = (DATA / "ninjs" / "01-eil-v1.json").read_bytes()


@pytest.fixture
def feed(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Feed:
    monkeypatch.setattr(folders, "STEADY", 0.05)
    return delivering.feed(watches_folder=True)


@pytest.fixture
def folder(feed: Feed) -> Path:
    found = folders.folder_of(feed)
    found.mkdir(parents=True)
    return found


def looked(watcher: Watcher, feed: Feed) -> list[str]:
    """Twice, with the wait between."""
    lines = watcher.look(feed)
    time.sleep(0.06)
    return [line.outcome.code for line in [*lines, *watcher.look(feed)]]


def test_folders_are_made(feed: Feed) -> None:
    Watcher().look(feed)

    assert {path.name for path in folders.folder_of(feed).iterdir()} == {".work", "done", "error"}


def test_a_whole_file_is_taken_and_put_away(feed: Feed, folder: Path) -> None:
    (folder / "a.json").write_bytes(EIL)

    assert looked(Watcher(), feed) == ["published"]
    assert (folder / "done" / "a.json").read_bytes() == EIL
    assert not (folder / "a.json").exists()


def test_a_file_that_grows_is_left(feed: Feed, folder: Path) -> None:
    watcher, file = Watcher(), folder / "a.json"
    file.write_bytes(EIL[:100])
    watcher.look(feed)
    time.sleep(0.06)
    file.write_bytes(EIL)

    assert watcher.look(feed) == []
    assert file.exists()
    time.sleep(0.06)
    assert [line.outcome.code for line in watcher.look(feed)] == ["published"]


@pytest.mark.parametrize("name", ["a.json.part", "a.json.tmp", ".a.json", "notes.md"])
def test_unfinished_and_other_files_are_left(feed: Feed, folder: Path, name: str) -> None:
    (folder / name).write_bytes(EIL)

    assert looked(Watcher(), feed) == []
    assert (folder / name).exists()


def test_links_are_left(feed: Feed, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "outside.json").write_bytes(EIL)
    (folder / "a.json").symlink_to(tmp_path / "outside.json")

    assert looked(Watcher(), feed) == []


def test_what_cannot_be_read_ends_in_error_with_its_reason_and_stops_nobody(feed: Feed, folder: Path) -> None:
    (folder / "a.json").write_bytes(b"{")
    (folder / "b.json").write_bytes(EIL)

    assert looked(Watcher(), feed) == ["refused", "published"]
    assert (folder / "error" / "a.json").read_bytes() == b"{"
    assert "kein vollständiges JSON" in (folder / "error" / "a.json.grund.txt").read_text(encoding="utf-8")


def test_what_a_killed_process_left_is_taken_again_and_counts_as_a_repeat(feed: Feed, folder: Path) -> None:
    (folder / "a.json").write_bytes(EIL)
    looked(Watcher(), feed)
    (folder / "done" / "a.json").rename(folder / ".work" / "a.json")

    assert [line.outcome.code for line in Watcher().look(feed)] == ["repeat"]
    assert (Article.objects.count(), WireItem.objects.count(), WireDelivery.objects.count()) == (1, 1, 2)


def test_the_same_name_again_overwrites_nothing(feed: Feed, folder: Path) -> None:
    watcher = Watcher()
    for _number in range(2):
        (folder / "a.json").write_bytes(EIL)
        looked(watcher, feed)

    assert len(list((folder / "done").iterdir())) == 2


def test_a_picture_beside_the_copy_is_taken_with_it(feed: Feed, folder: Path) -> None:
    item = DATA / "ninjs" / "15-with-picture.json"
    (folder / "web.jpg").write_bytes(make.jpeg(640, 480))
    (folder / "a.json").write_bytes(item.read_bytes())

    looked(Watcher(), feed)

    assert Article.objects.get().picture is not None
    assert (folder / "web.jpg").exists()
    os.utime(folder / "web.jpg", (1, 1))
    Watcher().look(feed)
    assert (folder / "done" / "web.jpg").exists()


def test_old_files_are_forgotten(feed: Feed, folder: Path) -> None:
    Watcher().look(feed)
    for place in ("done", "error"):
        (folder / place / "old.json").write_bytes(EIL)
        os.utime(folder / place / "old.json", (1, 1))
        (folder / place / "new.json").write_bytes(EIL)

    assert folders.purge(before=datetime(2020, 1, 1, tzinfo=UTC)) == 2
    assert [path.name for path in (folder / "done").iterdir()] == ["new.json"]
