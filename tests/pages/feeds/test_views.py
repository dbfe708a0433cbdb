"""Feeds lie below every list, hold what it holds, and live in caches as long as it does."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from articles import desk
from articles.models import Tag
from articles.signals import pages_changed
from tests import make
from tests.page import read
from tests.pages.feeds import feedreader as reader
from tests.pages.feeds.feedreader import FORMS

pytestmark = pytest.mark.django_db
LISTS = ["/", "/ausland/", "/thema/russland/", "/autor/helene-kramer/", "/quelle/nda/"]
KINDS = {"rss.xml": "application/rss+xml", "atom.xml": "application/atom+xml", "feed.json": "application/feed+json"}


@pytest.fixture(autouse=True)
def _house(db: None) -> None:
    make.house()


def full(headline: str = "Rat beschließt", **fields: Any) -> Any:
    return make.article(headline, **{"tags": ["Russland"], "authors": ["Helene Kramer"], "agency": make.agency("nda"), **fields})


def titles(client: Client, path: str) -> list[str]:
    return [item["title"] for item in reader.jsonfeed(client, path)["items"]]


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("form", FORMS)
def test_every_list_has_every_feed(client: Client, path: str, form: str) -> None:
    full()

    response = client.get(f"{path}{form}")

    assert response.status_code == 200
    assert response.headers["Content-Type"] == f"{KINDS[form]}; charset=utf-8"


@pytest.mark.parametrize("path", LISTS)
def test_a_page_names_its_feeds(client: Client, path: str) -> None:
    full()

    links = [link for link in read(client.get(path)).all("link") if link.attributes.get("rel") == "alternate"]

    assert [(link["type"], link["href"]) for link in links] == [(KINDS[form], f"{path}{form}") for form in FORMS]
    assert all(link["title"].startswith("Tagblatt") for link in links)


def test_the_ticker_names_the_feed_of_everything_and_a_day_none(client: Client) -> None:
    full()

    assert 'href="/rss.xml"' in client.get("/ticker/").content.decode()
    assert 'rel="alternate"' not in client.get("/archiv/2025/02/24/").content.decode()


def test_a_feed_holds_the_thirty_newest_in_the_lists_order(client: Client) -> None:
    make.articles(40)

    found = titles(client, "/ausland/")

    assert found == [f"Meldung {number}" for number in range(30)]
    assert titles(client, "/") == found


def test_a_categorys_feed_has_its_further_articles_once(client: Client) -> None:
    article = make.article("Anderswo", category="Inland")
    desk.set_further_categories(article, [make.category("Ausland")])
    make.article("Von hier", at=make.MOMENT - timedelta(minutes=1))

    assert titles(client, "/ausland/") == ["Anderswo", "Von hier"]
    assert titles(client, "/") == ["Anderswo", "Von hier"]


@pytest.mark.parametrize("path", ["/gibts-nicht/", "/thema/x/", "/autor/x/", "/quelle/x/", "/archiv/", "/ticker/", "/ausland/x/", "/thema/"])
@pytest.mark.parametrize("form", FORMS)
def test_elsewhere_there_is_none(client: Client, path: str, form: str) -> None:
    make.category("Ausland")

    assert client.get(f"{path}{form}").status_code == 404


@pytest.mark.parametrize(("typed", "right"), [("/RSS.XML", "/rss.xml"), ("/ausland//Atom.xml", "/ausland/atom.xml")])
def test_an_untidy_address_leads_to_the_feed(client: Client, typed: str, right: str) -> None:
    full()

    assert client.get(typed).headers["Location"] == right


def test_the_feed_of_a_merged_tag_leads_to_that_of_its_end(client: Client) -> None:
    full()
    Tag.objects.create(name="Russische Föderation", slug="rf", merged_into=make.tag("Russland"))
    Tag.objects.create(name="Leer", slug="leer", merged_into=Tag.objects.create(name="Ende", slug="ende"))

    answer = client.get("/thema/rf/atom.xml")

    assert (answer.status_code, answer.headers["Location"]) == (301, "/thema/russland/atom.xml")
    assert client.get("/thema/leer/atom.xml").status_code == 404


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("form", FORMS)
def test_who_has_it_already_gets_304(client: Client, path: str, form: str) -> None:
    full()
    first = client.get(f"{path}{form}")

    again = client.get(f"{path}{form}", headers={"If-None-Match": first.headers["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["Surrogate-Key"] == first.headers["Surrogate-Key"]
    desk.publish(make.draft("Neu", tags=["Russland"], authors=["Helene Kramer"], agency=make.agency("nda")))
    assert client.get(f"{path}{form}", headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


@pytest.mark.parametrize("form", FORMS)
def test_a_feed_is_compressed(client: Client, form: str) -> None:
    full()

    assert client.get(f"/{form}", headers={"Accept-Encoding": "br"}).headers["Content-Encoding"] == "br"


@pytest.mark.parametrize("path", LISTS)
def test_a_feed_is_dropped_with_its_list(client: Client, path: str) -> None:
    article = full()

    page, feed = (set(client.get(one).headers["Surrogate-Key"].split()) for one in (path, f"{path}rss.xml"))

    own = page & {f"category-{article.category_id}", f"agency-{article.agency_id}", *(t.page_key for t in Tag.objects.all())}
    assert own <= feed
    assert feed & desk.page_keys(article) >= {article.page_key}
    assert make.tag("Russland").name_key in feed


@pytest.fixture
def heard(django_capture_on_commit_callbacks: Any) -> Iterator[Any]:
    announced: set[str] = set()

    def hear(*, keys: frozenset[str], **_: Any) -> None:
        announced.update(keys)

    def during(act: Any) -> set[str]:
        announced.clear()
        make.settle()
        with django_capture_on_commit_callbacks(execute=True):
            act()
        return announced

    pages_changed.connect(hear, weak=False)
    yield during
    pages_changed.disconnect(hear)


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("act", ["withdraw", "correct", "publish another", "merge"])
def test_every_act_is_heard_by_the_feed(client: Client, heard: Any, path: str, act: str) -> None:
    article = full()
    another = make.draft("Neu", tags=["Russland"], authors=["Helene Kramer"], agency=make.agency("nda"))
    keys = set(client.get(f"{path}rss.xml").headers["Surrogate-Key"].split())
    acts = {
        "withdraw": lambda: desk.withdraw(article), "correct": lambda: desk.correct(article, "Richtig."),
        "publish another": lambda: desk.publish(another), "merge": lambda: desk.merge_tag(make.tag("Russland"), make.tag("Osten")),
    }  # fmt: skip

    assert keys & heard(acts[act])


@pytest.mark.parametrize("path", LISTS[:2])
@pytest.mark.parametrize("act", [desk.withdraw, desk.hold])
def test_what_is_taken_back_is_gone(client: Client, path: str, act: Any) -> None:
    article = full()
    full("Bleibt")

    act(article)

    assert titles(client, path) == ["Bleibt"]


def test_what_ends_ends_the_feed_and_what_is_planned_too(client: Client) -> None:
    soon = timezone.now().replace(microsecond=0) + timedelta(seconds=50)
    full(visible_until=soon)

    assert "s-maxage=4" in client.get("/rss.xml").headers["Cache-Control"]

    make.article("Gleich", category="Inland", at=soon - timedelta(seconds=20))
    assert "s-maxage=2" in client.get("/inland/rss.xml").headers["Cache-Control"]


def test_rights_to_a_picture_end_the_feed(client: Client) -> None:
    full(picture=make.picture(rights_until=timezone.now() + timedelta(seconds=30)))

    assert "s-maxage=2" in client.get("/atom.xml").headers["Cache-Control"]


def test_a_feed_is_only_read(client: Client) -> None:
    assert client.post("/rss.xml").status_code == 405
    assert client.head("/rss.xml").content == b""
