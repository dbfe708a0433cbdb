"""`/robots.txt` and the reservation of text and data mining say what editors decided, everywhere the same."""

from __future__ import annotations

import json
from typing import Any
from urllib.robotparser import RobotFileParser

import pytest
from django.test import Client

from articles.models import House
from articles.pages.robots import ON_DEMAND, SEARCH, TRAINING
from tests import make
from tests.page import Node, read

pytestmark = pytest.mark.django_db
SWITCHES = {"allows_training": TRAINING, "allows_ai_search": SEARCH, "allows_on_demand": ON_DEMAND}
ARTICLE = "https://tagblatt.example/ausland/rat-beschliesst-17/"
POLICY = "https://tagblatt.example/lizenz"


@pytest.fixture(autouse=True)
def _house(db: None) -> None:
    make.house()


def robots(client: Client) -> RobotFileParser:
    """As Python's own parser understands it."""
    response = client.get("/robots.txt")
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    parser = RobotFileParser()
    parser.parse(response.content.decode().splitlines())
    return parser


def told(client: Client, path: str) -> dict[str, str]:
    """By header and by `meta`, which must agree."""
    response = client.get(path)
    said = {name.lower(): value for name, value in response.headers.items() if name.lower().startswith("tdm-")}
    if "html" in response.headers["Content-Type"]:
        assert said == meta(read(response))
    return said


def meta(page: Node) -> dict[str, str]:
    return {one["name"]: one["content"] for one in page.all("meta") if one.attributes.get("name", "").startswith("tdm-")}


def rules(client: Client) -> Any:
    response = client.get("/.well-known/tdmrep.json")
    assert response.headers["Content-Type"] == "application/json"
    return json.loads(response.content)


def test_the_sitemaps_are_named(client: Client) -> None:
    names = robots(client).site_maps()

    assert names == ["https://tagblatt.example/sitemap.xml", "https://tagblatt.example/sitemap-news.xml"]
    assert {client.get(name.removeprefix("https://tagblatt.example")).status_code for name in names or []} == {200}


@pytest.mark.parametrize("path", ["/admin/", "/admin/articles/article/", "/vorschau/1:x/", "/wire/dpa/"])
def test_the_editors_side_is_closed_to_all(client: Client, path: str) -> None:
    parser = robots(client)

    assert not any(parser.can_fetch(agent, path) for agent in ("Googlebot", "Bingbot", *TRAINING, *SEARCH, *ON_DEMAND))


@pytest.mark.parametrize("path", [ARTICLE, "/", "/ausland/", "/rss.xml", "/sitemap.xml", "/bild/x.jpg", "/static/css/site.css"])
def test_readers_pages_are_open_to_search_engines(client: Client, path: str) -> None:
    House.objects.update(allows_training=False, allows_ai_search=False, allows_on_demand=False)

    assert all(robots(client).can_fetch(agent, path) for agent in ("Googlebot", "Bingbot", "Mozilla"))


def test_training_is_forbidden_and_search_allowed_until_editors_decide(client: Client) -> None:
    parser = robots(client)

    assert {parser.can_fetch(agent, ARTICLE) for agent in TRAINING} == {False}
    assert {parser.can_fetch(agent, ARTICLE) for agent in (*SEARCH, *ON_DEMAND)} == {True}


@pytest.mark.parametrize("switch", SWITCHES)
@pytest.mark.parametrize("is_allowed", [True, False])
def test_each_purpose_has_its_switch(client: Client, switch: str, is_allowed: bool) -> None:
    House.objects.update(**{**dict.fromkeys(SWITCHES, not is_allowed), switch: is_allowed})

    parser = robots(client)

    for name, agents in SWITCHES.items():
        expected = is_allowed if name == switch else not is_allowed
        assert {parser.can_fetch(agent, ARTICLE) for agent in agents} == {expected}, name


def test_no_agent_has_two_purposes() -> None:
    agents = [agent.lower() for agent in (*TRAINING, *SEARCH, *ON_DEMAND)]

    assert len(set(agents)) == len(agents)


@pytest.mark.parametrize("path", ["/robots.txt", "/.well-known/tdmrep.json"])
def test_caches_keep_it_until_the_house_changes(client: Client, path: str) -> None:
    first = client.get(path)

    assert "s-maxage=300" in first.headers["Cache-Control"]
    assert "all" in first.headers["Surrogate-Key"].split()
    assert client.get(path, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    assert client.post(path).status_code == 405


def test_mining_is_reserved_until_editors_decide(client: Client) -> None:
    article = make.article()

    for path in ("/", "/ausland/", article.get_absolute_url(), "/impressum/", "/gibt-es-nicht/", "/rss.xml", "/sitemap.xml"):
        assert told(client, path) == {"tdm-reservation": "1"}, path
    assert rules(client) == [{"location": "/", "tdm-reservation": 1}]


def test_the_policy_is_named_beside_it(client: Client) -> None:
    House.objects.update(tdm_policy=POLICY)

    assert told(client, "/") == {"tdm-reservation": "1", "tdm-policy": POLICY}
    assert rules(client) == [{"location": "/", "tdm-reservation": 1, "tdm-policy": POLICY}]


def test_where_nobody_reserves_it_that_is_said_too(client: Client) -> None:
    House.objects.update(tdm_reservation=False)
    article = make.article(agency=make.agency("nda", tdm_reservation=False))

    assert {told(client, path)["tdm-reservation"] for path in ("/", article.get_absolute_url(), "/quelle/nda/")} == {"0"}
    assert rules(client) == [{"location": "/", "tdm-reservation": 0}]


def test_an_agencys_copy_is_reserved_where_the_house_reserves_nothing(client: Client) -> None:
    House.objects.update(tdm_reservation=False)
    own = make.article("Eigenes")
    theirs = make.article("Fremdes", agency=make.agency("nda", tdm_reservation=True))
    free = make.article("Freies", agency=make.agency("zda", tdm_reservation=False))

    said = {path: told(client, path)["tdm-reservation"] for path in (
        own.get_absolute_url(), theirs.get_absolute_url(), free.get_absolute_url(), "/", "/quelle/nda/", "/rss.xml",
    )}  # fmt: skip

    assert list(said.values()) == ["0", "1", "0", "1", "1", "1"]
    assert rules(client) == [{"location": "/quelle/nda/", "tdm-reservation": 1}]


def test_an_agency_of_which_readers_do_not_know_is_not_named(client: Client) -> None:
    House.objects.update(tdm_reservation=False)
    make.draft(agency=make.agency("geheim", tdm_reservation=True))

    assert rules(client) == []


def test_a_304_says_it_as_well(client: Client) -> None:
    etag = client.get("/").headers["ETag"]

    assert client.get("/", headers={"If-None-Match": etag}).headers["tdm-reservation"] == "1"
