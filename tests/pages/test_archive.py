"""The archive: years, months, the calendar, one day hour by hour."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import make
from tests.page import Node, read

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _articles() -> None:
    for moment in ("2023-12-31T23:30", "2024-02-29T10:00", "2024-02-29T10:45", "2024-02-29T12:00", "2024-03-02T08:00"):
        make.article(f"Vom {moment}", at=datetime.fromisoformat(moment).replace(tzinfo=UTC))


def links(node: Node) -> list[tuple[str, str]]:
    return [(link.line, link["href"]) for link in node.all("a")]


def test_the_archive_lists_the_years_and_months_that_have_something(client: Client) -> None:
    page = read(client.get("/archiv/"))

    assert links(page.one("div.block-head")) == [("2024", "/archiv/2024/")]
    assert links(page.one("ul.index-list")) == [
        ("März 2024", "/archiv/2024/03/"), ("Februar 2024", "/archiv/2024/02/"), ("Januar 2024", "/archiv/2024/01/"),
    ]  # fmt: skip


def test_of_years_long_ago_only_the_year_stands_there(client: Client) -> None:
    for year in (2012, 2016, 2022):
        make.article(f"Aus {year}", at=datetime(year, 5, 1, tzinfo=UTC))

    page = read(client.get("/archiv/"))

    assert [head.line for head in page.all("h2")][:3] == ["2024", "2022", "Frühere Jahre"]
    assert links(page.all("ul.index-list")[-1]) == [("2016", "/archiv/2016/"), ("2012", "/archiv/2012/")]


def test_the_last_half_hour_of_a_year_in_utc_belongs_to_the_next_in_berlin(client: Client) -> None:
    assert client.get("/archiv/2023/").status_code == 404
    assert [name for name, _ in links(read(client.get("/archiv/2024/")).one("ul.index-list"))] == [
        "März 2024",
        "Februar 2024",
        "Januar 2024",
    ]


def test_the_calendar_links_the_days_that_have_something(client: Client) -> None:
    page = read(client.get("/archiv/2024/02/"))

    assert page.one("caption").line == "Februar 2024"
    assert links(page.one("table.calendar")) == [("29", "/archiv/2024/02/29/")]
    assert [cell.line for cell in page.one("table.calendar").all("th")] == ["Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"]


def test_a_day_stands_hour_by_hour_with_its_neighbours(client: Client) -> None:
    page = read(client.get("/archiv/2024/02/29/"))

    assert page.one("h1").line == "Donnerstag, 29. Februar 2024"
    assert [hour.line for hour in page.all("h2.stream__day")] == ["13 Uhr", "11 Uhr"]
    assert [time.line for time in page.all("ol.lines")[1].all("time")] == ["11:45", "11:00"]
    assert links(page.one("nav.prev-next")) == [
        ("Montag, 1. Januar 2024", "/archiv/2024/01/01/"),
        ("Samstag, 2. März 2024", "/archiv/2024/03/02/"),
    ]
    current = [link for link in page.one("table.calendar").all("a") if link.attributes.get("aria-current") == "date"]
    assert [link.line for link in current] == ["29"]


@pytest.mark.parametrize(
    "path", ["/archiv/2024/04/", "/archiv/2024/02/28/", "/archiv/2022/", "/archiv/2024/00/", "/archiv/2024/02/31/"]
)
def test_where_nothing_appeared_there_is_no_page(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    ("path", "most"), [("/archiv/", 4), ("/archiv/2024/", 3), ("/archiv/2024/02/", 3), ("/archiv/2024/02/29/", 5)]
)
def test_the_archive_needs_few_queries(client: Client, path: str, most: int) -> None:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200

    assert len(captured) <= most


def test_an_empty_site_has_an_empty_archive(client: Client, django_db_blocker: object) -> None:
    connection.cursor().execute("UPDATE articles_article SET status = 'draft'")

    assert read(client.get("/archiv/")).one("p.empty").line == "Hier ist noch nichts erschienen."


def test_a_month_marks_no_day_and_a_day_only_itself(client: Client) -> None:
    make.article("Am Ersten", at=datetime(2024, 2, 1, 10, tzinfo=UTC))

    month = read(client.get("/archiv/2024/02/")).one("table.calendar")
    day = read(client.get("/archiv/2024/02/29/")).one("table.calendar")

    assert [link.line for link in month.all("a") if "aria-current" in link.attributes] == []
    assert [link.line for link in day.all("a") if "aria-current" in link.attributes] == ["29"]
