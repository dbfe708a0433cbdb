"""«Zahlen»: how often articles were read, by hour, article and category, and how much of it was robots."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import PermissionDenied
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Article, Category, ReadCount, ReadHour
from articles.text.dates import berlin_day, day_bounds, stamp

SPANS = {"1": 1, "7": 7, "30": 30}  # days, as the address names them
LISTED = 20
HEIGHT, WIDTH, GAP = 100, 12, 2  # of the plot, in its own units


@dataclass(frozen=True)
class Bar:
    """One stretch of time: what it is called, how often was read, and where its bar stands in the plot."""

    name: str
    number: int
    x: int
    y: float
    height: float


def figures(user: User | AnonymousUser, span: str) -> dict[str, Any]:
    """What the page prints. span: one of SPANS; anything else means a day."""
    if not user.has_perm("articles.view_readcount"):
        raise PermissionDenied
    days = SPANS.get(span, 1)
    now = timezone.now()
    since = now.replace(minute=0, second=0, microsecond=0) - timedelta(days=days, hours=-1)
    hours = list(ReadHour.objects.filter(hour__gte=since, hour__lte=now).values_list("hour", "people", "robots"))
    people, robots = sum(row[1] for row in hours), sum(row[2] for row in hours)
    found = bars(_stretches(since, now, days=days), [(row[0], row[1]) for row in hours], days=days)
    return {
        "title": _("Zahlen"), "days": days, "spans": list(SPANS.values()), "people": people, "robots": robots,
        "share": round(100 * robots / (people + robots)) if people + robots else 0,
        "bars": found, "plot_width": len(found) * WIDTH, "bar_width": WIDTH - GAP, "plot_height": HEIGHT,
        "articles": _articles(since), "categories": _categories(since),
    }  # fmt: skip


def bars(stretches: Sequence[datetime], counted: Iterable[tuple[datetime, int]], *, days: int) -> list[Bar]:
    """One for each stretch, the highest as high as the plot; hours of one day, else days."""
    sums: Counter[datetime] = Counter()
    for hour, number in counted:
        sums[hour if days == 1 else day_bounds(berlin_day(hour))[0]] += number
    most = max([*sums.values(), 1])
    return [
        Bar(stamp(begun, style="short" if days == 1 else "date"), sums[begun], place * WIDTH, HEIGHT - height, height)
        for place, begun in enumerate(stretches)
        for height in [round(sums[begun] * HEIGHT / most, 1)]
    ]


def _stretches(since: datetime, now: datetime, *, days: int) -> list[datetime]:
    if days == 1:
        return [since + timedelta(hours=hour) for hour in range(24)]
    first = berlin_day(since).toordinal()
    return [day_bounds(type(now.date()).fromordinal(day))[0] for day in range(first, berlin_day(now).toordinal() + 1)]


def _articles(since: datetime) -> list[tuple[Article, int]]:
    """The most read, whatever has become of them."""
    rows = ReadCount.objects.filter(hour__gte=since).values("article").annotate(total=Sum("count")).order_by("-total", "-article")
    totals = dict(rows.values_list("article", "total")[:LISTED])
    known = Article.objects.filter(pk__in=totals).select_related("category").defer("body").in_bulk()
    return [(known[pk], total) for pk, total in totals.items() if pk in known]


def _categories(since: datetime) -> list[tuple[str, int]]:
    rows = ReadCount.objects.filter(hour__gte=since).values("article__category").annotate(total=Sum("count"))
    totals = dict(rows.values_list("article__category", "total"))
    names = dict(Category.objects.values_list("pk", "name"))
    return sorted(((names[pk], total) for pk, total in totals.items() if pk in names), key=lambda pair: (-pair[1], pair[0]))
