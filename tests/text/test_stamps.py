"""Moments as readers see them and as machines read them, always in Berlin time."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text.dates import BERLIN, berlin_day, iso, stamp

WINTER = datetime(2025, 2, 24, 20, 44, 10, tzinfo=UTC)
SUMMER = datetime(2026, 7, 1, 12, 5, 9, tzinfo=UTC)
MOMENTS = st.datetimes(min_value=datetime(1946, 1, 1), max_value=datetime(2099, 12, 31), timezones=st.just(UTC))
STYLES = ["seconds", "minutes", "clock", "time", "short", "date", "day", "month"]


@pytest.mark.parametrize(
    ("style", "printed"),
    [
        ("seconds", "24.02.2025 - 21:44:10"),
        ("minutes", "24.02.2025 - 21:44"),
        ("time", "21:44\u00a0Uhr"),
        ("clock", "21:44"),
        ("date", "24. Februar 2025"),
        ("day", "Montag, 24. Februar 2025"),
        ("month", "Februar 2025"),
        ("short", "24.02.2025, 21:44\u00a0Uhr"),
    ],
)
def test_each_style_prints_the_moment_as_the_house_does(style: str, printed: str) -> None:
    assert stamp(WINTER, style=style) == printed


def test_minutes_are_the_style_when_none_is_named() -> None:
    assert stamp(datetime(2026, 2, 4, 16, 51, 59, tzinfo=UTC)) == "04.02.2026 - 17:51"


def test_the_day_separator_of_lists_names_the_weekday() -> None:
    assert stamp(datetime(2026, 2, 4, 12, tzinfo=UTC), style="day") == "Mittwoch, 4. Februar 2026"


@pytest.mark.parametrize(
    ("day", "printed"),
    [
        (5, "Montag, 5. Januar 2026"),
        (6, "Dienstag, 6. Januar 2026"),
        (7, "Mittwoch, 7. Januar 2026"),
        (8, "Donnerstag, 8. Januar 2026"),
        (9, "Freitag, 9. Januar 2026"),
        (10, "Samstag, 10. Januar 2026"),
        (11, "Sonntag, 11. Januar 2026"),
    ],
)
def test_every_weekday_has_its_german_name(day: int, printed: str) -> None:
    assert stamp(datetime(2026, 1, day, 12, tzinfo=UTC), style="day") == printed


def test_every_month_has_its_german_name() -> None:
    months = [stamp(datetime(2026, month, 15, tzinfo=UTC), style="month") for month in range(1, 13)]

    assert [month.removesuffix(" 2026") for month in months] == [
        "Januar",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
    ]


def test_summer_time_is_two_hours_ahead_of_utc() -> None:
    assert stamp(SUMMER, style="seconds") == "01.07.2026 - 14:05:09"


def test_the_same_moment_prints_the_same_from_any_zone() -> None:
    new_york = timezone(timedelta(hours=-5))

    elsewhere = WINTER.astimezone(new_york)

    assert [stamp(elsewhere, style=style) for style in STYLES] == [stamp(WINTER, style=style) for style in STYLES]
    assert iso(elsewhere) == iso(WINTER)


def test_late_evening_in_utc_is_already_tomorrow_in_berlin() -> None:
    new_year = datetime(2025, 12, 31, 23, 30, tzinfo=UTC)

    assert berlin_day(new_year) == date(2026, 1, 1)
    assert stamp(new_year, style="month") == "Januar 2026"


def test_a_moment_without_zone_is_refused_everywhere() -> None:
    naive = datetime(2025, 2, 24, 21, 44)

    for act in (stamp, iso, berlin_day):
        with pytest.raises(ValueError, match="time zone"):
            act(naive)


def test_an_unknown_style_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="'ornate'"):
        stamp(WINTER, style="ornate")


def test_iso_carries_berlins_offset_and_seconds() -> None:
    assert iso(WINTER) == "2025-02-24T21:44:10+01:00"
    assert iso(SUMMER) == "2026-07-01T14:05:09+02:00"


def test_iso_drops_parts_of_seconds_without_rounding_up() -> None:
    assert iso(WINTER.replace(microsecond=999_999)) == "2025-02-24T21:44:10+01:00"
    assert stamp(WINTER.replace(microsecond=999_999), style="seconds").endswith(":10")


def test_the_doubled_hour_of_october_prints_alike_but_iso_tells_it_apart() -> None:
    first = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)

    second = first + timedelta(hours=1)

    assert stamp(first, style="seconds") == stamp(second, style="seconds") == "25.10.2026 - 02:30:00"
    assert (iso(first), iso(second)) == ("2026-10-25T02:30:00+02:00", "2026-10-25T02:30:00+01:00")


@given(MOMENTS)
def test_iso_can_be_read_back_to_the_second(moment: datetime) -> None:
    assert datetime.fromisoformat(iso(moment)).astimezone(UTC) == moment.replace(microsecond=0)


@given(MOMENTS)
def test_the_stamp_begins_with_the_berlin_day(moment: datetime) -> None:
    day = berlin_day(moment)

    assert stamp(moment, style="seconds").startswith(f"{day.day:02d}.{day.month:02d}.{day.year}")
    assert day == moment.astimezone(BERLIN).date()
