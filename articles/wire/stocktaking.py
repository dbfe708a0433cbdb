"""What people and commands ask of the wire: where copy came from, once more, out, and what may be forgotten."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Feed, WireDelivery, WireItem
from articles.text.dates import stamp
from articles.wire import inbox, ledger, payload, reading
from articles.wire.item import Item
from articles.wire.outcomes import Outcome
from articles.wire.receiving import Line, take

BATCH = 200  # rows a transaction, so that nobody waits for long


class Unknown(Exception):
    """There is no such item or feed; the German sentence says so."""


@dataclass(frozen=True, slots=True)
class Purged:
    """deleted: deliveries that are gone. emptied: such of which only the fact is kept, as an item still points to it."""

    deleted: int
    emptied: int


def show(guid: str) -> dict[str, Any]:
    """Everything that is known about an item, in the order of «Wie kam diese Meldung hierher?». Raises Unknown."""
    row = WireItem.objects.select_related("feed__agency", "article__category", "delivery").filter(guid=guid).first()
    if row is None:
        raise Unknown(_("Eine Meldung «%s» ist nie angekommen.") % guid)
    deliveries = WireDelivery.objects.filter(pk__in=payload.notes(row).get("deliveries", ())).defer("raw").order_by("pk")
    return {
        "guid": row.guid, "feed": row.feed.slug, "version": row.version, "state": row.state, "place": row.place,
        "updated": row.updated_at.isoformat(), "received": row.received_at.isoformat(), "headline": row.headline, "reason": row.reason,
        "repeats": row.repeats, "article": row.article_id, "address": row.article.get_absolute_url() if row.article else "",
        "deliveries": [{"id": one.pk, "name": one.name, "received": one.received_at.isoformat(), "error": one.error} for one in deliveries],
    }  # fmt: skip


def again(*, since: datetime, feed: Feed | None = None) -> Iterator[Line]:
    """Read every delivery since then once more, oldest first; what is known already counts as a repeat."""
    rows = WireDelivery.objects.filter(received_at__gte=since).order_by("pk")
    rows = rows.filter(feed=feed) if feed else rows
    for pk in list(rows.values_list("pk", flat=True)):
        delivery = WireDelivery.objects.select_related("feed__agency", "feed__category").filter(pk=pk).first()
        if delivery is not None and delivery.raw:
            yield from take(delivery)


def kill(guid: str, *, reason: str, feed: Feed | None = None) -> Outcome:
    """What an agency's kill does, ordered by the house: for a call instead of a message. Raises Unknown.

    feed: where the item is not known yet and must stay dead when it comes.
    """
    row = WireItem.objects.select_related("feed__agency", "feed__category").filter(guid=guid).first()
    by = row.feed if row else feed
    if by is None:
        raise Unknown(_("Eine Meldung «%s» ist nie angekommen. Soll sie gesperrt sein, falls sie noch kommt: mit --feed.") % guid)
    now = timezone.now()
    version = row.version if row else reading.HIGHEST_VERSION  # whatever comes first of it must not be above the kill
    order = {"uri": guid, "version": str(version), "pubstatus": "canceled", "versioncreated": now.isoformat(), "ednote": reason}
    delivery = ledger.keep(json.dumps(order).encode("ascii"), feed=by, name=_("Rückruf der Redaktion, %s") % stamp(now, style="seconds"))
    item = Item(guid=guid, version=version, updated=now, status="canceled", headline=row.headline if row else "", note=reason)
    outcome = inbox.receive(item, feed=by, delivery=delivery)
    ledger.close(delivery)
    return outcome


def purge(*, before: datetime) -> Purged:
    """Forget raw deliveries that came before then; an item's newest one stays as a fact, without its bytes."""
    old = WireDelivery.objects.filter(received_at__lt=before).exclude(is_done=False, error="")
    deleted = emptied = 0
    while ids := list(old.filter(items=None).values_list("pk", flat=True)[:BATCH]):
        with transaction.atomic():
            deleted += WireDelivery.objects.filter(pk__in=ids, items=None).delete()[0]
    kept = old.exclude(raw=b"")
    while ids := list(kept.values_list("pk", flat=True)[:BATCH]):
        emptied += WireDelivery.objects.filter(pk__in=ids).update(raw=b"")
    return Purged(deleted, emptied)


def span(text: str) -> timedelta | None:
    """«90m», «2h», «30d»; None for anything else."""
    number, unit = text[:-1], text[-1:]
    names = {"m": "minutes", "h": "hours", "d": "days"}
    if unit not in names or not number.isascii() or not number.isdigit() or len(number) > 5:
        return None
    return timedelta(**{names[unit]: int(number)})
