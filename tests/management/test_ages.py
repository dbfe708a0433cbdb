"""Ages of demo copy become moments, on ordinary days, early in the morning and across a change of the hour."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest

from articles.management.demo.ages import Age, edition_day

MONDAY = date(2025, 2, 24)


def at(hour: int, minute: int = 0) -> datetime:
    """A moment of that Monday in Berlin."""
    return datetime(2025, 2, 24, hour - 1, minute, tzinfo=UTC) if hour else datetime(2025, 2, 23, 23, minute, tzinfo=UTC)


def test_an_age_is_days_and_a_clock() -> None:
    assert Age.parse("3d 14:32:07") == Age(3, time(14, 32, 7))


@pytest.mark.parametrize("text", ["", "3 14:32:07", "3d 14:32", "-1d 14:32:07", "3d 14:32:07 ", "3d 25:00:00", "3d 10:61:00"])
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        Age.parse(text)


def test_the_clock_is_berlins() -> None:
    assert Age.parse("0d 14:32:07").moment(MONDAY) == datetime(2025, 2, 24, 13, 32, 7, tzinfo=UTC)


def test_days_are_days_of_the_calendar() -> None:
    assert Age.parse("25d 14:32:07").moment(MONDAY) == datetime(2025, 1, 30, 13, 32, 7, tzinfo=UTC)


def test_the_clock_stays_the_same_across_a_change_of_the_hour() -> None:
    summer = Age.parse("200d 08:00:00").moment(MONDAY)

    assert summer == datetime(2024, 8, 8, 6, 0, tzinfo=UTC)
    assert f"{summer:%H:%M}" == "08:00"


def test_by_day_the_newest_copy_is_todays() -> None:
    ages = [Age.parse("0d 06:50:12"), Age.parse("3d 23:00:00")]

    assert edition_day(ages, now=at(7)) == MONDAY


def test_what_the_clock_has_not_reached_moves_everything_to_yesterday() -> None:
    ages = [Age.parse("0d 04:00:00"), Age.parse("0d 06:50:12")]

    day = edition_day(ages, now=at(5))

    assert day == date(2025, 2, 23)
    assert ages[0].moment(day) < ages[1].moment(day) < at(5)


def test_the_very_second_has_come() -> None:
    assert edition_day([Age.parse("0d 05:00:00")], now=at(5)) == MONDAY


def test_today_is_berlins_today_even_when_it_is_yesterday_in_utc() -> None:
    assert edition_day([Age.parse("1d 12:00:00")], now=at(0, 30)) == MONDAY


def test_without_copy_the_day_is_today() -> None:
    assert edition_day([], now=at(5)) == MONDAY
