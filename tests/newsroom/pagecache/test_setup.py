"""How the cache hears of changes, and by what name it keeps pages apart."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from newsroom.pagecache import setup
from newsroom.pagecache.counters import HARD, MADE, Counters, slot


@pytest.fixture
def counters(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Counters:
    ours = Counters(tmp_path / "counters")
    monkeypatch.setattr(setup, "counters", lambda: ours)
    return ours


@pytest.mark.parametrize(("age", "hard", "waits"), [(0.0, True, True), (0.0, False, False), (3600.0, True, False)])
def test_a_withdrawal_right_after_the_counters_were_lost_waits_until_all_have_noticed(
    counters: Counters, monkeypatch: pytest.MonkeyPatch, age: float, hard: bool, waits: bool
) -> None:
    """A command that starts after the file was deleted cannot reach processes that still look at the old one."""
    slept: list[float] = []
    monkeypatch.setattr(time, "sleep", slept.append)
    counters.words[MADE] = int((time.time() - age) * 1000)

    setup.changed(keys={"article-17"}, hard=hard)

    assert (slept == [2 * setup.WATCH]) is waits
    assert (counters.words[HARD + slot("article-17")] > 0) is hard


def test_the_watch_survives_whatever_it_meets(counters: Counters, monkeypatch: pytest.MonkeyPatch) -> None:
    looks: list[int] = []

    def fail() -> None:
        looks.append(1)
        raise ValueError("whatever")

    monkeypatch.setattr(setup, "WATCH", 0.01)
    monkeypatch.setattr(counters, "check", fail)

    setup.keep_watch(counters)

    time.sleep(0.3)
    monkeypatch.undo()
    assert len(looks) > 3
