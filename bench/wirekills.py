"""An ingest of twenty items, killed (signal 9) at its writes and commits one after the other; after a restart everything is there once, whole.

    python -m bench.wirekills [--points 40]

Each point gets a copy of the same database and the same watched folder. Printed: how many points ended in another state than the undisturbed
ingest. 0 points: every one there is.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import sqlite3
import sys
import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from bench.figures import figure, note

ROOT: Final = Path(__file__).resolve().parents[1]
ITEMS: Final = 20


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--points", type=int, default=40)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "DATA_DIR": folder, "SECRET_KEY": "b" * 60, "ALLOWED_HOSTS": "127.0.0.1", "SITE_URL": "http://127.0.0.1", "DEBUG": "0",
            "DJANGO_SETTINGS_MODULE": "newsroom.settings",
        }  # fmt: skip
        os.environ.pop("DATABASE_URL", None)
        bad, tried, every = measure(Path(folder), given.points)
    note(f"{every} writes and commits in an ingest of {ITEMS} deliveries")
    figure(len(bad) / tried, f"of {tried} points at which it was killed, ended otherwise than undisturbed: {len(bad)} {bad[:3] if bad else ''}")
    return 1 if bad else 0


def measure(folder: Path, points: int) -> tuple[list[str], int, int]:
    import django  # noqa: PLC0415 - after the environment

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415

    from bench import wireact  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    wireact.prepare()
    connection.close()
    base = folder / "newsroom.sqlite3"
    wanted, every = in_child(wireact.whole, folder, base)
    step = max(1, every // points) if points else 1
    bad = []
    chosen = range(1, every + 1, step)
    for point in chosen:
        found = killed_at(point, folder, base, wireact)
        if found != wanted:
            bad.append(f"point {point}: {json.dumps(found)[:300]}")
    return bad, len(chosen), every


def killed_at(point: int, folder: Path, base: Path, act: Any) -> Any:
    """The state after an ingest that was killed there, and one after the restart."""
    own = folder / "copy"
    shutil.rmtree(own, ignore_errors=True)
    own.mkdir()
    _copy(base, own / "newsroom.sqlite3")
    in_child(lambda: act.ingest(point), own, own / "newsroom.sqlite3", may_die=True)
    return in_child(lambda: act.whole(later=timedelta(minutes=10))[0], own, own / "newsroom.sqlite3")


def in_child(do: Callable[[], Any], folder: Path, database: Path, *, may_die: bool = False) -> Any:
    """Do it in a process of its own with that database; what it returns comes back as JSON."""
    if not may_die and database.parent == folder and folder.name != "copy":
        own = folder / "whole"
        shutil.rmtree(own, ignore_errors=True)
        own.mkdir()
        _copy(database, own / "newsroom.sqlite3")
        folder, database = own, own / "newsroom.sqlite3"
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        _settle(folder, database)
        os.write(writing, json.dumps(do(), default=str).encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as source:
        told = source.read()
    _pid, status = os.waitpid(child, 0)
    if not may_die:
        return json.loads(told)
    if not os.WIFSIGNALED(status) or os.WTERMSIG(status) != signal.SIGKILL:
        raise SystemExit("an ingest that was to be killed has come to its end")
    return None


def _settle(folder: Path, database: Path) -> None:
    from django.conf import settings  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415

    settings.DATA_DIR = folder
    connection.settings_dict["NAME"] = str(database)


def _copy(source: Path, target: Path) -> None:
    with sqlite3.connect(source) as old, sqlite3.connect(target) as new:
        old.backup(new)


if __name__ == "__main__":
    sys.exit(main())
