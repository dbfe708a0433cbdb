"""`/feeds/` for people and `/feeds.opml` for their programs name every feed that there is, and none that there is not."""

from __future__ import annotations

import pytest
from django.test import Client

from articles.models import Tag
from articles.text.slugs import RESERVED
from tests import make
from tests.page import read
from tests.pages.feeds import feedreader as reader

pytestmark = pytest.mark.django_db
ORIGIN = "https://tagblatt.example"


@pytest.fixture(autouse=True)
def _site(db: None) -> None:
    make.house(name="Tagblatt & Co")
    make.article(tags=["Russland"], authors=["Helene Kramer"], agency=make.agency("nda"))
    make.draft("Entwurf", category="Inland", tags=["Geheim"], authors=["Kim Osei"], agency=make.agency("zda"))
    Tag.objects.create(name="Alt", slug="alt", merged_into=make.tag("Russland"))


def outlines(client: Client) -> dict[str, dict[str, str]]:
    """By path, in order."""
    tree = reader.tree(reader.body(client, "/feeds.opml"))
    assert (tree.tag, tree.get("version"), [child.tag for child in tree]) == ("opml", "2.0", ["head", "body"])
    assert all(outline.get("text") for outline in tree.iter("outline"))
    return {str(one.get("xmlUrl")).removeprefix(ORIGIN): dict(one.attrib) for one in tree.iter("outline") if one.get("xmlUrl")}


def test_the_file_names_every_list_that_readers_know(client: Client) -> None:
    assert list(outlines(client)) == [
        "/rss.xml", "/ausland/rss.xml", "/inland/rss.xml", "/quelle/nda/rss.xml", "/autor/helene-kramer/rss.xml", "/thema/russland/rss.xml",
    ]  # fmt: skip


def test_every_address_in_it_is_there_and_is_what_it_says(client: Client) -> None:
    for path, said in outlines(client).items():
        found = reader.parsed(client, path)
        assert said["type"] == "rss"
        assert said["htmlUrl"] == found.feed.link
        assert client.get(said["htmlUrl"].removeprefix(ORIGIN)).status_code == 200


def test_names_of_whatever_kind_stand_in_it(client: Client) -> None:
    make.article("Zwei", tags=['Öl & "Gas" <neu>'])

    names = [said["text"] for said in outlines(client).values()]

    assert names[0] == "Tagblatt & Co"
    assert 'Öl & "Gas" <neu>' in names


def test_the_page_links_three_feeds_for_each_list(client: Client) -> None:
    page = read(client.get("/feeds/"))

    links = [link["href"] for link in page.one("main").all("a")]

    for path in ("/", "/ausland/", "/inland/", "/quelle/nda/"):
        assert {f"{path}rss.xml", f"{path}atom.xml", f"{path}feed.json"} <= set(links)
    assert "/feeds.opml" in links
    assert {client.get(link).status_code for link in links} == {200}


def test_every_page_leads_there(client: Client) -> None:
    footer = read(client.get("/impressum/")).one("footer.site-footer")

    assert "/feeds/" in [link["href"] for link in footer.all("a")]
    assert client.get("/feeds").headers["Location"] == "/feeds/"


def test_no_category_can_take_the_words() -> None:
    assert {"feeds", "rss", "atom", "feed", "sitemap", "robots"} <= RESERVED


@pytest.mark.parametrize("path", ["/feeds/", "/feeds.opml"])
def test_it_is_kept_and_compressed_like_a_page(client: Client, path: str) -> None:
    first = client.get(path, headers={"Accept-Encoding": "gzip"})

    assert first.headers["Content-Encoding"] == "gzip"
    assert "front" in first.headers["Surrogate-Key"].split()
    assert client.get(path, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
