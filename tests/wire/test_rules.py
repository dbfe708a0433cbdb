"""Order of deliveries, languages, and what keeps copy from going online by itself."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from articles.models import Category, Feed, WireItem
from articles.wire import payload, rules
from articles.wire.item import Item
from tests.wire.delivering import FIRST, NOW, sent

PANORAMA = Category(name="Panorama", slug="panorama")


def known(item: Item, *, state: str = "usable", **house: Any) -> WireItem:
    """What the house holds after that item; not in the database."""
    stamp = item.updated or item.issued
    notes = {"stamped": stamp is not None, **house}
    return WireItem(
        guid=item.guid, version=item.version, updated_at=stamp or NOW, state=state, content_hash=item.content_hash,
        payload={**payload.dump(item), payload.HOUSE: notes},
    )  # fmt: skip


def objection(**fields: Any) -> str:
    return rules.objection(sent(**fields), category=PANORAMA, now=NOW)


def at(hours: int) -> datetime:
    return FIRST + timedelta(hours=hours)


def test_unknown_item_is_the_first() -> None:
    assert rules.judge(None, sent()) == "first"


@pytest.mark.parametrize(
    ("version", "stamp", "body", "ruling"),
    [
        (2, at(0), "<p>Anders.</p>", "late"),
        (3, at(0), "<p>Anders.</p>", "late"),
        (2, at(9), "<p>Anders.</p>", "late"),
        (3, at(2), "<p>Anders.</p>", "repeat"),
        (3, None, "<p>Anders.</p>", "repeat"),
        (3, at(3), "<p>Anders.</p>", "metadata"),
        (4, at(2), "<p>Anders.</p>", "newer"),
        (4, at(0), "<p>Anders.</p>", "newer"),
        (10, at(3), "<p>Anders.</p>", "newer"),
        (4, at(3), sent().body, "metadata"),
    ],
)
def test_version_counts_before_the_stamp(version: int, stamp: datetime | None, body: str, ruling: str) -> None:
    stored = known(sent(3))

    arriving = sent(3, version=version, updated=stamp, issued=None, body=body)

    assert rules.judge(stored, arriving) == ruling


@pytest.mark.parametrize(
    ("stamp", "body", "ruling"),
    [
        (at(0), "<p>Anders.</p>", "newer"),
        (at(0), sent().body, "repeat"),
        (at(1), "<p>Anders.</p>", "newer"),
        (at(1), sent().body, "metadata"),
        (at(-1), "<p>Anders.</p>", "late"),
        (None, "<p>Anders.</p>", "newer"),
        (None, sent().body, "repeat"),
    ],
)
def test_without_versions_stamp_and_content_decide(stamp: datetime | None, body: str, ruling: str) -> None:
    stored = known(sent(version=0))

    arriving = sent(version=0, updated=stamp, issued=None, body=body)

    assert rules.judge(stored, arriving) == ruling


def test_content_seen_before_is_a_repeat_even_if_another_came_between() -> None:
    first, second = sent(version=0), sent(version=0, headline="Anders")
    stored = known(second, seen=[first.content_hash])

    assert rules.judge(stored, first) == "repeat"


def test_without_any_stamp_the_later_arrival_is_the_newer() -> None:
    stored = known(sent(version=0, updated=None, issued=None))

    arriving = sent(version=0, updated=None, issued=None, headline="Anders")

    assert rules.judge(stored, arriving) == "newer"


def test_hold_wins_a_tie_and_its_release_needs_a_higher_order() -> None:
    usable, withheld = sent(), sent(status="withheld")

    assert rules.judge(known(usable), withheld) == "newer"
    assert rules.judge(known(withheld, state="withheld"), usable) == "repeat"
    assert rules.judge(known(withheld, state="withheld"), sent(2)) == "newer"


def test_same_version_may_be_held_and_released_by_a_newer_stamp() -> None:
    later = sent(1, updated=at(5))

    assert rules.judge(known(sent()), sent(1, updated=at(5), status="withheld")) == "newer"
    assert rules.judge(known(sent(status="withheld"), state="withheld"), later) == "newer"


@pytest.mark.parametrize(("version", "ruling"), [(1, "late-kill"), (2, "newer"), (3, "newer")])
def test_kill_is_never_lost(version: int, ruling: str) -> None:
    assert rules.judge(known(sent(2)), sent(version, status="canceled")) == ruling


def test_kill_known_already_is_a_repeat_also_when_its_item_lives_again() -> None:
    stored = known(sent(5), killed=[3, at(2).isoformat()])

    assert rules.judge(stored, sent(3, status="canceled")) == "repeat"
    assert rules.judge(stored, sent(2, status="canceled")) == "repeat"
    assert rules.judge(stored, sent(4, status="canceled")) == "late-kill"
    assert rules.judge(stored, sent(6, status="canceled")) == "newer"


@pytest.mark.parametrize(
    ("arriving", "ruling"),
    [
        (sent(1), "late"),
        (sent(2), "late"),
        (sent(2, updated=at(9)), "late"),
        (sent(2, status="canceled"), "repeat"),
        (sent(3), "newer"),
    ],
)
def test_only_a_higher_version_comes_back_from_a_kill(arriving: Item, ruling: str) -> None:
    killed = known(sent(2, status="canceled"), state="canceled", killed=[2, at(1).isoformat()])

    assert rules.judge(killed, arriving) == ruling


@pytest.mark.parametrize(("stamp", "ruling"), [(at(0), "late"), (at(1), "newer")])
def test_without_versions_a_newer_stamp_comes_back_from_a_kill(stamp: datetime, ruling: str) -> None:
    killed = known(sent(version=0, status="canceled"), state="canceled", killed=[0, at(0).isoformat()])

    assert rules.judge(killed, sent(version=0, updated=stamp)) == ruling


@pytest.mark.parametrize(
    ("listed", "stated", "is_taken"),
    [
        ("de", "de", True),
        ("de", "de-DE", True),
        ("de", "DE_at", True),
        ("de, en", "en-GB", True),
        ("de-AT", "de-AT", True),
        ("de-AT", "de", False),
        ("de", "en", False),
        ("de", "den", False),
        ("de", "", True),
        ("", "de", False),
    ],
)
def test_languages_are_those_the_feed_lists(listed: str, stated: str, is_taken: bool) -> None:
    assert rules.speaks(sent(language=stated), Feed(languages=listed)) is is_taken


def test_nothing_stands_against_complete_copy() -> None:
    assert objection() == ""


@pytest.mark.parametrize(
    ("fields", "start"),
    [
        ({"kind": "picture"}, "Kein Artikel, sondern: picture"),
        ({"body": ""}, "Ohne Text"),
        ({"body": "<p> </p>"}, "Ohne Text"),
        ({"genres": ("Vorschau",)}, "Form «Vorschau»"),
        ({"genres": ("Meldung", "Tabelle")}, "Form «Tabelle»"),
        ({"headline": "nda-Tagesvorschau für Montag"}, "Offenbar nur für Redaktionen"),
        ({"headline": "Unsere Lesestücke der Woche"}, "Offenbar nur für Redaktionen"),
        ({"embargo_unreadable": True}, "Die Sperrfrist ist nicht zu lesen"),
        ({"expires": NOW}, "Die Agentur hat die Meldung befristet"),
        ({"headline": ""}, "Ohne Überschrift"),
        ({"headline": "x" * 201}, "Die Überschrift ist länger als 200"),
        ({"language": ""}, "Die Meldung nennt ihre Sprache nicht"),
        ({"note": "Bitte Rücksprache halten"}, "Hinweis der Agentur: Bitte Rücksprache"),
    ],
)
def test_incomplete_or_doubtful_copy_waits_with_its_reason(fields: dict[str, Any], start: str) -> None:
    assert objection(**fields).startswith(start)


def test_copy_without_a_category_waits() -> None:
    assert rules.objection(sent(), category=None, now=NOW) == "Kein Ressort passt"


@pytest.mark.parametrize("genre", ["Meldung", "KORR-Bericht", "zusammenfassung", "Interview", "Kommentar"])
def test_genres_of_articles_are_no_objection(genre: str) -> None:
    assert objection(genres=(genre,)) == ""


def test_licence_still_running_is_no_objection() -> None:
    assert objection(expires=NOW + timedelta(days=1)) == ""


@pytest.mark.parametrize(
    "note",
    [
        "",
        "Neu: Reaktionen der Stadt",
        "Berichtigung: Im ersten Absatz muss es sieben (nicht: neun) heißen.",
        "Prüfung abgeschlossen, die Meldung ist frei.",
        "Sperrfrist aufgehoben.",
        "Nutzung nur in Verbindung mit der Meldung",
        "Aktualisiert\n\nMehr folgt",
    ],
)
def test_plain_chatter_is_no_objection(note: str) -> None:
    assert objection(note=note) == ""


@pytest.mark.parametrize(
    "note",
    [
        "Neu: bitte nicht verwenden",
        "Aktualisiert\nAchtung: Name des Opfers nicht freigegeben",
        "Sperrfrist: 18 Uhr",
        "Update – nur für Abonnenten",
        "Die Zahlen sind noch offen, neu folgt",
    ],
)
def test_notes_that_only_a_person_can_answer_keep_copy_back(note: str) -> None:
    assert objection(note=note).startswith("Hinweis der Agentur: ")


def test_note_that_repeats_a_known_embargo_is_no_objection() -> None:
    assert objection(note="Sperrfrist: 1. März 2099, 18.00 Uhr", embargo=NOW + timedelta(days=1)) == ""
