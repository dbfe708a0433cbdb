"""Web processes for tests, each behind a pipe: two with the page cache and one without, over one database."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[3]


class Process:
    """One process of tests/newsroom/pagecache/node.py."""

    def __init__(self, data: Path, *, is_uncached: bool = False) -> None:
        given = {name: os.environ[name] for name in ("PATH", "REDIS_URL", "HOME") if name in os.environ}
        environment = given | {"DATA_DIR": str(data), "DJANGO_SETTINGS_MODULE": "tests.settings", "PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-c", "import django; django.setup(); from tests.newsroom.pagecache import node; node.main()"]
        with (data / "log").open("a") as log:
            self.process = subprocess.Popen(
                [*command, *(["--uncached"] if is_uncached else [])], cwd=ROOT, env=environment, text=True,
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log,
            )  # fmt: skip

    def __call__(self, act: str, /, **given: Any) -> Any:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps([act, given]) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        assert line, "the process is gone, see its log"
        answer = json.loads(line)
        return None if "refused" in answer else answer["is"]

    def end(self) -> None:
        self.process.kill()
        self.process.communicate()


@dataclass(frozen=True)
class Newsroom:
    nodes: tuple[Process, ...]
    truth: Process


@contextmanager
def newsroom(data: Path) -> Iterator[Newsroom]:
    """Two cached processes and an uncached one over the same folder and database."""
    rest = {name: value for name, value in os.environ.items() if not name.startswith("DATABASE_")}
    environment = rest | {"DATA_DIR": str(data), "DJANGO_SETTINGS_MODULE": "tests.settings"}
    subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], cwd=ROOT, env=environment, check=True)
    processes = [Process(data), Process(data), Process(data, is_uncached=True)]
    try:
        yield Newsroom(tuple(processes[:2]), processes[2])
    finally:
        for process in processes:
            process.end()
