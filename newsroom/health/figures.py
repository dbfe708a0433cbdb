"""Figures of the newsroom's own machinery, asked of the database when somebody scrapes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from django.db import DatabaseError
from django.db.models import Count as Counted
from django.db.models import Min, QuerySet
from django.utils import timezone
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from articles.models import KillReceipt, Ping, Report, SearchErrand, WireDelivery, WireItem
from articles.wire.transport import health

MOST: Final = 10_000  # rows counted; a backlog beyond that is as alarming


class NewsroomFigures(Collector):
    def collect(self) -> Iterator[Metric]:
        """Of a database that does not answer, only that: the page cache's figures are told all the same."""
        try:
            found = list(_figures())
        except DatabaseError:
            found = []
        yield _gauge("newsroom_database_answers", "1 where the database answered", float(bool(found)))
        yield from found


def _figures() -> Iterator[Metric]:
    waiting = WireDelivery.objects.filter(is_done=False)
    yield _gauge("newsroom_wire_inbox", "Items of the wire that wait for an editor", _number(WireItem.objects.filter(place=WireItem.Place.INBOX)))
    yield _gauge("newsroom_wire_waiting", "Deliveries that are kept and not read yet", _number(waiting.filter(error="")))
    yield _gauge("newsroom_wire_unreadable", "Deliveries that could not be read", _number(waiting.exclude(error="")))
    yield _gauge("newsroom_kills_open", "Kills whose copy is still to be seen somewhere", _number(KillReceipt.objects.filter(done_at=None)))
    yield _gauge("newsroom_reports_open", "Reports of readers that nobody has seen to", _number(Report.objects.filter(state=Report.State.OPEN)))
    yield _gauge("newsroom_search_waiting", "Changes that the search server has not heard of", _number(SearchErrand.objects.all()))
    yield from _feeds()
    yield from _pings()


def _gauge(name: str, meaning: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, meaning, value=value)


def _number(rows: QuerySet[Any]) -> int:
    return rows[:MOST].count()


def _feeds() -> Iterator[Metric]:
    silent = GaugeMetricFamily("newsroom_feed_alarm", "1 where a feed is conspicuously silent or cannot be fetched", labels=["feed"])
    for one in health.all_feeds():
        silent.add_metric([one.feed.slug], float(one.is_alarming))
    yield silent


def _pings() -> Iterator[Metric]:
    """What is due; moments still to come are no backlog."""
    now = timezone.now()
    due = Ping.objects.filter(due_at__lte=now).values_list("service").annotate(number=Counted("pk"), oldest=Min("due_at"))
    waiting = GaugeMetricFamily("newsroom_pings_waiting", "Pings that are due and not sent yet", labels=["service"])
    age = GaugeMetricFamily("newsroom_pings_oldest_seconds", "Age of the oldest of them", labels=["service"])
    found = {service: (number, oldest) for service, number, oldest in due.order_by()}
    for service in Ping.Service.values:
        number, oldest = found.get(service, (0, now))
        waiting.add_metric([service], number)
        age.add_metric([service], max(0.0, (now - oldest).total_seconds()))
    yield waiting
    yield age
