"""Keeps what many pages share for as long as nobody has announced a change of it: furniture, tickers, related lists.

The desk announces every change by page keys (articles/desk/announcing.py). Whoever can tell cheaply whether keys were
announced, in this process or another, registers a stamp: the same answer means that nothing has changed. Without one,
nothing is kept and everything is asked of the database each time.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from typing import Any, TypeVar

from django.utils import timezone

Kept = TypeVar("Kept")
Stamp = Callable[[tuple[str, ...]], Hashable | None]
MOST = 400  # values in a process, the longest unused goes first


@dataclass(frozen=True)
class _Value:
    stamp: Hashable
    until: datetime | None
    value: Any


_stamps: list[Stamp] = []
_values: OrderedDict[Hashable, _Value] = OrderedDict()
_lock = Lock()


def register(stamp: Stamp | None) -> None:
    """Ask this from now on whether keys were announced; None: keep nothing.

    stamp: from page keys to something that differs after each announcement of one of them. None means «I cannot tell».
    """
    with _lock:
        _stamps[:] = [stamp] if stamp else []
        _values.clear()


def keep(
    name: Hashable, keys: tuple[str, ...], make: Callable[[], Kept], *, until: Callable[[Kept], datetime | None] | None = None,
) -> Kept:  # fmt: skip
    """What `make` returned since the last announcement of one of the keys, else what it returns now.

    name: tells values apart. keys: everything the value depends on. until: from the value to the moment from which it
    is wrong without anybody announcing it. The stamp is read before the value is made: what is announced meanwhile is
    not in it, so that the next reader makes it again.
    """
    stamp = _stamps[0](keys) if _stamps else None
    if stamp is None:
        return make()
    found = _values.get(name)
    if found and found.stamp == stamp and (found.until is None or timezone.now() < found.until):
        _touch(name)
        return found.value  # type: ignore[no-any-return]
    value = make()
    _put(name, _Value(stamp, until(value) if until else None, value))
    return value


def _touch(name: Hashable) -> None:
    with _lock:
        if name in _values:
            _values.move_to_end(name)


def _put(name: Hashable, value: _Value) -> None:
    with _lock:
        _values[name] = value
        _values.move_to_end(name)
        while len(_values) > MOST:
            _values.popitem(last=False)
