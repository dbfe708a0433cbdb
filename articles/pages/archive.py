"""The archive: years, months, a calendar, and everything that appeared on one day."""

from __future__ import annotations

import calendar
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from articles.front.lists import Walk, back_before, between, newest, oldest, on_after
from articles.front.pool import entries
from articles.pages.facts import list_json_ld
from articles.pages.furniture import Furniture, furniture
from articles.pages.listing import list_page
from articles.pages.response import page, readers
from articles.pages.teasers import TeaserView
from articles.text.dates import BERLIN, berlin_day, day_bounds, month_bounds, stamp, year_bounds

LINES_PER_SHEET = 200
YEARS_IN_FULL = 4  # whose months stand on the archive's first page
WEEKDAYS = (
    ("Mo", "Montag"), ("Di", "Dienstag"), ("Mi", "Mittwoch"), ("Do", "Donnerstag"), ("Fr", "Freitag"), ("Sa", "Samstag"),
    ("So", "Sonntag"),
)  # fmt: skip
Bounds = tuple[datetime, datetime]


@dataclass(frozen=True)
class Cell:
    """One field of the calendar; no address where nothing appeared, no number outside the month."""

    number: int
    url: str
    is_current: bool


@readers
def show(request: HttpRequest) -> HttpResponse:
    """The years, the latest with their months."""
    around = furniture()
    ends = _ends(around)
    years = list(range(ends[1].year, ends[0].year - 1, -1)) if ends else []
    months = [(year, month) for year in years[:YEARS_IN_FULL] for month in range(12, 0, -1)]
    found = _that_have([(year, 0) for year in years] + months, _bounds, around)
    path = reverse("articles:archive")
    context = _head(_("Archiv"), path) | {
        "years": [(*_year_link(year), [_month(*part) for part in months if part in found and part[0] == year])
                  for year in years[:YEARS_IN_FULL] if (year, 0) in found],
        "earlier": [_year_link(year) for year in years[YEARS_IN_FULL:] if (year, 0) in found],
    }  # fmt: skip
    return page(request, "pages/archive_years.html", context, keys=["front"], around=around)


@readers
def show_year(request: HttpRequest, year: str) -> HttpResponse:
    """The months of a year."""
    around = furniture()
    number = _year(year)
    months = _that_have(list(range(12, 0, -1)), lambda month: month_bounds(number, month), around)
    if not months:
        raise Http404
    name, path = _("Archiv %s") % year, reverse("articles:archive_year", args=[year])
    context = _head(name, path) | {"parts": [_month(number, month) for month in months]}
    return page(request, "pages/archive.html", context, keys=["front"], around=around)


@readers
def show_month(request: HttpRequest, year: str, month: str) -> HttpResponse:
    """The calendar of a month."""
    around = furniture()
    first = _date(year, month, "1")
    weeks = month_calendar(first, around, marked=None)
    if not any(cell.url for week in weeks for cell in week):
        raise Http404
    name = _("Archiv %s") % stamp(day_bounds(first)[0], style="month")
    path = reverse("articles:archive_month", args=[year, month])
    context = _head(name, path) | {"weeks": weeks, "first": day_bounds(first)[0]}
    return page(request, "pages/archive_month.html", context, keys=["front"], around=around)


@readers
def show_day(request: HttpRequest, year: str, month: str, day: str) -> HttpResponse:
    """Everything that appeared on one day, hour by hour."""
    around = furniture()
    current = _date(year, month, day)
    start, end = day_bounds(current)
    listed = Walk(between, {"start": start, "end": end, "now": around.now})
    context = {
        "feeds": "",  # a day that is over brings nothing new
        "weekdays": WEEKDAYS,
        "weeks": month_calendar(current, around, marked=current),
        "first": start,
        **neighbours(start, end, around),
    }
    return list_page(
        request, "pages/archive_day.html", context, sources=[listed], around=around, keys=[f"archive-{current.isoformat()}", "archive"],
        path=day_url(current), name=stamp(start, style="day"), size=LINES_PER_SHEET, arrange=by_hour, may_be_empty=False,
    )  # fmt: skip


