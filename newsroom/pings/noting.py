"""From announcements to pings: written when the announcement has been carried out, so that acts of the desk cost nothing."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from articles.models import Announcement, Article, Ping, Status

logger = logging.getLogger(__name__)

Service = Ping.Service
FEEDS = ("category", "tag", "author", "agency")  # kinds of keys under which lists with feeds hang


def wanted() -> list[Ping.Service]:
    """Services that the operator has named."""
    named = {Service.WEBSUB: settings.WEBSUB_HUB_URL, Service.INDEXNOW: settings.INDEXNOW_KEY}
    return [service for service, value in named.items() if value]


def note(rows: Iterable[Announcement]) -> None:
    """Write down what the announcements change. No failure of it leaves here."""
    services = wanted()
    if not services:
        return
    try:
        with transaction.atomic():
            Ping.objects.bulk_create(_pings(list(rows), services, timezone.now()))
    except Exception:  # caches are more important: the announcement must be forgotten, or it would be told for ever
        logger.exception("Pings could not be noted")


def _pings(rows: list[Announcement], services: list[Ping.Service], now: datetime) -> list[Ping]:
    planned = _planned({key for row in rows for key in row.keys}, now)
    found: set[tuple[Ping.Service, str, datetime]] = set()
    for row in rows:
        moments = {now, *(planned[key] for key in row.keys if key in planned)}
        for key in row.keys:
            service = _service(key)
            if service in services:
                found |= {(service, key, at) for at in ([planned.get(key, now)] if service == Service.INDEXNOW else moments)}
    return [Ping(service=service, key=key, due_at=at) for service, key, at in sorted(found, key=lambda one: (one[2], one[1]))]


def _service(key: str) -> Ping.Service | None:
    kind, _, number = key.rpartition("-")
    if kind == "article" and number.isdigit():
        return Service.INDEXNOW
    return Service.WEBSUB if key == "ticker" or (kind in FEEDS and number.isdigit()) else None


def _planned(keys: set[str], now: datetime) -> dict[str, datetime]:
    """When articles that are still to come will appear, by key; one query."""
    ids = [int(key.removeprefix("article-")) for key in keys if _service(key) == Service.INDEXNOW]
    rows = Article.objects.filter(pk__in=ids, status=Status.PUBLISHED).order_by().values_list("pk", "published_at", "embargo_until")
    moments = {f"article-{pk}": max(at for at in (published, embargo) if at) for pk, published, embargo in rows}
    return {key: at for key, at in moments.items() if at > now}
