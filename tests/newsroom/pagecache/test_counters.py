"""Shared counters: every process sees a change at once, and nothing lost or replaced counts as unchanged."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from newsroom.pagecache import counters as module
from newsroom.pagecache.counters import CLOSED, FLOOR, HARD, SOFT, Counters, slot

RAISE = """
import sys
from pathlib import Path
from newsroom.pagecache.counters import Counters
Counters(Path(sys.argv[1])).raise_keys(sys.argv[2].split(), hard=sys.argv[3] == "hard")
"""


@pytest.fixture
def counters(tmp_path: Path) -> Counters:
    return Counters(tmp_path / "counters")


def refused(file: Path) -> int:
    raise OSError(30, "Read-only file system", str(file))


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


def test_a_process_that_noticed_tells_all_others_at_once(counters: Counters) -> None:
    other = Counters(counters.file)
    before = other.raise_keys(["front"])
    counters.file.unlink()

    counters.raise_keys(["article-17"], hard=True)

    assert other.words[FLOOR] > before
    assert other.generation == counters.generation
    assert other.words[HARD + slot("article-17")] == counters.generation


def test_a_clock_that_went_back_makes_no_later_file_older(counters: Counters, monkeypatch: pytest.MonkeyPatch) -> None:
    raised = counters.raise_keys(["front"])
    monkeypatch.setattr(time, "time_ns", lambda: 4711)
    counters.file.unlink()

    counters.check()

    assert counters.words[FLOOR] > raised
    assert counters.raise_keys(["front"]) > raised


def test_a_file_put_back_after_it_was_replaced_is_not_trusted(counters: Counters, tmp_path: Path) -> None:
    counters.file.rename(tmp_path / "away")
    counters.check()
    (tmp_path / "away").rename(counters.file)

    counters.check()
    raised = Counters(counters.file).raise_keys(["front"])

    assert counters.generation == raised < CLOSED


def test_a_cut_file_is_replaced_before_anybody_falls_over_it(counters: Counters) -> None:
    os.truncate(counters.file, 100)

    counters.check()

    assert counters.raise_keys(["front"]) == counters.generation


def test_where_no_new_file_can_be_made_the_old_one_serves(counters: Counters, monkeypatch: pytest.MonkeyPatch) -> None:
    other = Counters(counters.file)
    counters.file.unlink()
    monkeypatch.setattr(module, "_opened", refused)

    raised = counters.raise_keys(["article-17"], hard=True)

    assert other.words[HARD + slot("article-17")] == raised


def test_who_cannot_open_the_new_file_trusts_nothing(counters: Counters, monkeypatch: pytest.MonkeyPatch) -> None:
    other = Counters(counters.file)
    counters.file.unlink()
    counters.check()
    monkeypatch.setattr(module, "_opened", refused)

    assert other.generation == 0
    with pytest.raises(OSError, match="replaced"):
        other.raise_keys(["front"])


def test_many_threads_look_after_the_file_at_once(counters: Counters) -> None:
    failures: list[OSError] = []

    def look() -> None:
        try:
            for _ in range(30):
                counters.raise_keys(["front"])
        except OSError as error:
            failures.append(error)

    threads = [threading.Thread(target=look) for _ in range(8)]
    for thread in threads:
        thread.start()
    for _ in range(10):
        counters.file.unlink(missing_ok=True)
        time.sleep(0.01)
    for thread in threads:
        thread.join()

    assert failures == []
    assert counters.raise_keys(["front"]) == counters.generation == Counters(counters.file).generation


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
