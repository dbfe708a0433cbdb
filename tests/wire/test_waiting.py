"""What waits, as editors look at it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from articles.models import Feed, WireItem
from articles.wire import waiting
from articles.wire.item import Subject
from tests import make
from tests.wire import delivering
from tests.wire.delivering import NOW, row, sent, take

pytestmark = pytest.mark.django_db
TEXT = "<p>Die Stadt hat am Montag die alte Brücke für den Verkehr gesperrt, weil Prüfer Risse im Beton gefunden haben.</p>"


@pytest.fixture
def by(db: None) -> Feed:
    return delivering.feed("inbox")


def waits(by: Feed, number: int, **fields: Any) -> WireItem:
    item = sent(guid=f"urn:x:{number}", **{"headline": f"Meldung {number}", "body": f"<p>Text {number}.</p>", **fields})
    take(item, by, now=NOW + timedelta(minutes=number))
    return row(item.guid)


@pytest.mark.parametrize("named", ["{pk}", " {pk}\n", "/ausland/kai-{pk}/", "https://tagblatt.example/ausland/kai-{pk}", "kai-{pk}"])
def test_article_is_found_by_number_and_address(named: str) -> None:
    article = make.article()

    assert waiting.article_named(named.format(pk=article.pk)) == article


@pytest.mark.parametrize("named", ["", "-", "kai", "1e3", "٣", "99999999999", "-1-x", "/ausland/"])
def test_what_names_no_article_finds_none(named: str) -> None:
    make.article()

    assert waiting.article_named(named) is None


def test_list_loads_no_copy_but_folds_by_it(by: Feed, django_assert_max_num_queries: Any) -> None:
    waits(by, 1, body=TEXT)
    waits(by, 2, body=TEXT + "<p>Mehr folgt.</p>")
    waits(by, 3)

    with django_assert_max_num_queries(2):
        found = waiting.folded(waiting.waiting())

    assert [(entry.item.headline, [one.headline for one in entry.similar]) for entry in found] == [
        ("Meldung 3", []), ("Meldung 2", ["Meldung 1"]),
    ]  # fmt: skip
    with django_assert_max_num_queries(2):
        waiting.folded(waiting.waiting())


def test_new_words_of_an_item_are_compared_anew(by: Feed) -> None:
    waits(by, 1, body=TEXT)
    waits(by, 2, body=TEXT)
    assert len(waiting.folded(waiting.waiting())) == 1

    take(sent(2, guid="urn:x:2", headline="Anders", body="<p>Ganz etwas anderes.</p>"), by, now=NOW)

    assert len(waiting.folded(waiting.waiting())) == 2


def test_item_without_copy_stands_alone_and_tells_nothing(by: Feed) -> None:
    take(sent(guid="urn:x:1", status="withheld", body="", headline="Halt"), by, now=NOW)
    waits(by, 2)

    assert len(waiting.folded(waiting.waiting())) == 2
    assert waiting.told_already(row("urn:x:1")) == []


def test_agencies_are_named_once_and_the_own_one_not(by: Feed) -> None:
    other = make.feed("xpd", agency=make.agency("xpd", name="Pressedienst", slug="xpd", credit_line="xpd.example"), rule="inbox")
    waits(by, 1, body=TEXT)
    waits(other, 2, body=TEXT)
    waits(other, 3, body=TEXT)
    waits(by, 4, body=TEXT)

    (entry,) = waiting.folded(waiting.waiting())

    assert entry.agencies == ["xpd"]
    assert len(entry.similar) == 3


def test_desks_are_those_of_what_waits(by: Feed) -> None:
    waits(by, 1, subjects=(Subject("dpacat:sp"),))
    waits(by, 2, subjects=(Subject("dpacat:pl"),))
    gone = waits(by, 3, subjects=(Subject("dpacat:zz"),))
    WireItem.objects.filter(pk=gone.pk).update(place=WireItem.Place.DISCARDED)

    assert waiting.desks() == ["dpacat:pl", "dpacat:sp"]
