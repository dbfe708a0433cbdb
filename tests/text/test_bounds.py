"""First and last moments of Berlin days, months and years."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text.dates import berlin_day, day_bounds, month_bounds, year_bounds

DAYS = st.dates(min_value=date(1946, 1, 1), max_value=date(2099, 12, 30))
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(("day", "hours"), [(date(2026, 2, 4), 24), (date(2026, 3, 29), 23), (date(2026, 10, 25), 25)])
def test_a_day_has_as_many_hours_as_the_clock_change_leaves(day: date, hours: int) -> None:
    start, end = day_bounds(day)

    assert end - start == timedelta(hours=hours)


def test_a_winter_day_starts_at_23_utc_the_day_before() -> None:
    assert day_bounds(date(2025, 2, 24)) == (datetime(2025, 2, 23, 23, tzinfo=UTC), datetime(2025, 2, 24, 23, tzinfo=UTC))


def test_bounds_are_in_utc_so_that_databases_compare_them() -> None:
    bounds = [*day_bounds(date(2025, 7, 1)), *month_bounds(2025, 7), *year_bounds(2025)]

    assert {bound.tzinfo for bound in bounds} == {UTC}


@given(DAYS)
def test_the_first_moment_belongs_to_the_day_and_the_end_to_the_next(day: date) -> None:
    start, end = day_bounds(day)

    assert berlin_day(start) == day
    assert berlin_day(start - SECOND) == day - timedelta(days=1)
    assert berlin_day(end - SECOND) == day
    assert berlin_day(end) == day + timedelta(days=1)


@given(DAYS)
def test_days_follow_each_other_without_gap(day: date) -> None:
    assert day_bounds(day)[1] == day_bounds(day + timedelta(days=1))[0]


def test_a_month_runs_from_its_first_day_to_the_next_month() -> None:
    start, end = month_bounds(2026, 2)

    assert start == day_bounds(date(2026, 2, 1))[0]
    assert end == day_bounds(date(2026, 2, 28))[1]


def test_december_ends_where_the_new_year_starts() -> None:
    assert month_bounds(2025, 12)[1] == month_bounds(2026, 1)[0] == year_bounds(2026)[0]


def test_twelve_months_make_the_year() -> None:
    months = [month_bounds(2026, month) for month in range(1, 13)]

    assert (months[0][0], months[-1][1]) == year_bounds(2026)
    assert all(before[1] == after[0] for before, after in pairwise(months))


@pytest.mark.parametrize("month", [0, 13, -1])
def test_a_month_outside_the_year_is_refused(month: int) -> None:
    with pytest.raises(ValueError, match="month"):
        month_bounds(2026, month)


@pytest.mark.parametrize("year", [0, 1, 9999, 10_000])
def test_years_the_calendar_cannot_hold_are_a_value_error(year: int) -> None:
    with pytest.raises(ValueError, match="year"):
        year_bounds(year)


@pytest.mark.parametrize("day", [date.min, date.max])
def test_the_calendars_own_ends_are_a_value_error(day: date) -> None:
    with pytest.raises(ValueError, match=r"year|ordinal"):
        day_bounds(day)
