"""Percentiles, medians and the one line a figure takes."""

from __future__ import annotations

import pytest

from bench.figures import failed, line, median, percentile, ratio, spread, troubles
from bench.readers import Answer


def answer(ms: float = 1.0, *, status: int = 200, trouble: str = "") -> Answer:
    return Answer("/", status, ms, 0.0, "d", trouble)


@pytest.mark.parametrize(
    ("percent", "expected"), [(0, 1.0), (1, 1.0), (50, 50.0), (50.5, 51.0), (99, 99.0), (99.5, 100.0), (100, 100.0)]
)
def test_a_percentile_is_a_value_that_was_measured(percent: float, expected: float) -> None:
    values = [float(number) for number in range(100, 0, -1)]

    assert percentile(values, percent) == expected


def test_a_percentile_of_one_value_is_that_value() -> None:
    assert percentile([7.0], 1) == percentile([7.0], 99) == 7.0


def test_nothing_measured_has_no_percentile_and_no_median() -> None:
    assert percentile([], 99) == 0.0
    assert median([]) == 0.0


def test_the_median_of_an_even_number_lies_between_the_two() -> None:
    assert median(number for number in (4.0, 1.0, 3.0, 2.0)) == 2.5


@pytest.mark.parametrize(("value", "reference"), [(None, 2.0), (2.0, None), (2.0, 0.0)])
def test_a_ratio_to_what_is_not_known_is_not_invented(value: float | None, reference: float | None) -> None:
    assert ratio(value, reference) is None
    assert line(ratio(value, reference), "renders").startswith("   ?  renders")


def test_the_ratio_comes_first() -> None:
    assert line(ratio(43_100, 82_800), "hot article") == "0.52  hot article"


def test_what_was_not_answered_has_no_part_in_the_times() -> None:
    answers = [answer(1.0), answer(3.0), answer(10_000.0, status=0, trouble="timeout")]

    assert spread(answers) == "p50 1.0 ms, p99 3.0 ms"


def test_a_reader_counts_as_failed_by_what_happened_to_him() -> None:
    answers = [answer(), answer(status=404), answer(status=410), answer(status=503), answer(status=0, trouble="torn")]

    assert [one.status for one in failed(answers)] == [503, 0]
    assert troubles(answers) == "1 status 503, 1 torn"


def test_no_failure_is_said_in_words() -> None:
    assert troubles([answer(), answer(status=304)]) == "no failure"
