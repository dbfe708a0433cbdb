"""The start page «Schreibtisch»: what came in, what is in work, what is planned, what is out today."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib.auth.models import AnonymousUser, User
from django.db.models import Count, Prefetch, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import desk
from articles.admin.article_list import ending_soon
from articles.models import Agency, Article, Authorship, KillReceipt, Report, Status, Tagging, UnknownCode, WireDelivery, WireItem
from articles.text.dates import berlin_day, day_bounds
from articles.wire.transport import health

INBOX, SHOWN = 12, 10
MANY = 100  # an inbox with more is only said to have «mehr als 100»


def board(user: User | AnonymousUser) -> dict[str, Any]:
    """The panels' rows; each panel asks once, whatever it shows."""
    if not user.has_perm("articles.view_article"):
        return {}
    inbox = _inbox() if user.has_perm("articles.view_wireitem") else []
    numbers = _numbers(user)
    return {
        "inbox": inbox[:INBOX],
        "inbox_count": len(inbox),
        "inbox_many": len(inbox) > MANY,
        "in_work": [(article, desk.missing(article)) for article in _in_work()],
        "planned": _planned(),
        "today": _today(),
        "kills": _kills() if numbers["kills"] and user.has_perm("articles.view_wireitem") else [],
        "alarms": [one for one in health.all_feeds() if one.is_alarming] if user.has_perm("articles.view_wireitem") else [],
        "unread": numbers["unread"] if user.has_perm("articles.view_wiredelivery") else 0,
        "ending": Article.objects.filter(ending_soon())[: MANY + 1].count() if numbers["limits"] else 0,
        "unknown_codes": numbers["unknown"] if user.has_perm("articles.view_unknowncode") else 0,
        "may_see_feeds": user.has_perm("articles.view_feed"),
        "open_reports": numbers["reports"] if user.has_perm("articles.view_report") else 0,
        "duties": duties() if user.has_perm("articles.change_page") else [],
        "may_publish": user.has_perm("articles.publish_article"),
        "may_break": user.has_perm("articles.add_breaking"),
    }


def duties() -> list[str]:
    """What the house still owes its readers by law, in whole sentences."""
    lacks = desk.imprint_lacks()
    if lacks:
        return [_("Im Impressum fehlen Angaben, die das Gesetz verlangt: %s.") % ", ".join(lacks)]
    return [_("Das Impressum zeigt noch die erfundenen Angaben der Probe-Redaktion.")] if desk.imprint_is_sample() else []


def _numbers(user: User | AnonymousUser) -> dict[str, int]:
    """How much there is of everything that is only counted, or mostly not there: one query."""
    counted = {
        "reports": Report.objects.filter(state=Report.State.OPEN),
        "unread": WireDelivery.objects.exclude(error="").filter(is_done=False),  # could not be read, or not whole
        "unknown": UnknownCode.objects.all(),
        "kills": KillReceipt.objects.filter(_recent()),
        "limits": Agency.objects.filter(Q(expiry_days__isnull=False) | Q(terms__isnull=False)),
    }
    found: Any = User.objects.filter(pk=user.pk or 0).values(**{name: _number_of(rows) for name, rows in counted.items()}).get()
    return {name: int(found[name]) for name in counted}


def _number_of(rows: QuerySet[Any]) -> Coalesce:
    one = rows.order_by().annotate(all=Value(1)).values("all").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(one), 0)


def _recent() -> Q:
    """Kills of the last day, and those whose copy is still to be seen."""
    return Q(ordered_at__gt=timezone.now() - timedelta(days=1)) | Q(done_at=None)


def _kills() -> list[KillReceipt]:
    return list(KillReceipt.objects.filter(_recent()).select_related("wire_item").defer("wire_item__payload")[:SHOWN])


def _inbox() -> list[WireItem]:
    rows = WireItem.objects.filter(place=WireItem.Place.INBOX).select_related("feed__agency")
    light = rows.defer("payload", "feed__agency__licence", "feed__agency__description")
    return list(light.order_by("urgency", "-received_at", "-pk")[: MANY + 1])


def _in_work() -> list[Article]:
    """Drafts and what waits for approval; the links are fetched at once for the list of what is missing."""
    rows = Article.objects.filter(status__in=[Status.DRAFT, Status.REVIEW]).select_related("category").defer("body")
    links = (Prefetch("taggings", Tagging.objects.all()), Prefetch("authorships", Authorship.objects.all()))
    return list(rows.prefetch_related(*links).order_by("-changed_at", "-pk")[:SHOWN])


def _planned() -> list[Article]:
    now = timezone.now()
    later = Q(published_at__gt=now) | Q(embargo_until__gt=now)
    rows = Article.objects.filter(later, status=Status.PUBLISHED).select_related("category").defer("body")
    return list(rows.order_by("published_at", "pk")[:SHOWN])


def _today() -> list[Article]:
    start, end = day_bounds(berlin_day(timezone.now()))
    rows = Article.objects.public().filter(published_at__gte=start, published_at__lt=end).select_related("category", "agency")
    return list(rows.defer("body").order_by("-published_at", "-pk")[:SHOWN])
