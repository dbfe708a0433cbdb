"""The real server in its own process: starts, answers, refuses, drains, and leaves nothing behind."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
HALF_OPEN = 300  # clients that connect and never finish their request
Server = subprocess.Popen[str]


@pytest.fixture(scope="module", name="environment")
def _environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """A migrated site whose static files count as collected."""
    folder = tmp_path_factory.mktemp("served")
    given = {
        "PATH": os.environ["PATH"], "DATA_DIR": str(folder), "SECRET_KEY": "k" * 50, "ALLOWED_HOSTS": "127.0.0.1",
        "SITE_URL": "http://127.0.0.1", "DJANGO_SETTINGS_MODULE": "tests.newsroom.slow_settings", "WORKERS": "1",
    }  # fmt: skip
    subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], cwd=ROOT, env=given, check=True)
    collected(folder)
    return given


def collected(data: Path) -> None:
    """Write a manifest younger than all static files."""
    (data / "static").mkdir(exist_ok=True)
    (data / "static" / "staticfiles.json").write_text(json.dumps({"version": "1.1", "paths": {}, "hash": ""}), encoding="ascii")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


Start = Callable[..., Server]


@pytest.fixture(name="start")
def _start(environment: dict[str, str]) -> Iterator[Start]:
    started: list[Server] = []

    def start(port: int, **variables: str) -> Server:
        options = ["--replace"] if variables.pop("REPLACE", "") else []
        server = subprocess.Popen(
            [sys.executable, "manage.py", "serve", "--port", str(port), *options], cwd=ROOT, env=environment | variables, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        started.append(server)
        return server

    yield start
    for server in started:
        server.kill()
        server.communicate()


def get(port: int, path: str) -> tuple[int, bytes]:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=20)) as client:
        client.request("GET", path)
        response = client.getresponse()
        return response.status, response.read()


def wait_for(port: int, server: Server) -> None:
    for _ in range(400):
        assert server.poll() is None, server.communicate()[0]
        try:
            assert get(port, "/readyz")[0] == 200
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("the server never answered")


def children(pid: int) -> list[int]:
    listed = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False).stdout
    return [int(word) for word in listed.split()]


def commands(pids: list[int]) -> str:
    return subprocess.run(
        ["ps", "-o", "args=", "-p", ",".join(map(str, pids))], capture_output=True, text=True, check=False
    ).stdout


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_told_to_stop_it_answers_what_has_begun_and_leaves_nothing_behind(start: Start, number: int) -> None:
    port = free_port()
    server = start(port)
    wait_for(port, server)
    family = children(server.pid)
    answers: list[tuple[int, bytes]] = []
    asking = threading.Thread(target=lambda: answers.append(get(port, "/test/slow/")))
    asking.start()
    time.sleep(0.5)

    server.send_signal(number)
    time.sleep(0.5)
    with pytest.raises(ConnectionRefusedError):  # at once: who waited in a queue would wait in vain
        get(port, "/readyz")

    output = server.communicate(timeout=30)[0]
    asking.join()
    assert server.returncode == 0, output
    assert answers == [(200, b"done at last")]
    assert len(family) == 2
    assert commands(family) == ""
    assert "Die Website läuft: http://127.0.0.1/" in output


def test_told_to_stop_while_it_starts_it_stops(start: Start) -> None:
    for pause in (0.3, 0.9, 1.5):
        server = start(free_port())
        time.sleep(pause)

        server.terminate()

        server.communicate(timeout=30)
        assert server.returncode in (0, -signal.SIGTERM)


def test_dead_background_work_is_started_again(start: Start) -> None:
    port = free_port()
    server = start(port)
    wait_for(port, server)
    first = next(pid for pid in children(server.pid) if "background" in commands([pid]))

    os.kill(first, signal.SIGKILL)

    for _ in range(200):
        again = [pid for pid in children(server.pid) if pid != first and "background --parent" in commands([pid])]
        if again:
            break
        time.sleep(0.1)
    assert len(again) == 1
    assert get(port, "/readyz")[0] == 200


def test_a_killed_server_leaves_its_port_free(start: Start) -> None:
    port = free_port()
    server = start(port)
    wait_for(port, server)
    family = children(server.pid)

    server.kill()

    for _ in range(200):
        if not commands(family):
            break
        time.sleep(0.1)
    assert commands(family) == ""
    wait_for(port, start(port))


def test_half_open_clients_shut_nobody_out(start: Start) -> None:
    port = free_port()
    server = start(port)
    wait_for(port, server)
    silent = [socket.create_connection(("127.0.0.1", port)) for _ in range(HALF_OPEN)]
    for client in silent[::2]:
        client.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n")

    answers = [get(port, "/healthz")[0] for _ in range(5)]

    for client in silent:
        client.close()
    assert answers == [200] * 5


def test_a_port_in_use_is_named_in_one_sentence(start: Start) -> None:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        port = holder.getsockname()[1]

        output = (server := start(port)).communicate(timeout=30)[0]

    assert server.returncode == 1
    assert f"Port {port} ist schon belegt." in output
    assert "Traceback" not in output


def test_a_database_that_was_not_migrated_is_refused(start: Start, tmp_path: Path) -> None:
    collected(tmp_path)

    output = (server := start(free_port(), DATA_DIR=str(tmp_path))).communicate(timeout=30)[0]

    assert server.returncode == 1
    assert "manage.py migrate" in output
    assert "Traceback" not in output
