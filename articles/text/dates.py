"""Moments in Berlin time: as readers see them, as machines read them, as editors type them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

BERLIN = ZoneInfo("Europe/Berlin")
FIRST_YEAR, LAST_YEAR = 1945, 2100

_NBSP = "\u00a0"
_YEAR = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember"
_WEEK = "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag"
_MONTHS, _WEEKDAYS = _YEAR.split(), _WEEK.split()
_LONGEST_INPUT = 60
_CLOCK = r"(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:\.[0-9]{1,6})?)?"
_GERMAN = re.compile(
    r"(?P<day>[0-9]{1,2})\.\s*(?P<month>[0-9]{1,2})\.\s*(?P<year>[0-9]{4})(?:\s*[-–,]\s*|\s+)" + _CLOCK + r"(?:\s*Uhr)?"
)
_ISO = re.compile(
    r"(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})-(?P<day>[0-9]{1,2})(?:T|\s+)"
    + _CLOCK
    + r"\s*(?P<offset>Z|[+-][0-9]{2}:?[0-9]{2})?"
)


class DateError(ValueError):
    """One German sentence (or two) that tells the editor what to do."""


_STYLES: dict[str, Callable[[datetime], str]] = {
    "seconds": lambda at: f"{at:%d.%m.%Y - %H:%M:%S}",
    "minutes": lambda at: f"{at:%d.%m.%Y - %H:%M}",
    "clock": lambda at: f"{at:%H:%M}",
    "time": lambda at: f"{at:%H:%M}{_NBSP}Uhr",
    "short": lambda at: f"{at:%d.%m.%Y, %H:%M}{_NBSP}Uhr",
    "date": lambda at: f"{at.day}. {_MONTHS[at.month - 1]} {at.year}",
    "day": lambda at: f"{_WEEKDAYS[at.weekday()]}, {at.day}. {_MONTHS[at.month - 1]} {at.year}",
    "month": lambda at: f"{_MONTHS[at.month - 1]} {at.year}",
}


def stamp(moment: datetime, *, style: str = "minutes") -> str:
    """A moment as print. Styles: seconds minutes clock time short date day month; anything else is a ValueError."""
    if style not in _STYLES:
        raise ValueError(f"unknown style of stamp: {style!r}")
    return _STYLES[style](_berlin(moment))


def iso(moment: datetime) -> str:
    """For machines: with Berlin's offset, which tells the doubled hour's two halves apart in October."""
    return _berlin(moment).isoformat(timespec="seconds")


def berlin_day(moment: datetime) -> date:
    return _berlin(moment).date()


def day_bounds(day: date) -> tuple[datetime, datetime]:
    """First moment of the Berlin day and of the next one, in UTC: 23, 24 or 25 hours."""
    return _midnight(day), _midnight(date.fromordinal(day.toordinal() + 1))


def month_bounds(year: int, month: int) -> tuple[datetime, datetime]:
    first = date(year, month, 1)
    return _midnight(first), _midnight(date(year + month // 12, month % 12 + 1, 1))


def year_bounds(year: int) -> tuple[datetime, datetime]:
    return _midnight(date(year, 1, 1)), _midnight(date(year + 1, 1, 1))


def parse_local(text: str) -> datetime:
    """What an editor typed, as a moment in UTC; without an offset it is Berlin time. Raises DateError."""
    typed = text.strip()
    found = None
    if len(typed) <= _LONGEST_INPUT:
        found = _GERMAN.fullmatch(typed) or _ISO.fullmatch(typed)
    if found is None:
        raise DateError("Das ist kein Zeitpunkt. Bitte schreiben Sie ihn so: 24.02.2025 21:44")
    parts = found.groupdict()
    local = _composed(parts)
    offset = parts.get("offset")
    return _with_offset(local, offset) if offset else check_local(local)


def check_local(day_and_time: datetime) -> datetime:
    """Berlin's wall clock as a moment in UTC; of a doubled hour the first. Raises DateError."""
    if day_and_time.tzinfo is not None:
        raise ValueError("a local time without zone is needed")
    _check_year(day_and_time)
    moment = day_and_time.replace(tzinfo=BERLIN, fold=0).astimezone(UTC)
    if moment.astimezone(BERLIN).replace(tzinfo=None, fold=0) != day_and_time.replace(fold=0):
        raise DateError(_gap_sentence(day_and_time))
    return moment


def _berlin(moment: datetime) -> datetime:
    if moment.tzinfo is None or moment.utcoffset() is None:
        raise ValueError("a moment needs a time zone")
    return moment.astimezone(BERLIN)


def _midnight(day: date) -> datetime:
    if not 1 < day.year < date.max.year:
        raise ValueError(f"year out of range: {day.year}")
    return datetime(day.year, day.month, day.day, tzinfo=BERLIN).astimezone(UTC)


def _composed(parts: dict[str, str | None]) -> datetime:
    year, month, day, hour, minute, second = (
        int(parts[name] or 0) for name in ("year", "month", "day", "hour", "minute", "second")
    )
    try:
        date(year, month, day)
    except ValueError:
        raise DateError(
            f"Den {day:02d}.{month:02d}.{year:04d} gibt es im Kalender nicht. Bitte prüfen Sie Tag und Monat."
        ) from None
    try:
        return datetime(year, month, day, hour, minute, second)  # noqa: DTZ001 - a wall clock, placed later
    except ValueError:
        raise DateError(
            f"Die Uhrzeit {hour:02d}:{minute:02d} gibt es nicht. Bitte geben Sie eine Uhrzeit von 00:00 bis 23:59 an."
        ) from None


def _with_offset(local: datetime, offset: str) -> datetime:
    _check_year(local)
    try:
        zone = datetime.strptime("+0000" if offset == "Z" else offset, "%z").tzinfo
        return local.replace(tzinfo=zone).astimezone(UTC)
    except ValueError:
        raise DateError(f"Den Zeitversatz {offset} gibt es nicht. Bitte schreiben Sie zum Beispiel +01:00.") from None


def _check_year(local: datetime) -> None:
    if not FIRST_YEAR <= local.year <= LAST_YEAR:
        raise DateError(f"Das Jahr {local.year} liegt zu weit weg. Bitte geben Sie ein Jahr von {FIRST_YEAR} bis {LAST_YEAR} an.")


def _gap_sentence(local: datetime) -> str:
    before, after = _gap_edges(local)
    return (
        f"Diese Uhrzeit gibt es am {local:%d.%m.%Y} nicht: Die Uhr springt von {before:%H:%M} auf {after:%H:%M} Uhr. "
        f"Bitte geben Sie eine Uhrzeit vor {before:%H:%M} oder ab {after:%H:%M} Uhr an."
    )


def _gap_edges(local: datetime) -> tuple[datetime, datetime]:
    """The wall clock where spring's missing hour starts and where it goes on."""
    minute = timedelta(minutes=1)
    later = local.replace(second=0, microsecond=0, tzinfo=BERLIN, fold=1).astimezone(UTC)
    offset = later.astimezone(BERLIN).utcoffset()
    while later.astimezone(BERLIN).utcoffset() == offset:
        later += minute
    after = later.astimezone(BERLIN)
    jump = (after.utcoffset() or timedelta()) - (offset or timedelta())
    return after - jump, after
