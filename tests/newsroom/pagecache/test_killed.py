"""A real server whose processes are killed and whose files are taken away: only what is under way may fail."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from newsroom.pagecache.counters import Counters
from newsroom.pagecache.setup import COUNTERS, FOLDER
from tests.newsroom.pagecache.own_redis import Server as Redis
from tests.newsroom.pagecache.served import ROOT, Node, free_port, prepared, within

CLIENTS = 4
TAKEN_APART = 0.5  # seconds that the kernel needs at most for a killed process and its queue of connections
MIGRATE = Path("/proc/sys/net/ipv4/tcp_migrate_req")  # with 1 in it that queue goes to another worker, see docs/operate.md
RAISE = """
import time, django
django.setup()
from newsroom.pagecache import setup
setup.changed(keys=["article-17"], hard=True)
print(time.time())
"""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Node]:
    data = tmp_path_factory.mktemp("killed")
    node = prepared(data, data)
    node.says("erste Fassung")
    node.start()
    yield node
    node.end()


@pytest.fixture
def node(served: Node) -> Node:
    """Well again, both workers there, its page as at first."""
    served.says("erste Fassung")
    within(30, lambda: len(served.workers()) == 2 and served.get()[0] != 0)
    Counters(served.data / COUNTERS).raise_keys(["article-17"], hard=True)
    within(30, lambda: served.get()[:2] == (200, "<p>erste Fassung</p>"))
    return served


def seen_by_all(node: Node, expected: int) -> bool:
    """Forty new connections reach both workers."""
    return {node.get()[0] for _ in range(40)} == {expected}


def test_a_renderer_killed_with_the_turn_in_its_hands_keeps_nobody_waiting(node: Node) -> None:
    node.says("zweite Fassung", pause=30)
    before = len(node.renderers())
    Counters(node.data / COUNTERS).raise_keys(["article-17"], hard=True)
    first: list[tuple[int, str, str]] = []
    thread = threading.Thread(target=lambda: first.append(node.get(40)))
    thread.start()
    within(10, lambda: len(node.renderers()) > before)
    node.says("zweite Fassung")
    renderer = node.renderers()[-1]
    assert renderer in node.workers()

    os.kill(renderer, signal.SIGKILL)

    thread.join()
    assert first == [(0, "", "")]
    assert within(5, lambda: node.get()[:2] == (200, "<p>zweite Fassung</p>")) < 5


@dataclass
class Load:
    """What clients got; each asks again as soon as it has its answer."""

    node: Node
    stop: threading.Event = field(default_factory=threading.Event)
    answers: list[tuple[float, tuple[int, str, str]]] = field(default_factory=list)  # with the moments they were asked for

    def ask(self) -> None:
        while not self.stop.is_set():
            begun = time.monotonic()
            self.answers.append((begun, self.node.get()))


@contextmanager
def load(node: Node) -> Iterator[Load]:
    load = Load(node)
    threads = [threading.Thread(target=load.ask) for _ in range(CLIENTS)]
    for thread in threads:
        thread.start()
    yield load
    load.stop.set()
    for thread in threads:
        thread.join()


def test_workers_killed_under_load_cost_only_what_is_under_way(node: Node) -> None:
    moments, kills = random.Random(17), []
    with load(node) as under:
        for _ in range(8):
            within(30, lambda: len(node.workers()) == 2)
            time.sleep(moments.uniform(0.5, 2.5))
            victim = max(node.workers())  # the youngest: the other one has long been serving
            kills.append(time.monotonic())
            os.kill(victim, signal.SIGKILL)
        time.sleep(1)

    failed = [begun for begun, answer in under.answers if answer[0] == 0]
    assert {answer[:2] for _, answer in under.answers} <= {(200, "<p>erste Fassung</p>"), (0, "")}
    assert len(under.answers) > 10 * len(failed)
    for kill in kills:
        under_way = [begun for begun in failed if kill - 1 < begun <= kill]
        in_its_queue = [begun for begun in failed if kill < begun < kill + TAKEN_APART]
        failed = [begun for begun in failed if begun not in [*under_way, *in_its_queue]]
        assert len(under_way) <= CLIENTS
        assert len(in_its_queue) <= (CLIENTS - len(under_way) if is_migrating() else CLIENTS)
    assert failed == []


def is_migrating() -> bool:
    return MIGRATE.exists() and MIGRATE.read_text(encoding="ascii").strip() == "1"


def test_a_deleted_folder_is_missed_by_nobody(node: Node) -> None:
    while (node.data / FOLDER).exists():
        shutil.rmtree(node.data / FOLDER, ignore_errors=True)  # the server may be writing into it at this very moment

    assert seen_by_all(node, 200)
    node.withdraw()
    assert seen_by_all(node, 410)
    within(5, lambda: any((node.data / FOLDER).rglob("*.page")))


@pytest.mark.parametrize("options", ["size=64k", "size=64k,ro"])
@pytest.mark.skipif(os.geteuid() != 0 or shutil.which("mount") is None, reason="only root can mount a disk that is full")
def test_a_full_or_locked_disk_is_no_readers_concern(node: Node, options: str) -> None:
    folder = node.data / FOLDER
    folder.mkdir(exist_ok=True)
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", options, "none", str(folder)], capture_output=True, check=False)
    if mounted.returncode:
        pytest.skip("nothing may be mounted here")
    try:
        if "ro" not in options:
            with pytest.raises(OSError, match="space"):
                (folder / "filling").write_bytes(bytes(1_000_000))
        assert seen_by_all(node, 200)
        node.withdraw()
        assert seen_by_all(node, 410)
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)
    within(10, lambda: node.get()[0] == 410)


def test_a_torn_page_is_made_anew(node: Node) -> None:
    within(5, lambda: any((node.data / FOLDER).rglob("*.page")))
    for file in (node.data / FOLDER).rglob("*.page"):
        file.write_bytes(file.read_bytes()[:50])
    for worker in node.workers():
        os.kill(worker, signal.SIGKILL)

    within(30, lambda: node.get()[:2] == (200, "<p>erste Fassung</p>"))
    assert seen_by_all(node, 200)


@pytest.mark.parametrize("how", ["deleted", "cut", "replaced"])
def test_lost_counters_hide_no_withdrawal(node: Node, how: str) -> None:
    file = node.data / COUNTERS
    if how == "deleted":
        file.unlink()
    elif how == "cut":
        os.truncate(file, 0)
    else:
        file.with_suffix(".new").write_bytes(bytes(100))
        file.with_suffix(".new").replace(file)
    time.sleep(1.2)  # a process that withdraws in this time waits itself, see setup.changed

    node.withdraw()

    within(30, lambda: node.get()[0] == 410)
    assert seen_by_all(node, 410)


@pytest.mark.skipif(shutil.which("redis-server") is None, reason="no redis-server on this machine")
def test_two_nodes_lose_redis_and_get_it_back(tmp_path: Path) -> None:
    redis = Redis(tmp_path, free_port())
    redis.start()
    shared = {"REDIS_URL": redis.url, "DATABASE_URL": f"sqlite:///{tmp_path / 'one' / 'newsroom.sqlite3'}"}
    nodes = [prepared(tmp_path / name, tmp_path, **shared) for name in ("one", "other")]
    one, other = nodes
    try:
        one.says("erste Fassung")
        for node in nodes:
            node.start()
        for act in (redis.flush, redis.stop, redis.start):
            act()
            one.says("wieder da")
            withdraw(one)
            within(10, lambda: {node.get()[1] for node in nodes} == {"<p>wieder da</p>"})
            one.says("zurückgezogen", status=410)
            told = withdraw(one)
            assert one.get()[0] == 410
            within(10, lambda: other.get()[0] == 410)
            assert time.time() - told < 2.5
    finally:
        for node in nodes:
            node.end()
        redis.stop()


def withdraw(node: Node) -> float:
    """By a command of that machine; when it was done."""
    done = subprocess.run(
        [sys.executable, "-c", RAISE], cwd=ROOT, env=node.environment, capture_output=True, text=True, check=True
    )
    return float(done.stdout.split()[-1])
