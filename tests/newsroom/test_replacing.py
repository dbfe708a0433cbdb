"""A new server takes an old one's place at the same port, and no request is lost."""

from __future__ import annotations

import os
import signal
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from newsroom import replacing
from tests.newsroom.test_serve import Server, Start, _environment, _start, children, free_port, get, wait_for

__all__ = ["_environment", "_start"]


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    settings.SITE_URL = "http://127.0.0.1"


def test_a_server_says_which_it_is(start: Start) -> None:
    port = free_port()
    server = start(port)
    wait_for(port, server)

    assert replacing.who_answers("127.0.0.1", port) == server.pid


def test_nobody_answers_at_a_free_port() -> None:
    assert replacing.who_answers("127.0.0.1", free_port()) is None
    assert not replacing.answers("127.0.0.1", free_port(), within=0.2)


def test_a_pid_file_counts_while_its_process_lives() -> None:
    replacing.claim(8000)
    assert replacing.running(8000) is None  # that is us

    replacing.pid_file(8000).write_text(f"{os.getppid()}")
    assert replacing.running(8000) == os.getppid()

    replacing.release(8000)
    assert replacing.pid_file(8000).exists()  # another's
    for nonsense in ("", "x", "99999999"):
        replacing.pid_file(8000).write_text(nonsense)
        assert replacing.running(8000) is None


def test_what_is_ours_is_taken_away() -> None:
    replacing.claim(8000)

    replacing.release(8000)
    replacing.release(8000)

    assert not replacing.pid_file(8000).exists()


def replaced(start: Start, port: int, environment: dict[str, str]) -> Server:
    server = start(port, REPLACE="1")
    until = time.monotonic() + 30
    while replacing.who_answers("127.0.0.1", port) != server.pid and time.monotonic() < until:
        time.sleep(0.05)
    return server


def test_no_request_is_lost_when_a_new_server_takes_over(start: Start, environment: dict[str, str]) -> None:
    port = free_port()
    old = start(port)
    wait_for(port, old)
    answers: list[int] = []
    stop = threading.Event()

    def read() -> None:
        while not stop.is_set():
            answers.append(get(port, "/healthz")[0])

    readers = [threading.Thread(target=read) for _ in range(4)]
    for reader in readers:
        reader.start()
    new = replaced(start, port, environment)
    old.wait(30)
    time.sleep(0.5)
    stop.set()
    for reader in readers:
        reader.join()

    assert old.returncode == 0
    assert new.poll() is None
    assert set(answers) == {200}
    assert len(answers) > 20
    assert int((Path(environment["DATA_DIR"]) / f"serve-{port}.pid").read_text()) == new.pid


def test_a_worker_may_be_killed_again_and_again(start: Start) -> None:
    port = free_port()
    server = start(port)
    wait_for(port, server)

    for _ in range(3):
        worker = replacing_worker(server)
        os.kill(worker, signal.SIGKILL)
        wait_for(port, server)

    assert server.poll() is None
    assert get(port, "/healthz")[0] == 200


def replacing_worker(server: Server) -> int:
    """The web worker, as /healthz of a one-worker server tells by its parent; found among the children."""
    return next(pid for pid in children(server.pid) if b"background" not in Path(f"/proc/{pid}/cmdline").read_bytes())
