"""From raw bytes to outcomes: keep the delivery, read it, take its items one by one."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.utils.translation import gettext as _

from articles.models import Feed, WireDelivery
from articles.wire import inbox, ledger, reading
from articles.wire.formats import sniff
from articles.wire.item import FormatError, Item
from articles.wire.outcomes import Outcome

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the receiver's report; an item that could not be read has neither guid nor version."""

    name: str
    outcome: Outcome
    guid: str = ""
    version: int = 0
    reason: str = ""  # code of the refusal


def deliver(
    raw: bytes, *, feed: Feed, name: str, folder: Path | None = None, now: datetime | None = None,
) -> Iterator[Line]:  # fmt: skip
    """Take one delivery. A bad item stops no other; what cannot be read stays in the ledger with its reason."""
    delivery = ledger.keep(_bounded(raw), feed=feed, name=name)
    items, fault = _read(raw)
    errors = []
    for item in items:
        line = _receive(item, delivery, name=name, folder=folder, now=now)
        errors += [line.outcome.sentence] if line.outcome.code == "refused" else []
        yield line
    if fault is not None:
        errors.append(fault.sentence)
        yield Line(name, Outcome("refused", fault.sentence), reason=fault.code)
    ledger.close(delivery, error="\n".join(errors))


def _bounded(raw: bytes) -> bytes:
    """What is too large to be read is not kept either: the sender has it."""
    return raw if len(raw) <= reading.FEED_LIMIT else b""


def _read(raw: bytes) -> tuple[list[Item], FormatError | None]:
    try:
        items = sniff.parse(raw)
    except FormatError as fault:
        return list(fault.items), fault
    if not items:
        return [], FormatError(_("Diese Lieferung enthält keine Meldung."), code="empty")
    return items, None


def _receive(item: Item, delivery: WireDelivery, *, name: str, folder: Path | None, now: datetime | None) -> Line:
    try:
        outcome = inbox.receive(item, feed=delivery.feed, delivery=delivery, folder=folder, now=now)
    except Exception:  # whatever it is, the next item must not wait for it
        logger.exception("Wire item %s of delivery %s was not taken", item.guid, delivery.pk)
        sentence = _("nicht übernommen: Beim Speichern ist ein Fehler aufgetreten, die Lieferung ist aufbewahrt")
        return Line(name, Outcome("refused", sentence), item.guid, item.version, reason="failed")
    return Line(name, outcome, item.guid, item.version)
