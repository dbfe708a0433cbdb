"""Keeping a process alive: it comes back when it dies, leaves when asked, and is killed when it will not."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from newsroom.keeper import Keeper

ROOT = Path(__file__).resolve().parents[2]
SLEEP = "import time; time.sleep(60)"
DEAF = "import signal, sys, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); open(sys.argv[1], 'w').close(); time.sleep(60)"
PARENT = """
import subprocess, sys, time
print(subprocess.Popen([sys.executable, "-c", sys.argv[1]]).pid, flush=True)
time.sleep(60)
"""
CHILD = """
import os, signal, sys, time
from newsroom.keeper import leave_with_parent
if {deaf}:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
leave_with_parent({parent}, patience=0.1)
print("ready", flush=True)
time.sleep(60)
"""


def until(condition: Callable[[], bool], *, seconds: float = 20) -> None:
    """Wait for it; fail when it does not come."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{pid}/stat")
    return not status.exists() or status.read_text().rsplit(")", 1)[1].split()[0] != "Z"


def test_a_process_that_dies_is_started_again() -> None:
    keeper = Keeper([sys.executable, "-c", SLEEP], pause=0.01)
    keeper.start()
    until(lambda: keeper.process is not None)
    first = keeper.process
    assert first is not None

    first.kill()

    until(lambda: keeper.starts == 2)
    keeper.stop()
    assert keeper.process is not first


def test_a_process_that_keeps_dying_is_started_ever_more_rarely(caplog: pytest.LogCaptureFixture) -> None:
    keeper = Keeper([sys.executable, "-c", "raise SystemExit(3)"], pause=0.01)
    keeper.start()

    until(lambda: keeper.starts == 3)
    keeper.stop()

    assert "ended with 3" in caplog.text


def test_asked_to_stop_the_process_leaves() -> None:
    keeper = Keeper([sys.executable, "-c", SLEEP])
    keeper.start()
    until(lambda: keeper.process is not None)

    keeper.stop()
    keeper.stop()

    assert keeper.starts == 1
    assert keeper.process is not None
    assert keeper.process.returncode == -signal.SIGTERM


def test_a_process_that_will_not_hear_is_killed(tmp_path: Path) -> None:
    ready = tmp_path / "ready"
    keeper = Keeper([sys.executable, "-c", DEAF, str(ready)], patience=0.1)
    keeper.start()
    until(ready.exists)

    keeper.stop()

    assert keeper.process is not None
    assert keeper.process.returncode == -signal.SIGKILL


def test_stopped_before_it_began_nothing_was_started() -> None:
    keeper = Keeper([sys.executable, "-c", SLEEP])

    keeper.stop()

    assert keeper.starts == 0


@pytest.mark.parametrize("deaf", [False, True])
def test_a_child_leaves_soon_after_its_parent_was_killed(deaf: bool) -> None:
    child = CHILD.format(parent="os.getppid()", deaf=deaf)
    parent = subprocess.Popen([sys.executable, "-c", PARENT, child], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    with parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        assert parent.stdout.readline() == "ready\n"

        parent.kill()

    until(lambda: not is_alive(pid))


def test_a_child_leaves_when_its_parent_was_killed_before_it_looked() -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()

    orphan = subprocess.Popen([sys.executable, "-c", CHILD.format(parent=gone.pid, deaf=False)], cwd=ROOT)

    assert orphan.wait(20) == -signal.SIGTERM


FORKING = """
import subprocess, sys, time
from newsroom.keeper import Forked, Keeper
def work():
    {work}
child = Forked(work)
{then}
"""


def forking(work: str, then: str) -> str:
    """What a process of its own prints that has forked a child; this one has threads, so it must not."""
    code = FORKING.format(work=work, then=then)
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True)
    return done.stdout


def test_a_forked_child_works_and_tells_how_it_ended() -> None:
    assert forking("print('at work', flush=True)", "print(child.wait(10), child.poll())") == "at work\n0 0\n"
    assert forking("raise ValueError", "print(child.wait(10))") == "1\n"


def test_a_forked_child_can_be_asked_and_made_to_leave() -> None:
    assert forking("time.sleep(60)", "child.terminate(); print(child.wait(10)); child.terminate(); child.kill()") == "-15\n"
    assert forking("time.sleep(60)", "child.kill(); print(child.wait())") == "-9\n"


def test_nobody_waits_longer_for_a_forked_child_than_he_said() -> None:
    wait = "try:\n    child.wait(0.1)\nexcept subprocess.TimeoutExpired:\n    print('late')\nchild.kill(); child.wait()"

    assert forking("time.sleep(60)", wait) == "late\n"


def test_when_the_first_child_dies_the_command_takes_its_place() -> None:
    command = "[sys.executable, '-c', 'import time; print(\"second\", flush=True); time.sleep(60)']"
    then = (
        f"keeper = Keeper({command}, first=child, pause=0.01)\nkeeper.start()\n"
        "while keeper.starts < 2 or keeper.process is None: time.sleep(0.02)\ntime.sleep(0.5)\nkeeper.stop()\nprint(keeper.starts)"
    )

    assert forking("print('first', flush=True)", then) == "first\nsecond\n2\n"
