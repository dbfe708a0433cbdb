"""Codes that mean nothing yet: remembered, assigned, forgotten."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from articles import desk
from articles.models import Feed, UnknownCode
from articles.wire import unknown
from articles.wire.item import Subject
from tests import make
from tests.wire import delivering
from tests.wire.delivering import NOW, sent, take

pytestmark = pytest.mark.django_db


@pytest.fixture
def by(db: None) -> Feed:
    return delivering.feed("inbox")


def arrives(by: Feed, *codes: str, number: int = 1, **fields: Any) -> None:
    take(sent(guid=f"urn:x:{number}", subjects=tuple(map(Subject, codes)), kicker="", **fields), by, now=NOW + timedelta(minutes=number))


def known() -> list[tuple[str, int]]:
    return list(UnknownCode.objects.order_by("code").values_list("code", "times"))


def test_line_says_where_it_was_seen_last(by: Feed) -> None:
    arrives(by, "dpacat:xy", headline="Zuerst")
    arrives(by, "dpacat:xy", number=2, headline="Danach")

    line = UnknownCode.objects.get()
    assert (line.times, line.headline, line.feed, line.seen_at) == (2, "Danach", by, NOW + timedelta(minutes=2))


def test_repeat_and_new_version_of_an_article_ask_nothing(by: Feed) -> None:
    by.category = make.category("Sonstiges")
    by.rule = Feed.Rule.PUBLISH
    by.save()
    arrives(by, "dpacat:xy")
    arrives(by, "dpacat:xy")

    take(sent(2, guid="urn:x:1", headline="Neu", subjects=(Subject("dpacat:xy"),)), by, now=NOW)

    assert known() == [("dpacat:xy", 1)]


def test_one_item_asks_at_most_ten_questions_and_all_together_five_hundred(by: Feed, monkeypatch: pytest.MonkeyPatch) -> None:
    arrives(by, *(f"x:{number}" for number in range(40)))
    assert len(known()) == 10

    monkeypatch.setattr(unknown, "MOST_KEPT", 12)
    arrives(by, *(f"y:{number}" for number in range(10)), number=2)
    assert len(known()) == 12


def test_code_that_means_another_category_already_is_refused(by: Feed) -> None:
    arrives(by, "dpacat:xy")
    make.category("Kultur", codes=["dpacat:xy"])

    with pytest.raises(desk.Refused, match="meint schon das Ressort «Kultur»"):
        unknown.assign(list(UnknownCode.objects.all()), make.category("Sport"))

    assert known() == [("dpacat:xy", 1)]


def test_assigned_twice_it_stands_there_once(by: Feed) -> None:
    arrives(by, "dpacat:xy")
    sport = make.category("Sport", codes=["dpacat:xy"])

    unknown.assign(list(UnknownCode.objects.all()), sport)

    sport.refresh_from_db()
    assert sport.codes == ["dpacat:xy"]


def test_old_questions_and_answered_ones_are_forgotten(by: Feed) -> None:
    arrives(by, "dpacat:alt", number=1)
    arrives(by, "dpacat:neu", number=50)
    arrives(by, "dpacat:xy", number=51)
    make.category("Sport", codes=["dpacat:xy"])

    assert unknown.forget(before=NOW + timedelta(minutes=10)) == 2
    assert known() == [("dpacat:neu", 1)]
