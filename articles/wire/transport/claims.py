"""Who works on what: of several processes and machines one fetches a feed, one reads a delivery; whoever dies loses it in time."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import accumulate
from secrets import randbelow

from django.db.models import Q
from django.db.models.functions import Length
from django.utils import timezone

from articles.models import Feed, FeedState, WireDelivery
from articles.wire.ledger import HELD

MOST_BYTES = 4_000_000  # of deliveries that are in memory together


def take_feed(feed: Feed, *, now: datetime | None = None) -> FeedState | None:
    """The feed's state, held for us; None while another holds it."""
    moment = now or timezone.now()
    FeedState.objects.get_or_create(feed=feed)
    free = Q(busy_until=None) | Q(busy_until__lt=moment)
    taken = FeedState.objects.filter(free, feed=feed).update(busy_until=moment + HELD)
    return FeedState.objects.select_related("feed__agency").get(feed=feed) if taken else None


def leave_feed(feed: Feed) -> None:
    FeedState.objects.filter(feed=feed).update(busy_until=None)


def next_deliveries(most: int, *, now: datetime | None = None) -> list[WireDelivery]:
    """The oldest deliveries that nobody has read to their end, held for us."""
    moment = now or timezone.now()
    free = Q(claimed_until=None) | Q(claimed_until__lt=moment)
    waiting = WireDelivery.objects.filter(free, is_done=False, error="")
    sizes = list(waiting.order_by("pk").values_list("pk", Length("raw"))[:most])
    if not sizes:
        return []
    sums = accumulate(size for _, size in sizes)
    wanted = [pk for (pk, _), together in zip(sizes, sums, strict=True) if together <= MOST_BYTES] or [sizes[0][0]]
    ours = moment + HELD + timedelta(microseconds=randbelow(1_000_000))  # nobody else claims until the same moment
    waiting.filter(pk__in=wanted).update(claimed_until=ours)
    taken = WireDelivery.objects.filter(pk__in=wanted, claimed_until=ours).order_by("pk")
    return list(taken.select_related("feed__agency", "feed__category").prefetch_related("feed__agency__terms"))