def by_hour(views: Sequence[TeaserView]) -> list[tuple[int, tuple[TeaserView, ...]]]:
    """Lines of one day under their hours in Berlin."""
    hours = groupby(views, key=lambda view: view.published_at.astimezone(BERLIN).hour)
    return [(hour, tuple(lines)) for hour, lines in hours]


def month_calendar(inside: date, around: Furniture, *, marked: date | None) -> list[list[Cell]]:
    """Weeks of seven cells, Monday first; one query. marked: the day that the page itself shows."""
    weeks = calendar.Calendar().monthdayscalendar(inside.year, inside.month)
    days = [date(inside.year, inside.month, number) for week in weeks for number in week if number]
    found = set(_that_have(days, day_bounds, around))
    return [[_cell(number, inside, found, marked) for number in week] for week in weeks]


def _cell(number: int, inside: date, found: set[date], marked: date | None) -> Cell:
    day = date(inside.year, inside.month, number) if number else None
    return Cell(number, day_url(day) if day in found and day else "", is_current=day is not None and day == marked)


def day_url(day: date) -> str:
    return reverse("articles:archive_day", args=[str(day.year), f"{day.month:02d}", f"{day.day:02d}"])


def neighbours(start: datetime, end: datetime, around: Furniture) -> dict[str, Any]:
    """The nearest days before and after on which something appeared; one query."""
    sources = [Walk(back_before, {"moment": start, "now": around.now}), Walk(on_after, {"moment": end, "now": around.now})]
    near = {entry.source: entry.mark.moment for entry in entries(sources, limit=1)}
    return {
        "before": (near[0], day_url(berlin_day(near[0]))) if 0 in near else None,
        "after": (near[1], day_url(berlin_day(near[1]))) if 1 in near else None,
    }


def _ends(around: Furniture) -> tuple[date, date] | None:
    found = entries([Walk(oldest, {"now": around.now}), Walk(newest, {"now": around.now})], limit=1)
    days = sorted(berlin_day(entry.mark.moment) for entry in found)
    return (days[0], days[-1]) if days else None


def _that_have(parts: Sequence[Any], bounds: Callable[[Any], Bounds], around: Furniture) -> list[Any]:
    """Those stretches of time in which something appeared: one look into the index for each, in one query."""
    spans = [bounds(part) for part in parts]
    sources = [Walk(between, {"start": start, "end": end, "now": around.now}) for start, end in spans]
    return [parts[source] for source in sorted({entry.source for entry in entries(sources, limit=1)})]


def _bounds(part: tuple[int, int]) -> Bounds:
    """Of a year and a month in it; 0: of the whole year."""
    year, month = part
    return month_bounds(year, month) if month else year_bounds(year)


def _year_link(year: int) -> tuple[str, str]:
    return str(year), reverse("articles:archive_year", args=[year])


def _month(year: int, month: int) -> tuple[str, str]:
    """Name and address of a month."""
    name = stamp(month_bounds(year, month)[0], style="month")
    return name, reverse("articles:archive_month", args=[str(year), f"{month:02d}"])


def _head(name: str, path: str) -> dict[str, Any]:
    return {"title": name, "canonical": path, "weekdays": WEEKDAYS, "json_ld": list_json_ld(name, path)}


def _year(text: str) -> int:
    year = int(text)
    if not 1945 <= year <= datetime.now(UTC).year + 1:
        raise Http404
    return year


def _date(year: str, month: str, day: str) -> date:
    try:
        found = date(_year(year), int(month), int(day))
    except ValueError as error:
        raise Http404 from error
    if found > datetime.now(BERLIN).date() + timedelta(days=1):
        raise Http404
    return found
