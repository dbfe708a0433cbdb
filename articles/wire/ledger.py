"""The ledger: every delivery as raw bytes, kept before anything is read from it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from articles.models import Feed, WireDelivery
from articles.models.added import add, change
from articles.wire.formats import sniff
from articles.wire.item import FormatError

LONGEST_NAME = 300
HELD = timedelta(minutes=3)  # who dies while reading a delivery leaves it to others after this time


def keep(raw: bytes, *, feed: Feed, name: str, is_held: bool = True) -> WireDelivery:
    """Commit the delivery in a transaction of its own. is_held: the caller reads it at once; else whoever comes first does."""
    with transaction.atomic():
        return add(WireDelivery(
            feed=feed, name=name[-LONGEST_NAME:], raw=raw, hash=hashlib.sha256(raw).hexdigest(),
            claimed_until=timezone.now() + HELD if is_held else None,
        ))  # fmt: skip


def hold(delivery: WireDelivery) -> None:
    """Still at it."""
    WireDelivery.objects.filter(pk=delivery.pk).update(claimed_until=timezone.now() + HELD)


def close(delivery: WireDelivery, *, error: str = "") -> None:
    """Note that it is read, or the German sentence that says why not."""
    delivery.is_done, delivery.error, delivery.claimed_until = not error, error, None
    change(delivery, ("is_done", "error", "claimed_until"))


def forget(deliveries: Iterable[int], *, guid: str, spare: int | None = None) -> None:
    """Take killed copy out of every delivery that held it, and out of those that were the same byte for byte.

    spare: a delivery of a version that the kill does not mean.
    """
    named = WireDelivery.objects.filter(pk__in=set(deliveries))
    same = WireDelivery.objects.filter(feed__in=named.values("feed"), hash__in=named.values("hash")).exclude(pk=spare or 0)
    for pk in list(same.values_list("pk", flat=True)):
        delivery = WireDelivery.objects.get(pk=pk)  # one at a time: each may hold 20 MB
        raw = bytes(delivery.raw)
        left = _without(raw, guid)
        if left != raw:
            delivery.raw = left
            delivery.save(update_fields=["raw"])


def _without(raw: bytes, guid: str) -> bytes:
    """The delivery without that item's copy; its neighbours stay where a list of JSON allows it, else all goes.

    A kill order without copy is no text to forget: it stays as evidence.
    """
    try:
        items = sniff.parse(raw)
    except FormatError as fault:
        items = list(fault.items)
    if not any(item.guid == guid and (item.body or item.lead) for item in items):
        return raw
    return sniff.without(raw, guid) if {item.guid for item in items} != {guid} else b""
