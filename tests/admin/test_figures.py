"""«Zahlen»: what was read, as plot and as table."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from articles import desk
from articles.admin.figures import HEIGHT, bars
from tests import make
from tests.page import read

PATH = "/admin/zahlen/"


def test_without_any_reads_the_page_says_so(writer: Client) -> None:
    page = writer.get(PATH)

    assert page.status_code == 200
    assert "Noch ist nichts gezählt" in page.content.decode()
    assert len(read(page).one("figure.plot").all("rect")) == 24


def test_articles_categories_and_robots_are_counted(writer: Client) -> None:
    first, second = make.article("Kai", category="Inland"), make.article("Tor", category="Sport")
    hour = timezone.now().replace(minute=0, second=0, microsecond=0)
    desk.record_reads(hour, {first.pk: 1200, second.pk: 300}, 500)

    page = writer.get(PATH)

    tables = [[row.line for row in table.all("tr")][1:] for table in read(page).all("table")]
    assert tables[1] == ["KaiInland1.200", "TorSport300"]
    assert tables[2] == ["Inland1.200", "Sport300"]
    assert "Roboter 500 Mal (25 % aller Aufrufe)" in read(page).line


@pytest.mark.parametrize(("span", "days"), [("1", 1), ("7", 7), ("30", 30), ("", 1), ("x", 1), ("-7", 1), ("%00", 1), ("9" * 50, 1)])
def test_any_span_gives_a_page(writer: Client, span: str, days: int) -> None:
    assert writer.get(f"{PATH}?tage={span}").context["days"] == days


def test_what_lies_before_the_span_is_left_out(writer: Client) -> None:
    article = make.article()
    make.reads(article, 20, hours_ago=3)
    make.reads(article, 400, hours_ago=50)

    assert writer.get(PATH).context["people"] == 20
    assert writer.get(f"{PATH}?tage=7").context["people"] == 420


@pytest.mark.parametrize(("moment", "days"), [(datetime(2026, 3, 31, 9, tzinfo=UTC), 8), (datetime(2025, 10, 28, 9, tzinfo=UTC), 8)])
def test_days_are_berlins_though_the_clock_was_changed(writer: Client, moment: datetime, days: int) -> None:
    with time_machine.travel(moment, tick=False):
        article = make.article()
        for back in range(0, 168, 5):
            make.reads(article, 10, hours_ago=back)
        found = writer.get(f"{PATH}?tage=7").context

    assert len(found["bars"]) == days
    assert sum(bar.number for bar in found["bars"]) == found["people"] == 340


def test_the_highest_bar_is_as_high_as_the_plot() -> None:
    hours = [datetime(2026, 2, 4, 12, tzinfo=UTC) + timedelta(hours=number) for number in range(3)]

    found = bars(hours, [(hours[0], 50), (hours[2], 200)], days=1)

    assert [bar.height for bar in found] == [25, 0, HEIGHT]
    assert [bar.y + bar.height for bar in found] == [HEIGHT] * 3


def test_numbers_in_the_plot_have_no_german_comma(writer: Client) -> None:
    article = make.article()
    for back, count in enumerate((300, 100, 70)):
        make.reads(article, count, hours_ago=back)

    for bar in read(writer.get(PATH)).one("figure.plot").all("rect"):
        assert float(bar["height"]) + float(bar["y"]) == pytest.approx(HEIGHT)


def test_the_plot_says_the_same_as_its_table(writer: Client) -> None:
    make.reads(make.article(), 77, hours_ago=2)

    page = read(writer.get(PATH))

    assert [node.text for node in page.all("title") if ": 77" in node.text]
    assert "77" in page.one("details").one("table").line


def test_a_withdrawn_article_stays_in_the_figures(writer: Client) -> None:
    article = make.article("Weg")
    make.reads(article, 40)
    desk.withdraw(article)

    assert "Weg" in writer.get(PATH).content.decode()


def test_the_navigation_leads_there_for_those_who_may(writer: Client, client: Client) -> None:
    assert PATH in writer.get("/admin/").content.decode()
    client.force_login(User.objects.create_user("neu", password="geheim", is_staff=True))
    assert PATH not in client.get("/admin/").content.decode()
    assert client.get(PATH).status_code == 403


def test_whoever_is_not_logged_in_is_asked_to(client: Client, db: None) -> None:
    assert client.get(PATH).headers["Location"].startswith("/admin/login/")
