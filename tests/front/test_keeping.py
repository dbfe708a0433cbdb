"""What is kept is given out until somebody announces a change, and never when nobody could tell."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from articles.front import keeping
from articles.front.keeping import keep, register

NOW = datetime(2026, 2, 4, 12, 0, tzinfo=UTC)
KEYS = ("all", "tag-5")


class Counters:
    """Announcements by key, as the house counts them."""

    def __init__(self) -> None:
        self.raised: dict[str, int] = {}

    def __call__(self, keys: tuple[str, ...]) -> tuple[int, ...]:
        return tuple(self.raised.get(key, 0) for key in keys)

    def announce(self, key: str) -> None:
        self.raised[key] = self.raised.get(key, 0) + 1


class Maker:
    """Makes another value each time."""

    def __init__(self) -> None:
        self.made = 0

    def __call__(self) -> int:
        self.made += 1
        return self.made


@pytest.fixture
def counters() -> Iterator[Counters]:
    told = Counters()
    register(told)
    yield told
    register(None)


def test_without_a_stamp_nothing_is_kept() -> None:
    make = Maker()

    assert [keep("menu", KEYS, make) for _ in range(3)] == [1, 2, 3]


def test_a_stamp_that_cannot_tell_keeps_nothing() -> None:
    register(lambda _: None)
    make = Maker()

    assert [keep("menu", KEYS, make) for _ in range(3)] == [1, 2, 3]
    register(None)


def test_it_is_made_once(counters: Counters) -> None:
    make = Maker()

    assert [keep("menu", KEYS, make) for _ in range(3)] == [1, 1, 1]


@pytest.mark.parametrize(("key", "then"), [("all", 2), ("tag-5", 2), ("tag-6", 1), ("front", 1)])
def test_an_announcement_of_its_keys_makes_it_new(counters: Counters, key: str, then: int) -> None:
    make = Maker()
    keep("menu", KEYS, make)

    counters.announce(key)

    assert keep("menu", KEYS, make) == then


def test_values_have_names(counters: Counters) -> None:
    make = Maker()

    assert [keep(name, KEYS, make) for name in ("menu", ("related", 1), ("related", 2), "menu")] == [1, 2, 3, 1]


def test_what_is_announced_while_it_is_made_is_not_taken_for_known(counters: Counters) -> None:
    def overtaken() -> str:
        counters.announce("all")
        return "old"

    assert keep("menu", KEYS, overtaken) == "old"
    assert keep("menu", KEYS, lambda: "new") == "new"


def test_it_ends_at_its_moment(counters: Counters) -> None:
    make = Maker()
    with time_machine.travel(NOW, tick=False) as clock:
        keep("menu", KEYS, make, until=lambda _: NOW + timedelta(seconds=10))
        clock.shift(9)
        assert keep("menu", KEYS, make) == 1
        clock.shift(1)
        assert keep("menu", KEYS, make, until=lambda _: None) == 2
        clock.shift(1000)
        assert keep("menu", KEYS, make) == 2


def test_a_mistake_is_not_kept(counters: Counters) -> None:
    with pytest.raises(ZeroDivisionError):
        keep("menu", KEYS, lambda: 1 // 0)

    assert keep("menu", KEYS, lambda: 7) == 7


def test_what_nobody_asked_for_longest_goes_first(counters: Counters, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "MOST", 2)
    make = Maker()
    for name in ("a", "b", "a", "c"):
        keep(name, KEYS, make)

    assert keep("a", KEYS, make) == 1
    assert keep("b", KEYS, make) == 4
    assert len(keeping._values) == 2


def test_another_stamp_begins_with_nothing(counters: Counters) -> None:
    make = Maker()
    keep("menu", KEYS, make)

    register(Counters())

    assert keep("menu", KEYS, make) == 2
    register(None)
