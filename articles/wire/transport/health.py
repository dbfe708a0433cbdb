"""How feeds are: what each usually brings at this hour, and which one is conspicuously silent or fails."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

from django.db.models import Count, OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Feed, FeedState, WireDelivery
from articles.text.dates import BERLIN, stamp

LOOKED_BACK: Final = timedelta(days=28)
LEARNED_EVERY: Final = timedelta(hours=6)
MOST_ROWS: Final = 50_000
HOURS: Final = 24
SATURDAY: Final = 5
# Silent once so much copy was to be expected that none would come by chance once in a thousand times: e ** -7.
EXPECTED: Final = 7.0
FAILING: Final = 3  # fetches in a row
SHORTEST: Final = timedelta(minutes=10)

Condition = Literal["failing", "silent", "new", "ok", "off"]
ORDER: Final[tuple[Condition, ...]] = ("failing", "silent", "new", "ok", "off")


@dataclass(frozen=True, slots=True)
class Health:
    """last: when it last delivered anything. expected: deliveries that should have come since. error: the last one, in German."""

    feed: Feed
    condition: Condition
    last: datetime | None
    expected: float
    error: str
    waiting: int

    @property
    def is_alarming(self) -> bool:
        return self.condition in {"failing", "silent"}

    @property
    def sentence(self) -> str:
        """For editors; without the feed's name."""
        said = self._said()
        return _("%(said)s; %(number)d warten") % {"said": said, "number": self.waiting} if self.waiting else said

    def _said(self) -> str:
        last = _("zuletzt %s") % stamp(self.last, style="short") if self.last else ""
        if self.condition == "failing":
            return _("nicht abzurufen: %s") % self.error
        if self.condition == "silent":
            told = {"last": last, "number": round(self.expected)}
            return _("auffällig still, %(last)s; sonst kommen in dieser Zeit etwa %(number)d Lieferungen") % told
        return {"new": _("noch nichts angekommen"), "off": _("abgeschaltet")}.get(self.condition, last)


def all_feeds(*, now: datetime | None = None) -> list[Health]:
    """Of every feed, the worst first."""
    moment = now or timezone.now()
    newest = WireDelivery.objects.filter(feed=OuterRef("pk")).order_by("-received_at").values("received_at")[:1]
    waiting = WireDelivery.objects.filter(feed=OuterRef("pk"), is_done=False, error="").order_by().values("feed")
    feeds = Feed.objects.select_related("agency", "state").order_by("agency__name", "name")
    asked = feeds.annotate(last=Subquery(newest), waiting=Subquery(waiting.annotate(number=Count("pk")).values("number")))
    found = [_health(feed, moment) for feed in asked]
    return sorted(found, key=lambda one: ORDER.index(one.condition))


def _health(feed: Feed, now: datetime) -> Health:
    """feed: with `last` and `waiting` from the query."""
    state: FeedState | None = getattr(feed, "state", None)
    last: datetime | None = getattr(feed, "last", None)
    expected = expected_since(state.rhythm, last, now) if state and last else 0.0
    error = state.error if state else ""
    return Health(feed, _condition(feed, state, last, expected, now), last, expected, error, getattr(feed, "waiting", None) or 0)


def _condition(feed: Feed, state: FeedState | None, last: datetime | None, expected: float, now: datetime) -> Condition:
    if not feed.is_active:
        return "off"
    if state and state.failures >= FAILING:
        return "failing"
    if last is None:
        return "new"
    return "silent" if expected >= EXPECTED and now - last >= SHORTEST else "ok"


def expected_since(rhythm: list[float], last: datetime, now: datetime) -> float:
    """How many deliveries the time since then brings as a rule; nothing where no rhythm is known yet."""
    if len(rhythm) != 2 * HOURS:
        return 0.0
    total, start = 0.0, max(last, now - timedelta(days=7))
    while start < now:
        local = start.astimezone(BERLIN)
        end = min(now, start + timedelta(hours=1) - timedelta(minutes=local.minute, seconds=local.second, microseconds=local.microsecond))
        total += rhythm[place_of(start)] * ((end - start) / timedelta(hours=1))
        start = end
    return total


def place_of(moment: datetime) -> int:
    """0–23: hours of a working day in Berlin, 24–47: of Saturday and Sunday."""
    local = moment.astimezone(BERLIN)
    return local.hour + (HOURS if local.weekday() >= SATURDAY else 0)


def learn_rhythms(*, now: datetime | None = None) -> None:
    """Look again, a few times a day, at what each feed brought at which hour in four weeks."""
    moment = now or timezone.now()
    for feed in Feed.objects.filter(is_active=True).select_related("state"):
        state = getattr(feed, "state", None) or FeedState.objects.get_or_create(feed=feed)[0]
        if state.rhythm_at is None or moment - state.rhythm_at > LEARNED_EVERY:
            FeedState.objects.filter(feed=feed).update(rhythm=rhythm_of(feed, now=moment), rhythm_at=moment)


def rhythm_of(feed: Feed, *, now: datetime) -> list[float]:
    """Deliveries an hour; empty before two days are known."""
    rows = WireDelivery.objects.filter(feed=feed, received_at__gt=now - LOOKED_BACK, received_at__lte=now).order_by("-received_at")
    moments = list(rows.values_list("received_at", flat=True)[:MOST_ROWS])
    if not moments or now - moments[-1] < timedelta(days=2):
        return []
    came, passed = Counter(map(place_of, moments)), Counter(_hours_between(moments[-1], now))
    return [round(came[place] / passed[place], 3) if passed[place] else 0.0 for place in range(2 * HOURS)]


def _hours_between(start: datetime, end: datetime) -> list[int]:
    hours = int((end - start) / timedelta(hours=1)) + 1
    return [place_of(start + timedelta(hours=number)) for number in range(hours)]
