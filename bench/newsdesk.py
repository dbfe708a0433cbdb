"""Lets a management process publish, correct and withdraw, as an editor's or the wire's would."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from typing import Any

from bench.processes import end
from bench.site import ROOT, Site
from bench.tools import Missing


@dataclass(frozen=True)
class Done:
    """One act; moments are time.monotonic()."""

    article: int
    path: str
    category: str
    begun: float
    returned: float

    @property
    def ms(self) -> float:
        return (self.returned - self.begun) * 1000


class Newsdesk:
    """`with Newsdesk(site) as desk: desk.publish("Hafen")`."""

    def __init__(self, site: Site) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "bench.act"], cwd=ROOT, env=site.environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )

    def __enter__(self) -> Newsdesk:
        return self

    def __exit__(self, *_: object) -> None:
        if self._process.stdin:
            self._process.stdin.close()
        if self._process.stdout:
            self._process.stdout.close()
        end(self._process)

    def ask(self, do: str, **told: Any) -> dict[str, Any]:
        sink, source = self._process.stdin, self._process.stdout
        if sink is None or source is None:
            raise Missing("The desk's process has no line to us.")
        sink.write(json.dumps({"do": do, **told}).encode() + b"\n")
        sink.flush()
        answer = source.readline()
        if not answer:
            raise Missing(f"The desk's process has ended at «{do}»; what it said stands above.")
        found: dict[str, Any] = json.loads(answer)
        return found

    def paths(self, count: int, *, seed: int = 1) -> list[str]:
        found: list[str] = self.ask("paths", count=count, seed=seed)["paths"]
        return found

    def publish(self, word: str) -> Done:
        return Done(**self.ask("publish", word=word))

    def revise(self, article: int, word: str) -> Done:
        return Done(**self.ask("revise", article=article, word=word))

    def withdraw(self, article: int) -> Done:
        return Done(**self.ask("withdraw", article=article))

    def expire(self, path: str) -> Done:
        return Done(**self.ask("expire", article=number_in(path)))

    def end_soon(self, article: int, seconds: float) -> Done:
        return Done(**self.ask("end_soon", article=article, seconds=seconds))


class Publishing:
    """Publishes so many articles a minute beside whatever else goes on; `done` holds the acts."""

    def __init__(self, desk: Newsdesk, *, a_minute: float) -> None:
        self.done: list[Done] = []
        self._desk, self._pause = desk, 60.0 / a_minute
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._publish, daemon=True, name="publishing")

    def _publish(self) -> None:
        while not self._stop.wait(self._pause):
            self.done.append(self._desk.publish(word(len(self.done))))

    def __enter__(self) -> Publishing:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join(30)


def number_in(path: str) -> int:
    """The article's number, which ends its address."""
    return int(path.rstrip("/").rpartition("-")[2])


def word(number: int) -> str:
    """A word that stands on no page yet."""
    return f"Q{number}x{time.monotonic_ns() % 1_000_000_000:x}"
