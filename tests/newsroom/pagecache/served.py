"""A real `manage.py serve` with two workers, for tests that kill and lock it."""

from __future__ import annotations

import http.client
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from newsroom.pagecache.counters import Counters
from newsroom.pagecache.setup import COUNTERS
from tests.newsroom.test_serve import collected

ROOT = Path(__file__).resolve().parents[3]
PATH = "/test/says/"


@dataclass
class Node:
    """One `manage.py serve` with two workers and a folder of its own."""

    data: Path
    port: int
    environment: dict[str, str]
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with (self.data / "log").open("ab") as log:
            command = [sys.executable, "manage.py", "serve", "--port", str(self.port), "--workers", "2"]
            self.process = subprocess.Popen(command, cwd=ROOT, env=self.environment, stdout=log, stderr=log)
        within(60, lambda: self.get()[0] == 200)

    def get(self, timeout: float = 20) -> tuple[int, str, str]:
        """Status, text and why it is stale; status 0 where nothing came back."""
        client = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            client.request("GET", PATH)
            response = client.getresponse()
            return response.status, response.read().decode(), response.headers.get("X-Stale", "")
        except (OSError, http.client.HTTPException):
            return 0, "", ""
        finally:
            client.close()

    def workers(self) -> list[int]:
        assert self.process is not None
        listed = subprocess.run(
            ["ps", "-o", "pid=,args=", "--ppid", str(self.process.pid)], capture_output=True, text=True, check=False
        )
        return [int(line.split()[0]) for line in listed.stdout.splitlines() if "background" not in line]

    def says(self, text: str, *, status: int = 200, pause: float = 0.0) -> None:
        draft = Path(self.environment["SAYS"]) / "draft"
        draft.write_text(json.dumps({"text": text, "status": status, "pause": pause}))
        draft.replace(draft.with_name("says"))

    def renderers(self) -> list[int]:
        file = Path(self.environment["SAYS"]) / "renders"
        return [int(line) for line in file.read_text().split()] if file.exists() else []

    def withdraw(self) -> None:
        """As any other process of this machine would."""
        self.says("zurückgezogen", status=410)
        Counters(self.data / COUNTERS).raise_keys(["article-17"], hard=True)

    def end(self) -> None:
        if self.process is not None:
            self.process.terminate()
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()


def within(seconds: float, condition: Callable[[], bool]) -> float:
    begun = time.monotonic()
    while not condition():
        assert time.monotonic() - begun < seconds
        time.sleep(0.02)
    return time.monotonic() - begun


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def prepared(data: Path, says: Path, **more: str) -> Node:
    environment = {
        "PATH": os.environ["PATH"], "DATA_DIR": str(data), "SECRET_KEY": "k" * 50, "ALLOWED_HOSTS": "127.0.0.1", "SAYS": str(says),
        "SITE_URL": "http://127.0.0.1", "DJANGO_SETTINGS_MODULE": "tests.newsroom.slow_settings", **more,
    }  # fmt: skip
    data.mkdir(exist_ok=True)
    subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], cwd=ROOT, env=environment, check=True)
    collected(data)
    return Node(data, free_port(), environment)
