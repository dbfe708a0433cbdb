"""Lets a newsroom do thousands of random things and compares every page it shows with an uncached rendering.

    python bench/machine.py [--steps 10000] [--seed 1]

Two web processes with the page cache, a third without, one database (tests/newsroom/pagecache/machine.py says what they
do). Prints one line: steps, pages compared, pages that were wrong, seconds, seed. The first wrong page ends it.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

import hypothesis
from hypothesis.stateful import run_state_machine_as_test

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.newsroom.pagecache.machine import Machine
from tests.newsroom.pagecache.processes import newsroom

RULES = 50  # rules of one run, after which the newsroom begins anew


class Enough(Exception):
    """As many steps as were asked for."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--steps", type=int, default=10_000, help="acts and readings (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="the same seed does the same things (default: %(default)s)")
    given = parser.parse_args()
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as folder, newsroom(Path(folder)) as Machine.room:
        wrong = run(given.steps, given.seed)
    seconds = time.monotonic() - begun
    print(f"{Machine.steps} steps, {Machine.compared} pages compared, {wrong} wrong, {seconds:.0f} s, seed {given.seed}")
    sys.exit(wrong)


def run(steps: int, seed: int) -> int:
    """How many pages were wrong: none; the first one is an AssertionError that says what differs."""
    settings = hypothesis.settings(
        max_examples=1 + steps // 20, stateful_step_count=RULES, deadline=None, database=None,
        phases=[hypothesis.Phase.generate],
        suppress_health_check=list(hypothesis.HealthCheck),
    )  # fmt: skip

    @hypothesis.seed(seed)
    class Counted(Machine):
        def teardown(self) -> None:
            print(f"\r{Machine.steps} of {steps}", end="", file=sys.stderr, flush=True)
            if Machine.steps >= steps:
                raise Enough

    Counted.__name__ = Machine.__name__
    try:
        run_state_machine_as_test(Counted, settings=settings)
    except Enough:
        return 0
    return 0


if __name__ == "__main__":
    main()
