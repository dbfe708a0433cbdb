"""One renderer: among processes too, and a killed one keeps nobody waiting."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from newsroom.pagecache import single
from newsroom.pagecache.single import Flights, Turns
from tests.newsroom.pagecache.test_store import entry

HOLD = """
import sys, time
from pathlib import Path
from newsroom.pagecache.single import Turns
turns = Turns(Path(sys.argv[1]))
print(turns.take(sys.argv[2]), flush=True)
time.sleep(float(sys.argv[3]))
turns.give(sys.argv[2])
time.sleep(5)
"""


@contextmanager
def holder(file: Path, key: str, seconds: float = 60) -> Iterator[subprocess.Popen[str]]:
    """Another process that has the turn for a key for so long."""
    command = [sys.executable, "-c", HOLD, str(file), key, str(seconds)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "True\n"
        yield process
        process.kill()


@pytest.fixture
def turns(tmp_path: Path) -> Turns:
    return Turns(tmp_path / "turns")


def test_what_another_process_has_is_not_given(turns: Turns, tmp_path: Path) -> None:
    with holder(tmp_path / "turns", "/"):
        assert not turns.take("/")
        assert turns.take("/ausland/")


@pytest.mark.parametrize("error", [PermissionError(13, "Permission denied"), OSError(30, "Read-only file system")])
def test_without_a_file_everybody_has_the_turn_at_once(turns: Turns, monkeypatch: pytest.MonkeyPatch, error: OSError) -> None:
    """A file that cannot be opened once looked like one that somebody else had locked: each page took ten seconds."""

    def refuse(*args: object) -> int:
        raise error

    monkeypatch.setattr(os, "open", refuse)

    assert turns.take("/")
    turns.give("/")


def test_a_killed_holder_keeps_nobody_waiting(turns: Turns, tmp_path: Path) -> None:
    with holder(tmp_path / "turns", "/") as other:
        other.send_signal(signal.SIGKILL)
        other.wait()

        assert turns.take("/")


def test_who_waits_gets_what_the_other_made(turns: Turns, tmp_path: Path) -> None:
    made = entry()
    with holder(tmp_path / "turns", "/", 0.3):
        assert turns.wait("/", lambda: made) is made
        assert turns.take("/")


def test_who_waits_and_finds_nothing_has_the_turn(turns: Turns, tmp_path: Path) -> None:
    with holder(tmp_path / "turns", "/", 0.2):
        assert turns.wait("/", lambda: None) is None

        third = [sys.executable, "-c", HOLD.partition("time.sleep(float")[0], str(tmp_path / "turns"), "/"]
        assert subprocess.run(third, capture_output=True, check=True).stdout == b"False\n"


def test_nobody_waits_for_ever(turns: Turns, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(single, "PATIENCE", 0.3)
    with holder(tmp_path / "turns", "/"):
        begun = time.monotonic()

        assert turns.wait("/", lambda: None) is None
        assert 0.25 < time.monotonic() - begun < 3


def test_a_flight_is_entered_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(single, "PATIENCE", 0.05)
    flights = Flights()
    flight, is_ours = flights.enter("/")
    again, is_also_ours = flights.enter("/")

    assert (is_ours, is_also_ours) == (True, False)
    assert again is flight
    assert again.wait() == (None, "")
    made = entry()
    flights.leave("/", flight, (made, ""))
    assert again.wait() == (made, "")
    assert flights.enter("/")[1]
