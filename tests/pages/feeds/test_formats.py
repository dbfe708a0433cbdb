"""RSS, Atom and JSON Feed keep the rules of their formats and say the same as the page."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from articles import desk
from articles.models import Article, Kind
from tests import make
from tests.page import json_ld, read
from tests.pages.feeds import feedreader as reader
from tests.pages.feeds.feedreader import ATOM, CONTENT, CREATOR, FORMS, MEDIA, text, texts

pytestmark = pytest.mark.django_db
NASTY = "»A« & <b>B</b> ]]> \x0b\ufffe „C“ 😀"
PATHS = ["/", "/ausland/", "/thema/russland/", "/autor/helene-kramer/", "/quelle/nda/"]


@pytest.fixture(autouse=True)
def _house(db: None) -> None:
    make.house(publisher="Tagblatt & Söhne", description="Nachrichten <aus> aller Welt")


def full(headline: str = "Rat beschließt", **fields: Any) -> Article:
    ties = {"tags": ["Russland", "Öl & Gas"], "authors": ["Helene Kramer"], "agency": make.agency("nda"), "picture": make.picture()}
    return make.article(headline, **{**ties, **fields})


def hostile() -> Article:
    """As no form would let it pass; copy of agencies is cleaned too, but the feed trusts nobody."""
    article = full(caption=NASTY)
    Article.objects.filter(pk=article.pk).update(headline=NASTY, lead=NASTY, body=f"<p>{NASTY}</p>")
    return article


@pytest.mark.parametrize("path", PATHS)
def test_feeds_keep_the_rules_of_their_formats(client: Client, path: str) -> None:
    for number in range(3):
        full(f"Meldung {number}")
    make.article("Ohne alles", agency=make.agency("nda"), tags=["Russland"], authors=["Helene Kramer"], lead="", body="<p>Kurz.</p>")
    hostile()

    assert reader.rss_faults(reader.rss(client, path)) == []
    assert reader.atom_faults(reader.atom(client, path)) == []
    assert reader.json_faults(reader.jsonfeed(client, path)) == []
    assert len(reader.jsonfeed(client, path)["items"]) == 5


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("form", FORMS[:2])
def test_feedparser_reads_every_feed(client: Client, path: str, form: str) -> None:
    full()
    hostile()

    found = reader.parsed(client, f"{path}{form}")

    assert len(found.entries) == 2
    assert found.feed.language == "de"
    assert {link.href for link in found.feed.links if link.rel == "self"} == {f"https://tagblatt.example{path}{form}"}
    assert found.feed.link == f"https://tagblatt.example{path}"


@pytest.mark.parametrize("form", FORMS)
def test_a_feed_without_articles_is_a_feed(client: Client, form: str) -> None:
    make.category("Ausland")

    for path in ("/", "/ausland/"):
        assert client.get(f"{path}{form}").status_code == 200
    assert reader.rss_faults(reader.rss(client)) == reader.atom_faults(reader.atom(client)) == []
    assert reader.jsonfeed(client)["items"] == []


def test_an_item_says_what_the_page_says(client: Client) -> None:
    article = full()
    desk.revise(article, {"lead": "Neu."}, kind="update")
    told = json_ld(read(client.get(article.get_absolute_url())))["NewsArticle"]

    [item] = reader.jsonfeed(client)["items"]
    [entry] = reader.parsed(client, "/rss.xml").entries

    assert (item["title"], item["url"]) == (told["headline"], told["@id"])
    assert (item["date_published"], item["date_modified"]) == (told["datePublished"], told["dateModified"])
    assert item["tags"] == told["keywords"] == [tag.term for tag in entry.tags] == ["Russland", "Öl & Gas"]
    assert item["authors"] == [{"name": one["name"], "url": one["url"]} for one in told["author"]]
    assert item["image"] == told["image"][0]["url"] == entry.media_content[0]["url"]
    assert item["summary"] == told["description"]


@pytest.mark.parametrize("form", FORMS)
def test_house_quotes_stand_as_on_the_page(client: Client, form: str) -> None:
    make.house(quote_style="guillemets")
    make.article('Er sagt "Nein"', lead='Und "Ja".', body='<p>Dann "Vielleicht".</p>')

    said = reader.body(client, f"/{form}")

    for quoted in ("»Nein«", "»Ja«", "»Vielleicht«"):
        assert quoted in said


def test_the_whole_text_stands_in_every_format(client: Client) -> None:
    full(lead="Der Vorspann.", body='<p>Eins <a href="/thema/x/">zwei</a>.</p><p>Drei.</p>', dateline="Kiew (nda)")
    [item] = reader.rss(client).findall("item")
    [entry] = reader.atom(client).findall(f"{ATOM}entry")

    html = text(item, CONTENT)

    assert text(entry, f"{ATOM}content") == reader.jsonfeed(client)["items"][0]["content_html"] == html
    for part in ("Der Vorspann.", "Kiew (nda)", 'Eins <a href="https://tagblatt.example/thema/x/">zwei</a>.', "<p>Drei.</p>", "@ nda.example"):
        assert part in html
    assert entry.find(f"{ATOM}content").get("type") == "html"  # type: ignore[union-attr]


def test_a_lead_that_the_copy_says_again_stands_once(client: Client) -> None:
    make.article(lead="Das steht fest.", body="<p>Das steht fest.</p><p>Mehr.</p>")

    assert text(reader.rss(client).findall("item")[0], CONTENT).count("Das steht fest.") == 1


@pytest.mark.parametrize("form", FORMS)
def test_where_the_licence_forbids_it_only_the_lead_stands_there(client: Client, form: str) -> None:
    agency = make.agency("nda", full_text_in_feeds=False)
    article = make.article(agency=agency, body="<p>Nur auf der Seite.</p>", lead="Der Vorspann.")

    said = reader.body(client, f"/{form}")

    assert "Nur auf der Seite" not in said
    assert "Der Vorspann." in said
    assert "@ nda.example" in said
    assert article.get_absolute_url() in said
    assert "Nur auf der Seite" in client.get(article.get_absolute_url()).content.decode()


def test_pictures_come_with_size_caption_and_credit(client: Client) -> None:
    full(caption="Der Hafen.")
    [item] = reader.rss(client).findall("item")
    [entry] = reader.atom(client).findall(f"{ATOM}entry")

    media = item.find(f"{MEDIA}content")

    assert media is not None
    assert (media.get("type"), media.get("medium"), media.get("width"), media.get("height")) == ("image/jpeg", "image", "1280", "720")
    assert (text(media, f"{MEDIA}description"), text(media, f"{MEDIA}credit")) == ("Der Hafen.", "Ole Petersen/nda")
    assert item.find("enclosure").get("url") == media.get("url")  # type: ignore[union-attr]
    assert [link.get("href") for link in entry.findall(f"{ATOM}link") if link.get("rel") == "enclosure"] == [media.get("url")]
    assert str(media.get("url")).startswith("https://tagblatt.example/bild/")


@pytest.mark.parametrize("fields", [{"rendered": False}, {"rights_until": make.MOMENT}])
@pytest.mark.parametrize("form", FORMS)
def test_a_picture_that_may_not_be_shown_is_left_out(client: Client, form: str, fields: dict[str, Any]) -> None:
    full(picture=make.picture(**fields))

    assert "/bild/" not in reader.body(client, f"/{form}")


def test_the_guid_survives_every_change_and_leads_to_the_article(client: Client) -> None:
    article = full()
    before = reader.jsonfeed(client)["items"][0]["id"]

    desk.revise(article, {"headline": "Ganz anders", "slug": "ganz-anders", "category": make.category("Inland")})

    items = reader.jsonfeed(client)["items"]
    assert [item["id"] for item in items] == [before]
    assert items[0]["url"].endswith(f"/inland/ganz-anders-{article.pk}/")
    assert text(reader.rss(client).findall("item")[0], "guid") == text(reader.atom(client).findall(f"{ATOM}entry")[0], f"{ATOM}id") == before
    answer = client.get(before.removeprefix("https://tagblatt.example"))
    assert (answer.status_code, answer.headers["Location"]) == (301, article.get_absolute_url())


def test_a_correction_makes_the_entry_new_and_is_told(client: Client) -> None:
    article = full()
    published = reader.jsonfeed(client)["items"][0]

    desk.correct(article, "Es waren drei, nicht vier.")

    corrected = reader.jsonfeed(client)["items"][0]
    assert corrected["date_published"] == published["date_published"]
    assert corrected["date_modified"] > published["date_modified"]
    assert "Es waren drei, nicht vier." in corrected["content_html"]
    assert text(reader.atom(client), f"{ATOM}updated") == corrected["date_modified"]


def test_an_edit_changes_the_entry_but_not_its_date(client: Client) -> None:
    article = full()
    before = reader.jsonfeed(client)["items"][0]

    desk.revise(article, {"body": "<p>Ohne Tippfehler.</p>"})

    after = reader.jsonfeed(client)["items"][0]
    assert "Ohne Tippfehler." in after["content_html"]
    assert after["date_modified"] == before["date_modified"]


def test_the_articles_teaser_speaks_for_it(client: Client) -> None:
    make.own_teaser(full(), headline="Kurz gesagt", text="Darum geht es.")

    [item] = reader.jsonfeed(client)["items"]

    assert (item["title"], item["summary"]) == ("Kurz gesagt", "Darum geht es.")


def test_advertising_is_called_so(client: Client) -> None:
    make.article("Neue Küche", kind=Kind.ADVERTISEMENT)

    assert reader.jsonfeed(client)["items"][0]["title"] == "Anzeige: Neue Küche"


def test_who_wrote_it_is_named_else_who_sent_it_else_the_house(client: Client) -> None:
    make.article("Eigenes")
    make.article("Agentur", agency=make.agency("nda"), at=make.MOMENT + timedelta(minutes=1))
    make.article("Autorin", authors=["Helene Kramer", "Kim Osei"], at=make.MOMENT + timedelta(minutes=2))

    creators = [texts(item, CREATOR) for item in reader.rss(client).findall("item")]

    assert creators == [["Helene Kramer", "Kim Osei"], ["Agentur nda"], ["Tagblatt & Söhne"]]


def test_a_feed_is_named_after_site_and_list(client: Client) -> None:
    full()

    titles = [reader.jsonfeed(client, path)["title"] for path in PATHS]

    assert titles == ["Tagblatt", "Tagblatt – Ausland", "Tagblatt – Russland", "Tagblatt – Helene Kramer", "Tagblatt – Agentur nda"]
