"""How long licensed copy may stand: its agency's contract counts the days from publication."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from articles.desk.checking import Refused
from articles.models import Article
from articles.text.dates import stamp

LONGEST = 36_500  # days; beyond a century nobody counts, and no date may run out of the calendar


def licence_end(article: Article) -> datetime | None:
    """The moment after which the licence lets nobody see it; None without a limit, or before it is published."""
    if article.agency is None or article.agency.expiry_days is None or article.published_at is None:
        return None
    return article.published_at + timedelta(days=min(article.agency.expiry_days, LONGEST))


def limit(article: Article) -> None:
    """Bring «Sichtbar bis» within the licence; an earlier moment that an editor has set stays."""
    end = licence_end(article)
    if end is not None and (article.visible_until is None or article.visible_until > end):
        article.visible_until = end


def require_licence(article: Article, *, now: datetime) -> None:
    """Refuse what would be over before anybody could read it."""
    end = licence_end(article)
    if end is not None and article.agency is not None and end <= now:
        values = {"agency": article.agency, "days": article.agency.expiry_days, "end": stamp(end, style="short")}
        raise Refused(
            _("Texte von %(agency)s dürfen %(days)d Tage stehen, diese Frist ist seit %(end)s vorbei (Agenturen → Vertrag).")
            % values
        )
