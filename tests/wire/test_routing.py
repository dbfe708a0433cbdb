"""Rules of a feed: the first that fits decides where copy goes; none publishes what stands in its own way."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from articles.models import Article, Feed, UnknownCode, WireRule
from articles.wire import rehearsing, routing, unknown
from articles.wire.item import Item, Subject
from tests import make
from tests.wire import delivering
from tests.wire.delivering import NOW, sent, take

pytestmark = pytest.mark.django_db


def rule(feed: Feed, *, on: bool = True, **fields: Any) -> WireRule:
    made = WireRule.objects.create(feed=feed, **{"name": "Probe", "act": "publish", **fields})
    if on:
        routing.put_in_force(made)
    return made


def fits(item: Item | None = None, *, now: datetime = NOW, **fields: Any) -> bool:
    return routing.Rule(**fields).fits(item or sent(), now=now)


@pytest.mark.parametrize(
    ("condition", "about", "expected"),
    [
        ({}, {}, True),
        ({"codes": ("MEDTOP:03000000",)}, {}, True),
        ({"codes": ("medtop:03000000",)}, {"subjects": (Subject("medtop:20000139"),)}, True),
        ({"codes": ("dpacat:sp", "dpacat:pl")}, {"subjects": (Subject("dpacat:pl"),)}, True),
        ({"codes": ("dpacat:sp",)}, {}, False),
        ({"genres": ("vorschau",)}, {"genres": ("Vorschau",)}, True),
        ({"genres": ("Vorschau",)}, {"genres": ("Meldung",)}, False),
        ({"keywords": ("Brücken",)}, {}, True),
        ({"keywords": ("bruecken",)}, {"kicker": "", "keywords": ("Brücken",)}, True),
        ({"keywords": ("Brücke",)}, {}, False),
        ({"places": ("Jena",)}, {"places": ("Jena", "Gera")}, True),
        ({"places": ("country:*",)}, {"countries": ("country:FR",)}, True),
        ({"places": ("country:*",)}, {"countries": ("country:FR", "country:DE")}, False),
        ({"places": ("country:*",)}, {}, False),
        ({"places": ("country:DE",)}, {"countries": ("country:FR", "country:DE")}, True),
        ({"languages": ("de",)}, {"language": "de_AT"}, True),
        ({"languages": ("en",)}, {}, False),
        ({"urgency_to": 2}, {"urgency": 2}, True),
        ({"urgency_to": 2}, {"urgency": 3}, False),
        ({"urgency_from": 7}, {"urgency": 6}, False),
        ({"urgency_from": 7, "genres": ("Meldung",)}, {"urgency": 8, "genres": ("Bericht",)}, False),
    ],
)
def test_every_condition_that_is_stated_has_to_fit(condition: dict[str, Any], about: dict[str, Any], expected: bool) -> None:
    assert fits(sent(**about), **condition) is expected


@pytest.mark.parametrize(
    ("first", "last", "hour", "expected"),
    [(8, 18, 8, True), (8, 18, 17, True), (8, 18, 18, False), (22, 6, 23, True), (22, 6, 5, True), (22, 6, 6, False), (22, 6, 12, False)],
)
def test_hours_are_those_of_berlin_and_may_run_over_midnight(first: int, last: int, hour: int, expected: bool) -> None:
    summer = datetime(2025, 7, 1, (hour - 2) % 24, 30, tzinfo=UTC)

    assert fits(now=summer, hour_from=first, hour_to=last) is expected


def test_first_rule_that_fits_decides() -> None:
    by = delivering.feed("inbox")
    rule(by, name="Zweite", position=2, act="publish")
    rule(by, name="Erste", position=1, act="discard", keywords=["Brücken"])

    assert take(sent(), by).code == "discarded"
    assert delivering.row().reason == "verworfen durch die Regel «Erste»"


def test_without_a_rule_that_fits_the_feed_goes_its_own_way() -> None:
    by = delivering.feed("publish")
    rule(by, act="discard", genres=["Vorschau"])

    assert take(sent(), by).code == "published"


def test_a_rule_that_is_not_in_force_does_nothing() -> None:
    by = delivering.feed("publish")
    rule(by, on=False, act="discard")

    assert take(sent(), by).code == "published"


def test_rule_says_into_which_category() -> None:
    by = delivering.feed("inbox")
    rule(by, category=make.category("Sport"))

    take(sent(), by)

    assert delivering.article_of().category.name == "Sport"


@pytest.mark.parametrize(
    "fields",
    [{"body": ""}, {"embargo_unreadable": True}, {"language": ""}, {"note": "Bitte nicht vor Mittag senden"}, {"headline": ""}, {"kind": "event"}],
)
def test_no_rule_publishes_what_stands_in_its_own_way(fields: dict[str, Any]) -> None:
    by = delivering.feed("inbox")
    rule(by)

    assert take(sent(**fields), by).code == "inbox"
    assert not Article.objects.exists()


def test_rule_that_names_a_form_publishes_it_and_no_other() -> None:
    by = delivering.feed("inbox")
    rule(by, genres=["Rezept"])

    assert take(sent(genres=("Rezept",)), by).code == "published"
    assert take(sent(guid="urn:nda:2", genres=("Rezept", "Vorschau")), by).code == "inbox"


def test_new_version_of_what_a_rule_discarded_is_judged_anew() -> None:
    by = delivering.feed("publish")
    rule(by, act="discard", urgency_from=7)

    assert take(sent(urgency=8), by).code == "discarded"
    assert take(sent(2, urgency=2), by).code == "published"


def test_saved_changes_wait_until_they_are_put_in_force() -> None:
    by = delivering.feed("publish")
    made = rule(by, act="discard", keywords=["Brücken"])
    made.keywords = ["Tunnel"]
    made.save()

    assert not routing.is_obeyed(made)
    assert take(sent(), by).code == "discarded"


@pytest.mark.parametrize(
    ("subjects", "countries", "name"),
    [
        ("medtop:11000000", ("country:FR",), "Ausland"),
        ("medtop:11000000", ("country:FR", "country:DE"), "Inland"),
        ("medtop:11000000", (), "Inland"),
        ("medtop:03000000", ("country:FR",), "Panorama"),
        ("x:1", ("country:FR",), "Ausland"),
        ("x:1", ("country:VELMORA",), "Nahost"),
    ],
)
def test_what_plays_abroad_is_no_home_news(subjects: str, countries: tuple[str, ...], name: str) -> None:
    by = delivering.feed("publish")
    make.category("Inland").codes.append("country:DE")
    home = delivering.department("Inland")
    home.codes = ["medtop:11000000", "country:DE"]
    home.save()
    make.category("Ausland", codes=["country:*"])
    make.category("Nahost", codes=["country:velmora"])

    take(sent(subjects=(Subject(subjects),), countries=countries, keywords=()), by)

    assert delivering.article_of().category.name == name


def test_codes_that_no_category_knows_are_one_line_each() -> None:
    by = delivering.feed("inbox", category=make.category("Sonstiges"))

    take(sent(subjects=(Subject("dpacat:xy"), Subject("dpacat:zz"))), by)
    take(sent(guid="urn:nda:2", subjects=(Subject("dpacat:xy"),)), by)
    take(sent(guid="urn:nda:3", subjects=(Subject("dpacat:qq"), Subject("medtop:03000000"))), by)

    assert dict(UnknownCode.objects.values_list("code", "times")) == {"dpacat:xy": 2, "dpacat:zz": 1}


def test_assigned_codes_mean_the_category_from_now_on() -> None:
    by = delivering.feed("publish")
    take(sent(subjects=(Subject("dpacat:xy"),), kicker=""), by)

    unknown.assign(list(UnknownCode.objects.all()), make.category("Sport"))

    assert not UnknownCode.objects.exists()
    take(sent(guid="urn:nda:2", subjects=(Subject("dpacat:xy"),)), by)
    assert delivering.article_of("urn:nda:2").category.name == "Sport"


def test_rehearsal_says_what_a_rule_would_have_done_and_does_nothing() -> None:
    by = delivering.feed("inbox")
    take(sent(), by)
    take(sent(guid="urn:nda:2", kicker="Sport", headline="Sieg im Finale"), by)
    take(sent(guid="urn:nda:3", body="", headline="Ohne Text"), by)
    rule(by, name="Sport", act="discard", keywords=["Sport"], position=1)
    draft = rule(by, name="Alles", on=False, position=2)

    found = rehearsing.rehearse(by, [draft], now=NOW)

    places = {row.item.headline: (row.before.place, row.after.place, row.is_other) for row in found.rows}
    assert places == {"Brücke gesperrt": ("inbox", "published", True), "Ohne Text": ("inbox", "inbox", False)}
    assert (found.seen, found.changed, found.counts) == (3, 1, {"published": 1, "inbox": 1, "discarded": 1})
    assert not Article.objects.exists()


def test_what_is_rehearsed_is_what_happens() -> None:
    """The same function decides both: whatever stands against an item stands against it in the rehearsal."""
    by = delivering.feed("inbox")
    items = [sent(guid=f"urn:nda:{number}", **fields) for number, fields in enumerate(KINDS)]
    for item in items:
        take(item, by)
    draft = rule(by, on=False, category=make.category("Sport"))
    foretold = {row.item.guid: row.after.place for row in rehearsing.rehearse(by, [draft], now=NOW).rows}
    routing.put_in_force(draft)

    for item in items:
        take(sent(guid=item.guid + "b", **KINDS[int(item.guid.rpartition(":")[2])]), by)

    assert {guid: delivering.row(guid + "b").place for guid in foretold} == foretold
    assert len(foretold) == len(KINDS)


KINDS: list[dict[str, Any]] = [
    {}, {"body": ""}, {"genres": ("Vorschau",)}, {"embargo_unreadable": True}, {"urgency": 1}, {"language": ""},
    {"headline": "Terminvorschau für Montag"}, {"subjects": ()},
]  # fmt: skip
