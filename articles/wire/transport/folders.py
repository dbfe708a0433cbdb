"""Watched folders, DATA_DIR/wire/<feed>/: what has arrived whole is taken, and ends in `done` or, with its reason, in `error`.

A file is touched once it has kept its size and time for a while. It moves to `.work` first: after a kill it lies there and is
taken again. Pictures stay beside the copy that names them, until a day has passed.
"""

from __future__ import annotations

import logging
import os
import time
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Final

from django.conf import settings
from django.utils.translation import gettext as _

from articles.models import Feed
from articles.wire import files
from articles.wire.receiving import Line, deliver

logger = logging.getLogger(__name__)

WORK, DONE, ERROR = ".work", "done", "error"
OURS: Final = frozenset({WORK, DONE, ERROR})
UNFINISHED: Final = (".tmp", ".part", ".partial", ".filepart", ".crdownload")
STEADY: Final = 1.0  # seconds without a change
PICTURES_KEPT: Final = 86_400.0  # seconds beside the copy
MOST: Final = 200  # files a round: other feeds wait too

Seen = dict[Path, tuple[int, int, float]]  # size, time of change, and since when both are the same


def folder_of(feed: Feed) -> Path:
    return Path(settings.DATA_DIR) / "wire" / feed.slug


class Watcher:
    """Remembers between two looks what each file looked like."""

    def __init__(self) -> None:
        self._seen: Seen = {}

    def look(self, feed: Feed) -> list[Line]:
        """Take every file that has arrived whole, in the order of their names."""
        folder = folder_of(feed)
        for name in OURS:
            (folder / name).mkdir(mode=0o700, parents=True, exist_ok=True)
        lines: list[Line] = []
        for file in [*_left_over(folder), *self._steady(folder)][:MOST]:
            lines += _take(file, folder, feed)
        _tidy(folder)
        return lines

    def _steady(self, folder: Path) -> list[Path]:
        found: Seen = {}
        now = time.monotonic()
        for file in _arrived(folder):
            with suppress(OSError):
                state = file.stat()
                before = self._seen.get(file)
                is_same = before is not None and before[:2] == (state.st_size, state.st_mtime_ns)
                found[file] = (state.st_size, state.st_mtime_ns, before[2] if before and is_same else now)
        self._seen = {file: seen for file, seen in self._seen.items() if file.parent != folder} | found
        return sorted(file for file, seen in found.items() if now - seen[2] >= STEADY)


def _arrived(folder: Path) -> list[Path]:
    with os.scandir(folder) as entries:
        names = [Path(entry.path) for entry in entries if entry.is_file(follow_symlinks=False) and not entry.name.startswith(".")]
    return [name for name in names if name.suffix.lower() in files.SUFFIXES and not name.name.lower().endswith(UNFINISHED)]


def _left_over(folder: Path) -> list[Path]:
    """Of an earlier process that was killed."""
    return sorted(file for file in (folder / WORK).iterdir() if file.is_file())


def _take(file: Path, folder: Path, feed: Feed) -> list[Line]:
    work = folder / WORK / file.name
    try:
        if file != work:
            file.rename(work)
        raw = files.read(work)
    except FileNotFoundError:
        return []  # another process was quicker
    except (OSError, files.Unreadable) as fault:
        logger.error("The wire file %s cannot be taken: %s", file, fault)
        return []
    lines = list(deliver(raw, feed=feed, name=file.name, folder=folder))
    refused = [line.outcome.sentence for line in lines if line.outcome.code == "refused"]
    _put_away(work, folder / (ERROR if refused else DONE), reason="\n".join(dict.fromkeys(refused)))
    return lines


def _put_away(file: Path, folder: Path, *, reason: str) -> None:
    target = folder / file.name
    if target.exists():
        target = folder / f"{time.strftime('%Y%m%d-%H%M%S')}-{time.monotonic_ns() % 10**6:06d}-{file.name}"
    file.replace(target)
    if reason:
        note = _("Diese Datei wurde nicht oder nicht ganz übernommen:")
        target.with_name(f"{target.name}.grund.txt").write_text(f"{note}\n{reason}\n", encoding="utf-8")


def _tidy(folder: Path) -> None:
    """Pictures and other files that nobody has asked for in a day."""
    limit = time.time() - PICTURES_KEPT
    with os.scandir(folder) as entries:
        old = [Path(entry.path) for entry in entries if entry.is_file(follow_symlinks=False) and entry.stat().st_mtime < limit]
    for file in old:
        if file.suffix.lower() not in files.SUFFIXES and not file.name.startswith("."):
            _put_away(file, folder / DONE, reason="")


def purge(*, before: datetime) -> int:
    """Delete what was put away before then; how many files."""
    gone = 0
    wire = Path(settings.DATA_DIR) / "wire"
    for file in (file for name in (DONE, ERROR) for folder in wire.glob(f"*/{name}") for file in folder.iterdir()):
        if file.is_file() and file.stat().st_mtime < before.timestamp():
            file.unlink(missing_ok=True)
            gone += 1
    return gone
