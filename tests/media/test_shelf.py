"""The folder for renditions: where it lies, and that a file in it is old or new, never between."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.base import ContentFile

from articles.media.shelf import Folder, shelf

NAME = "0123456789abcdef-1x1-112.jpg"


def names(folder: Path) -> set[str]:
    return {file.name for file in folder.iterdir()}


def test_renditions_lie_below_the_folder_for_pictures(media_folder: Path) -> None:
    shelf().save(NAME, ContentFile(b"cut"))

    assert (media_folder / "renditions" / NAME).read_bytes() == b"cut"


def test_the_folder_follows_the_setting(settings: LazySettings, tmp_path: Path) -> None:
    shelf().save(NAME, ContentFile(b"here"))
    settings.MEDIA_ROOT = tmp_path / "elsewhere"

    assert not shelf().exists(NAME)
    shelf().save(NAME, ContentFile(b"there"))
    assert (tmp_path / "elsewhere" / "renditions" / NAME).read_bytes() == b"there"


def test_a_name_is_written_over_and_stays_the_same(tmp_path: Path) -> None:
    folder = Folder(tmp_path)

    given = [folder.save(NAME, ContentFile(content)) for content in (b"old", b"new")]

    assert given == [NAME, NAME]
    assert names(tmp_path) == {NAME}
    with folder.open(NAME) as file:
        assert file.read() == b"new"


def test_whoever_reads_meanwhile_gets_one_file_or_the_other(tmp_path: Path) -> None:
    folder, old, new, done = Folder(tmp_path), b"o" * 300_000, b"n" * 300_000, threading.Event()
    folder.save(NAME, ContentFile(old))
    seen: list[bytes] = []

    def read() -> None:
        while not done.is_set():
            with folder.open(NAME) as file:
                seen.append(file.read())

    reader = threading.Thread(target=read)
    reader.start()
    for content in (new, old) * 40:
        folder.save(NAME, ContentFile(content))
    done.set()
    reader.join()

    assert seen
    assert set(seen) <= {old, new}


def test_a_disk_that_fills_up_while_writing_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = Folder(tmp_path)
    folder.save(NAME, ContentFile(b"old"))

    def half(self: object, chunk_size: int | None = None) -> Iterator[bytes]:
        yield b"half"
        raise OSError("No space left on device")

    monkeypatch.setattr(ContentFile, "chunks", half)

    with pytest.raises(OSError, match="No space left"):
        folder.save(NAME, ContentFile(b"new"))

    assert names(tmp_path) == {NAME}
    assert (tmp_path / NAME).read_bytes() == b"old"


def test_what_is_not_there_is_said_to_be_missing_and_may_be_deleted(tmp_path: Path) -> None:
    folder = Folder(tmp_path)

    with pytest.raises(FileNotFoundError):
        folder.open(NAME)
    folder.delete(NAME)
    assert not folder.exists(NAME)


@pytest.mark.parametrize("name", ["../a.jpg", "/etc/passwd", "a/../../b.jpg"])
def test_no_name_leads_out_of_the_folder(tmp_path: Path, name: str) -> None:
    folder = Folder(tmp_path / "renditions")

    with pytest.raises(SuspiciousFileOperation):
        folder.save(name, ContentFile(b"x"))
    with pytest.raises(SuspiciousFileOperation):
        folder.open(name)
