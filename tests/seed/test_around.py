"""Rows s20–s23, s28, s29 and s31: what stands around the article."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from articles import desk
from articles.models import Tag
from tests import make
from tests.page import read

pytestmark = pytest.mark.django_db


def test_s20_a_category_lists_its_articles_newest_first_with_a_way_back(client: Client) -> None:
    make.category("Ausland", description="Was draußen geschieht.")
    make.articles(45)

    first = read(client.get("/ausland/"))
    older = next(link for link in first.all("a") if link.attributes.get("rel") == "next")
    second = read(client.get(older["href"]))

    titles = [node.line for page in (first, second) for node in page.all(".teaser__title")]
    assert titles == [f"Meldung {number}" for number in range(45)]
    assert "vor=" in older["href"]
    assert first.one("header.page-head").one("p").line == "Was draußen geschieht."


def test_s21_an_article_stands_in_further_categories_too(client: Client) -> None:
    article = make.article("Doppelt", category="Ausland")
    desk.set_further_categories(article, [make.category("Wirtschaft")])

    for path in ("/ausland/", "/wirtschaft/"):
        page = read(client.get(path))
        assert [node.line for node in page.all(".teaser__title")] == ["Doppelt"]
    assert article.get_absolute_url().startswith("/ausland/")


def test_s22_each_agency_has_its_page_with_its_copy(client: Client) -> None:
    make.article("Von nda", agency=make.agency("nda"))
    make.article("Von tnd", agency=make.agency("tnd"))

    page = read(client.get("/quelle/tnd/"))

    assert page.one("h1").line == "Agentur tnd"
    assert [node.line for node in page.all(".teaser__title")] == ["Von tnd"]


def test_s23_an_agency_named_in_the_text_is_left_alone(client: Client) -> None:
    article = make.article(body="<p>Das sagte er der nda. (nda) bestätigte es.</p>", agency=make.agency("nda"))

    page = read(client.get(article.get_absolute_url()))

    assert page.one("div.prose").line == "Das sagte er der nda. (nda) bestätigte es."


@pytest.mark.parametrize("path", ["/", "/ausland/", "/archiv/", "/ticker/", "/gibt-es-nicht/"])
def test_s28_the_ways_that_every_page_needs_are_one_click_away(client: Client, path: str) -> None:
    make.article()

    links = {link["href"] for link in read(client.get(path)).all("a")}

    assert {"/impressum/", "/datenschutz/", "/kontakt/", "/barrierefreiheit/", "/archiv/", "/ticker/", "/ausland/", "/"} <= links


def test_s28_no_link_of_header_and_footer_leads_nowhere(client: Client) -> None:
    make.article()

    for link in read(client.get("/")).all("a"):
        if link["href"].startswith("/"):
            assert client.get(link["href"]).status_code == 200, link["href"]


def test_s29_a_topic_has_description_list_and_related_topics(client: Client) -> None:
    make.tag("Russland", description="Berichte aus Russland.")
    make.article("Eins", tags=["Russland", "Öl"])
    make.article("Zwei", tags=["Russland", "Öl"], at=make.MOMENT - timedelta(hours=1))
    make.article("Drei", tags=["USA"])

    page = read(client.get("/thema/russland/"))

    assert page.one("h1").line == "Russland"
    assert "Berichte aus Russland." in page.one("header.page-head").text
    assert [node.line for node in page.all(".teaser__title")] == ["Eins", "Zwei"]
    assert [(chip.line, chip.one("a")["href"]) for chip in page.one("ul.chips").all("li")] == [("Öl", "/thema/oel/")]


def test_s29_a_merged_tag_leads_to_the_one_that_stayed(client: Client) -> None:
    make.article(tags=["Russland"])
    stayed = make.tag("Russland")
    Tag.objects.create(name="Rußland", slug="russland-alt", merged_into=stayed)

    response = client.get("/thema/russland-alt/")

    assert (response.status_code, response.headers["Location"]) == (301, "/thema/russland/")


def test_s31_days_are_separated_at_midnight_in_berlin(client: Client) -> None:
    make.article("Spät", at=datetime(2026, 2, 4, 22, 59, 59, tzinfo=UTC))
    make.article("Nach Mitternacht", at=datetime(2026, 2, 4, 23, 0, 0, tzinfo=UTC))

    page = read(client.get("/ausland/"))

    assert [day.line for day in page.all("h2.stream__day")] == ["Donnerstag, 5. Februar 2026", "Mittwoch, 4. Februar 2026"]
    assert [len(stream.all("article")) for stream in page.all("ul.stream")] == [1, 1]
