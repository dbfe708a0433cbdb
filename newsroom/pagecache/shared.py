"""The second level of several machines, and what they tell each other: one Redis for all."""

from __future__ import annotations

import json
import logging
import secrets
import threading
import time
import zlib
from collections.abc import Callable, Iterable
from typing import Any, Final

import redis

from newsroom.pagecache.counters import EPOCH, SEQUENCE, UNTOLD, Counters, slot
from newsroom.pagecache.entry import DAY, Entry
from newsroom.pagecache.packing import pack, unpack

logger = logging.getLogger(__name__)

MARKS: Final = "newsroom:marks"  # a hash: epoch, sequence, s<slot> and h<slot>; lost as a whole or not at all
CHANNEL: Final = "newsroom:changed"
BEAT: Final = 0.25  # seconds between two signs of life
LOST_AFTER: Final = 1.0  # seconds of silence after which a machine trusts nothing older than a second
TIMEOUT: Final = 0.5  # seconds that a page waits for Redis; rendering is quicker than waiting longer
PAUSE: Final = 1.0

# Raises the sequence and notes it in the slots, in one step; tells the others.
RAISE: Final = """
redis.call('HSETNX', KEYS[1], 'epoch', ARGV[1])
local number = redis.call('HINCRBY', KEYS[1], 'sequence', 1)
for place = 4, #ARGV do
  redis.call('HSET', KEYS[1], 's' .. ARGV[place], number)
  if ARGV[3] == '1' then redis.call('HSET', KEYS[1], 'h' .. ARGV[place], number) end
end
redis.call('PUBLISH', KEYS[2], number .. ' ' .. redis.call('HGET', KEYS[1], 'epoch') .. ' ' .. ARGV[2])
"""
# A new epoch: no page kept before it counts, on any machine.
FORGET: Final = """
redis.call('HSET', KEYS[1], 'epoch', ARGV[1])
redis.call('PUBLISH', KEYS[2], redis.call('HINCRBY', KEYS[1], 'sequence', 1) .. ' ' .. ARGV[1] .. ' {}')
"""


def connect(url: str) -> redis.Redis:
    return redis.Redis.from_url(
        url, socket_timeout=TIMEOUT, socket_connect_timeout=TIMEOUT, health_check_interval=30, retry_on_timeout=False,
    )  # fmt: skip


class Shared:
    """Pages in Redis. Their age is told by Redis's own sequence, since each machine counts generations by itself."""

    def __init__(self, client: redis.Redis, release: str, counters: Counters) -> None:
        self.client = client
        self._counters = counters
        self._prefix = f"newsroom:page:{release}:"
        self._silent_until = 0.0

    def begin(self) -> object:
        """(epoch, sequence) before a page is made; None while Redis is away."""
        found = self._try(lambda: self.client.hmget(MARKS, ["epoch", "sequence"]))
        if not found:
            return None
        epoch = found[0]
        if epoch is None:
            self._try(lambda: self.client.hsetnx(MARKS, "epoch", secrets.token_hex(8)))
            return None
        return epoch.decode(), int(found[1] or 0)

    def get(self, key: str, generation: int) -> Entry | None:
        if self._counters.words[UNTOLD]:
            return None  # a change from here has not reached Redis: what lies there may be what it took back
        raw = self._try(lambda: self.client.get(self._prefix + key))
        try:
            found = unpack(raw) if raw else None
        except (ValueError, KeyError, TypeError, IndexError):
            found = None
        if found is None:
            return None
        entry, said = found
        fields = ["epoch", *(f"{kind}{number}" for kind in "sh" for number in entry.slots or ())]
        marks = self._try(lambda: self.client.hmget(MARKS, fields))
        if not marks or marks[0] is None or marks[0].decode() != said["epoch"]:
            return None
        half = len(entry.slots or ())
        soft, hard = marks[1 : 1 + half], marks[1 + half :]
        if _latest(hard) > said["sequence"]:
            return None
        entry.born = generation
        if _latest(soft) > said["sequence"]:
            entry.fresh_until = 0.0  # worth having all the same: should its site fail
        return entry

    def put(self, key: str, entry: Entry, begun: object) -> bool:
        if not isinstance(begun, tuple):
            return False
        raw = pack(entry, epoch=begun[0], sequence=begun[1])
        return bool(self._try(lambda: self.client.set(self._prefix + key, raw, ex=int(DAY))))

    def drop(self, key: str) -> None:
        self._try(lambda: self.client.unlink(self._prefix + key))

    def sweep(self) -> int:
        return 0  # Redis does: every page has its day

    def _try(self, act: Callable[[], Any]) -> Any:
        if time.monotonic() < self._silent_until:
            return None
        try:
            return act()
        except UnicodeError:
            return None  # an address that no page of ours has
        except redis.RedisError as error:
            logger.error("The page cache cannot reach Redis: %s. Pages are kept in memory alone.", error)
            self._silent_until = time.monotonic() + PAUSE
            return None


