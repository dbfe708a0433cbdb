"""Several machines and one Redis: what one withdraws the others do not show, whatever becomes of Redis."""

from __future__ import annotations

import logging
import shutil
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import redis

from newsroom.pagecache import setup, shared
from newsroom.pagecache.address import Addresses
from newsroom.pagecache.counters import Counters
from newsroom.pagecache.layer import PageCache
from newsroom.pagecache.memory import Memory
from newsroom.pagecache.shared import MARKS, Neighbours, Shared, connect
from newsroom.pagecache.single import Turns
from newsroom.pagecache.stats import Stats
from tests.newsroom.pagecache.conftest import Reader, Site
from tests.newsroom.pagecache.own_redis import Server, wait_until

pytestmark = pytest.mark.skipif(shutil.which("redis-server") is None, reason="no redis-server on this machine")


@pytest.fixture
def server(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> Iterator[Server]:
    caplog.set_level(logging.CRITICAL)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = Server(tmp_path, port)
    server.start()
    yield server
    server.stop()


@dataclass
class Machine:
    """One of several: counters, memory and a listener of its own."""

    counters: Counters
    neighbours: Neighbours
    reader: Reader
    stop: threading.Event = field(default_factory=threading.Event)

    def change(self, *keys: str, hard: bool = False) -> None:
        """As `setup.changed` does."""
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(setup, "counters", lambda: self.counters)
            patch.setattr(setup, "neighbours", lambda: self.neighbours)
            patch.setattr(setup, "WATCH", 0.0)
            setup.changed(keys=keys, hard=hard)

    def listen(self) -> None:
        threading.Thread(target=self.neighbours.listen, args=(self.stop,), daemon=True).start()
        wait_until(lambda: self.is_in_touch)

    @property
    def is_in_touch(self) -> bool:
        return abs(time.time() - self.counters.heard()) < shared.LOST_AFTER


@pytest.fixture
def machine(server: Server, site: Site, tmp_path: Path) -> Iterator[Callable[[str], Machine]]:
    made: list[Machine] = []

    def make(name: str) -> Machine:
        (tmp_path / name).mkdir()
        counters = Counters(tmp_path / name / "counters")
        cache = PageCache(
            site, addresses=Addresses(["www.example.org"], []), counters=counters, memory=Memory(10_000_000),
            missing=Memory(100, by_count=True), store=Shared(connect(server.url), "release", counters),
            turns=Turns(tmp_path / name / "turns"), stats=Stats(counters), lost_after=shared.LOST_AFTER,
        )  # fmt: skip
        made.append(Machine(counters, Neighbours(connect(server.url), counters), Reader(cache)))
        made[-1].listen()
        return made[-1]

    yield make
    for one in made:
        one.stop.set()


@pytest.fixture
def pair(machine: Callable[[str], Machine]) -> tuple[Machine, Machine]:
    return machine("one"), machine("other")


Pair = tuple[Machine, Machine]


def flushed(one: Machine) -> None:
    one.reader.get()
    one.reader.cache.writer.flush()


def withdrawn(site: Site) -> None:
    site.text, site.status = "zurückgezogen", "410 Gone"


def test_what_one_machine_made_another_need_not_make(pair: Pair, site: Site) -> None:
    one, other = pair
    one.reader.get()
    flushed(one)

    assert other.reader.get().text == "erste Fassung"
    assert len(site.asked) == 1


@pytest.mark.parametrize("hard", [True, False])
def test_a_change_here_is_known_there_within_a_second(pair: Pair, site: Site, hard: bool) -> None:
    one, other = pair
    flushed(other)
    one.reader.get()
    withdrawn(site)

    one.change("article-17", hard=hard)

    assert one.reader.get().status == 410
    assert wait_until(lambda: other.reader.get().status == 410) < 1


def test_a_new_machine_never_takes_a_withdrawn_page_from_redis(machine: Callable[[str], Machine], site: Site) -> None:
    one = machine("one")
    flushed(one)
    withdrawn(site)
    one.change("article-17", hard=True)

    assert machine("late").reader.get().status == 410


def test_a_page_that_comes_back_from_redis_just_before_the_mark_does_not_stay(
    pair: Pair, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the change here and its mark in Redis another process of this machine may fetch the old page."""
    one, _ = pair
    flushed(one)
    tell = one.neighbours.tell

    def late(keys: list[str], *, hard: bool) -> bool:
        assert one.reader.get().text == "erste Fassung"
        return tell(keys, hard=hard)

    monkeypatch.setattr(one.neighbours, "tell", late)
    one.change("article-17", hard=True)
    withdrawn(site)

    assert one.reader.get().status == 410


def test_an_overtaken_page_from_redis_is_shown_only_on_errors(pair: Pair, site: Site) -> None:
    one, other = pair
    flushed(one)
    one.change("front")
    site.status = "503 Service Unavailable"

    answer = other.reader.get()

    assert (answer.text, answer.headers["x-stale"]) == ("erste Fassung", "error")


@pytest.mark.parametrize("how", ["killed", "frozen"])
def test_without_redis_no_machine_shows_for_long_what_another_withdrew(pair: Pair, site: Site, server: Server, how: str) -> None:
    one, other = pair
    flushed(one)
    other.reader.get()
    assert server.process is not None
    server.process.send_signal(signal.SIGKILL if how == "killed" else signal.SIGSTOP)
    withdrawn(site)

    one.change("article-17", hard=True)

    assert one.reader.get().status == 410
    assert wait_until(lambda: other.reader.get().status == 410) < 1.5


def test_what_redis_did_not_take_is_made_up_for(pair: Pair, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """The old page lies there as good as ever: nobody may take it from there."""
    one, other = pair
    flushed(one)
    ask = one.neighbours.client.eval

    def refuse(script: str, *rest: object) -> object:
        if script == shared.RAISE:
            raise redis.TimeoutError("lost on the way")
        return ask(script, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(one.neighbours.client, "eval", refuse)
    withdrawn(site)
    one.change("article-17", hard=True)
    one.reader.cache.memory.clear()

    assert one.reader.get().status == 410
    wait_until(lambda: other.reader.get().status == 410, within=2)


def test_what_was_said_while_nobody_listened_is_caught_up_with(pair: Pair, site: Site, server: Server) -> None:
    one, other = pair
    flushed(one)
    other.reader.get()
    other.stop.set()
    time.sleep(2.5 * shared.BEAT)
    withdrawn(site)
    one.change("article-17", hard=True)

    other.stop.clear()
    other.listen()

    wait_until(lambda: other.reader.get().status == 410, within=1)


def test_a_cut_connection_loses_no_withdrawal(pair: Pair, site: Site, server: Server) -> None:
    one, other = pair
    flushed(one)
    other.reader.get()
    client = redis.Redis(port=server.port)
    withdrawn(site)

    client.client_kill_filter(_type="pubsub")
    one.change("article-17", hard=True)

    assert wait_until(lambda: other.reader.get().status == 410) < 1.5


@pytest.mark.parametrize("how", ["flushed", "started anew", "marks lost"])
def test_a_redis_that_lost_its_memory_shows_nothing_wrong_and_is_used_again(
    pair: Pair, site: Site, server: Server, how: str
) -> None:
    one, other = pair
    flushed(one)
    client = redis.Redis(port=server.port)
    if how == "flushed":
        client.flushall()
    elif how == "marks lost":
        client.delete(MARKS)
    else:
        server.stop()
        server.start()
    withdrawn(site)
    one.change("article-17", hard=True)

    assert one.reader.get().status == 410
    wait_until(lambda: other.reader.get().status == 410, within=2)
    wait_until(lambda: one.is_in_touch and other.is_in_touch)
    site.text, site.status = "wieder da", "200 OK"
    one.change("article-17")
    wait_until(lambda: other.reader.get().text == "wieder da", within=2)


def test_a_redis_that_went_back_in_time_is_not_believed(pair: Pair, site: Site, server: Server) -> None:
    """As after a crash, from a snapshot older than a withdrawal."""
    one, other = pair
    flushed(one)
    client = redis.Redis(port=server.port)
    before: dict[Any, Any] = client.hgetall(MARKS)
    withdrawn(site)
    one.change("article-17", hard=True)
    wait_until(lambda: other.reader.get().status == 410, within=2)

    client.delete(MARKS)
    client.hset(MARKS, mapping=before)
    client.client_kill_filter(_type="pubsub")

    wait_until(lambda: client.hget(MARKS, "epoch") != before[b"epoch"], within=3)
    for each in pair:
        each.reader.cache.memory.clear()
    assert {each.reader.get().status for each in pair} == {410}


def test_a_copied_disk_makes_two_machines(tmp_path: Path) -> None:
    one = Counters(tmp_path / "counters")
    shutil.copy(tmp_path / "counters", tmp_path / "copy")

    assert Counters(tmp_path / "copy").node != one.node


def test_an_address_that_no_text_can_hold_is_no_readers_concern(pair: Pair) -> None:
    assert pair[0].reader.get("/\udc80/").status == 200


def test_a_stamp_is_given_only_while_others_can_be_heard(
    pair: Pair, monkeypatch: pytest.MonkeyPatch, settings: object, server: Server
) -> None:
    monkeypatch.setattr(setup, "counters", lambda: pair[0].counters)
    settings.REDIS_URL = server.url  # type: ignore[attr-defined]
    assert setup.stamp(["front"]) is not None

    server.stop()

    wait_until(lambda: setup.stamp(["front"]) is None, within=2)
