"""The inbox: what becomes of an item that arrives, and what editors do with one that waits."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from django.db import IntegrityError, OperationalError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import desk
from articles.models import Article, Feed, WireDelivery, WireItem
from articles.models.added import add
from articles.text.dates import stamp
from articles.wire import following, ledger, mapping, payload, pictures, recording, routing, rules, stopping, unknown, writing
from articles.wire.handling import discard, publish_item, take_over
from articles.wire.item import Item
from articles.wire.outcomes import Outcome
from articles.wire.recording import Arrival
from articles.wire.transport import picturing

__all__ = ["Outcome", "discard", "publish_item", "receive", "take_over"]
logger = logging.getLogger(__name__)
State, Place = WireItem.State, WireItem.Place


def receive(
    item: Item, *, feed: Feed, delivery: WireDelivery, folder: Path | None = None, now: datetime | None = None,
    categories: mapping.Categories | None = None,
) -> Outcome:  # fmt: skip
    """Take one item in one transaction, as its agency's order and the feed's rule say.

    folder: where its pictures may lie. now: for tests. categories: those of the transaction that the caller has begun.
    Of two who take an unknown guid at once, the second finds the place taken, or the database ends the knot; it looks
    again and sees what the first has made.
    """
    arrival = Arrival(item, feed=feed, delivery=delivery, now=now or timezone.now(), categories=categories)
    try:
        return _received(arrival, folder)
    except (IntegrityError, OperationalError):
        logger.info("Wire item %s was taken by another process at the same moment; once more", item.guid)
        return _received(replace(arrival, found=pictures.Found(), categories=None), folder)


def _received(arrival: Arrival, folder: Path | None) -> Outcome:
    item = arrival.item
    if item.status == "usable" and item.pictures and folder and _brings_news(arrival):
        arrival.found = pictures.read_beside(item, folder, now=arrival.now)
    with transaction.atomic():
        before = recording.stored(arrival)
        outcome = _decide(before, arrival)
    logger.debug("Wire item %s, version %d: %s", item.guid, item.version, outcome.code)
    repaired = [_("beschädigt geliefert und beim Lesen repariert")] if item.is_repaired else []
    return outcome.adding([*repaired, *arrival.found.remarks])


def _brings_news(arrival: Arrival) -> bool:
    ruling = rules.judge(recording.stored(arrival, lock=False), arrival.item)
    return ruling in {"first", "newer", "metadata"} and rules.speaks(arrival.item, arrival.feed)


def _decide(before: WireItem | None, arrival: Arrival) -> Outcome:
    ruling = rules.judge(before, arrival.item)
    if before is not None and ruling == "repeat":
        return _repeat(before, arrival)
    if before is not None and ruling == "late":
        return _late(before, arrival)
    if before is not None and ruling == "late-kill":
        recording.note_delivery(before, arrival)
        return _saved(before, stopping.kill_earlier(before, arrival.item))
    return _take(before, arrival, quiet=ruling == "metadata")


def _repeat(before: WireItem, arrival: Arrival) -> Outcome:
    recording.count(before, arrival, is_repeat=True)
    return Outcome("repeat", _("Wiederholung, nichts geändert"), before.article)


def _late(before: WireItem, arrival: Arrival) -> Outcome:
    recording.count(before, arrival, is_repeat=False)
    if before.state != State.CANCELED:
        return Outcome("late", _("verspätet, Fassung %d ist schon da: nichts geändert") % before.version, before.article)
    ledger.forget([arrival.delivery.pk], guid=arrival.item.guid)
    return Outcome("late", _("die Agentur hat diese Meldung zurückgerufen: nichts übernommen"), before.article)


def _take(before: WireItem | None, arrival: Arrival, *, quiet: bool) -> Outcome:
    item, was_known = arrival.item, before is not None
    if before is not None and quiet and payload.says_the_same(before.payload, item):
        before.repeats += 1
        recording.renew(before, arrival).save()
        return Outcome("repeat", _("Wiederholung, nichts geändert"), before.article)
    wire_item = recording.renew(before, arrival)
    if item.status == "canceled":
        return _saved(wire_item, stopping.kill(wire_item, item, was_known=was_known))
    if item.status == "withheld":
        return _saved(wire_item, stopping.hold(wire_item, reason=item.note or _("Von der Agentur zurückgehalten")))
    return _saved(wire_item, _usable(wire_item, arrival, quiet=quiet, was_known=was_known))


def _saved(wire_item: WireItem, outcome: Outcome) -> Outcome:
    wire_item.reason = wire_item.reason[:300]
    if wire_item._state.adding:
        add(wire_item)
    else:
        wire_item.save()
    return outcome


def _usable(wire_item: WireItem, arrival: Arrival, *, quiet: bool, was_known: bool) -> Outcome:
    house = payload.notes(wire_item)
    if house.get("killed") and not house.get("revived"):
        return _after_kill(wire_item, arrival)
    if not rules.speaks(arrival.item, arrival.feed) and wire_item.article is None:
        return _reject(wire_item, arrival.item)
    if was_known and wire_item.place == Place.DISCARDED and not house.pop("rejected", False):
        return Outcome("discarded", _("neue Fassung einer verworfenen Meldung, bleibt verworfen"))
    recording.add_pictures(wire_item, arrival)
    if not arrival.found.originals:
        picturing.want(wire_item, arrival.item, now=arrival.now)
    if wire_item.article is not None:
        return following.follow(wire_item, wire_item.article, quiet=quiet, now=arrival.now)
    if was_known and wire_item.place in {Place.TAKEN, Place.PUBLISHED}:
        return _without_article(wire_item)
    return _offer(wire_item, arrival)


def _without_article(wire_item: WireItem) -> Outcome:
    """Somebody has deleted it: that was a decision, so nothing comes back by itself."""
    wire_item.place, wire_item.reason = Place.INBOX, _("Der Artikel dazu ist gelöscht worden")
    return Outcome("inbox", _("in den Eingang: Der Artikel dazu ist gelöscht worden"))


def _after_kill(wire_item: WireItem, arrival: Arrival) -> Outcome:
    """Never online by itself; the withdrawn article keeps its address and its 410."""
    wire_item.article, wire_item.place, wire_item.needs_look = None, Place.INBOX, True
    wire_item.reason = _("Nach einem Rückruf neu gesendet: bitte prüfen")
    recording.add_pictures(wire_item, arrival)
    return Outcome("inbox", _("nach einem Rückruf neu gesendet, in den Eingang"))


def _reject(wire_item: WireItem, item: Item) -> Outcome:
    payload.notes(wire_item)["rejected"] = True
    wire_item.place = Place.DISCARDED
    wire_item.reason = _("abgelehnt: Sprache %s") % item.language
    return Outcome("rejected", wire_item.reason)


def _offer(wire_item: WireItem, arrival: Arrival) -> Outcome:
    """By the rules of its feed: online when nothing stands against it, into the inbox with the reason, or put aside."""
    categories = arrival.categories or mapping.Categories()
    found = routing.route(
        arrival.item, feed=arrival.feed, obeyed=routing.Rule.in_force(arrival.feed), now=arrival.now, categories=categories,
    )  # fmt: skip
    unknown.note(arrival, categories)
    wire_item.place, wire_item.reason = found.place, found.reason[:300]
    if found.place == Place.DISCARDED:
        payload.notes(wire_item)["rejected"] = True  # only this version: the next is judged anew
        wire_item.pictures_due = None
        return Outcome("discarded", found.reason)
    if found.place == Place.PUBLISHED and found.category is not None:
        try:
            with transaction.atomic():
                article = writing.create(wire_item, category=found.category, now=arrival.now, categories=categories)
                desk.publish(article, at=writing.moment_of(arrival.item, now=arrival.now))
            return _online(article, now=arrival.now)
        except desk.Refused as refusal:
            wire_item.article, wire_item.place, wire_item.reason = None, Place.INBOX, str(refusal)[:300]
    sentence = _("in den Eingang")
    return Outcome("inbox", f"{sentence}: {wire_item.reason}" if wire_item.reason else sentence)


def _online(article: Article, *, now: datetime) -> Outcome:
    if article.embargo_until and article.embargo_until > now:
        until = stamp(article.embargo_until, style="short")
        values = {"category": article.category.name, "until": until}
        return Outcome("scheduled", _("gesperrt bis %(until)s, erscheint dann in %(category)s") % values, article)
    return Outcome("published", _("veröffentlicht in %s") % article.category.name, article)
