"""Histories that nobody has thought of: whatever the order, whatever comes twice, the end is that of the order in which it was sent."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from articles.models import Article, Feed, WireDelivery, WireItem
from articles.wire.item import Item
from tests.wire import delivering
from tests.wire.delivering import FIRST, NOW, sent, take

pytestmark = pytest.mark.django_db
EXAMPLES = int(os.environ.get("WIRE_HISTORIES", "25"))
TO_COME = datetime(2099, 3, 1, tzinfo=UTC)  # the desk itself looks at the clock on the wall
OFTEN = settings(
    max_examples=EXAMPLES, deadline=None, derandomize="WIRE_HISTORIES" not in os.environ,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
STATUSES = ("usable", "usable", "usable", "withheld", "canceled")


@dataclass(frozen=True)
class History:
    """What an agency sent of some items, in its order; and one order in which it may come, with repeats."""

    sent: tuple[Item, ...]
    come: tuple[Item, ...]

    def __repr__(self) -> str:
        return f"sent: {self._told(self.sent)}; came: {self._told(self.come)}"

    def _told(self, items: tuple[Item, ...]) -> str:
        return ", ".join(f"{item.guid[-1]}v{item.version} {item.status}{f' until {item.embargo:%d %H:%M}' if item.embargo else ''}" for item in items)


@st.composite
def _take(draw: st.DrawFn, number: int, version: int) -> Item:
    status: Any = draw(st.sampled_from(STATUSES))
    embargo = draw(st.sampled_from([None, None, None, TO_COME, FIRST]))
    about: dict[str, Any] = {
        "headline": f"Nummer {number} in Fassung {draw(st.integers(1, 3))}", "body": f"<p>Text {version} der Nummer {number}.</p>",
        "signal": draw(st.sampled_from(["", "update", "correction"])), "urgency": draw(st.integers(1, 9)),
    }  # fmt: skip
    return sent(version, guid=f"urn:x:{number}", status=status, embargo=embargo if status == "usable" else None, **about)


@st.composite
def histories(draw: st.DrawFn) -> History:
    items: list[Item] = []
    for number in range(draw(st.integers(1, 3))):
        items += [draw(_take(number, version)) for version in range(1, draw(st.integers(1, 5)) + 1)]
    again = draw(st.lists(st.sampled_from(items), max_size=6))
    return History(tuple(items), tuple(draw(st.permutations([*items, *again]))))


def end_of(items: tuple[Item, ...], by: Feed) -> dict[str, Any]:
    """What readers and editors are left with; everything is undone again."""
    with transaction.atomic():
        for item in items:
            take(item, by)
        rows = {row.guid: row for row in WireItem.objects.select_related("article")}
        found: dict[str, Any] = {guid: (row.state, row.version, *_article(row.article)) for guid, row in rows.items()}
        found["public"] = sorted(Article.objects.public(NOW).values_list("headline", "body"))
        found["all"] = (len(rows), WireDelivery.objects.filter(is_done=True).count())
        transaction.set_rollback(True)
    return found


def _article(article: Article | None) -> tuple[Any, ...]:
    """Of one that is killed or held nobody sees anything; whether there ever was one depends on the order."""
    return () if article is None or article.status != "published" else (article.status, article.headline, article.body, article.embargo_until)


@pytest.fixture
def by(db: None) -> Feed:
    return delivering.feed("publish")


@OFTEN
@given(history=histories())
def test_order_and_repeats_make_no_difference(by: Feed, history: History) -> None:
    note(repr(history))
    assert end_of(history.come, by) == end_of(history.sent, by)


@OFTEN
@given(history=histories())
def test_nothing_that_was_killed_or_is_embargoed_is_ever_seen(by: Feed, history: History) -> None:
    """At every step: what the agency has killed or held last of all that has come is not public, nor what it has embargoed."""
    with transaction.atomic():
        come: dict[str, Item] = {}
        for item in history.come:
            take(item, by)
            newest = come.get(item.guid)
            come[item.guid] = item if newest is None or item.version > newest.version else newest
            seen = set(Article.objects.public(NOW).values_list("wire_item__guid", flat=True))
            hidden = {guid for guid, last in come.items() if last.status != "usable" or (last.embargo and last.embargo > NOW)}
            assert not seen & hidden
        transaction.set_rollback(True)
