"""The ledger: every delivery as raw bytes, kept before anything is read from it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from django.db import transaction

from articles.models import Feed, WireDelivery
from articles.wire.formats import sniff
from articles.wire.item import FormatError

LONGEST_NAME = 300


def keep(raw: bytes, *, feed: Feed, name: str) -> WireDelivery:
    """Commit the delivery in a transaction of its own."""
    with transaction.atomic():
        return WireDelivery.objects.create(
            feed=feed, name=name[-LONGEST_NAME:], raw=raw, hash=hashlib.sha256(raw).hexdigest(),
        )  # fmt: skip


def close(delivery: WireDelivery, *, error: str = "") -> None:
    """Note that it is read, or the German sentence that says why not."""
    delivery.is_done, delivery.error = not error, error
    delivery.save(update_fields=["is_done", "error"])


def forget(deliveries: Iterable[int], *, guid: str) -> None:
    """Empty the raw text of deliveries that held nothing but killed copy; others stay until they are purged."""
    for delivery in WireDelivery.objects.filter(pk__in=set(deliveries)):
        if _held_only(bytes(delivery.raw), guid):
            delivery.raw = b""
            delivery.save(update_fields=["raw"])


def _held_only(raw: bytes, guid: str) -> bool:
    """A kill order without copy is no text to forget: it stays as evidence."""
    try:
        items = sniff.parse(raw)
    except FormatError:
        return False
    has_copy = any(item.body or item.lead for item in items)
    return has_copy and {item.guid for item in items} == {guid}
