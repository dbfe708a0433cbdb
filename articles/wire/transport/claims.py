"""Who works on what: of several processes and machines one fetches a feed, one reads a delivery; whoever dies loses it in time."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from articles.models import Feed, FeedState, WireDelivery
from articles.wire.ledger import HELD


def take_feed(feed: Feed, *, now: datetime | None = None) -> FeedState | None:
    """The feed's state, held for us; None while another holds it."""
    moment = now or timezone.now()
    FeedState.objects.get_or_create(feed=feed)
    free = Q(busy_until=None) | Q(busy_until__lt=moment)
    taken = FeedState.objects.filter(free, feed=feed).update(busy_until=moment + HELD)
    return FeedState.objects.select_related("feed__agency").get(feed=feed) if taken else None


def leave_feed(feed: Feed) -> None:
    FeedState.objects.filter(feed=feed).update(busy_until=None)


def next_delivery(*, now: datetime | None = None) -> WireDelivery | None:
    """The oldest delivery that nobody has read to its end, held for us."""
    moment = now or timezone.now()
    free = Q(claimed_until=None) | Q(claimed_until__lt=moment)
    waiting = WireDelivery.objects.filter(free, is_done=False, error="").order_by("pk")
    for pk in waiting.values_list("pk", flat=True)[:10]:
        if WireDelivery.objects.filter(free, pk=pk, is_done=False, error="").update(claimed_until=moment + HELD):
            return WireDelivery.objects.select_related("feed__agency", "feed__category").get(pk=pk)
    return None
