"""From the desk's act to the moment every reader sees it: publish, correct, withdraw."""

from __future__ import annotations

import argparse
import socket
import sys
import time
from collections.abc import Callable, Mapping
from typing import Final

from bench.figures import figure, median, ratio
from bench.http1 import Reply, parse, request
from bench.newsdesk import Done, Newsdesk, word
from bench.site import main, parser, served, site_of
from bench.tools import Missing

PATIENCE: Final = 30.0  # seconds
Test = Callable[[Reply], bool]


class Watchers:
    """Kept connections, so many that each web process has some; opened before anything happens."""

    def __init__(self, port: int, number: int) -> None:
        self.port = port
        self.lines = [socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) for _ in range(number)]

    def close(self) -> None:
        for line in self.lines:
            line.close()

    def see(self, path: str) -> list[Reply]:
        """What each of them gets; all ask before the first answer is read."""
        asked = request(path, f"127.0.0.1:{self.port}")
        for line in self.lines:
            line.sendall(asked)
        return [_answer(line) for line in self.lines]

    def until(self, pages: Mapping[str, tuple[str, Test]]) -> dict[str, float]:
        """For each page the moment at which the last of them has seen it; all pages are asked for in turn."""
        end, seen = time.monotonic() + PATIENCE, dict[str, float]()
        while len(seen) < len(pages):
            for name, (path, test) in pages.items():
                if name not in seen and all(test(reply) for reply in self.see(path)):
                    seen[name] = time.monotonic()
            if time.monotonic() > end:
                raise Missing(f"Not seen within {PATIENCE:.0f} s: {', '.join(set(pages) - set(seen))}.")
        return seen


def _answer(line: socket.socket) -> Reply:
    buffer = b""
    while (reply := parse(buffer)) is None:
        received = line.recv(262_144)
        if not received:
            raise Missing("The server has closed a reader's connection.")
        buffer += received
    return reply


def says(text: str) -> Test:
    return lambda reply: reply.status == 200 and text.encode() in reply.body


def says_no(text: str) -> Test:
    return lambda reply: reply.status == 200 and text.encode() not in reply.body


def is_gone(reply: Reply) -> bool:
    return reply.status == 410


class Record:
    """Milliseconds from an act's begin until each page shows it, over all rounds."""

    def __init__(self, act: str) -> None:
        self.act = act
        self.calls: list[float] = []
        self.seen: dict[str, list[float]] = {}

    def add(self, page: str, done: Done, moment: float) -> None:
        self.seen.setdefault(page, []).append((moment - done.begun) * 1000)

    def print(self, readers: int) -> None:
        call = median(self.calls)
        for page, values in self.seen.items():
            figure(
                ratio(median(values), call),
                f"{self.act} until seen on the {page} by {readers} readers: {median(values):.0f} ms, at most {max(values):.0f} ms"
                f" (the act alone {call:.0f} ms)",
            )


def follow(record: Record, watchers: Watchers, done: Done, pages: dict[str, tuple[str, Test]]) -> None:
    record.calls.append(done.ms)
    for name, moment in watchers.until(pages).items():
        record.add(name, done, moment)


def measure(given: argparse.Namespace) -> None:
    site = site_of(given)
    records = {act: Record(act) for act in ("publish", "correct", "withdraw")}
    with served(site), Newsdesk(site) as desk:
        watchers = Watchers(site.port, given.connections)
        at_return = [one_round(desk, watchers, records, number) for number in range(given.rounds)]
        watchers.close()
    for record in records.values():
        record.print(given.connections)
    late = sum(at_return)
    total = given.rounds * given.connections
    figure(1 - late / total, f"answers 410 when the withdrawing call returns: {total - late} of {total}")


def one_round(desk: Newsdesk, watchers: Watchers, records: dict[str, Record], number: int) -> int:
    """Returns how many readers could still get the article when the call that withdrew it had returned."""
    first, second = word(number), word(number)
    done = desk.publish(first)
    shown = says(first)
    follow(
        records["publish"], watchers, done,
        {"article": (done.path, shown), "category": (done.category, shown), "front page": ("/", shown)},
    )  # fmt: skip
    revised, shown = desk.revise(done.article, second), says(second)
    follow(
        records["correct"], watchers, revised,
        {"article": (done.path, shown), "category": (done.category, shown), "front page": ("/", shown)},
    )  # fmt: skip
    gone, hidden = desk.withdraw(done.article), says_no(second)
    late = sum(reply.status != 410 for reply in watchers.see(done.path))
    follow(
        records["withdraw"], watchers, gone,
        {"article": (done.path, is_gone), "category": (done.category, hidden), "front page": ("/", hidden)},
    )  # fmt: skip
    return late


if __name__ == "__main__":
    told = parser("Milliseconds until readers see what the desk did")
    told.add_argument("--rounds", type=int, default=10, help="default: %(default)s")
    told.add_argument("--connections", type=int, default=16, help="readers who watch (default: %(default)s)")
    sys.exit(main(measure, told))
