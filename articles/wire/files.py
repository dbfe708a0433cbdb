"""Files and folders that somebody names: which of them are deliveries, and their bytes, never more than are kept."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from django.utils.translation import gettext as _

from articles.wire import reading

SUFFIXES = frozenset({".json", ".xml", ".rss", ".atom", ".iptc", ".txt"})


class Unreadable(Exception):
    """This file or folder cannot be read; the sentence says why and what to do."""


@dataclass
class Found:
    """In the order in which they are taken. `ignored`: files in folders that are no deliveries by their name."""

    files: list[Path] = field(default_factory=list)
    ignored: int = 0


def exists(path: Path) -> bool:
    """Also true for what we may not look at: whether it can be read is another question."""
    try:
        path.lstat()
    except PermissionError:
        return True
    except (OSError, ValueError):
        return False
    return True


def find(path: Path) -> Found:
    """A file is taken whatever its name; of a folder, what is named like a delivery, and every folder that is closed to us."""
    if not _is_folder(path):
        return Found([path])
    found = Found()
    for name in sorted(_walk(path)):
        if name.suffix.lower() in SUFFIXES or name.is_dir():
            found.files.append(name)
        else:
            found.ignored += 1
    return found


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:
        return False


def _walk(folder: Path) -> Iterator[Path]:
    """Everything below that is neither hidden nor a link; folders only where they cannot be looked into."""
    closed: list[OSError] = []
    for place, inner, names in os.walk(folder, onerror=closed.append):
        inner[:] = [name for name in inner if not name.startswith(".")]
        for name in names:
            path = Path(place, name)
            if not name.startswith(".") and not path.is_symlink():
                yield path
    yield from (Path(os.fsdecode(error.filename)) for error in closed)


def read(path: Path) -> bytes:
    """The file's bytes. Raises Unreadable for what is no file, or closed to us."""
    try:
        if path.is_dir():
            os.scandir(path).close()
        if not path.is_file():
            raise Unreadable(_("weder Datei noch Ordner. Was aus einem anderen Programm kommt, nehmen Sie mit - entgegen."))
        with path.open("rb") as source:
            return bounded(source)
    except OSError as error:
        sentence = _("nicht lesbar: %s. Bitte prüfen Sie die Rechte und rufen Sie den Befehl noch einmal auf.")
        raise Unreadable(sentence % error.strerror) from error


def bounded(source: BinaryIO) -> bytes:
    """All of it; of what is too large or never ends, one byte more than a delivery may have."""
    return source.read(reading.FEED_LIMIT + 1)
