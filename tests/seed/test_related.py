"""Rows s9–s19 and s10b: «Weitere Meldungen» and «Damals»."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from articles import desk
from articles.models import Article
from tests import make
from tests.page import Node, read

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def below(client: Client, article: Article) -> Node:
    return read(client.get(article.get_absolute_url()))


def headlines(client: Client, article: Article) -> list[str]:
    page = below(client, article)
    block = next((section for section in page.all("section.related-block") if "earlier" not in section.classes), None)
    return [heading.line for heading in block.all("h3")] if block else []


def test_s9_the_block_stands_in_an_aside_after_the_article(client: Client) -> None:
    article = make.article("Diese", tags=["Russland"])
    make.article("Jene", tags=["Russland"])

    page = below(client, article)

    heading = page.one("#weitere")
    assert (heading.tag, heading.line) == ("h2", "Weitere Meldungen")
    aside = page.one("aside.article-related")
    assert heading in list(aside)
    assert heading not in list(page.one("article.article"))
    assert aside.one("section.related-block")["aria-labelledby"] == "weitere"


def test_s9_the_block_is_absent_when_there_is_nothing_to_show(client: Client) -> None:
    article = make.article("Die einzige")

    assert "Weitere Meldungen" not in below(client, article).text


def test_s10_there_are_six_or_as_many_as_the_house_wants(client: Client) -> None:
    article = make.article("Diese", tags=["Russland"])
    for number in range(9):
        make.article(f"Nummer {number}", tags=["Russland"], at=make.MOMENT + number * HOUR)

    assert len(headlines(client, article)) == 6
    make.house(related_count=3)
    assert headlines(client, article) == ["Nummer 8", "Nummer 7", "Nummer 6"]


def test_s10b_an_old_article_also_shows_what_surrounded_it(client: Client) -> None:
    old = datetime(2024, 3, 1, 10, tzinfo=UTC)
    article = make.article("Diese", at=old)
    for hours in (-30, -2, 3, 40):
        make.article(f"Damals {hours}", at=old + hours * HOUR)
    for number in range(6):
        make.article(f"Heute {number}", at=timezone.now() - timedelta(minutes=number + 1))

    page = below(client, article)

    then = page.one("section.earlier")
    assert then.one("h2").line == "Damals"
    assert [heading.line for heading in then.all("h3")] == ["Damals 40", "Damals 3", "Damals -2", "Damals -30"]


def test_s10b_a_fresh_article_has_no_second_list(client: Client) -> None:
    article = make.article("Diese", at=timezone.now() - timedelta(days=80))
    for number in range(12):
        make.article(f"Nummer {number}", at=timezone.now() - timedelta(days=80, minutes=number))

    assert "Damals" not in below(client, article).text


def test_s11_the_newest_that_share_a_tag_stand_there_whatever_the_articles_age(client: Client) -> None:
    article = make.article("Diese", tags=["Russland", "USA"], at=timezone.now() - timedelta(days=365))
    make.article("Neu mit USA", tags=["USA"], at=timezone.now() - 2 * HOUR)
    make.article("Neu mit Russland", tags=["Sport", "Russland"], at=timezone.now() - HOUR)
    make.house(related_count=2)
    make.article("Noch neuer, ohne gemeinsames Schlagwort", tags=["Sport"], at=timezone.now())

    assert headlines(client, article) == ["Neu mit Russland", "Neu mit USA"]


def test_s11_the_article_never_points_to_itself(client: Client) -> None:
    article = make.article("Diese", tags=["Russland", "USA"])
    make.article("Jene", tags=["Russland", "USA"])

    assert headlines(client, article) == ["Jene"]


def test_s11_what_readers_may_not_see_is_not_pointed_to(client: Client) -> None:
    article = make.article("Diese", tags=["Russland"])
    soon = timezone.now() + HOUR
    make.draft("Entwurf", tags=["Russland"])
    make.article("Terminiert", tags=["Russland"], at=soon)
    make.article("Gesperrt", tags=["Russland"], embargo_until=soon)
    make.article("Abgelaufen", tags=["Russland"], visible_until=make.MOMENT + HOUR)
    desk.withdraw(make.article("Zurückgezogen", tags=["Russland"]))

    assert headlines(client, article) == []


def test_s11_what_is_missing_is_filled_from_the_category_then_from_all(client: Client) -> None:
    article = make.article("Diese", tags=["Russland"], category="Ausland")
    make.article("Gleiches Schlagwort", tags=["Russland"], category="Sport", at=make.MOMENT - 3 * HOUR)
    make.article("Gleiches Ressort", category="Ausland", at=make.MOMENT - 2 * HOUR)
    make.article("Irgendetwas", category="Kultur", at=make.MOMENT - HOUR)

    assert set(headlines(client, article)) == {"Gleiches Schlagwort", "Gleiches Ressort", "Irgendetwas"}
    make.house(related_count=2)
    assert set(headlines(client, article)) == {"Gleiches Schlagwort", "Gleiches Ressort"}


def test_s12_the_order_is_time_alone_not_the_number_of_shared_tags(client: Client) -> None:
    article = make.article("Diese", tags=["Russland", "USA", "Öl"])
    make.article("Älter, drei Schlagwörter", tags=["Russland", "USA", "Öl"], at=make.MOMENT - 2 * HOUR)
    make.article("Neuer, eines", tags=["Öl"], at=make.MOMENT - HOUR)
    make.article("Gleich alt, höhere Nummer", tags=["Öl"], at=make.MOMENT - HOUR)

    assert headlines(client, article) == ["Gleich alt, höhere Nummer", "Neuer, eines", "Älter, drei Schlagwörter"]


def test_s13_a_page_a_year_old_shows_todays_list(client: Client) -> None:
    article = make.article("Diese", tags=["Russland"], at=timezone.now() - timedelta(days=365))
    make.article("Gestern", tags=["Russland"], at=timezone.now() - timedelta(days=1))
    assert headlines(client, article) == ["Gestern"]

    make.article("Heute", tags=["Russland"], at=timezone.now())

    assert headlines(client, article) == ["Heute", "Gestern"]


def test_s13_a_new_story_drops_the_pages_of_its_tags(client: Client) -> None:
    article = make.article("Diese", tags=["Russland"])
    kept = client.get(article.get_absolute_url()).headers["Surrogate-Key"].split()

    new = make.article("Neu", tags=["Russland"], category="Sport")

    assert desk.page_keys(new) & set(kept)


def test_s14_the_headline_is_a_link_of_its_own_without_doubled_punctuation(client: Client) -> None:
    article = make.article("Diese", tags=["Russland"])
    make.article("Kommt der Frieden?", tags=["Russland"], lead="Die Lage ist unklar.")

    item = below(client, article).one("ul.related").all("li")[0]

    assert item.one("h3").one("a").line == "Kommt der Frieden?"
    assert "?." not in item.line
    assert ".." not in item.line.replace("weiterlesen...", "")


def test_s15_the_teasers_own_text_comes_before_lead_and_body(client: Client) -> None:
    article = make.article("Diese")
    own = make.article("Eigener Text", lead="Vorspann.", at=make.MOMENT - HOUR)
    make.own_teaser(own, text="Vom Redakteur geschrieben.")
    make.article("Vorspann", lead="Nur der Vorspann.", at=make.MOMENT - 2 * HOUR)
    make.article("Text", lead="", body=f"<p>{'Ein Satz mit sieben kurzen Wörtern hier. ' * 30}</p>", at=make.MOMENT - 3 * HOUR)

    texts = [item.all("p")[0].line for item in below(client, article).one("ul.related").all("li")]

    assert texts[:2] == ["Vom Redakteur geschrieben.", "Nur der Vorspann."]
    assert 300 <= len(texts[2]) <= 500
    assert texts[2].endswith("hier.")


def test_s16_joined_paragraphs_have_one_blank_between_them(client: Client) -> None:
    article = make.article("Diese")
    make.article("Jene", lead="", body='<p>Er sagte: "Ja."</p><p>Dann ging er.</p><p>Sie blieb.</p>')

    text = below(client, article).one("ul.related").all("p")[0].text

    assert text == 'Er sagte: "Ja." Dann ging er. Sie blieb.'


def test_s17_the_last_line_names_category_and_time_without_seconds(client: Client) -> None:
    article = make.article("Diese")
    make.article("Jene", category="Ausland", at=datetime(2026, 2, 4, 16, 51, 12, tzinfo=UTC))

    meta = below(client, article).one("ul.related").one("p.meta")

    assert meta.line.startswith("(Ausland, 04.02.2026 - 17:51)")
    assert meta.one("time")["datetime"] == "2026-02-04T17:51:12+01:00"
    assert meta.all("a")[0]["href"] == "/ausland/"


def test_s18_the_category_has_a_name_for_people_and_a_slug_for_addresses(client: Client) -> None:
    article = make.article("Diese")
    make.article("Jene", category="Börse")

    link = below(client, article).one("ul.related").one("p.meta").all("a")[0]

    assert (link.line, link["href"]) == ("Börse", "/boerse/")


def test_s19_the_link_is_seen_but_the_headline_is_the_one_tab_stop(client: Client) -> None:
    article = make.article("Diese")
    other = make.article("Jene")

    item = below(client, article).one("ul.related").all("li")[0]

    link = item.one("a.read-on")
    assert link.line == "weiterlesen..."
    assert (link["href"], link["tabindex"], link["aria-hidden"]) == (other.get_absolute_url(), "-1", "true")
    assert "tabindex" not in item.one("h3").one("a").attributes
