"""Brings an article in line with a newer version of its item, and leaves editors' words alone."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from articles import desk
from articles.models import Article, Status, WireItem
from articles.wire import payload, stopping, writing
from articles.wire.item import Item
from articles.wire.outcomes import Outcome


def follow(wire_item: WireItem, article: Article, *, quiet: bool, now: datetime) -> Outcome:
    """quiet: the agency sent the same version once more; only what is said about the copy may change."""
    item = payload.load(wire_item.payload)
    if item.embargo_unreadable:
        return stopping.hold(wire_item, reason=_("Die Sperrfrist ist nicht zu lesen"))
    wire_item.reason = ""
    is_tighter = writing.tighten_embargo(article, wire_item)
    if writing.is_touched(article, wire_item):
        outcome = _leave(wire_item, article, item, quiet=quiet)
    else:
        outcome = _rewrite(wire_item, article, item, quiet=quiet, now=now)
    if is_tighter:
        outcome = Outcome("scheduled", _("Sperrfrist gesetzt, Artikel ist bis dahin nicht zu sehen"), article)
    return _show(wire_item, article, outcome, now=now)


def _leave(wire_item: WireItem, article: Article, item: Item, *, quiet: bool) -> Outcome:
    """The words are an editor's: keep both texts, and say so."""
    if quiet and not writing.differs(article, item):
        return Outcome("metadata", _("nur Angaben zur Meldung neu, Artikel unverändert"), article)
    if not quiet or wire_item.needs_look:
        wire_item.needs_look = True
        sentence = _("nicht übernommen: Die Redaktion hat den Artikel geändert, beide Fassungen liegen vor")
        return Outcome("flagged", sentence, article)
    return Outcome("metadata", _("nur Angaben zur Meldung neu, Artikel unverändert"), article)


def _rewrite(wire_item: WireItem, article: Article, item: Item, *, quiet: bool, now: datetime) -> Outcome:
    has_new_words = not quiet and writing.rewrite_copy(article, wire_item, now=now)
    writing.rewrite_about(article, wire_item, now=now)
    wire_item.needs_look = quiet and writing.differs(article, item)
    if not has_new_words:
        return Outcome("metadata", _("nur Angaben zur Meldung neu, Text unverändert"), article)
    if item.signal != "correction":
        return Outcome("updated", _("Artikel aktualisiert"), article)
    if item.correction_note and article.published_at and article.published_at <= now:
        desk.correct(article, item.correction_note)
    return Outcome("corrected", _("Artikel berichtigt"), article)


def _show(wire_item: WireItem, article: Article, outcome: Outcome, *, now: datetime) -> Outcome:
    """Back online after a hold; at another moment when an embargo has moved."""
    item = payload.load(wire_item.payload)
    is_held = payload.notes(wire_item).pop("held", False) and article.status == Status.REVIEW
    is_to_come = article.status == Status.PUBLISHED and article.published_at is not None and article.published_at > now
    if not is_held and not is_to_come:
        return outcome
    try:
        desk.publish(article, at=writing.moment_of(item, now=now))
    except desk.Refused as refusal:
        wire_item.reason, wire_item.needs_look = str(refusal)[:300], True
        return Outcome("flagged", str(refusal), article)
    if is_held:
        return Outcome("released", _("freigegeben: Artikel ist wieder online"), article)
    return _moved(article, outcome, now=now)


def _moved(article: Article, outcome: Outcome, *, now: datetime) -> Outcome:
    if article.is_public(now):
        return Outcome("published", _("Sperrfrist aufgehoben: Artikel ist online"), article)
    return outcome
