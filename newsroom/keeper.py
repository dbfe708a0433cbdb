"""Keeps one child process alive: starts it again when it dies, ends it in peace when told to."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import threading
import time
from collections.abc import Sequence
from typing import Final

logger = logging.getLogger(__name__)

PATIENCE: Final = 20.0  # seconds between asking a process to leave and killing it
PAUSE: Final = 1.0  # seconds before the first new start; doubled while the process keeps dying
LONGEST_PAUSE: Final = 60.0
LOOK: Final = 1.0  # seconds between two looks for the parent


class Keeper:
    """One child, watched by a thread of ours."""

    def __init__(self, command: Sequence[str], *, pause: float = PAUSE, patience: float = PATIENCE) -> None:
        self.command = list(command)
        self.pause = pause
        self.patience = patience
        self.starts = 0
        self.process: subprocess.Popen[bytes] | None = None
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
            # close_fds=False makes this one system call (posix_spawn). Otherwise Popen waits on a pipe that a web worker
            # forked at the same moment would hold open as long as it lives.
            self.process = subprocess.Popen(self.command, close_fds=False)  # noqa: S603 - our own command, no shell
            self.starts += 1
            if self._watch(self.process):
                return
            lasted = time.monotonic() - begun
            pause = self.pause if lasted > LONGEST_PAUSE else min(pause * 2, LONGEST_PAUSE)
            logger.error("%s ended with %s; new start in %.0f s", " ".join(self.command[1:]), self.process.returncode, pause)
            self._stopping.wait(pause)

    def _watch(self, process: subprocess.Popen[bytes]) -> bool:
        """Wait until the child is gone; say whether that was our wish."""
        while process.poll() is None:
            if self._stopping.wait(0.2):
                _end(process, patience=self.patience)
                return True
        return False


def _end(process: subprocess.Popen[bytes], *, patience: float) -> None:
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
