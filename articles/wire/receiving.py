"""From raw bytes to outcomes: keep the delivery, read it, take its items one by one."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import DatabaseError, transaction
from django.utils.translation import gettext as _

from articles.models import Feed, WireDelivery
from articles.models.compiled import fetch
from articles.wire import inbox, ledger, reading
from articles.wire.formats import sniff
from articles.wire.item import FormatError, Item
from articles.wire.mapping import Categories
from articles.wire.outcomes import Outcome

logger = logging.getLogger(__name__)

SMALL = 40_000  # bytes of a delivery that may share a transaction: whoever else writes waits for it
STILL_AT_IT = ledger.HELD.total_seconds() / 3


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the receiver's report; an item that could not be read has neither guid nor version."""

    name: str
    outcome: Outcome
    guid: str = ""
    version: int = 0
    reason: str = ""  # code of the refusal
    is_kept: bool = True  # whether the ledger holds the bytes


def deliver(
    raw: bytes, *, feed: Feed, name: str, folder: Path | None = None, now: datetime | None = None,
) -> Iterator[Line]:  # fmt: skip
    """Take one delivery. A bad item stops no other; what cannot be read stays in the ledger with its reason."""
    if len(raw) > reading.FEED_LIMIT:
        yield _too_large(feed, name=name)
        return
    delivery = ledger.keep(raw, feed=feed, name=name)
    if folder is None and len(raw) <= SMALL:
        yield from take_together([delivery], now=now)
    else:
        yield from take(delivery, folder=folder, now=now)  # reading pictures takes time, in which others want to write


def take_together(deliveries: Sequence[WireDelivery], *, now: datetime | None = None) -> list[Line]:
    """Small deliveries in one transaction, since a commit takes as long as all else; where that fails, each item in its own.

    Whoever dies in between leaves them all as they were, to be read again.
    """
    try:
        with transaction.atomic():
            categories = Categories()
            return [line for delivery in deliveries for line in take(delivery, now=now, categories=categories)]
    except DatabaseError:
        logger.exception("%d deliveries could not be taken together", len(deliveries))
    return [line for delivery in deliveries for line in take(delivery, now=now)]


def take(
    delivery: WireDelivery, *, folder: Path | None = None, now: datetime | None = None, categories: Categories | None = None,
) -> Iterator[Line]:  # fmt: skip
    """Read a delivery that lies in the ledger; as often as one likes, for what is known already is a repeat.

    categories: as they stand in the transaction that the caller has begun.
    """
    feed, name, raw = delivery.feed, delivery.name, bytes(delivery.raw)
    items, fault = _read(raw) if _is_active(feed) else ([], _switched_off(feed))
    errors = []
    held_at = time.monotonic()
    for item in items:
        if time.monotonic() - held_at > STILL_AT_IT:
            ledger.hold(delivery)
            held_at = time.monotonic()
        line = _receive(item, delivery, name=name, folder=folder, now=now, categories=categories)
        errors += [line.outcome.sentence] if line.outcome.code == "refused" else []
        yield line
    if fault is not None:
        errors.append(fault.sentence)
        yield Line(name, Outcome("refused", fault.sentence), reason=fault.code)
    ledger.close(delivery, error="\n".join(errors))


def _too_large(feed: Feed, *, name: str) -> Line:
    """Not kept, only noted: the sender has it, and one file must not fill the disk."""
    sentence = _(
        "Diese Lieferung ist größer als %d MB und nur vermerkt, nicht aufbewahrt. Das Original liegt weiter an seinem Ort."
    )
    sentence %= reading.FEED_LIMIT // 1024**2
    ledger.close(ledger.keep(b"", feed=feed, name=name), error=sentence)
    return Line(name, Outcome("refused", sentence), reason="too-large", is_kept=False)


def _is_active(feed: Feed) -> bool:
    """As it is now: whoever fetches for hours holds an old row."""
    return bool(fetch("feed in use", lambda *, feed: Feed.objects.filter(pk=feed, is_active=True).values_list("pk"), feed=feed.pk))


def _switched_off(feed: Feed) -> FormatError:
    sentence = _("Der Dienst «%s» ist abgeschaltet, die Lieferung ist aufbewahrt (Agenturen → Dienste → In Betrieb).")
    return FormatError(sentence % feed, code="switched-off")


def _read(raw: bytes) -> tuple[list[Item], FormatError | None]:
    try:
        items = sniff.parse(raw)
    except FormatError as fault:
        return list(fault.items), fault
    if not items:
        return [], FormatError(_("Diese Lieferung enthält keine Meldung."), code="empty")
    return items, None


def _receive(
    item: Item, delivery: WireDelivery, *, name: str, folder: Path | None, now: datetime | None, categories: Categories | None,
) -> Line:  # fmt: skip
    try:
        outcome = inbox.receive(item, feed=delivery.feed, delivery=delivery, folder=folder, now=now, categories=categories)
    except Exception:  # whatever it is, the next item must not wait for it
        logger.exception("Wire item %s of delivery %s was not taken", item.guid, delivery.pk)
        sentence = _("nicht übernommen: Beim Speichern ist ein Fehler aufgetreten, die Lieferung ist aufbewahrt")
        return Line(name, Outcome("refused", sentence), item.guid, item.version, reason="failed")
    return Line(name, outcome, item.guid, item.version)