class Neighbours:
    """The other machines: tells them what changed here, and raises here what changed there."""

    def __init__(self, client: redis.Redis, counters: Counters) -> None:
        self.client = client
        self.counters = counters

    def tell(self, keys: Iterable[str], *, hard: bool) -> bool:
        """False when Redis did not take it: then all machines forget everything as soon as it is there again."""
        named = sorted(keys)
        message = json.dumps({"from": self.counters.node, "keys": named, "hard": hard})
        slots = sorted({slot(key) for key in named})
        try:
            self.client.eval(RAISE, 2, MARKS, CHANNEL, secrets.token_hex(8), message, "1" if hard else "0", *slots)
        except redis.RedisError as error:
            self.counters.words[UNTOLD] = 1
            logger.error("Redis did not take a change of %s: %s", ", ".join(named[:5]), error)
            return False
        return True

    def listen(self, stop: threading.Event) -> None:
        """Hear the others until told to stop; out of touch, this machine trusts nothing older than a second."""
        while not stop.is_set():
            try:
                self._listen(stop)
            except redis.RedisError as error:
                self.counters.heard(0.0)
                logger.error("Out of touch with Redis: %s", error)
                stop.wait(BEAT)

    def _listen(self, stop: threading.Event) -> None:
        with self.client.pubsub(ignore_subscribe_messages=True) as channel:  # type: ignore[no-untyped-call]
            channel.subscribe(CHANNEL)
            self._catch_up()
            is_asked = False
            while not stop.is_set():
                message = channel.get_message(timeout=BEAT)
                if message is None and is_asked:
                    raise redis.TimeoutError("no sign of life")
                is_asked = message is None
                if message is None:
                    channel.ping()  # on this very connection: another may live while this one is deaf
                    continue
                if message["type"] == "message":
                    self._hear(message["data"])
                self.counters.heard(time.time())
                self._make_up()

    def _make_up(self) -> None:
        """What Redis did not take is made up for: every page kept there is given up, and every machine told so."""
        words = self.counters.words
        if words[UNTOLD]:
            words[UNTOLD] = 0
            try:
                self._forget()
            except redis.RedisError:
                words[UNTOLD] = 1
                raise

    def _forget(self) -> None:
        self.client.eval(FORGET, 2, MARKS, CHANNEL, secrets.token_hex(8))

    def _catch_up(self) -> None:
        """What was said while nobody listened: its slots are raised; all of them where Redis lost its memory or a part."""
        self.client.hsetnx(MARKS, "epoch", secrets.token_hex(8))
        marks: dict[bytes, Any] = self.client.hgetall(MARKS)  # type: ignore[assignment]
        epoch, number = zlib.crc32(marks[b"epoch"]), int(marks.get(b"sequence", 0))
        words = self.counters.words
        known = words[SEQUENCE]
        if epoch != words[EPOCH] or number < known:
            self.counters.raise_everything()
            if epoch == words[EPOCH]:
                self._forget()  # it went back to an earlier state, and its pages with it
        elif number > known:
            for kind in (b"s", b"h"):
                late = [
                    int(name[1:]) for name, mark in marks.items() if name[:1] == kind and name[1:].isdigit() and int(mark) > known
                ]
                self.counters.raise_slots(late, hard=kind == b"h")
        words[EPOCH], words[SEQUENCE] = epoch, number

    def _hear(self, data: bytes) -> None:
        number, epoch, said = data.split(b" ", 2)
        words = self.counters.words
        if int(number) <= words[SEQUENCE] and zlib.crc32(epoch) == words[EPOCH]:
            return  # known since we caught up
        if int(number) != words[SEQUENCE] + 1 or zlib.crc32(epoch) != words[EPOCH]:
            self._catch_up()
            return
        words[SEQUENCE] = int(number)
        message = json.loads(said)
        if message["from"] != self.counters.node:
            self.counters.raise_keys([str(key) for key in message["keys"]], hard=bool(message["hard"]))


def _latest(marks: Iterable[bytes | None]) -> int:
    return max((int(mark) for mark in marks if mark is not None), default=0)
