"""What /proc says, read right; with a real tree of processes."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from bench.processes import command, end, kilobytes, parent_in, part_of_all, pss_of_all, ran, serving, tree, workers

pytestmark = pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="needs Linux's /proc")

ROLLUP = """55d0-7ffe ---p 00000000 00:00 0 [rollup]
Rss:               52340 kB
Pss:               31337 kB
Pss_Dirty:         20000 kB
"""
# Forks one child as a web server forks its workers: same command line. Says when it is there.
FORKING = "import os, time\nif os.fork(): print('there', flush=True)\ntime.sleep(60)"
STUBBORN = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('there', flush=True); time.sleep(60)"
Process = subprocess.Popen[bytes]


def started(code: str) -> Process:
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.readline()
    return process


@pytest.fixture(name="forked")
def _forked() -> Iterator[Process]:
    process = started(FORKING)
    all_of_them = tree(process.pid)
    yield process
    for pid in all_of_them:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    process.communicate()


def test_pss_is_found_among_its_neighbours() -> None:
    assert kilobytes(ROLLUP) == 31_337
    assert kilobytes(ROLLUP, "Rss") == 52_340
    with pytest.raises(ValueError, match="no Pss"):
        kilobytes("Rss: 1 kB")


def test_a_name_with_brackets_hides_no_parent() -> None:
    assert parent_in("812 (a (b) c) S 41 812 812 0 -1") == 41


def test_a_tree_is_its_root_and_all_below(forked: Process) -> None:
    found = tree(forked.pid)

    assert found[0] == forked.pid
    assert len(found) == 2
    assert os.getpid() not in found


def test_workers_are_the_children_that_go_by_the_same_name(forked: Process) -> None:
    assert workers(forked.pid) == tree(forked.pid)[1:]
    assert command(forked.pid)[0] == sys.executable
    assert forked.pid not in workers(os.getpid())


def test_every_process_of_the_tree_has_its_share_of_memory(forked: Process) -> None:
    found = pss_of_all(forked.pid)

    assert set(found) == set(tree(forked.pid))
    assert all(100 < size < 200_000 for size in found.values())


def test_what_is_mapped_is_a_part_of_it(forked: Process) -> None:
    mapped, all_of_it = part_of_all(forked.pid, "Pss_File"), pss_of_all(forked.pid)

    assert 0 < sum(mapped.values()) < sum(all_of_it.values())


def test_who_waits_for_events_serves(forked: Process) -> None:
    assert not serving(forked.pid)
    assert not serving(0)
    with closing(select.epoll()):
        assert serving(os.getpid())


def test_work_shows_in_the_time_a_process_ran() -> None:
    before, until = ran(os.getpid()), time.process_time() + 0.02
    while time.process_time() < until:
        pass

    assert ran(os.getpid()) - before > 5_000_000
    assert ran(2**22 - 1) == 0


def test_who_does_not_leave_is_killed() -> None:
    process = started(STUBBORN)

    took = end(process, patience=0.2)

    assert process.returncode == -signal.SIGKILL
    assert 0.2 <= took < 5
    process.communicate()


def test_who_leaves_is_not_killed(forked: Process) -> None:
    took = end(forked)

    assert forked.returncode == -signal.SIGTERM
    assert took < 5
