"""Shared counters: every process sees a change at once, and nothing lost or replaced counts as unchanged."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from newsroom.pagecache import counters as module
from newsroom.pagecache.counters import FLOOR, HARD, SOFT, Counters, slot

RAISE = """
import sys
from pathlib import Path
from newsroom.pagecache.counters import Counters
Counters(Path(sys.argv[1])).raise_keys(sys.argv[2].split(), hard=sys.argv[3] == "hard")
"""


@pytest.fixture
def counters(tmp_path: Path) -> Counters:
    return Counters(tmp_path / "counters")


def raise_elsewhere(file: Path, keys: str, how: str = "soft") -> None:
    subprocess.run([sys.executable, "-c", RAISE, str(file), keys, how], check=True)


def test_a_change_takes_a_later_generation(counters: Counters) -> None:
    before = counters.generation

    raised = counters.raise_keys(["article-17"])

    assert raised > before
    assert counters.generation == raised


def test_a_soft_change_marks_only_its_own_slots(counters: Counters) -> None:
    raised = counters.raise_keys(["article-17"])

    assert counters.words[SOFT + slot("article-17")] == raised
    assert counters.words[HARD + slot("article-17")] == 0
    assert counters.words[SOFT + slot("article-18")] == 0


def test_a_hard_change_marks_both(counters: Counters) -> None:
    raised = counters.raise_keys(["article-17"], hard=True)

    assert counters.words[SOFT + slot("article-17")] == raised
    assert counters.words[HARD + slot("article-17")] == raised


@pytest.mark.parametrize("how", ["soft", "hard"])
def test_another_process_changes_are_seen_at_once(counters: Counters, how: str) -> None:
    before = counters.generation

    raise_elsewhere(counters.file, "article-17 front", how)

    assert counters.generation > before
    assert counters.words[SOFT + slot("front")] == counters.generation
    assert (counters.words[HARD + slot("front")] > 0) is (how == "hard")


def test_many_processes_lose_no_change(counters: Counters) -> None:
    racing = [subprocess.Popen([sys.executable, "-c", RAISE, str(counters.file), f"tag-{n}", "soft"]) for n in range(6)]

    assert [process.wait() for process in racing] == [0] * 6

    generations = {counters.words[SOFT + slot(f"tag-{n}")] for n in range(6)}
    assert len(generations) == 6
    assert max(generations) == counters.generation


def test_a_stamp_changes_with_its_keys_alone(counters: Counters) -> None:
    stamp = counters.stamp(["front", "all"])

    counters.raise_keys(["article-17"])
    assert counters.stamp(["front", "all"]) == stamp

    counters.raise_keys(["all"])
    assert counters.stamp(["front", "all"]) != stamp


def test_everything_may_be_forgotten_at_once(counters: Counters) -> None:
    before = counters.generation

    counters.raise_everything()

    assert counters.words[FLOOR] == counters.generation > before


def test_a_deleted_file_is_noticed_and_nothing_made_before_counts(counters: Counters) -> None:
    before = counters.generation
    counters.file.unlink()

    counters.check()

    assert counters.words[FLOOR] > before
    raise_elsewhere(counters.file, "front")
    assert counters.words[SOFT + slot("front")] == counters.generation


def test_who_raises_after_a_deletion_raises_in_the_new_file(counters: Counters) -> None:
    counters.file.unlink()
    other = Counters(counters.file)

    counters.raise_keys(["front"])

    assert other.words[SOFT + slot("front")] == counters.generation


def test_a_file_of_another_size_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "counters").write_bytes(b"not ours")

    made = Counters(tmp_path / "counters")

    assert made.raise_keys(["front"]) == made.generation


def test_opened_again_it_remembers(counters: Counters) -> None:
    raised = counters.raise_keys(["front"])

    again = Counters(counters.file)

    assert again.words[SOFT + slot("front")] == raised
    assert again.words[FLOOR] < raised
    assert again.node == counters.node != 0


def test_after_a_new_start_of_the_machine_nothing_counts(counters: Counters, monkeypatch: pytest.MonkeyPatch) -> None:
    raised = counters.raise_keys(["front"])
    monkeypatch.setattr(module, "_boot", lambda: 4711)

    again = Counters(counters.file)

    assert again.words[FLOOR] > raised


def test_what_was_told_is_remembered(counters: Counters) -> None:
    for number in range(1, 5000):
        counters.told(number)

    lately = counters.told_lately()

    assert {4999, 4998, 1000} <= lately
    assert 1 not in lately


def test_two_machines_have_two_names(tmp_path: Path) -> None:
    assert Counters(tmp_path / "one").node != Counters(tmp_path / "two").node
