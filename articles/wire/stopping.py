"""Takes copy offline on the agency's order: for a while (hold) or for good (kill)."""

from __future__ import annotations

from django.utils.translation import gettext as _

from articles import desk
from articles.models import Article, Status, WireItem
from articles.wire import ledger, payload, pictures, receipts
from articles.wire.item import Item
from articles.wire.outcomes import Outcome

_EMPTY = {"kicker": "", "lead": "", "dateline": "", "body": "", "caption": "", "picture": None}


def hold(wire_item: WireItem, *, reason: str) -> Outcome:
    """Nobody may read it until the agency has said more; the article keeps its place and its first date."""
    article = wire_item.article
    wire_item.reason = reason[:300]
    if article is None:
        return Outcome("held", _("zurückgehalten, wartet auf Freigabe"))
    wire_item.needs_look = True
    house = payload.notes(wire_item)
    if article.status == Status.PUBLISHED:
        desk.hold(article)
        house["held"] = True
    if house.get("held"):
        return Outcome("held", _("zurückgehalten: Artikel ist offline und wartet auf Freigabe"), article)
    return Outcome("held", _("zurückgehalten: Artikel war nicht online"), article)


def kill(wire_item: WireItem, item: Item, *, was_known: bool) -> Outcome:
    """The agency's order to withdraw: page, pictures and every kept text go; a tombstone stays for ever."""
    article = wire_item.article
    _end(wire_item, item, spare=None)
    wire_item.state, wire_item.place = WireItem.State.CANCELED, WireItem.Place.DISCARDED
    wire_item.reason = _("Rückruf der Agentur")
    wire_item.embargo_until, wire_item.content_hash, wire_item.needs_look = None, "", article is not None
    house = payload.notes(wire_item)
    kept = {name: value for name, value in payload.dump(item).items() if name in payload.SKELETON}
    kept["headline"] = wire_item.headline
    wire_item.payload = {**kept, payload.HOUSE: house}
    if not was_known:
        return Outcome("tombstone", _("Rückruf einer unbekannten Meldung: bleibt gesperrt, falls sie noch kommt"))
    if article is None:
        return Outcome("killed", _("zurückgerufen: Texte sind gelöscht"))
    return Outcome("killed", _("zurückgerufen: Artikel ist zurückgezogen, Texte sind gelöscht"), article)


def kill_earlier(wire_item: WireItem, item: Item) -> Outcome:
    """A kill that arrives after a later version: what stood before it ends, the later version waits for an editor."""
    article = wire_item.article
    _end(wire_item, item, spare=wire_item.delivery_id)
    wire_item.article, wire_item.place, wire_item.needs_look = None, WireItem.Place.INBOX, True
    wire_item.reason = _("Die Agentur hat Fassung %d zurückgerufen und danach neu gesendet: bitte prüfen") % item.version
    return Outcome("killed", _("verspäteter Rückruf: Artikel ist offline, die spätere Fassung liegt im Eingang"), article)


def _end(wire_item: WireItem, item: Item, *, spare: int | None) -> None:
    """spare: the delivery of a version that the kill does not mean."""
    house = payload.notes(wire_item)
    wire_item.pictures_due = None
    stamp = item.updated or item.issued
    house["killed"] = [item.version, stamp.isoformat() if stamp else None]
    made = house.pop("made", ())
    receipt = receipts.prepare(wire_item, made) if wire_item.article is not None else None
    if wire_item.article is not None:
        empty(wire_item.article)
        wire_item.article.corrections.update(text=_("Mit dem Rückruf der Agentur gelöscht."))
    pictures.remove_unused(made)
    if receipt is not None:
        receipts.hand_out(receipt)
    for name in ("pictures", "written", "held", "seen", "revived", "asked_for", "tries", "picture_remarks"):
        house.pop(name, None)
    ledger.forget([pk for pk in house.get("deliveries", ()) if pk != spare], guid=item.guid, spare=spare)


def empty(article: Article) -> None:
    """Withdraw the article and empty every kept state of it, and what editors wrote about it; headline and dates stay."""
    if article.published_at is not None and article.status != Status.WITHDRAWN:
        desk.withdraw(article)
    desk.revise(article, dict(_EMPTY))
    article.revisions.update(kicker="", lead="", dateline="", body="")
    article.teasers.update(headline="", text="", picture=None)
    article.highlights.update(text="")
