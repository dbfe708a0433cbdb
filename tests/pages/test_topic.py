"""A topic's page as editors make it: picture, pinned pieces, timeline; public copy alone, and nothing twice."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from articles import desk
from articles.models import Article, Highlight, Tag
from tests import make
from tests.page import Node, read

pytestmark = pytest.mark.django_db
PATH = "/thema/haefen/"


@pytest.fixture(autouse=True)
def _house() -> None:
    make.house()


@pytest.fixture(name="harbour")
def _harbour() -> Tag:
    return make.tag("Häfen", description="Kais und Kräne.")


def news(number: int) -> list[Article]:
    """Articles of the topic, a day apart, the first the newest."""
    now = timezone.now().replace(microsecond=0)
    return [make.article(f"Meldung {place}", tags=["Häfen"], at=now - timedelta(days=place, minutes=1)) for place in range(number)]


def mark(tag: Tag, article: Article, kind: str = "pinned", **fields: Any) -> Highlight:
    return Highlight.objects.create(tag=tag, article=article, kind=kind, **fields)


def main(client: Client, path: str = PATH) -> Node:
    return read(client.get(path)).one("main")


def pinned(client: Client, path: str = PATH) -> list[str]:
    return [link.line for section in main(client, path).all("section.topic__pinned") for link in section.all("h3")]


def steps(client: Client, path: str = PATH) -> list[str]:
    return [step.one("a").line for line in main(client, path).all("ol.timeline") for step in line.all("li")]


def listed(client: Client) -> list[str]:
    return [link.line for days in main(client).all("ul.stream") for link in days.all("h3")]


def test_without_highlights_the_page_is_its_list(client: Client, harbour: Tag) -> None:
    news(2)

    page = main(client)

    assert not page.all("section.topic__pinned")
    assert not page.all("aside")
    assert not page.all("figure")


def test_pinned_pieces_stand_on_top_in_the_editors_order_and_not_again_below(client: Client, harbour: Tag) -> None:
    articles = news(4)
    mark(harbour, articles[3], position=1)
    mark(harbour, articles[1], position=2, text="Anders gesagt")

    assert pinned(client) == ["Meldung 3", "Anders gesagt"]
    assert listed(client) == ["Meldung 3", "Anders gesagt", "Meldung 0", "Meldung 2"]


def test_three_are_enough(client: Client, harbour: Tag) -> None:
    for article in news(5):
        mark(harbour, article)

    assert len(pinned(client)) == 3


def test_the_timeline_begins_with_the_first_article_and_goes_on_by_date(client: Client, harbour: Tag) -> None:
    articles = news(5)
    mark(harbour, articles[1], "milestone", text="Der Rat stimmt zu")
    mark(harbour, articles[3], "milestone")

    assert steps(client) == ["Meldung 4", "Meldung 3", "Der Rat stimmt zu"]
    assert "erster Bericht" in main(client).one("ol.timeline").all("li")[0].line


def test_a_milestone_may_be_the_first_article_and_may_lie_before_it(client: Client, harbour: Tag) -> None:
    articles = news(3)
    mark(harbour, articles[2], "milestone", text="Es begann")
    assert steps(client) == ["Es begann"]

    earlier = make.article("Vorgeschichte", at=timezone.now() - timedelta(days=90))
    mark(harbour, earlier, "milestone")

    assert steps(client) == ["Vorgeschichte", "Es begann"]
    assert "erster Bericht" not in main(client).line


@pytest.mark.parametrize("kind", ["pinned", "milestone"])
@pytest.mark.parametrize("act", ["withdraw", "hold", "embargo", "expire"])
def test_what_may_not_be_seen_is_in_neither(client: Client, harbour: Tag, kind: str, act: str) -> None:
    news(2)
    hidden = make.article("Geheim", tags=["Häfen"])
    mark(harbour, hidden, kind, text="Geheime Zeile")
    now = timezone.now()
    acts: dict[str, Any] = {
        "withdraw": desk.withdraw, "hold": desk.hold, "embargo": lambda one: desk.revise(one, {"embargo_until": now + timedelta(hours=1)}),
        "expire": lambda one: desk.revise(one, {"visible_until": now}),
    }  # fmt: skip

    acts[act](hidden)

    assert "Geheim" not in client.get(PATH).content.decode()
    assert steps(client) == []


def test_the_page_hears_of_what_stands_above_its_list(client: Client, harbour: Tag) -> None:
    news(1)
    foreign, draft = make.article("Anderswo", category="Sport"), make.draft("Noch nicht")
    mark(harbour, foreign)
    keys = set(client.get(PATH).headers["Surrogate-Key"].split())
    assert foreign.page_key in keys
    assert "front" not in keys

    mark(harbour, draft)
    keys = set(client.get(PATH).headers["Surrogate-Key"].split())
    assert "front" in keys, "which every publication announces"
    assert draft.page_key not in keys


def test_it_ends_with_what_ends_above_the_list_and_with_the_rights_to_the_picture(client: Client, harbour: Tag) -> None:
    news(1)
    end = timezone.now().replace(microsecond=0) + timedelta(seconds=50)
    mark(harbour, make.article("Bald weg", visible_until=end))

    assert int(client.get(PATH).headers["Cache-Control"].split("max-age=")[1].split(",")[0]) <= 50
    Highlight.objects.all().delete()
    Tag.objects.filter(pk=harbour.pk).update(picture=make.picture(rights_until=end))
    assert int(client.get(PATH).headers["Cache-Control"].split("max-age=")[1].split(",")[0]) <= 50


def test_the_picture_stands_on_top_with_its_credit_and_is_offered_to_networks(client: Client, harbour: Tag) -> None:
    news(1)
    Tag.objects.filter(pk=harbour.pk).update(picture=make.picture("Kräne", credit="Ole Petersen"))

    page = read(client.get(PATH))

    figure = page.one("figure.topic__picture")
    assert figure.one("img")["alt"] == "Kräne"
    assert "Bild: Ole Petersen" in figure.line
    [image] = [meta["content"] for meta in page.all("meta") if meta.attributes.get("property") == "og:image"]
    assert image.startswith("https://tagblatt.example/bild/")
    assert [one.attributes.get("fetchpriority") for one in page.one("main").all("img")] == ["high"]


@pytest.mark.parametrize("fields", [{"rights_until": make.MOMENT}, {"rendered": False}])
def test_a_picture_that_may_not_be_shown_is_left_out(client: Client, harbour: Tag, fields: dict[str, Any]) -> None:
    news(1)
    Tag.objects.filter(pk=harbour.pk).update(picture=make.picture(**fields))

    assert not main(client).all("figure")
    assert "og:image" not in client.get(PATH).content.decode()


def test_further_sheets_are_the_list_alone(client: Client, harbour: Tag) -> None:
    articles = news(35)
    mark(harbour, articles[0])
    mark(harbour, articles[1], "milestone")
    older = next(link["href"] for link in main(client).all("a") if link.attributes.get("rel") == "next")

    assert pinned(client, older) == []
    assert steps(client, older) == []


def test_queries_are_few_with_everything(client: Client, harbour: Tag, django_assert_max_num_queries: Any) -> None:
    articles = news(6)
    for article in articles[:3]:
        mark(harbour, article)
        mark(harbour, article, "milestone")

    with django_assert_max_num_queries(8):
        client.get(PATH)


def test_what_was_pinned_follows_a_tag_into_another(client: Client, harbour: Tag) -> None:
    articles = news(2)
    other = make.tag("Kais")
    mark(other, articles[0])
    mark(other, articles[1])
    mark(harbour, articles[1], text="Bleibt")
    other.merged_into = harbour
    other.save()

    desk.merge_tag(other, harbour)

    assert sorted(Highlight.objects.values_list("tag__name", "article__headline", "text")) == [
        ("Häfen", "Meldung 0", ""), ("Häfen", "Meldung 1", "Bleibt"),
    ]  # fmt: skip


def test_a_topic_of_hidden_copy_alone_is_not_found_whatever_is_pinned_there(client: Client, harbour: Tag) -> None:
    mark(harbour, make.article("Anderswo"))

    assert client.get(PATH).status_code == 404
