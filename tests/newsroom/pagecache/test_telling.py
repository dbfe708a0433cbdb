"""No announcement is lost: what a killed process left behind is raised, and the CDN hears of everything at last."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest

from newsroom.pagecache import telling
from newsroom.pagecache.counters import SOFT, Counters, slot
from newsroom.pagecache.telling import Telling


@dataclass
class Row:
    pk: int
    keys: list[str] = field(default_factory=lambda: ["front"])
    is_hard: bool = False
    created_at: datetime = field(default_factory=lambda: datetime.fromtimestamp(time.time() - 10, UTC))


@dataclass
class Cdn:
    is_down: bool = False
    heard: list[tuple[frozenset[str], bool]] = field(default_factory=list)

    def __call__(self, keys: frozenset[str], hard: bool) -> None:
        if self.is_down:
            raise ConnectionError("no route")
        self.heard.append((keys, hard))


@pytest.fixture
def cdn() -> Cdn:
    return Cdn()


def raiser(counters: Counters) -> Any:
    def raise_keys(*, keys: list[str], hard: bool, numbers: tuple[int, ...]) -> None:
        counters.raise_keys(keys, hard=hard)
        for number in numbers:
            counters.told(number)

    return raise_keys


def test_what_was_told_is_done(counters: Counters) -> None:
    counters.told(7)
    before = counters.generation

    assert Telling(counters, raiser(counters), None).carry_out([Row(7)]) == [7]
    assert counters.generation == before


def test_what_was_left_behind_is_raised(counters: Counters) -> None:
    before = counters.generation

    assert Telling(counters, raiser(counters), None).carry_out([Row(8, ["article-17"])]) == [8]
    assert counters.words[SOFT + slot("article-17")] > before


def test_who_has_just_committed_gets_a_moment(counters: Counters) -> None:
    before = counters.generation

    assert Telling(counters, raiser(counters), None).carry_out([Row(9, created_at=datetime.now(UTC))]) == []
    assert counters.generation == before


def test_the_cdn_hears_once_of_many(counters: Counters, cdn: Cdn) -> None:
    rows = [Row(1, ["front", "article-1"]), Row(2, ["front", "article-2"]), Row(3, ["article-3"], is_hard=True)]

    assert Telling(counters, raiser(counters), cdn).carry_out(rows) == [1, 2, 3]
    assert cdn.heard == [(frozenset({"article-3"}), True), (frozenset({"front", "article-1", "article-2"}), False)]


def test_a_cdn_that_does_not_listen_is_told_again(counters: Counters, cdn: Cdn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(telling, "FIRST_PAUSE", 0.1)
    teller = Telling(counters, raiser(counters), cdn)
    cdn.is_down = True

    assert teller.carry_out([Row(1)]) == []
    cdn.is_down = False
    assert teller.carry_out([Row(1)]) == []  # not at once
    time.sleep(0.12)

    assert teller.carry_out([Row(1)]) == [1]
    assert len(cdn.heard) == 1


def test_the_pause_grows_to_a_limit(counters: Counters, cdn: Cdn) -> None:
    teller = Telling(counters, raiser(counters), cdn)
    cdn.is_down = True
    pauses = []
    for _ in range(12):
        teller._silent_until = 0.0
        teller.carry_out([Row(1)])
        pauses.append(teller._pause)

    assert pauses[:4] == [1.0, 2.0, 4.0, 8.0]
    assert pauses[-1] == 300.0


def test_our_own_pages_are_raised_though_the_cdn_is_down(counters: Counters, cdn: Cdn) -> None:
    cdn.is_down = True
    before = counters.generation

    Telling(counters, raiser(counters), cdn).carry_out([Row(1, ["article-1"], is_hard=True)])

    assert counters.generation > before
