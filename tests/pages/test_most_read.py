"""«Meistgelesen» on the front page and beside a category: public copy alone, nothing while there is too little."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from articles import desk
from articles.front.mostread import most_read
from articles.models import Article
from tests import make
from tests.page import read

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _house() -> None:
    make.house()


def ranking(client: Client, path: str = "/") -> list[str]:
    return [link.line for lists in read(client.get(path)).all("ol.ranking") for link in lists.all("a")]


def ranked(*names: str, **fields: Any) -> list[Article]:
    """Articles of these names, the first the most read."""
    articles = [make.article(name, **fields) for name in names]
    for place, article in enumerate(articles):
        make.reads(article, 90 - 5 * place)
    desk.rank_reads()
    return articles


def test_five_stand_on_the_front_page_in_order(client: Client) -> None:
    articles = ranked(*"ABCDEFG")

    assert ranking(client) == list("ABCDE")
    assert read(client.get("/")).one("ol.ranking").all("a")[0]["href"] == articles[0].get_absolute_url()


@pytest.mark.parametrize(("names", "shown"), [("", 0), ("AB", 0), ("ABC", 3)])
def test_too_short_a_list_is_not_shown(client: Client, names: str, shown: int) -> None:
    ranked(*names)

    assert len(ranking(client)) == shown
    assert ("Meistgelesen" in client.get("/").content.decode()) == bool(shown)


def test_beside_a_category_stands_what_is_read_there(client: Client) -> None:
    ranked("A", "B", "C", category="Ausland")
    ranked("D", "E", "F", category="Inland")

    assert ranking(client, "/ausland/") == ["A", "B", "C"]
    assert ranking(client, "/inland/") == ["D", "E", "F"]


@pytest.mark.parametrize("act", ["withdraw", "hold", "embargo"])
def test_what_is_taken_back_leaves_at_once_and_the_next_moves_up(client: Client, act: str) -> None:
    articles = ranked(*"ABCDEFG")
    acts: dict[str, Any] = {
        "withdraw": desk.withdraw, "hold": desk.hold,
        "embargo": lambda article: desk.revise(article, {"embargo_until": timezone.now() + timedelta(hours=1)}),
    }  # fmt: skip

    acts[act](articles[1])

    assert ranking(client) == list("ACDEF")
    assert ranking(client, "/ausland/") == list("ACDEF")


def test_an_article_that_moved_is_no_longer_ranked_where_it_was(client: Client) -> None:
    articles = ranked("A", "B", "C", "D", category="Ausland")
    desk.revise(articles[0], {"category": make.category("Inland")})

    assert ranking(client, "/ausland/") == ["B", "C", "D"]
    assert ranking(client, "/inland/") == []


def test_both_pages_hear_of_a_new_order_and_end_with_what_ends_in_it(client: Client) -> None:
    end = timezone.now().replace(microsecond=0) + timedelta(seconds=50)
    ranked("A", "B", "C", visible_until=end)

    for path in ("/", "/ausland/"):
        response = client.get(path)
        assert "most-read" in response.headers["Surrogate-Key"].split(), path
        assert int(response.headers["Cache-Control"].split("max-age=")[1].split(",")[0]) <= 50, path


def test_an_editors_teaser_speaks_here_as_well(client: Client) -> None:
    articles = ranked("A", "B", "C")
    make.own_teaser(articles[2], headline="Anders gesagt")

    assert ranking(client) == ["A", "B", "Anders gesagt"]


def test_it_costs_one_query(client: Client, django_assert_num_queries: Any) -> None:
    ranked("A", "B", "C")
    client.get("/")

    with django_assert_num_queries(1):
        rows = most_read(now=timezone.now())

    assert len(rows) == 3
