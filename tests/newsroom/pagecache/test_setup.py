"""How the cache hears of changes, and by what name it keeps pages apart."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path
from typing import Any

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


@pytest.fixture
def base(tmp_path: Path, settings: Any) -> Path:
    """The program's files."""
    for name in ("articles/models.py", "templates/base.html", "static/icons/mark.png", "requirements.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("first", encoding="ascii")
    settings.BASE_DIR = tmp_path
    return tmp_path


def released() -> str:
    setup.release.cache_clear()
    name = setup.release()
    setup.release.cache_clear()
    return name


@pytest.mark.parametrize("name", ["articles/models.py", "templates/base.html", "static/icons/mark.png", "requirements.txt"])
def test_whatever_pages_are_made_with_makes_another_release(base: Path, name: str) -> None:
    before = released()

    (base / name).write_text("later", encoding="ascii")

    assert released() != before


def test_the_same_program_elsewhere_is_the_same_release(
    base: Path, settings: Any, tmp_path_factory: pytest.TempPathFactory
) -> None:
    before = released()
    settings.BASE_DIR = shutil.copytree(base, tmp_path_factory.mktemp("other") / "place", copy_function=shutil.copyfile)
    os.utime(settings.BASE_DIR / "articles" / "models.py", (1, 1))

    assert released() == before
