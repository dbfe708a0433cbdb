"""What readers report: a form that needs no cookie and keeps machines away, and what editors make of it."""

from __future__ import annotations

import hashlib
import time
from collections import deque
from dataclasses import dataclass
from datetime import timedelta
from threading import Lock

from django.core.signing import BadSignature, TimestampSigner
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string

from articles.models import Article, Report

VALID = 60 * 60 * 12  # seconds: a form may stay open over lunch, a copied token is worth nothing tomorrow
SOONEST = 3  # seconds: nobody reads, writes and sends in less
LONGEST_TOKEN = 200
MOST, WITHIN = 30, 600.0  # reports that a process takes within so many seconds
REPORT_DAYS = 90  # a report that is done with is kept so long
_signer = TimestampSigner(salt="articles.report")


@dataclass(frozen=True)
class Drawn:
    """A form that we have drawn. form: names it and tells nothing about its reader."""

    article: int | None
    form: str
    is_too_soon: bool


class Bound:
    """At most so many within a time; remembers moments and nothing else."""

    def __init__(self, most: int, within: float) -> None:
        self.most, self.within = most, within
        self._moments: deque[float] = deque()
        self._lock = Lock()

    def has_room(self) -> bool:
        """Whether one more may come; it counts if so."""
        now = time.monotonic()
        with self._lock:
            while self._moments and now - self._moments[0] > self.within:
                self._moments.popleft()
            if len(self._moments) >= self.most:
                return False
            self._moments.append(now)
            return True

    def clear(self) -> None:
        self._moments.clear()


bound = Bound(MOST, WITHIN)


def draw(article: int | None) -> str:
    """A token for a form about that article, or about the site."""
    return _signer.sign(f"{article or 0}.{get_random_string(12)}")


def drawn(token: str) -> Drawn | None:
    """What we drew; None for a token that is not ours, was changed or has run out."""
    if len(token) > LONGEST_TOKEN:
        return None
    try:
        number, _, _ = _signer.unsign(token, max_age=VALID).partition(".")
    except BadSignature:
        return None
    return Drawn(int(number) or None, hashlib.sha256(token.encode()).hexdigest()[:32], _is_younger(token, SOONEST))


def _is_younger(token: str, seconds: int) -> bool:
    try:
        _signer.unsign(token, max_age=seconds)
    except BadSignature:
        return False
    return True


@transaction.atomic
def report(text: str, *, email: str, article: int | None, form: str) -> None:
    """Put it before the editors; the same form makes one report, however often it is sent."""
    about = Article.objects.filter(pk=article).values_list("pk", flat=True).first() if article else None
    Report.objects.get_or_create(form=form, defaults={"text": text, "email": email, "article_id": about})


@transaction.atomic
def set_report_state(one: Report, state: str) -> None:
    """Done, or open again."""
    one.state = state
    one.done_at = timezone.now() if state == Report.State.DONE else None
    one.save(update_fields=["state", "done_at"])


def forget_reports() -> int:
    """Delete what was done long ago; how many that were."""
    old = Report.objects.filter(state=Report.State.DONE, done_at__lt=timezone.now() - timedelta(days=REPORT_DAYS))
    return old.delete()[0]
