"""Sends pings that are due, again and again for a day; each service has its own pauses, and none holds up another."""

from __future__ import annotations

import http.client
import json
import logging
import time
import urllib.request
from collections.abc import Callable
from datetime import timedelta
from typing import Final
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.utils import timezone

from articles.models import Ping
from newsroom.pagecache.stats import Count
from newsroom.pings.addresses import articles_of, feeds_of
from newsroom.pings.noting import Service, wanted

logger = logging.getLogger(__name__)

INDEXNOW: Final = "https://api.indexnow.org/indexnow"
TIMEOUT: Final = 10.0  # seconds
BATCH: Final = {Service.WEBSUB: 20, Service.INDEXNOW: 500}
FIRST_PAUSE: Final = 5.0  # seconds after a refusal; doubled each time
LONGEST_PAUSE: Final = 900.0
TOO_LATE: Final = timedelta(days=1)  # by then they have come by themselves

Post = Callable[[str, bytes, str], None]


def post(url: str, body: bytes, kind: str) -> None:
    """Raises OSError (HTTPError and URLError are such) or HTTPException for anything but success."""
    request = urllib.request.Request(url, body, {"Content-Type": kind}, method="POST")  # noqa: S310 - the operator's own
    with urllib.request.urlopen(request, timeout=TIMEOUT) as answer:  # noqa: S310 - see above
        answer.read(1024)


class Sending:
    """send: posts a body of a media type to an address. count: is told how much was taken, and of each refusal."""

    def __init__(self, send: Post = post, *, count: Callable[[Count, int], None] = lambda *_: None) -> None:
        self._send = send
        self._count = count
        self._pauses: dict[Ping.Service, float] = {}
        self._silent_until: dict[Ping.Service, float] = {}

    def due(self) -> int:
        """Send what is due; how much of it is done with. Never raises for a service that does not listen."""
        return sum(self._of(service) for service in wanted())

    def _of(self, service: Ping.Service) -> int:
        if time.monotonic() < self._silent_until.get(service, 0.0):
            return 0
        now = timezone.now()
        late, _ = Ping.objects.filter(service=service, due_at__lt=now - TOO_LATE).delete()
        if late:
            logger.error("%d pings for %s were given up after a day", late, service.label)
        keys = list(dict.fromkeys(Ping.objects.filter(service=service, due_at__lte=now).values_list("key", flat=True)[: BATCH[service]]))
        done = 0
        try:
            for some in [keys] if service == Service.INDEXNOW else [[key] for key in keys]:
                self._tell(service, some)
                done += Ping.objects.filter(service=service, key__in=some, due_at__lte=now).delete()[0]
                self._count(Count.PINGS_SENT, len(some))
        except (OSError, http.client.HTTPException) as error:
            self._rest(service, error)
            self._count(Count.PINGS_REFUSED, 1)
            return done
        self._pauses.pop(service, None)
        return done

    def _tell(self, service: Ping.Service, keys: list[str]) -> None:
        if service == Service.WEBSUB:
            for address in (feed for key in keys for feed in feeds_of(key)):
                body = urlencode({"hub.mode": "publish", "hub.topic": address, "hub.url": address})
                self._send(settings.WEBSUB_HUB_URL, body.encode(), "application/x-www-form-urlencoded")
        elif addresses := articles_of(keys):
            key, origin = settings.INDEXNOW_KEY, settings.SITE_URL
            said = {"host": urlsplit(origin).netloc, "key": key, "keyLocation": f"{origin}/{key}.txt", "urlList": addresses}
            self._send(INDEXNOW, json.dumps(said).encode(), "application/json; charset=utf-8")

    def _rest(self, service: Ping.Service, error: Exception) -> None:
        pause = self._pauses[service] = min(self._pauses.get(service, 0.0) * 2 or FIRST_PAUSE, LONGEST_PAUSE)
        self._silent_until[service] = time.monotonic() + pause
        logger.warning("%s did not take the ping (%s); next try in %.0f s", service.label, error, pause)
