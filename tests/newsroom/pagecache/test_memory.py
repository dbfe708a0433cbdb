"""The first level keeps within its bounds and keeps what is read."""

from __future__ import annotations

import threading

import pytest

from newsroom.pagecache.entry import OVERHEAD
from newsroom.pagecache.memory import Memory
from tests.newsroom.pagecache.test_store import entry

SIZE = OVERHEAD + 1200  # 800 bytes of text, and the encodings still to come


@pytest.fixture
def memory() -> Memory:
    return Memory(SIZE * 5)


def test_it_counts_what_it_holds(memory: Memory) -> None:
    memory.put("/a/", entry())
    memory.put("/b/", entry())
    memory.put("/a/", entry())

    assert (len(memory), memory.used) == (2, 2 * SIZE)
    memory.drop("/a/")
    memory.drop("/never/")
    assert (len(memory), memory.used) == (1, SIZE)
    memory.clear()
    assert (len(memory), memory.used) == (0, 0)


def test_the_least_recently_used_leaves(memory: Memory) -> None:
    for number in range(5):
        memory.put(f"/{number}/", entry())
    memory.get("/0/")

    memory.put("/5/", entry())

    assert memory.get("/0/") is not None
    assert memory.get("/1/") is None
    assert memory.used <= memory.limit


def test_what_would_fill_a_quarter_is_not_taken(memory: Memory) -> None:
    memory.put("/a/", entry())
    memory.put("/a/", entry("lang" * 100))

    assert memory.get("/a/") is None
    assert memory.used == 0


def test_by_count_each_is_one() -> None:
    memory = Memory(3, by_count=True)
    for number in range(9):
        memory.put(f"/{number}/", entry("lang" * 100, status="404 Not Found"))

    assert (len(memory), memory.used) == (3, 3)


def test_many_threads_leave_the_sum_right() -> None:
    memory = Memory(SIZE * 50)

    def work(name: int) -> None:
        for number in range(200):
            memory.put(f"/{number % 70}/", entry())
            memory.get(f"/{(number + name) % 70}/")

    threads = [threading.Thread(target=work, args=(name,)) for name in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert memory.used == len(memory) * SIZE <= memory.limit
