"""How feeds are: what they bring as a rule, and when their silence is conspicuous."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from articles.models import Feed, FeedState, WireDelivery
from articles.text.dates import BERLIN
from articles.wire.transport import health
from tests.wire import delivering

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=BERLIN)
BUSY = [0.0] * 7 + [20.0] * 12 + [1.0] * 5 + [0.5] * 24


def delivered(feed: Feed, *moments: datetime) -> None:
    WireDelivery.objects.bulk_create(WireDelivery(feed=feed, name="x", raw=b"x", hash="x", received_at=at, is_done=True) for at in moments)


def condition(feed: Feed, now: datetime, *, last: datetime, rhythm: list[float] = BUSY) -> str:
    delivered(feed, last)
    FeedState.objects.create(feed=feed, rhythm=rhythm)
    [found] = health.all_feeds(now=now)
    return found.condition


@pytest.mark.parametrize(
    ("hour", "minutes", "expected"),
    [(10, 15, "ok"), (10, 22, "silent"), (5, 180, "ok"), (22, 180, "ok"), (12, 600, "silent")],
)
def test_silence_is_judged_by_what_the_hour_brings(hour: int, minutes: int, expected: str) -> None:
    now = MONDAY.replace(hour=hour)

    assert condition(delivering.feed(), now, last=now - timedelta(minutes=minutes)) == expected


def test_weekends_have_their_own_rhythm() -> None:
    sunday = MONDAY - timedelta(days=1)

    assert condition(delivering.feed(), sunday, last=sunday - timedelta(hours=10)) == "ok"


def test_without_a_rhythm_nobody_is_silent() -> None:
    assert condition(delivering.feed(), MONDAY, last=MONDAY - timedelta(days=3), rhythm=[]) == "ok"


def test_conditions() -> None:
    feed = delivering.feed()
    assert [one.condition for one in health.all_feeds()] == ["new"]

    FeedState.objects.create(feed=feed, failures=3, error="Die Agentur antwortet mit 500.")
    [found] = health.all_feeds()
    assert (found.condition, found.is_alarming) == ("failing", True)
    assert found.sentence == "nicht abzurufen: Die Agentur antwortet mit 500."

    Feed.objects.update(is_active=False)
    assert [one.condition for one in health.all_feeds()] == ["off"]


def test_sentence_of_silence_says_what_is_missing() -> None:
    feed = delivering.feed()
    condition(feed, MONDAY, last=MONDAY - timedelta(hours=2))

    [found] = health.all_feeds(now=MONDAY)

    assert found.sentence.replace("\u00a0", " ") == "auffällig still, zuletzt 23.11.2026, 08:00 Uhr; sonst kommen in dieser Zeit etwa 40 Lieferungen"


def test_rhythm_is_learned_from_four_weeks() -> None:
    feed = delivering.feed()
    days = [MONDAY - timedelta(days=number) for number in range(1, 29)]
    delivered(feed, *(day.replace(hour=9, minute=minute) for day in days for minute in range(0, 60, 10) if day.weekday() < 5))

    health.learn_rhythms(now=MONDAY)

    rhythm = FeedState.objects.get().rhythm
    assert len(rhythm) == 48
    assert 5.5 < rhythm[9] < 6.5
    assert rhythm[8] == rhythm[24 + 9] == 0


def test_too_young_a_feed_has_no_rhythm() -> None:
    feed = delivering.feed()
    delivered(feed, MONDAY - timedelta(hours=30), MONDAY)

    assert health.rhythm_of(feed, now=MONDAY) == []


def test_waiting_deliveries_are_said() -> None:
    feed = delivering.feed()
    WireDelivery.objects.create(feed=feed, name="x", raw=b"x", hash="x")

    assert health.all_feeds()[0].sentence.endswith("1 warten")
