"""Moments as editors type them, and what they are told when there is no such moment."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text.dates import DateError, check_local, iso, parse_local, stamp

EVENING = datetime(2025, 2, 24, 20, 44, tzinfo=UTC)
MOMENTS = st.datetimes(min_value=datetime(1980, 1, 1), max_value=datetime(2099, 12, 31), timezones=st.just(UTC))


def local(*parts: int) -> datetime:
    """Berlin's wall clock as a form field delivers it."""
    return datetime(*parts)  # type: ignore[arg-type]


def answer_to(typed: str) -> str:
    try:
        return parse_local(typed).isoformat()
    except DateError as refusal:
        return str(refusal)


@pytest.mark.parametrize(
    "typed",
    [
        "24.02.2025 21:44",
        "24.2.2025 21:44",
        "24. 02. 2025, 21:44 Uhr",
        "24.02.2025 - 21:44",
        "24.02.2025 – 21:44:00",
        "  24.02.2025\u00a021:44\u00a0Uhr ",
        "2025-02-24 21:44",
        "2025-02-24T21:44",
        "2025-02-24 21:44:00",
        "2025-02-24T21:44:00.000000",
        "2025-02-24T21:44+01:00",
        "2025-02-24T20:44:00Z",
        "2025-02-24 15:44:00 -0500",
    ],
)
def test_editors_may_type_a_moment_in_their_own_way(typed: str) -> None:
    assert parse_local(typed) == EVENING


def test_seconds_are_kept() -> None:
    assert parse_local("24.02.2025 - 21:44:10") == EVENING + timedelta(seconds=10)


def test_what_comes_out_is_in_utc() -> None:
    assert parse_local("24.02.2025 21:44").tzinfo is UTC
    assert parse_local("2025-02-24T21:44+01:00").tzinfo is UTC
    assert check_local(local(2025, 2, 24, 21, 44)).tzinfo is UTC


@given(MOMENTS)
def test_what_machines_print_can_be_typed_back(moment: datetime) -> None:
    assert parse_local(iso(moment)) == moment.replace(microsecond=0)


@given(MOMENTS)
def test_what_readers_see_is_understood_but_for_the_doubled_hour(moment: datetime) -> None:
    typed = stamp(moment, style="seconds")

    back = parse_local(typed)

    assert stamp(back, style="seconds") == typed
    assert moment.replace(microsecond=0) - back in {timedelta(0), timedelta(hours=1)}


def test_the_missing_hour_of_march_is_explained() -> None:
    with pytest.raises(DateError) as refusal:
        parse_local("29.03.2026 02:30")

    assert str(refusal.value) == (
        "Diese Uhrzeit gibt es am 29.03.2026 nicht: Die Uhr springt von 02:00 auf 03:00 Uhr. "
        "Bitte geben Sie eine Uhrzeit vor 02:00 oder ab 03:00 Uhr an."
    )


@pytest.mark.parametrize(
    ("missing", "jump"),
    [
        (local(1945, 5, 24, 2, 30), "von 02:00 auf 03:00 Uhr"),
        (local(1947, 5, 11, 3, 10), "von 03:00 auf 04:00 Uhr"),
        (local(2026, 3, 29, 2, 59, 59), "von 02:00 auf 03:00 Uhr"),
        (local(2026, 3, 29, 2, 0), "von 02:00 auf 03:00 Uhr"),
    ],
)
def test_every_missing_hour_names_its_own_jump(missing: datetime, jump: str) -> None:
    with pytest.raises(DateError, match=jump):
        check_local(missing)


def test_the_minutes_around_the_missing_hour_exist() -> None:
    before = check_local(local(2026, 3, 29, 1, 59))

    after = check_local(local(2026, 3, 29, 3, 0))

    assert after - before == timedelta(minutes=1)


def test_of_the_doubled_hour_the_first_is_meant() -> None:
    assert check_local(local(2026, 10, 25, 2, 30)) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert check_local(local(2026, 10, 25, 2, 30).replace(fold=1)) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_an_offset_reaches_the_second_half_of_the_doubled_hour() -> None:
    assert parse_local("2026-10-25T02:30:00+01:00") == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "typed", ["30.02.2025 10:00", "2025-02-30 10:00", "29.02.2025 10:00", "01.13.2025 10:00", "00.01.2025 1:00"]
)
def test_a_day_that_no_calendar_holds_is_named(typed: str) -> None:
    with pytest.raises(DateError, match=r"^Den \d\d\.\d\d\.2025 gibt es im Kalender nicht\. Bitte prüfen Sie"):
        parse_local(typed)


def test_leap_days_exist_every_fourth_year() -> None:
    assert stamp(parse_local("29.02.2028 10:00")) == "29.02.2028 - 10:00"


@pytest.mark.parametrize("typed", ["24.02.2025 24:00", "24.02.2025 12:60", "24.02.2025 12:00:61", "2025-02-24T99:00"])
def test_a_time_that_no_clock_shows_is_named(typed: str) -> None:
    with pytest.raises(DateError, match=r"^Die Uhrzeit .* gibt es nicht\. Bitte geben Sie"):
        parse_local(typed)


@pytest.mark.parametrize("typed", ["01.01.1944 10:00", "2101-01-01 00:00", "1600-01-01T00:00Z", "9999-12-31T23:59-05:00"])
def test_years_before_1945_and_after_2100_are_refused(typed: str) -> None:
    with pytest.raises(DateError, match=r"Jahr von 1945 bis 2100"):
        parse_local(typed)


def test_the_range_holds_for_form_fields_too() -> None:
    assert check_local(local(1945, 1, 1)).year == 1944  # an hour earlier in UTC
    assert check_local(local(2100, 12, 31, 23, 59)).year == 2100
    for outside in (local(1944, 12, 31, 23, 59), local(2101, 1, 1)):
        with pytest.raises(DateError, match="zu weit weg"):
            check_local(outside)


@pytest.mark.parametrize(
    "typed", ["", "   ", "morgen", "24.02.2025", "21:44", "24.02.25 21:44", "24.02.2025 21:44 x", "٢٤.٠٢.٢٠٢٥ ٢١:٤٤", "\x00"]
)
def test_anything_else_is_answered_with_an_example(typed: str) -> None:
    with pytest.raises(DateError, match=r"Bitte schreiben Sie ihn so: 24\.02\.2025 21:44"):
        parse_local(typed)


def test_the_example_in_the_answer_is_understood() -> None:
    with pytest.raises(DateError) as refusal:
        parse_local("?")

    assert parse_local(str(refusal.value).rpartition(": ")[2]) == EVENING


def test_an_impossible_offset_is_named() -> None:
    with pytest.raises(DateError, match=r"\+25:00 gibt es nicht"):
        parse_local("2025-02-24T21:44+25:00")


def test_form_fields_hand_over_local_times_only() -> None:
    with pytest.raises(ValueError, match="without zone") as refusal:
        check_local(EVENING)

    assert not isinstance(refusal.value, DateError)


@given(st.text(max_size=80) | st.from_regex(r"[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{4} [0-9]{1,2}:[0-9]{2}", fullmatch=True))
def test_any_input_gives_a_moment_or_a_sentence(typed: str) -> None:
    answer = answer_to(typed)

    assert " Sie " in answer or 1944 <= datetime.fromisoformat(answer).year <= 2100


def test_a_hundred_kilobytes_are_no_date() -> None:
    with pytest.raises(DateError):
        parse_local("24.02.2025" + " " * 100_000 + "21:44")
