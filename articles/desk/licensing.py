"""How long licensed copy may stand: its agency's contract counts the days from publication."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import reduce
from operator import or_

from django.db.models import Q
from django.utils.translation import gettext as _

from articles.desk.checking import Refused
from articles.models import Agency, Article, Status
from articles.text.dates import stamp

LONGEST = 36_500  # days; beyond a century nobody counts, and no date may run out of the calendar


def licence_end(article: Article) -> datetime | None:
    """The moment after which the licence lets nobody see it; None without a limit, or before it is published."""
    days = article.agency.licence_days(article.kind) if article.agency and article.published_at else None
    if days is None or article.published_at is None:
        return None
    return article.published_at + timedelta(days=min(days, LONGEST))


def ending(*, after: datetime, until: datetime) -> Q | None:
    """Published copy whose licence ends between the two moments, each agency by its own index; None where none has a limit."""
    found = [
        Q(agency=agency, status=Status.PUBLISHED, published_at__gt=after - timedelta(days=days), published_at__lte=until - timedelta(days=days)) & kinds
        for agency in Agency.objects.prefetch_related("terms")
        for days, kinds in _spans(agency)
    ]
    return reduce(or_, found) if found else None


def _spans(agency: Agency) -> list[tuple[int, Q]]:
    terms = [(term.days, Q(kind=term.kind)) for term in agency.terms.all()]
    others = Q() if not terms else ~Q(kind__in=[term.kind for term in agency.terms.all()])
    return [*terms, *([(agency.expiry_days, others)] if agency.expiry_days else [])]


def limit(article: Article) -> None:
    """Bring «Sichtbar bis» within the licence; an earlier moment that an editor has set stays."""
    end = licence_end(article)
    if end is not None and (article.visible_until is None or article.visible_until > end):
        article.visible_until = end


def require_licence(article: Article, *, now: datetime) -> None:
    """Refuse what would be over before anybody could read it."""
    end = licence_end(article)
    if end is not None and article.agency is not None and end <= now:
        values = {"agency": article.agency, "days": article.agency.licence_days(article.kind), "end": stamp(end, style="short")}
        raise Refused(
            _("Texte von %(agency)s dürfen %(days)d Tage stehen, diese Frist ist seit %(end)s vorbei (Agenturen → Vertrag).")
            % values
        )
