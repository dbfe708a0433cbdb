"""Rows s1–s8, s30 and s33: the article itself."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from articles import desk
from articles.models import Article, Status, Tagging
from tests import make
from tests.page import Node, json_ld, read

pytestmark = pytest.mark.django_db


def show(client: Client, article: Article) -> Node:
    return read(client.get(article.get_absolute_url()))


def test_s1_tags_stand_in_the_order_given_and_lead_to_their_topics(client: Client) -> None:
    article = make.article(tags=["Russland", "USA", "Abrüstung"])

    line = show(client, article).one("span.article__tagline")

    assert line.line == "Russland, USA, Abrüstung"
    assert [link["href"] for link in line.all("a")] == ["/thema/russland/", "/thema/usa/", "/thema/abruestung/"]
    assert line.parent is not None
    assert line.parent.tag == "header"


def test_s1_the_tag_line_is_no_part_of_the_headline(client: Client) -> None:
    article = make.article("Rat beschließt Plan", tags=["Russland"])

    page = show(client, article)

    assert page.one("h1").line == "Rat beschließt Plan"


def test_s1_the_order_is_data_and_can_be_changed(client: Client) -> None:
    article = make.article(tags=["USA", "Russland"])

    desk.set_tags(article, [make.tag("Russland"), make.tag("USA")])

    assert show(client, article).one("span.article__tagline").line == "Russland, USA"
    assert list(Tagging.objects.filter(content_object=article).values_list("position", flat=True)) == [0, 1]


def test_s1_without_tags_the_category_stands_there(client: Client) -> None:
    article = make.article(category="Börse")

    line = show(client, article).one("span.article__tagline")

    assert line.line == "Börse"
    assert line.one("a")["href"] == "/boerse/"


def test_s2_there_is_one_headline_and_the_title_is_made_from_it(client: Client) -> None:
    make.house(name="Tagblatt")
    article = make.article("Ärger über Öl – Straße gesperrt")

    page = show(client, article)

    assert page.one("h1").text == "Ärger über Öl\u00a0– Straße gesperrt"
    assert page.one("title").text == "Ärger über Öl\u00a0– Straße gesperrt – Tagblatt"
    assert page.one("html")["lang"] == "de"


def test_s2_the_headline_is_plain_text(client: Client) -> None:
    article = make.article("<b>Müller & Söhne</b>")

    page = show(client, article)

    assert page.one("h1").text == "<b>Müller & Söhne</b>"


def test_s2_umlauts_become_two_letters_in_the_address(client: Client) -> None:
    article = make.article("Ärger über Öl: Straße gesperrt")

    assert article.slug == "aerger-ueber-oel-strasse-gesperrt"
    assert client.get(article.get_absolute_url()).status_code == 200


def test_s3_the_time_is_berlin_time_to_the_second(client: Client) -> None:
    article = make.article(at=datetime(2025, 2, 24, 20, 44, 10, tzinfo=UTC))

    time = show(client, article).one("span.article__time").one("time")

    assert time.text == "24.02.2025 - 21:44:10"
    assert time["datetime"] == "2025-02-24T21:44:10+01:00"


def test_s3_the_hour_that_exists_twice_is_told_apart_by_its_offset(client: Client) -> None:
    first = make.article("Erste", at=datetime(2025, 10, 26, 0, 30, tzinfo=UTC))
    second = make.article("Zweite", at=datetime(2025, 10, 26, 1, 30, tzinfo=UTC))

    times = [show(client, article).one("span.article__time").one("time") for article in (first, second)]

    assert [time.text for time in times] == ["26.10.2025 - 02:30:00"] * 2
    assert [time["datetime"] for time in times] == ["2025-10-26T02:30:00+02:00", "2025-10-26T02:30:00+01:00"]


def test_s3_an_update_adds_a_second_time_and_a_small_edit_does_not(client: Client) -> None:
    article = make.article()

    desk.revise(article, {"body": "<p>Ein Tippfehler weniger.</p>"}, kind="edit")
    assert "Aktualisiert" not in show(client, article).text

    desk.revise(article, {"body": "<p>Neue Tatsachen.</p>"}, kind="update")
    times = show(client, article).one("span.article__time")

    assert "Aktualisiert:" in times.line
    assert len(times.all("time")) == 2


def test_s3_ties_are_broken_by_id(client: Client) -> None:
    first, second = make.article("Erste"), make.article("Zweite")

    page = read(client.get("/ausland/"))

    assert [link.line for link in page.all(".teaser__title")] == ["Zweite", "Erste"]
    assert second.pk > first.pk


def test_s4_the_lead_is_description_and_paragraph(client: Client) -> None:
    article = make.article(lead="Der Rat hat entschieden, und zwar für lange Zeit.")

    page = show(client, article)

    assert page.one("p.article__lead").text == "Der Rat hat entschieden, und zwar für lange Zeit."
    description = next(meta for meta in page.all("meta") if meta.attributes.get("name") == "description")
    assert description["content"] == "Der Rat hat entschieden, und zwar für lange Zeit."


def test_s4_a_lead_the_agency_sent_twice_is_printed_once(client: Client) -> None:
    article = make.article(lead="Der Rat hat entschieden.", body="<p>Der Rat hat entschieden.</p><p>Danach kam der Regen.</p>")

    page = show(client, article)

    assert page.text.count("Der Rat hat entschieden.") == 1 + json.dumps(json_ld(page)).count("Der Rat hat entschieden.")
    assert page.one("div.prose").line == "Danach kam der Regen."


def test_s5_paragraphs_stay_paragraphs(client: Client) -> None:
    article = make.article(body="<p>Eins\u00a0Meter.</p><p>Zwei.</p>")

    paragraphs = show(client, article).one("div.prose").all("p")

    assert [paragraph.text for paragraph in paragraphs] == ["Eins\u00a0Meter.", "Zwei."]


QUOTED = '<p>Er sagte: «Das ist „gut“ so.» Sie: "Nein."</p>'


@pytest.mark.parametrize(
    ("style", "printed"),
    [
        ("as-delivered", 'Er sagte: «Das ist „gut“ so.» Sie: "Nein."'),
        ("german", "Er sagte: „Das ist ‚gut‘ so.“ Sie: „Nein.“"),
        ("guillemets", "Er sagte: »Das ist ›gut‹ so.« Sie: »Nein.«"),
        ("swiss", "Er sagte: «Das ist ‹gut› so.» Sie: «Nein.»"),
    ],
)
def test_s6_the_house_decides_how_quotes_are_printed(client: Client, style: str, printed: str) -> None:
    make.house(quote_style=style)
    article = make.article("Rat «zögert»", body=QUOTED)

    page = show(client, article)

    assert page.one("div.prose").line == printed
    article.refresh_from_db()
    assert article.body == QUOTED


def test_s6_two_agencies_with_two_styles_stand_on_one_page(client: Client) -> None:
    make.article("Minister nennt Plan «mutig»", agency=make.agency("nda"))
    make.article('Opposition nennt Plan "Unsinn"', agency=make.agency("tnd"))

    titles = [node.line for node in read(client.get("/ausland/")).all(".teaser__title")]

    assert titles == ['Opposition nennt Plan "Unsinn"', "Minister nennt Plan «mutig»"]


def test_s6_attributes_and_addresses_keep_their_quotes(client: Client) -> None:
    make.house(quote_style="german")
    article = make.article(body='<p>"Hier" <a href="https://example.org/?a=1&amp;b=%22x%22">klicken</a> <code>"x"</code></p>')

    prose = show(client, article).one("div.prose")

    assert prose.one("a")["href"] == "https://example.org/?a=1&b=%22x%22"
    assert prose.one("code").text == '"x"'
    assert prose.text.strip().startswith("„Hier“")


def test_s7_the_desks_parentheses_are_left_alone(client: Client) -> None:
    article = make.article(body="<p>«Sie haben (Vorkommen von) seltenen Erden», sagte er.</p>")

    assert "Sie haben (Vorkommen von) seltenen Erden" in show(client, article).one("div.prose").text


def test_s8_licensed_copy_carries_its_credit(client: Client) -> None:
    article = make.article(agency=make.agency("nda"))

    page = show(client, article)

    credit = page.one("p.article__credit")
    assert credit.line == "@ nda.example"
    assert credit.one("a")["href"] == "https://nda.example/"
    told = json_ld(page)["NewsArticle"]
    assert told["sourceOrganization"]["name"] == "Agentur nda"
    assert told["creditText"] == "nda.example"


def test_s8_own_copy_carries_the_byline_instead(client: Client) -> None:
    article = make.article(authors=["Helene Kramer", "Kofi Osei"])

    page = show(client, article)

    assert page.all("p.article__credit") == []
    byline = page.one("dl.article__provenance").all("a")
    assert [link.line for link in byline[:2]] == ["Helene Kramer", "Kofi Osei"]
    assert [author["name"] for author in json_ld(page)["NewsArticle"]["author"]] == ["Helene Kramer", "Kofi Osei"]


def test_s8_without_a_credit_line_nothing_appears() -> None:
    agency = make.agency("nda")
    article = make.draft(agency=agency)
    agency.credit_line = "  "

    with pytest.raises(desk.Refused, match="Quellenzeile"):
        desk.publish(article)

    article.refresh_from_db()
    assert article.status == Status.DRAFT


@pytest.mark.parametrize(
    "old",
    ["/ausland/falsch-{}/", "/sport/rat-beschliesst-neuen-plan-{}/", "/AUSLAND/rat-beschliesst-neuen-plan-{}/",
     "/ausland/rat-beschliesst-neuen-plan-{}", "/x/-{}", "/ausland//rat-beschliesst-neuen-plan-{}/", "/ausland/Über%20Öl-{}/"],
)  # fmt: skip
def test_s30_an_old_address_leads_to_the_right_one_in_one_hop(client: Client, old: str) -> None:
    article = make.article()

    response = client.get(old.format(article.pk))

    assert response.status_code == 301
    assert response.headers["Location"] == article.get_absolute_url()
    assert client.get(response.headers["Location"]).status_code == 200


def test_s30_a_new_headline_keeps_old_links_alive(client: Client) -> None:
    article = make.article("Alte Überschrift")
    old = article.get_absolute_url()

    desk.revise(article, {"headline": "Neue Überschrift", "slug": "neue-ueberschrift", "category": make.category("Sport")})

    assert client.get(old).headers["Location"] == f"/sport/neue-ueberschrift-{article.pk}/"


def test_s33_machines_are_told_what_the_page_says(client: Client) -> None:
    article = make.article("Rat sagt «ja» & „nein“ – vorerst", tags=["Russland", "USA"], category="Börse")
    desk.revise(article, {"body": "<p>Neu.</p>", "updated_at": make.MOMENT + timedelta(hours=2)}, kind="update")

    page = show(client, article)

    told = json_ld(page)["NewsArticle"]
    assert told["headline"] == page.one("h1").text == "Rat sagt «ja» & „nein“\u00a0– vorerst"
    assert told["datePublished"] == "2025-02-24T21:44:10+01:00"
    assert told["dateModified"] == "2025-02-24T23:44:10+01:00"
    assert told["articleSection"] == "Börse"
    assert told["keywords"] == ["Russland", "USA"]
    assert told["mainEntityOfPage"] == f"https://tagblatt.example{article.get_absolute_url()}"


def test_s33_a_headline_cannot_break_out_of_the_data(client: Client) -> None:
    article = make.article("</script><script>alert(1)</script>")

    page = show(client, article)

    assert [script["type"] for script in page.all("script")] == ["application/ld+json"]
    assert json_ld(page)["NewsArticle"]["headline"] == "</script><script>alert(1)</script>"
