"""A search as a feed: what is found, the newest first, for as long as it is public."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import quote

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from articles import desk
from articles.models import Article
from newsroom.pagecache.address import Addresses
from tests import make
from tests.pages.feeds.feedreader import parsed

pytestmark = pytest.mark.django_db
FORMS = ("rss.xml", "atom.xml", "feed.json")


@pytest.fixture(autouse=True)
def _house(db: None) -> None:
    make.house()


@pytest.fixture
def found() -> Article:
    make.article("Ein Kai für alle", body="<p>Die Fähre legt an.</p>")
    return make.article("Fähre fährt wieder", at=make.MOMENT + timedelta(hours=1))


def titles(client: Client, path: str) -> list[str]:
    if path.split("?", maxsplit=1)[0].endswith("json"):
        return [item["title"] for item in client.get(path).json()["items"]]
    return [entry.title for entry in parsed(client, path).entries]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.usefixtures("found")
def test_every_format_holds_the_hits(client: Client, form: str) -> None:
    assert titles(client, f"/suche/{form}?q=F%C3%A4hren") == ["Fähre fährt wieder", "Ein Kai für alle"]
    assert titles(client, f"/suche/{form}?q=Quark") == []
    assert titles(client, f"/suche/{form}?q=F%C3%A4hre&bis=2025-02-23") == []
    assert client.get(f"/suche/{form}").status_code == 404


@pytest.mark.usefixtures("found")
def test_it_names_the_search_it_is_of(client: Client) -> None:
    feed = parsed(client, "/suche/rss.xml?q=F%C3%A4hre+-Quark&utm_source=x").feed
    query = f"?q={quote('Fähre')}+-Quark"
    assert (feed.title, feed.link) == ("Tagblatt – Suche: Fähre -Quark", f"https://tagblatt.example/suche/{query}")
    assert f"/suche/rss.xml{query}" in [link.href.removeprefix("https://tagblatt.example") for link in feed.links if link.rel == "self"]


def test_what_is_withdrawn_is_gone(client: Client, found: Article) -> None:
    desk.withdraw(found)
    assert titles(client, "/suche/rss.xml?q=F%C3%A4hre") == ["Ein Kai für alle"]


def test_the_search_leads_there(client: Client) -> None:
    page = client.get("/suche/?q=F%C3%A4hre&sortierung=beste").content.decode()
    assert 'href="/suche/rss.xml?q=F%C3%A4hre" rel="nofollow"' in page
    assert "/suche/rss.xml" not in client.get("/suche/").content.decode()


def test_the_page_cache_knows_its_parameters() -> None:
    addresses = Addresses([], settings.PAGE_CACHE_PARAMETERS)
    assert addresses.query("/suche/rss.xml", "utm_x=1&q=a&von=2025-02-24") == "q=a&von=2025-02-24"


def test_of_today_it_ends_at_midnight(client: Client) -> None:
    make.article("Fähre heute", at=timezone.now() - timedelta(seconds=1))
    response = client.get("/suche/rss.xml?q=F%C3%A4hre&zeitraum=heute")
    assert response.status_code == 200
    assert "s-maxage" in response.headers["Cache-Control"]
