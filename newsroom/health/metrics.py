"""/metrics: figures for Prometheus, to whoever asks from this machine or holds the token."""

from __future__ import annotations

import hmac
import ipaddress
from collections.abc import Iterator
from typing import Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from prometheus_client.registry import Collector

from newsroom.health.figures import NewsroomFigures
from newsroom.pagecache import setup
from newsroom.pagecache.stats import GAUGES, Count, totals

# Whoever comes through a proxy is not on this machine, though the proxy may be.
FORWARDED: Final = ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP", "HTTP_VIA", "HTTP_X_FORWARDED_PROTO")
MEANING: Final = {
    Count.HITS: "Answers from the cache",
    Count.UNCHANGED: "Answers 304 from the cache",
    Count.STALE: "Answers with an outdated page, while it was made anew or because that failed",
    Count.ERRORS_COVERED: "Failures of the site that readers did not see",
    Count.RENDERS: "Pages made by the site",
    Count.FROM_STORE: "Pages taken from the second level",
    Count.MISSING: "Answers to addresses known to lead nowhere",
    Count.ASIDE: "Requests passed by, such as editors'",
    Count.STORE_FAILURES: "Pages that the second level did not take",
    Count.BYTES: "Bytes of pages in the memory of all processes",
    Count.PAGES: "Pages in the memory of all processes",
    Count.PINGS_SENT: "Pings that WebSub hub or IndexNow have taken",
    Count.PINGS_REFUSED: "Tries at which they have not",
}

PINGS: Final = (Count.PINGS_SENT, Count.PINGS_REFUSED)


class PageCacheFigures(Collector):
    """The shared counters of all web processes of this machine."""

    def collect(self) -> Iterator[Metric]:
        for count, value in totals(setup.counters()).items():
            name = f"newsroom_{count.name.lower()}" if count in PINGS else f"newsroom_pagecache_{count.name.lower()}"
            family = GaugeMetricFamily if count in GAUGES else CounterMetricFamily
            yield family(name, MEANING.get(count, count.name), value=value)


_figures = CollectorRegistry()
_figures.register(PageCacheFigures())
_figures.register(NewsroomFigures())


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    if not _may(request):
        raise Http404
    return HttpResponse(generate_latest(_figures), content_type=CONTENT_TYPE_PLAIN_0_0_4, headers={"Cache-Control": "no-store"})


def _may(request: HttpRequest) -> bool:
    token = settings.METRICS_TOKEN
    if token and hmac.compare_digest(request.headers.get("Authorization", "").encode(), f"Bearer {token}".encode()):
        return True
    return _is_loopback(request.META.get("REMOTE_ADDR", "")) and not any(name in request.META for name in FORWARDED)


def _is_loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False
