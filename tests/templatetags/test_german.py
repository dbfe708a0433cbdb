"""Filters print what German readers expect."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from articles.templatetags import german

MOMENT = datetime(2025, 2, 24, 20, 44, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("style", "printed"),
    [
        ("minutes", "24.02.2025 - 21:44"), ("seconds", "24.02.2025 - 21:44:10"), ("clock", "21:44"), ("time", "21:44\u00a0Uhr"),
        ("date", "24. Februar 2025"), ("day", "Montag, 24. Februar 2025"), ("month", "Februar 2025"), ("short", "24.02.2025, 21:44\u00a0Uhr"),
    ],
)  # fmt: skip
def test_a_moment_is_printed_in_berlin_time(style: str, printed: str) -> None:
    assert german.stamp(MOMENT, style) == printed


def test_no_moment_prints_nothing() -> None:
    assert (german.stamp(None), german.iso(None)) == ("", "")


def test_machines_get_the_offset() -> None:
    assert german.iso(MOMENT) == "2025-02-24T21:44:10+01:00"


@pytest.mark.parametrize(
    ("now", "printed"),
    [
        (datetime(2025, 2, 24, 22, 59, tzinfo=UTC), "21:44\u00a0Uhr"),
        (datetime(2025, 2, 24, 23, 0, tzinfo=UTC), "24.02.2025, 21:44\u00a0Uhr"),
        (None, "24.02.2025, 21:44\u00a0Uhr"),
    ],
)
def test_the_date_is_left_out_only_on_its_own_day(now: datetime | None, printed: str) -> None:
    assert german.near(MOMENT, now) == printed


def test_a_headline_keeps_its_dash_and_its_quotes_in_house_style() -> None:
    assert german.headline("Rat sagt «ja» – vorerst", "german") == "Rat sagt „ja“\u00a0– vorerst"
    assert german.headline("Rat sagt «ja»") == "Rat sagt «ja»"


def test_prose_is_marked_as_clean() -> None:
    assert german.prose('<p>Er sagte "ja".</p>', "swiss").__html__() == "<p>Er sagte «ja».</p>"


@pytest.mark.parametrize(("number", "printed"), [(7, "7"), (1234, "1.234"), (1_234_567, "1.234.567")])
def test_thousands_are_parted_by_points(number: int, printed: str) -> None:
    assert german.thousands(number) == printed


@pytest.mark.parametrize(
    ("html", "dateline", "printed"),
    [
        ("<p>Text.</p><p>Mehr.</p>", "Kiel (wna)", '<p><span class="dateline">Kiel (wna)&nbsp;–</span> Text.</p><p>Mehr.</p>'),
        ("<p>Text.</p>", "", "<p>Text.</p>"),
        ("<h2>Titel</h2>", "Kiel", '<p><span class="dateline">Kiel&nbsp;–</span> </p><h2>Titel</h2>'),
        ("<p>Text.</p>", "<b>Kiel", '<p><span class="dateline">&lt;b&gt;Kiel&nbsp;–</span> Text.</p>'),
    ],
)
def test_the_dateline_opens_the_first_paragraph(html: str, dateline: str, printed: str) -> None:
    assert german.after_dateline(html, dateline) == printed
