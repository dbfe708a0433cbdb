"""What a delivery is to what is known already, and why copy does not go online by itself."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Literal

from django.utils.translation import gettext as _

from articles.models import Category, Feed, WireItem
from articles.text.html import plain
from articles.wire import payload
from articles.wire.item import Item

Ruling = Literal["first", "newer", "metadata", "repeat", "late", "late-kill"]
LONGEST_HEADLINE = 200

_ARTICLE_GENRES = """
    meldung kurzmeldung eilmeldung eil bericht korr-bericht korrespondentenbericht zusammenfassung feature porträt reportage
    interview hintergrund analyse kommentar meinung leitartikel nachruf chronik faktencheck nachricht artikel text
    current article story news background analysis opinion obituary profile update
"""
_ARTICLES = frozenset(_ARTICLE_GENRES.split())
_FOR_EDITORS = re.compile(
    r"(?:tages|wochen|termin|themen|abend|morgen)(?:vorschau|planung|übersicht)|lesestücke|achtung,? redaktionen|"
    r"redaktionelle[rn]? hinweis|programmhinweis|terminhinweis",
    re.IGNORECASE,
)
_CHATTER = re.compile(
    r"(?:neu|neue[rs]?|update|aktualisiert|aktualisierung|ergänzt|erweitert|zusammenfassung|überarbeitet|berichtigung|"
    r"korrektur|wiederholung|mehr folgt|folgt|bilder folgen)\b|prüfung abgeschlossen|die meldung ist frei\b|"
    r"sperrfrist (?:ist )?aufgehoben|nutzung nur (?:in verbindung|im zusammenhang|zusammen) mit (?:der|dieser) meldung",
    re.IGNORECASE,
)
_WARNING = re.compile(
    r"nicht (?:verwenden|veröffentlichen|freigegeben)|zurückgezogen|nur für|achtung|vorsicht|gesperrt", re.IGNORECASE,
)  # fmt: skip
_EMBARGO_NOTE = re.compile(r"\bsperrfrist\b|\bembargo\b", re.IGNORECASE)


def judge(stored: WireItem | None, item: Item) -> Ruling:
    """Order of two deliveries: version as a number, then stamp, then arrival."""
    if stored is None:
        return "first"
    order = _order(stored, item)
    if item.status == "canceled":
        return _judge_kill(stored, item, order)
    if order < 0 or (stored.state == WireItem.State.CANCELED and not _is_above_kill(stored, item)):
        return "late"
    if stored.state == WireItem.State.CANCELED:
        return "newer"
    if order == 0:
        return _judge_tie(stored, item)
    return "metadata" if _is_resend(stored, item) else "newer"


def _order(stored: WireItem, item: Item) -> int:
    return _compare((stored.version, _stamp(stored)), item)


def _stamp(stored: WireItem) -> datetime | None:
    return stored.updated_at if payload.notes(stored).get("stamped") else None


def _compare(known: tuple[int, datetime | None], item: Item) -> int:
    """-1: the item is older, 0: nobody can tell, 1: it is newer. Without a stamp only the version counts."""
    version, stamp = known
    sent = item.updated or item.issued
    if item.version != version:
        return 1 if item.version > version else -1
    if stamp is None or sent is None or stamp == sent:
        return 0
    return 1 if sent > stamp else -1


def _judge_kill(stored: WireItem, item: Item, order: int) -> Ruling:
    """A kill is never lost: one that comes too late still ends what stood before it."""
    killed = payload.notes(stored).get("killed")
    if killed and _compare((killed[0], datetime.fromisoformat(killed[1]) if killed[1] else None), item) <= 0:
        return "repeat"
    return "newer" if order >= 0 else "late-kill"


def _is_above_kill(stored: WireItem, item: Item) -> bool:
    """Only a higher version comes back from a kill; in formats without versions, a newer stamp."""
    return item.version > stored.version or (not item.version and _order(stored, item) > 0)


def _judge_tie(stored: WireItem, item: Item) -> Ruling:
    is_withheld = stored.state == WireItem.State.WITHHELD
    if item.status == "withheld" and not is_withheld:
        return "newer"
    known = {stored.content_hash, *payload.notes(stored).get("seen", ())}
    return "repeat" if item.version or is_withheld or item.content_hash in known else "newer"


def _is_resend(stored: WireItem, item: Item) -> bool:
    """The same version with a newer stamp, or the same words under a new number: never a new text for readers."""
    if (stored.state == WireItem.State.WITHHELD) != (item.status == "withheld"):
        return False
    if item.version and item.version == stored.version:
        return True
    return item.content_hash == stored.content_hash and item.status == "usable"


def speaks(item: Item, feed: Feed) -> bool:
    """Whether the feed lists the item's language; copy that states none waits for an editor."""
    listed = [language.strip().lower() for language in feed.languages.split(",") if language.strip()]
    stated = item.language.lower().replace("_", "-")
    return not stated or any(stated == language or stated.startswith(f"{language}-") for language in listed)


def objection(item: Item, *, category: Category | None, now: datetime, genres: Iterable[str] = ()) -> str:
    """Why this is not published without an editor's look; empty if nothing stands against it.

    genres: forms that somebody has said are to be published, in small letters or not.
    """
    return _no_article(item, _ARTICLES.union(genre.casefold() for genre in genres)) or _not_now(item, now=now) or _incomplete(item, category) or _remark(item)


def _no_article(item: Item, articles: frozenset[str]) -> str:
    if item.kind != "text":
        return _("Kein Artikel, sondern: %s") % item.kind
    if not plain(item.body).strip():
        return _("Ohne Text geliefert")
    foreign = next((genre for genre in item.genres if genre.casefold() not in articles), "")
    if foreign:
        return _("Form «%s»: bitte prüfen, ob das ein Artikel ist") % foreign
    if _FOR_EDITORS.search(item.headline):
        return _("Offenbar nur für Redaktionen")
    return ""


def _not_now(item: Item, *, now: datetime) -> str:
    if item.embargo_unreadable:
        return _("Die Sperrfrist ist nicht zu lesen")
    if item.expires and item.expires <= now:
        return _("Die Agentur hat die Meldung befristet, die Frist ist abgelaufen")
    return ""


def _incomplete(item: Item, category: Category | None) -> str:
    if not item.headline:
        return _("Ohne Überschrift geliefert")
    if len(item.headline) > LONGEST_HEADLINE:
        return _("Die Überschrift ist länger als %d Zeichen") % LONGEST_HEADLINE
    if not item.language:
        return _("Die Meldung nennt ihre Sprache nicht")
    return "" if category else _("Kein Ressort passt")


def _remark(item: Item) -> str:
    """The first line of the agency's note that only a person can answer."""
    lines = (line.strip() for line in item.note.splitlines())
    remark = next((line for line in lines if line and not _is_chatter(line, item)), "")
    return _("Hinweis der Agentur: %s") % remark if remark else ""


def _is_chatter(line: str, item: Item) -> bool:
    if _WARNING.search(line):
        return False
    return bool(_CHATTER.match(line) or (item.embargo is not None and _EMBARGO_NOTE.search(line)))
