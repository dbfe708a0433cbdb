"""What is no report says so, on its page, in every pointer to it and to machines; what is paid for stands nowhere by itself."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from articles import desk
from articles.models import Article, Kind
from tests import make
from tests.page import Node, json_ld, read

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _house() -> None:
    make.house(related_count=3)


def badges(node: Node) -> list[str]:
    return [badge.line for badge in node.all("span.badge")]


def beside(client: Client, article: Article) -> list[str]:
    """Headlines of «Weitere Meldungen»."""
    return [link.line for lists in read(client.get(article.get_absolute_url())).all("ul.related") for link in lists.all("h3")]


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind != Kind.REPORT])
def test_the_form_stands_above_the_headline_and_in_json_ld(client: Client, kind: Kind) -> None:
    article = make.article(kind=kind, tags=["USA"])

    page = read(client.get(article.get_absolute_url()))

    assert badges(page.one("header.article__head")) == [str(kind.label)]
    [told] = [entry for name, entry in json_ld(page).items() if "Article" in name]
    assert told["genre"] == str(kind.label)
    assert told["isAccessibleForFree"] is True


def test_a_report_needs_no_label(client: Client) -> None:
    article = make.article()

    page = read(client.get(article.get_absolute_url()))

    assert badges(page.one("header.article__head")) == []
    assert "genre" not in json_ld(page)["NewsArticle"]


@pytest.mark.parametrize(
    ("kind", "label"),
    [(Kind.ADVERTISEMENT, ["Anzeige"]), (Kind.OPINION, ["Meinung"]), (Kind.ANALYSIS, ["Analyse"]), (Kind.INTERVIEW, []), (Kind.REPORT, [])],
)  # fmt: skip
@pytest.mark.parametrize("path", ["/ausland/", "/ticker/", "/thema/usa/", "/archiv/2025/02/24/"])
def test_every_list_says_what_one_must_know_before_following(client: Client, kind: Kind, label: list[str], path: str) -> None:
    make.article(kind=kind, tags=["USA"])

    assert badges(read(client.get(path)).one("main")) == label


def test_the_label_is_part_of_the_link_so_that_listeners_hear_it(client: Client) -> None:
    article = make.article(kind=Kind.ADVERTISEMENT)

    [link] = [link for link in read(client.get("/ausland/")).one("main").all("a") if link["href"] == article.get_absolute_url()]

    assert link.line.startswith("Anzeige")


def test_a_block_of_opinions_does_not_say_so_of_each(client: Client) -> None:
    make.positions()
    make.article(kind=Kind.OPINION, at=timezone.now() - timedelta(hours=40), urgency=9)
    [make.article(f"Neu {number}", at=timezone.now() - timedelta(minutes=number + 1)) for number in range(30)]

    section = next(part for part in read(client.get("/")).all("section") if part.attributes.get("aria-labelledby") == "b-meinung")

    assert section.all("h3")
    assert badges(section) == []


def test_links_of_an_advertisement_are_told_to_be_paid_for(client: Client) -> None:
    body = '<p>Kaufen Sie <a href="https://example.org/">hier</a> &lt;a href="x"&gt;.</p>'
    paid, own = make.article(kind=Kind.ADVERTISEMENT, body=body), make.article(body=body)

    links = [read(client.get(article.get_absolute_url())).one("div.prose").one("a") for article in (paid, own)]

    assert [link.attributes.get("rel") for link in links] == ["sponsored", None]
    assert links[0]["href"] == "https://example.org/"


def test_weitere_meldungen_names_no_advertisement_and_is_full_all_the_same(client: Client) -> None:
    now = timezone.now()
    news = [make.article(f"Nachricht {number}", tags=["USA"], at=now - timedelta(hours=number + 2)) for number in range(5)]
    [make.article(f"Werbung {number}", kind=Kind.ADVERTISEMENT, tags=["USA"], at=now - timedelta(minutes=number)) for number in range(3)]

    assert beside(client, news[0]) == ["Nachricht 1", "Nachricht 2", "Nachricht 3"]


def test_an_advertisement_itself_leads_to_news(client: Client) -> None:
    now = timezone.now()
    paid = make.article("Werbung", kind=Kind.ADVERTISEMENT, tags=["USA"], at=now)
    [make.article(f"Nachricht {number}", tags=["USA"], at=now - timedelta(hours=number + 2)) for number in range(3)]

    assert len(beside(client, paid)) == 3


def test_damals_names_no_advertisement(client: Client) -> None:
    old = timezone.now() - timedelta(days=200)
    article = make.article("Alt", at=old)
    make.article("Werbung von damals", kind=Kind.ADVERTISEMENT, at=old + timedelta(minutes=1))
    [make.article(f"Neu {number}") for number in range(5)]

    assert beside(client, article)
    assert "Werbung" not in read(client.get(article.get_absolute_url())).text.replace("Werbung Dritter", "")


@pytest.mark.parametrize("number", [1, 8])
def test_the_front_page_chooses_no_advertisement(client: Client, number: int) -> None:
    now = timezone.now()
    make.category("Ausland")
    make.positions()
    [make.article(f"Nachricht {place}", at=now - timedelta(hours=1, minutes=place)) for place in range(40)]
    before = len(read(client.get("/")).one("main").all("a"))
    paid: list[Any] = [
        make.article(f"Werbung {place}", kind=Kind.ADVERTISEMENT, urgency=1, at=now - timedelta(minutes=place)) for place in range(number)
    ]

    page = read(client.get("/")).one("main")

    assert paid
    assert "Werbung" not in page.text
    assert len(page.all("a")) == before


def test_where_there_is_nothing_else_the_place_stays_empty(client: Client) -> None:
    make.positions()
    [make.article(f"Werbung {place}", kind=Kind.ADVERTISEMENT) for place in range(3)]

    answer = client.get("/")

    assert answer.status_code == 200
    assert "Werbung" not in read(answer).one("main").text


def test_an_advertisement_that_an_editor_pinned_stands_there_with_its_label(client: Client) -> None:
    places = make.positions()
    make.pin(make.article("Werbung", kind=Kind.ADVERTISEMENT), places["second"])
    [make.article(f"Nachricht {number}") for number in range(20)]

    page = read(client.get("/")).one("main")

    assert "Werbung" in page.text
    assert badges(page) == ["Anzeige"]


def test_a_news_page_costs_no_more_for_the_rule(client: Client, django_assert_max_num_queries: Any) -> None:
    make.positions()
    [make.article(f"Nachricht {number}") for number in range(20)]
    desk.rank_reads()

    with django_assert_max_num_queries(8):
        client.get("/")
