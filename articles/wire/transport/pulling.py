"""Fetching: one request for what is new; what came is committed before the agency hears that we have it."""

from __future__ import annotations

import email.utils
import hashlib
import logging
import random
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import quote, urlsplit

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Feed, FeedState
from articles.wire.formats import sniff
from articles.wire.receiving import Line, deliver
from articles.wire.transport import claims
from articles.wire.transport.fetch import Answer, FetchError, fetch

logger = logging.getLogger(__name__)

LONGEST_PAUSE: Final = 900.0  # seconds between two tries, however often they failed
JITTER: Final = 0.2  # so that feeds that failed together do not come back together
MOST_ASKED_FOR: Final = 86_400.0  # of a Retry-After

Fetch = Callable[..., Answer]


def due(*, now: datetime | None = None) -> list[Feed]:
    """Feeds that are fetched and whose time has come."""
    moment = now or timezone.now()
    ripe = Q(state=None) | Q(state__due_at=None) | Q(state__due_at__lte=moment)
    return list(Feed.objects.filter(ripe, is_active=True).exclude(address="").select_related("agency", "category").order_by("pk"))


def pull(feed: Feed, *, using: Fetch = fetch, now: datetime | None = None) -> list[Line]:
    """Fetch once. Raises FetchError, after noting it; nothing where another process is fetching this feed."""
    state = claims.take_feed(feed, now=now)
    if state is None:
        return []
    try:
        lines = _pulled(feed, state, using)
    except FetchError as fault:
        _note_failure(state, fault)
        raise
    finally:
        claims.leave_feed(feed)
    return lines


def _pulled(feed: Feed, state: FeedState, using: Fetch) -> list[Line]:
    answer = using(feed.address, headers=_headers(feed, state))
    if answer.status not in {200, 204, 304}:
        raise FetchError(_("Die Agentur antwortet mit %d.") % answer.status, retry_after=_retry_after(answer))
    body = answer.body if answer.status == 200 else b""
    print_of_it = hashlib.sha256(body).hexdigest()
    is_news = bool(body.strip()) and print_of_it != state.body_hash and not sniff.is_empty(body)
    lines = list(deliver(body, feed=feed, name=_name(feed))) if is_news else []
    is_whole = all(line.is_kept and line.reason != "failed" for line in lines)
    if is_whole:
        _give_receipts(feed, body, using)
    _note_success(state, answer, body_hash=print_of_it, is_whole=is_whole)
    return lines


def _headers(feed: Feed, state: FeedState) -> dict[str, str]:
    """An unchanged feed is not sent again."""
    known = {"if-none-match": state.etag, "if-modified-since": state.last_modified}
    return _secret(feed) | {name: value for name, value in known.items() if value}


def _secret(feed: Feed) -> dict[str, str]:
    return {"authorization": feed.authorization} if feed.authorization else {}


def _name(feed: Feed) -> str:
    """The address without its query: that may hold a key."""
    parts = urlsplit(feed.address)
    return f"{parts.hostname}{parts.path}"[:300]


def _give_receipts(feed: Feed, raw: bytes, using: Fetch) -> None:
    """Some services send everything again until told that it has come; what is lost on the way counts as a repeat next time."""
    base = feed.address.split("?", 1)[0].rsplit("/", 1)[0]
    for receipt in sniff.receipts(raw):
        try:
            answer = using(f"{base}/entry/{quote(receipt, safe='')}", method="DELETE", headers=_secret(feed))
        except FetchError as fault:
            logger.warning("The receipt for %s was not taken: %s", feed, fault)
            return
        if answer.status >= 400 and answer.status not in {404, 410}:
            logger.warning("The receipt for %s was answered with %d", feed, answer.status)
            return


def _note_success(state: FeedState, answer: Answer, *, body_hash: str, is_whole: bool) -> None:
    """Where an item could not be saved, the next fetch must bring it again."""
    now = timezone.now()
    if answer.status == 200:
        state.etag = answer.headers.get("etag", "")[:500] if is_whole else ""
        state.last_modified = answer.headers.get("last-modified", "")[:100] if is_whole else ""
        state.body_hash = body_hash if is_whole else ""
    state.asked_at = state.answered_at = now
    state.failures, state.error = 0, ""
    state.due_at = now + timedelta(seconds=max(state.feed.pull_seconds, _retry_after(answer)))
    state.save(update_fields=["etag", "last_modified", "body_hash", "asked_at", "answered_at", "failures", "error", "due_at"])


def _note_failure(state: FeedState, fault: FetchError) -> None:
    """Twice as long after each failure, up to a quarter of an hour, and as long as the other side asks for."""
    state.failures = min(state.failures + 1, 10_000)
    pause = min(state.feed.pull_seconds * 2.0 ** min(state.failures, 12), max(LONGEST_PAUSE, state.feed.pull_seconds))
    pause *= 1 + random.uniform(-JITTER, JITTER)  # noqa: S311 - spreads load, no secret
    state.asked_at = timezone.now()
    state.error = fault.sentence[:500]
    state.due_at = state.asked_at + timedelta(seconds=max(pause, fault.retry_after))
    state.save(update_fields=["failures", "error", "asked_at", "due_at"])
    logger.warning("Feed %s could not be fetched: %s Next try in %.0f s", state.feed.slug, fault.sentence, pause)


def _retry_after(answer: Answer) -> float:
    """Seconds; the header may also hold a moment."""
    stated = answer.headers.get("retry-after", "").strip()
    if stated.isascii() and stated.isdigit():
        return min(float(stated), MOST_ASKED_FOR)
    try:
        moment = email.utils.parsedate_to_datetime(stated)
    except (ValueError, TypeError):
        return 0.0
    return min(max(moment.timestamp() - time.time(), 0.0), MOST_ASKED_FOR)
