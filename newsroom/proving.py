"""Asks the site, as readers get it, whether killed copy is gone."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.module_loading import import_string

from articles.wire import receipts
from newsroom.pagecache.renewing import asked

Site = Callable[..., Iterable[bytes]]


def prove() -> int:
    """Look once at every surface of every kill that is not clean yet; how many kills are now."""
    waiting = receipts.still_open()
    site: Site = import_string(settings.WSGI_APPLICATION) if waiting else _nobody
    return sum(receipts.prove(receipt, lambda address: ask(site, address)) for receipt in waiting)


def ask(site: Site, address: str) -> tuple[int, bytes]:
    """Status and body, through every cache of this machine."""
    parts, home = urlsplit(address), urlsplit(settings.SITE_URL)
    statuses: list[int] = []

    def start(status: str, *_: Any) -> None:
        statuses.append(int(status[:3]))

    chunks = site(asked(parts.path, parts.query, home.netloc, home.scheme), start)
    try:
        body = b"".join(chunks)
    finally:
        getattr(chunks, "close", lambda: None)()
    return (statuses[-1] if statuses else 0), body


def _nobody(*_: Any) -> Iterable[bytes]:
    return ()
