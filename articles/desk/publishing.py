"""Shows articles to readers and takes them away again."""

from __future__ import annotations

from datetime import datetime

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.desk.announcing import announce, page_keys, place_in_story, sight_keys
from articles.desk.checking import Refused, require_publishable
from articles.desk.licensing import licence_end, limit, require_licence
from articles.models import Article, Authorship, FurtherCategory, Status, Tagging, direct
from articles.search import follow

LINKS = [model._meta.db_table for model in (Tagging, FurtherCategory, Authorship)]
STATE = ["status", "published_at", "changed_at"]


@transaction.atomic
def publish(article: Article, *, at: datetime | None = None) -> None:
    """Show the article to readers, now or from a later moment on.

    A second call keeps the first date: a correction does not make copy new. A moment still to come may be moved.
    Licensed copy ends with its licence, or earlier if an editor says so. Raises Refused when it must not appear.
    """
    require_publishable(article)
    now = timezone.now()
    if article.visible_until and article.visible_until == licence_end(article):
        article.visible_until = None  # it was the licence's end, counted from a moment that may move now
    article.published_at = _first_moment(article, at=at, now=now)
    require_licence(article, now=now)
    limit(article)
    if article.visible_until and article.visible_until <= article.published_at:
        raise Refused(_("«Sichtbar bis» liegt vor der Veröffentlichung. Bitte ändern oder leeren Sie es."))
    article.status = Status.PUBLISHED
    _save_state(article, "visible_until", now=now)


@transaction.atomic
def withdraw(article: Article) -> None:
    """Take the article away for good: its address answers 410, no list names it."""
    if article.published_at is None:
        raise Refused(_("«%s» war nie veröffentlicht. Löschen Sie den Entwurf, wenn Sie ihn nicht brauchen.") % article.headline)
    article.status = Status.WITHDRAWN
    _save_state(article, hard=True)


@transaction.atomic
def hold(article: Article) -> None:
    """Take the article offline until it is released; `publish` brings it back with its first date."""
    article.status = Status.REVIEW
    _save_state(article, hard=True)


@transaction.atomic
def send_to_review(article: Article) -> None:
    """Ask a colleague to read a draft."""
    if article.status == Status.DRAFT:
        article.status = Status.REVIEW
        _save_state(article)


def _save_state(article: Article, *more: str, now: datetime | None = None, hard: bool = False) -> None:
    article.changed_at = now or timezone.now()
    article.change((*STATE, *more))
    repeat_date(article)
    follow(article)
    announce(page_keys(article) | sight_keys(article) | place_in_story(article), hard=hard)


def repeat_date(article: Article) -> None:
    """Copy the date to the links that lists are read from; what is not published has none there.

    In plain SQL: to write the three statements takes Django ten times as long as the database to carry them out.
    """
    listed = article.published_at if article.status == Status.PUBLISHED else None
    moment = connection.ops.adapt_datetimefield_value(listed) if listed else None
    with direct.cursor() as cursor:
        for table in LINKS:
            cursor.execute(f"UPDATE {table} SET published_at = %s WHERE article_id = %s", [moment, article.pk])  # noqa: S608 - our own tables' names


def _first_moment(article: Article, *, at: datetime | None, now: datetime) -> datetime:
    if article.published_at and article.published_at <= now:
        return article.published_at
    moment = at or now
    return max(moment, article.embargo_until) if article.embargo_until else moment
