"""Readers with keep-alive: all at once, or as a steady load; each answer timed, checked and kept."""

from __future__ import annotations

import hashlib
import selectors
import socket
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from bench.http1 import Malformed, Reply, parse, request

PATIENCE: Final = 10.0  # seconds for one answer
MOST_KEPT: Final = 3_000_000  # answers; more are not asked for
AGAIN: Final = 0.02  # seconds until a reader who was refused tries again


@dataclass(slots=True)
class Answer:
    path: str
    status: int  # 0 when there was none
    ms: float
    at: float  # when it was asked for, time.monotonic()
    digest: str = ""  # of the body
    trouble: str = ""  # refused: no connection; closed: not a byte came; torn: not all came; timeout


@dataclass(slots=True)
class _Line:
    """One reader's connection; idle while `path` is empty."""

    link: socket.socket | None = None
    path: str = ""
    asked: float = 0.0
    answered: int = 0  # on this connection
    buffer: bytearray = field(default_factory=bytearray)


class Readers:
    """Readers of one address, driven by one thread."""

    def __init__(
        self,
        port: int,
        paths: Callable[[int], str],
        *,
        connections: int,
        headers: Mapping[str, str] | None = None,
        rate: float = 0.0,
        again: bool = False,
    ) -> None:
        """paths: what the n-th request asks for. rate: requests a second for all together; 0: as fast as it goes.

        again: ask once more, as every browser does, where a kept connection ends without a byte of the answer (RFC 9110, 9.2.2).
        """
        self.port, self.paths, self.rate = port, paths, rate
        self.headers = dict(headers or {})
        self.answers: list[Answer] = []
        self.again, self.asked_again = again, 0
        self._lines = [_Line() for _ in range(connections)]
        self._selector = selectors.DefaultSelector()
        self._idle: deque[_Line] = deque()
        self._away: deque[tuple[float, _Line]] = deque()  # refused; back at that moment
        self._sent, self._begun, self._looked = 0, 0.0, 0.0
        self._bodies: list[bytes] | None = None  # of a crowd: looked at when all is over, for looking takes time

    def burst(self) -> list[Answer]:
        """Every reader connects; then each asks once, all at the same moment."""
        self._bodies = []
        for line in self._lines:
            self._connect(line)
        ready = list(self._idle)
        self._idle.clear()
        for line in ready:
            self._ask(line)
        until = time.monotonic() + PATIENCE
        while any(line.path for line in self._lines) and time.monotonic() < until:
            self._receive(0.05)
        self._give_up(0.0)
        self.close()
        for answer, body in zip(self.answers, self._bodies, strict=True):
            answer.digest = digest(body)
        return self.answers

    def run(self, stop: threading.Event, *, most: float = 600.0) -> list[Answer]:
        """Ask on and on until told to stop; what is under way is waited for."""
        self._begun = time.monotonic()
        for line in self._lines:
            self._connect(line)
        while not stop.is_set() and time.monotonic() < self._begun + most and len(self.answers) < MOST_KEPT:
            self._step()
        until = time.monotonic() + PATIENCE
        while any(line.path for line in self._lines) and time.monotonic() < until:
            self._receive(0.05)
        self._give_up(0.0)
        self.close()
        return self.answers

    def close(self) -> None:
        for line in self._lines:
            self._drop(line)
        self._selector.close()

    def _step(self) -> None:
        now = time.monotonic()
        while self._away and self._away[0][0] <= now:
            self._connect(self._away.popleft()[1])
        while self._idle and (not self.rate or self._sent < (now - self._begun) * self.rate):
            self._ask(self._idle.popleft())
        self._receive(0.001 if self._idle or self._away else 0.05)
        if now > self._looked + 0.25:
            self._looked = now
            self._give_up(PATIENCE)

    def _connect(self, line: _Line) -> None:
        begun = time.monotonic()
        try:
            line.link = socket.create_connection(("127.0.0.1", self.port), timeout=1.0)
        except OSError:
            line.path = line.path or self.paths(self._sent)
            self._sent += 1
            self._finish(line, begun, trouble="refused")
            self._away.append((time.monotonic() + AGAIN, line))
            return
        line.link.setblocking(False)
        line.link.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._selector.register(line.link, selectors.EVENT_READ, line)
        self._idle.append(line)

    def _drop(self, line: _Line) -> None:
        if line.link is not None:
            self._selector.unregister(line.link)
            line.link.close()
            line.link = None
        line.answered = 0
        line.buffer.clear()

    def _ask(self, line: _Line) -> None:
        if line.link is None:
            return
        line.path = self.paths(self._sent)
        self._sent += 1
        line.asked = time.monotonic()
        try:
            line.link.send(request(line.path, f"127.0.0.1:{self.port}", self.headers))
        except OSError:
            self._lost(line)

    def _receive(self, within: float) -> None:
        for key, _ in self._selector.select(within):
            line: _Line = key.data
            try:
                received = line.link.recv(262_144) if line.link else b""
            except BlockingIOError:
                continue
            except OSError:
                received = b""
            if not received:
                self._lost(line)
                continue
            line.buffer += received
            self._read(line)

    def _read(self, line: _Line) -> None:
        try:
            reply = parse(bytes(line.buffer))
        except (Malformed, ValueError):
            self._lost(line)
            return
        if reply is None:
            return
        self._finish(line, line.asked, reply=reply)
        line.answered += 1
        line.buffer.clear()
        if reply.is_last:
            self._drop(line)
            self._connect(line)
        else:
            self._idle.append(line)

    def _lost(self, line: _Line) -> None:
        """The other side has gone. Between two requests that is its right; within one it is a failure."""
        if line.path and self.again and line.answered and not line.buffer:
            self._once_more(line)
            return
        if line.path:
            self._finish(line, line.asked, trouble="torn" if line.buffer else "closed")
        elif line in self._idle:
            self._idle.remove(line)
        self._drop(line)
        self._connect(line)

    def _once_more(self, line: _Line) -> None:
        path, asked = line.path, line.asked
        self.asked_again += 1
        self._drop(line)
        self._connect(line)
        if line.link is not None:
            self._idle.remove(line)
            line.path, line.asked = path, asked
            line.link.send(request(path, f"127.0.0.1:{self.port}", self.headers))

    def _give_up(self, after: float) -> None:
        now = time.monotonic()
        for line in self._lines:
            if line.path and line.link is not None and now - line.asked >= after:
                self._finish(line, line.asked, trouble="timeout")
                self._drop(line)
                self._away.append((now, line))

    def _finish(self, line: _Line, begun: float, *, reply: Reply | None = None, trouble: str = "") -> None:
        took = (time.monotonic() - begun) * 1000
        body = reply.body if reply else b""
        if self._bodies is not None:
            self._bodies.append(body)
        known = "" if self._bodies is not None else digest(body)
        self.answers.append(Answer(line.path, reply.status if reply else 0, took, begun, known, trouble))
        line.path = ""


def digest(body: bytes) -> str:
    return hashlib.blake2b(body, digest_size=8).hexdigest() if body else ""


def at_once(port: int, paths: Sequence[str], *, readers: int, headers: Mapping[str, str] | None = None) -> list[Answer]:
    """So many readers at the same moment, the n-th asking for the n-th path (in turn)."""
    return Readers(port, lambda n: paths[n % len(paths)], connections=readers, headers=headers).burst()


class Load:
    """A steady load in a thread of its own: `with Load(…) as load: …`; afterwards `load.answers`."""

    def __init__(self, port: int, paths: Sequence[str], *, connections: int, rate: float = 0.0, again: bool = False) -> None:
        self._readers = Readers(port, lambda n: paths[n % len(paths)], connections=connections, rate=rate, again=again)
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._readers.run, args=(self._stop,), daemon=True, name="readers")

    @property
    def answers(self) -> list[Answer]:
        return self._readers.answers

    @property
    def asked_again(self) -> int:
        return self._readers.asked_again

    def __enter__(self) -> Load:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join(PATIENCE * 2)
