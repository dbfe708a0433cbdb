"""The list of all corrections: what readers can see, newest first, by position."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from articles import desk
from articles.models import Article, Correction
from articles.pages import corrections
from tests import make
from tests.page import Node, read

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _house() -> None:
    make.house()


def listed(client: Client, path: str = "/korrekturen/") -> list[Node]:
    return [item for lists in read(client.get(path)).all("ol.corrections") for item in lists.all("li")]


def corrected(number: int, article: Article) -> None:
    """So many corrections, a minute apart, the first the newest."""
    now = timezone.now().replace(microsecond=0)
    Correction.objects.bulk_create(
        Correction(article=article, text=f"Fehler {place}", created_at=now - timedelta(minutes=place)) for place in range(number)
    )


def test_without_any_the_page_says_so(client: Client) -> None:
    response = client.get("/korrekturen/")

    assert response.status_code == 200
    assert "Bisher war nichts zu berichtigen" in response.content.decode()


def test_the_newest_stands_first_and_leads_to_its_article(client: Client) -> None:
    first, second = make.article("Kai wird gebaut"), make.article("Brücke gesperrt")
    make.correction(first, "Es sind 420 Meter.")
    make.correction(second, "Gesperrt ist nur eine Spur.")

    items = listed(client)

    assert ["Spur" in item.line for item in items] == [True, False]
    assert items[1].one("a")["href"] == first.get_absolute_url()
    assert "Es sind 420 Meter." in items[1].line


def test_a_long_list_is_read_by_position_without_gap_or_repetition(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(corrections, "CORRECTIONS_PER_SHEET", 4)
    corrected(10, make.article())
    path, seen = "/korrekturen/", []

    while path:
        page = read(client.get(path))
        seen += [item.all("p")[0].line for item in page.one("ol.corrections").all("li")]
        further = [link for link in page.all("a") if link.attributes.get("rel") == "next"]
        path = further[0]["href"] if further else ""

    assert seen == [f"Fehler {number}" for number in range(10)]


def test_corrections_of_one_moment_are_told_apart(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(corrections, "CORRECTIONS_PER_SHEET", 1)
    article, moment = make.article(), timezone.now().replace(microsecond=123_456)
    Correction.objects.bulk_create(Correction(article=article, text=f"Fehler {n}", created_at=moment) for n in range(3))
    path, seen = "/korrekturen/", []

    while path:
        page = read(client.get(path))
        seen.append(page.one("ol.corrections").all("p")[0].line)
        further = [link for link in page.all("a") if link.attributes.get("rel") == "next"]
        path = further[0]["href"] if further else ""

    assert seen == ["Fehler 2", "Fehler 1", "Fehler 0"]


@pytest.mark.parametrize("vor", ["abc", "20250230000000-1", "19990101000000-1", "20990101000000-1", "%00", "9" * 200])
def test_an_impossible_position_is_not_found(client: Client, vor: str) -> None:
    make.correction(make.article())

    assert client.get(f"/korrekturen/?vor={vor}").status_code == 404


def test_an_empty_position_is_the_beginning(client: Client) -> None:
    assert client.get("/korrekturen/?vor=").content == client.get("/korrekturen/").content


def test_the_page_hears_of_a_correction_a_new_headline_and_a_withdrawal(client: Client, django_capture_on_commit_callbacks: Any) -> None:
    article = make.article("Alt")
    keys = set(client.get("/korrekturen/").headers["Surrogate-Key"].split())

    assert keys & desk.page_keys(article)
    make.correction(article)
    desk.revise(article, {"headline": "Neu"})
    assert "Neu" in listed(client)[0].line
    desk.withdraw(article)
    assert listed(client) == []


def test_the_page_ends_with_the_first_article_on_it(client: Client) -> None:
    with time_machine.travel(timezone.now().replace(microsecond=0), tick=False):
        make.correction(make.article(visible_until=timezone.now() + timedelta(seconds=40)))

        assert client.get("/korrekturen/").headers["Cache-Control"].startswith("public, max-age=40, s-maxage=40,")


def test_an_articles_correction_leads_to_all_of_them(client: Client) -> None:
    article = make.article()
    make.correction(article)
    make.correction(article, "Noch etwas.")

    notices = read(client.get(article.get_absolute_url())).all("div.notice")

    assert [len(notice.all("a")) for notice in notices] == [0, 1]
    assert notices[1].one("a")["href"] == "/korrekturen/"
