"""Keeps one child process alive: starts it again when it dies, ends it in peace when told to."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Sequence
from typing import Final, NoReturn, Protocol

logger = logging.getLogger(__name__)

PATIENCE: Final = 20.0  # seconds between asking a process to leave and killing it
PAUSE: Final = 1.0  # seconds before the first new start; doubled while the process keeps dying
LONGEST_PAUSE: Final = 60.0
LOOK: Final = 1.0  # seconds between two looks for the parent


class Process(Protocol):
    """What a keeper needs of its child: subprocess.Popen has it, and Forked."""

    @property
    def pid(self) -> int: ...
    @property
    def returncode(self) -> int | None: ...
    def poll(self) -> int | None: ...
    def wait(self, timeout: float | None = None) -> int: ...
    def terminate(self) -> None: ...
    def kill(self) -> None: ...


class Forked:
    """A child that begins as a copy of this process and shares what neither changes; only while we have a single thread."""

    def __init__(self, work: Callable[[], None]) -> None:
        self.returncode: int | None = None
        self.pid = os.fork()
        if self.pid == 0:
            _run(work)

    def poll(self) -> int | None:
        if self.returncode is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            self.returncode = os.waitstatus_to_exitcode(status) if pid else None
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        last = time.monotonic() + timeout if timeout is not None else None
        while (code := self.poll()) is None:
            if last is not None and time.monotonic() > last:
                raise subprocess.TimeoutExpired(str(self.pid), timeout or 0)
            time.sleep(0.02)
        return code

    def terminate(self) -> None:
        self._send(signal.SIGTERM)

    def kill(self) -> None:
        self._send(signal.SIGKILL)

    def _send(self, number: int) -> None:
        """Never to another process that may have its number by now."""
        if self.poll() is None:
            os.kill(self.pid, number)


def _run(work: Callable[[], None]) -> NoReturn:
    """The whole life of a forked child: nothing of what its parent was about to do."""
    code = 1
    try:
        work()
        code = 0
    except Exception:
        logger.exception("A forked process ended")
    finally:
        logging.shutdown()
        os._exit(code)


class Keeper:
    """One child, watched by a thread of ours."""

    def __init__(
        self, command: Sequence[str], *, first: Process | None = None, pause: float = PAUSE, patience: float = PATIENCE,
    ) -> None:  # fmt: skip
        """first: runs already; when it dies, the command takes its place."""
        self.command = list(command)
        self.first = first
        self.pause = pause
        self.patience = patience
        self.starts = 0
        self.process: Process | None = None
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._keep, daemon=True, name="keeper")

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Ask the child to leave and wait for it; kill it when it does not. A second call does nothing."""
        self._stopping.set()
        if self._thread.ident is not None:
            self._thread.join()

    def _keep(self) -> None:
        pause = self.pause
        while not self._stopping.is_set():
            begun = time.monotonic()
            self.process, self.first = self.first or self._started(), None
            self.starts += 1
            if self._watch(self.process):
                return
            lasted = time.monotonic() - begun
            pause = self.pause if lasted > LONGEST_PAUSE else min(pause * 2, LONGEST_PAUSE)
            logger.error("%s ended with %s; new start in %.0f s", " ".join(self.command[1:]), self.process.returncode, pause)
            self._stopping.wait(pause)

    def _started(self) -> Process:
        """close_fds=False makes this one system call (posix_spawn). Otherwise Popen waits on a pipe that a web worker
        forked at the same moment would hold open as long as it lives."""
        return subprocess.Popen(self.command, close_fds=False)  # noqa: S603 - our own command, no shell

    def _watch(self, process: Process) -> bool:
        """Wait until the child is gone; say whether that was our wish."""
        while process.poll() is None:
            if self._stopping.wait(0.2):
                _end(process, patience=self.patience)
                return True
        return False


def _end(process: Process, *, patience: float) -> None:
    process.terminate()
    try:
        process.wait(patience)
    except subprocess.TimeoutExpired:
        logger.error("Process %d did not leave within %.0f s and was killed", process.pid, patience)
        process.kill()
        process.wait()


def leave_with_parent(parent: int, *, patience: float = PATIENCE) -> None:
    """End this process soon after the one that started it, even if that was killed: in peace, and if need be by force.

    parent: its id, told by itself: whoever asks later may find it gone already and another in its place.
    """

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(LOOK)
        last = time.monotonic() + patience
        while time.monotonic() < last:  # a process that is still starting may not hear it the first time
            os.kill(os.getpid(), signal.SIGTERM)
            time.sleep(LOOK)
        os.kill(os.getpid(), signal.SIGKILL)

    threading.Thread(target=watch, daemon=True, name="parent").start()
