"""The page cache against a newsroom at random; `python bench/machine.py` does ten thousand steps of it."""

from __future__ import annotations

from pathlib import Path

import hypothesis
from hypothesis.stateful import run_state_machine_as_test

from tests.newsroom.pagecache.machine import Machine
from tests.newsroom.pagecache.processes import newsroom

SETTINGS = hypothesis.settings(
    max_examples=4, stateful_step_count=30, deadline=None, derandomize=True, database=None, phases=[hypothesis.Phase.generate],
    suppress_health_check=list(hypothesis.HealthCheck),
)  # fmt: skip


def test_two_processes_never_show_what_an_uncached_one_does_not(tmp_path: Path) -> None:
    with newsroom(tmp_path) as Machine.room:
        run_state_machine_as_test(Machine, settings=SETTINGS)

    assert Machine.steps > 40
    assert Machine.compared > 80
