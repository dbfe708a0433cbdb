"""The key file of IndexNow, and what feeds say of a hub: only where the operator has named one."""

from __future__ import annotations

import pytest
from django.conf import LazySettings
from django.test import Client

from newsroom import env
from tests import make
from tests.pages.feeds import feedreader as reader
from tests.pages.feeds.feedreader import ATOM, FORMS

pytestmark = pytest.mark.django_db
KEY = "Abcdef-1234567890"
HUB = "https://hub.example/?a=1&b=2"


@pytest.fixture(autouse=True)
def _house(db: None) -> None:
    make.house()


def test_the_file_holds_the_key(client: Client, settings: LazySettings) -> None:
    settings.INDEXNOW_KEY = KEY

    response = client.get(f"/{KEY}.txt")

    assert (response.status_code, response.content.decode()) == (200, KEY)
    assert response.headers["Content-Type"].startswith("text/plain")


@pytest.mark.parametrize("path", ["/Abcdef-12345678901.txt", "/abcdef-1234567890.txt", "/Abcdef-1234567890.TXT", "/humans12.txt"])
def test_no_other_file_does(client: Client, settings: LazySettings, path: str) -> None:
    settings.INDEXNOW_KEY = KEY

    assert client.get(path).status_code == 404


def test_without_a_key_there_is_none(client: Client) -> None:
    assert client.get(f"/{KEY}.txt").status_code == 404


def test_feeds_name_the_hub(client: Client, settings: LazySettings) -> None:
    settings.WEBSUB_HUB_URL = HUB
    make.article()

    hubs = [link.get("href") for root in (reader.rss(client), reader.atom(client)) for link in root.findall(f"{ATOM}link") if link.get("rel") == "hub"]

    assert hubs == [HUB, HUB]
    assert reader.jsonfeed(client)["hubs"] == [{"type": "WebSub", "url": HUB}]
    assert reader.rss_faults(reader.rss(client)) == reader.atom_faults(reader.atom(client)) == []
    for form in FORMS:
        assert client.get(f"/{form}").headers["Link"] == f'<{HUB}>; rel="hub", <https://tagblatt.example/{form}>; rel="self"'


@pytest.mark.parametrize("form", FORMS)
def test_without_a_hub_they_name_none(client: Client, form: str) -> None:
    response = client.get(f"/{form}")

    assert "hub" not in response.content.decode()
    assert "Link" not in response.headers


@pytest.mark.parametrize(
    ("name", "value"),
    [("WEBSUB_HUB_URL", "hub.example"), ("WEBSUB_HUB_URL", "https://a b/"), ("INDEXNOW_KEY", "kurz"), ("INDEXNOW_KEY", "mit leer zeichen")],
)
def test_a_setting_that_means_nothing_stops_the_start(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)

    read = {"WEBSUB_HUB_URL": env.hub_url, "INDEXNOW_KEY": env.indexnow_key}[name]

    with pytest.raises(env.UnsafeStart, match=name):
        read()


def test_settings_that_mean_something_are_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    assert (env.hub_url(), env.indexnow_key()) == ("", "")
    monkeypatch.setenv("WEBSUB_HUB_URL", "https://pubsubhubbub.example.org/")
    monkeypatch.setenv("INDEXNOW_KEY", KEY)

    assert (env.hub_url(), env.indexnow_key()) == ("https://pubsubhubbub.example.org/", KEY)
