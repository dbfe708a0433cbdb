"""A Redis of our own for tests, on a free port and without a disk."""

from __future__ import annotations

import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import redis


@dataclass
class Server:
    """A Redis of our own, to be stopped, frozen and emptied."""

    folder: Path
    port: int
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        command = ["redis-server", "--port", str(self.port), "--dir", str(self.folder), "--save", "", "--bind", "127.0.0.1"]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(200):
            try:
                if redis.Redis(port=self.port).ping():
                    return
            except redis.RedisError:
                time.sleep(0.02)
        raise AssertionError("redis-server does not start")

    def flush(self) -> None:
        redis.Redis(port=self.port).flushall()

    def stop(self) -> None:
        if self.process is not None:
            self.process.send_signal(signal.SIGCONT)
            self.process.kill()
            self.process.wait()
            self.process = None


def wait_until(condition: Callable[[], bool], within: float = 10.0) -> float:
    """How long it took."""
    begun = time.monotonic()
    while not condition():
        assert time.monotonic() - begun < within
        time.sleep(0.01)
    return time.monotonic() - begun
