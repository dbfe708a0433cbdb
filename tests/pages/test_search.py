"""The search as readers meet it: a form that any address may fill, and what it finds."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
import time_machine
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import desk, search
from articles.models import Kind, Tag, TagAlias
from articles.pages.search import COUNTED, SIZE
from articles.pages.search_form import NAMES
from newsroom.pagecache.address import Addresses
from tests import make
from tests.page import Node, read
from tests.search.test_wishes import HOSTILE

pytestmark = pytest.mark.django_db


def got(client: Client, **asked: str) -> Node:
    response = client.get(f"/suche/?{urlencode(asked)}")
    assert response.status_code == 200
    return read(response)


def titles(client: Client, **asked: str) -> list[str]:
    return [node.line for node in got(client, **asked).all("span.teaser__title")]


def many(number: int, **fields: Any) -> None:
    articles = make.articles(number, step=timedelta(hours=7), **fields)
    search.follow_all([article.pk for article in articles])


def test_without_a_question_there_is_the_form_and_a_hint(client: Client) -> None:
    make.house()
    make.category("Inland")
    page = read(client.get("/suche/"))

    assert page.one("h1").line == "Suche"
    assert "Geben Sie ein Wort ein" in page.one("p.result-count").line
    assert page.one("#q")["name"] == "q"
    assert {node["name"] for node in page if node.attributes.get("name") in NAMES} == set(NAMES)
    assert not [meta for meta in page.all("meta") if meta.attributes.get("name") == "robots"]


@pytest.mark.parametrize(
    ("q", "hint"), [("-Hafen", "Nur auszuschließen"), ("?!", "kein Wort"), ("   ", "Geben Sie ein Wort ein"), ('""', "kein Wort")]
)
def test_a_question_without_a_word_is_answered_with_a_hint(client: Client, q: str, hint: str) -> None:
    assert hint in got(client, q=q).one("p.result-count").line


def test_hits_show_what_was_looked_for(client: Client) -> None:
    make.article(
        "Hafenbahn kommt später", kicker="Verkehr", category="Wirtschaft", agency=make.agency("nda"),
        lead="Das Gleis fehlt.", body="<p>Erstens. Die <strong>Häfen</strong> warten & hoffen. Und die Bahn.</p>",
    )  # fmt: skip
    page = got(client, q="Hafen")
    hit = page.one("article.search-result")

    assert [mark.text for mark in hit.all("mark")] == ["Hafenbahn", "Häfen"]
    assert "Die Häfen warten & hoffen." in hit.one("p.teaser__text").line
    assert hit.one("p.meta").line == "24.02.2025, 21:44\u00a0Uhrnda"
    assert hit.one("span.kicker").text == "Wirtschaft:"
    assert page.one("p.result-count").line == "1 Treffer für „Hafen“, neueste zuerst"
    assert page.one("#q")["value"] == "Hafen"
    assert page.one("title").text.startswith("Suche: Hafen")


def test_a_lead_that_says_it_is_shown_instead_of_the_body(client: Client) -> None:
    make.article("Rat tagt", lead="Es geht um den Hafen.", body="<p>Der Hafen ist alt.</p>")

    assert got(client, q="Häfen").one("p.teaser__text").line == "Es geht um den Hafen."


def test_results_are_not_for_search_engines(client: Client) -> None:
    page = got(client, q="Hafen")

    assert [meta["content"] for meta in page.all("meta") if meta.attributes.get("name") == "robots"] == ["noindex"]
    assert not [link for link in page.all("link") if link.attributes.get("rel") == "canonical"]


def test_what_is_typed_is_never_markup(client: Client) -> None:
    make.article("Kai <b>neu</b> & alt", lead="Vorspann.")
    typed = "\"><script>alert(1)</script>' neu"
    body = client.get("/suche/", {"q": typed, "thema": typed}).content.decode()

    assert "<script>alert" not in body
    assert "<b>" not in client.get("/suche/", {"q": "neu"}).content.decode()


@pytest.mark.parametrize("typed", HOSTILE, ids=range(len(HOSTILE)))
def test_nothing_that_is_typed_breaks_it(client: Client, typed: str) -> None:
    make.article("Hafen")
    typed = typed.encode("utf-8", "replace").decode()

    for name in (*NAMES, "vor", "blatt"):
        response = client.get("/suche/", {"q": "Hafen", name: typed})
        assert response.status_code in (200, 404), name
        assert len(response.content) < 40_000


@pytest.mark.parametrize(
    "asked",
    [{"vor": "x"}, {"vor": "99999999999999-1"}, {"vor": "19000101000000-1"}, {"blatt": "2", "sortierung": "beste"},
     {"blatt": "11", "sortierung": "beste"}, {"blatt": "-1", "sortierung": "beste"}, {"blatt": "1", "sortierung": "beste"}],
)  # fmt: skip
def test_sheets_that_cannot_be_do_not_exist(client: Client, asked: dict[str, str]) -> None:
    make.article("Hafen")

    assert client.get("/suche/", {"q": "Hafen", **asked}).status_code == 404


def test_older_hits_are_read_by_position(client: Client) -> None:
    many(SIZE * 2 + 3)
    path, seen = "/suche/?q=Meldung", []

    while path:
        page = read(client.get(path))
        seen += [node.line for node in page.all("span.teaser__title")]
        path = next((node["href"] for node in page.all("a") if node.attributes.get("rel") == "next"), "")

    assert seen == [f"Meldung {number}" for number in range(SIZE * 2 + 3)]


def test_the_best_are_read_sheet_by_sheet(client: Client) -> None:
    many(SIZE + 5)
    make.article("Rat tagt", lead="Eine Meldung.", at=make.MOMENT - timedelta(days=900))

    first, second = titles(client, q="Meldung", sortierung="beste"), titles(client, q="Meldung", sortierung="beste", blatt="2")

    assert (len(first), len(second)) == (SIZE, 6)
    assert second[-1] == "Rat tagt"


def test_many_hits_are_not_counted_to_the_end(client: Client) -> None:
    many(COUNTED + 5)

    assert got(client, q="Meldung").one("p.result-count").line.startswith("Mehr als 100 Treffer für „Meldung“")


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["Hafen A", "Hafen B", "Hafen C"]), ({"ressort": "inland"}, ["Hafen A"]), ({"ressort": "sport"}, ["Hafen C"]),
        ({"form": "meinung"}, ["Hafen B"]), ({"autor": "Helene Kramer"}, ["Hafen B"]), ({"autor": "helene-kramer"}, ["Hafen B"]),
        ({"quelle": "nda"}, ["Hafen A"]), ({"quelle": "Agentur nda"}, ["Hafen A"]), ({"thema": "Schiffe"}, ["Hafen A", "Hafen C"]),
        ({"thema": "schiffe"}, ["Hafen A", "Hafen C"]), ({"thema": "Dampfer"}, ["Hafen A", "Hafen C"]),
        ({"thema": "Schiffe", "ressort": "ausland"}, ["Hafen C"]), ({"thema": "Gibt es nicht"}, []), ({"autor": "Niemand"}, []),
        ({"quelle": "x"}, []), ({"ressort": "gibt-es-nicht"}, ["Hafen A", "Hafen B", "Hafen C"]), ({"zeitraum": "woche"}, ["Hafen A"]),
        ({"zeitraum": "jahr"}, ["Hafen A", "Hafen B"]), ({"zeitraum": "heute"}, []), ({"form": "bericht", "autor": "Helene Kramer"}, []),
        ({"q": ""}, None), ({"q": "", "thema": "Schiffe"}, ["Hafen A", "Hafen C"]), ({"q": "", "zeitraum": "jahr"}, None),
    ],
)  # fmt: skip
def test_filters_narrow_it(client: Client, asked: dict[str, str], found: list[str] | None) -> None:
    now = timezone.now()
    make.category("Sport")
    make.article("Hafen A", at=now - timedelta(days=3), category="Inland", agency=make.agency("nda"), tags=["Schiffe"])
    make.article("Hafen B", at=now - timedelta(days=90), authors=["Helene Kramer"], kind=Kind.OPINION)
    also = make.article("Hafen C", at=now - timedelta(days=800), tags=["Schiffe"])
    desk.set_further_categories(also, [make.category("Sport")])
    TagAlias.objects.create(name="Dampfer", tag=Tag.objects.get(name="Schiffe"))

    assert titles(client, **{"q": "Hafen", **asked}) == (found or [])
    if found is None:
        assert "Geben Sie ein Wort ein" in got(client, **asked).one("p.result-count").line


def test_a_merged_tag_still_filters(client: Client) -> None:
    old, new = make.tag("Dampfer"), make.tag("Schiffe")
    make.article("Hafen", tags=["Dampfer"])
    Tag.objects.filter(pk=old.pk).update(merged_into=new)
    desk.merge_tag(old, new)

    assert titles(client, thema="Dampfer") == titles(client, thema="Schiffe") == ["Hafen"]


def test_the_form_keeps_what_was_chosen(client: Client) -> None:
    make.category("Inland")
    page = got(client, q="Hafen", ressort="inland", form="meinung", zeitraum="woche", sortierung="beste", autor="Kramer")

    assert [option["value"] for option in page.all("option") if "selected" in option.attributes] == ["inland", "woche", "meinung", "beste"]
    assert page.one("#f-autor")["value"] == "Kramer"
    assert "open" in page.one("details.search-form__more").attributes


def test_a_slip_of_the_finger_is_answered_with_a_question(client: Client) -> None:
    make.article("Gletscher schmelzen")
    page = got(client, q="Gletschr", zeitraum="jahr")
    note = next(node for node in page.all("p.result-note") if "Meinten Sie" in node.line)

    assert note.line == "Meinten Sie Gletscher?"
    assert note.one("a")["href"] == "/suche/?q=Gletscher&zeitraum=jahr"
    assert "Keine Treffer" in page.one("p.result-count").line


def test_nobody_is_asked_whether_he_meant_a_word_of_hidden_copy(client: Client) -> None:
    make.article("Gletscher schmelzen", at=timezone.now() + timedelta(hours=1))

    assert "Meinten" not in got(client, q="Gletschr").text


def test_topics_of_the_hits_stand_beside_them(client: Client) -> None:
    make.article("Hafen A", tags=["Schiffe", "Kai"])
    make.article("Hafen B", tags=["Schiffe"])
    make.draft("Hafen C", tags=["Geheim"])
    rail = got(client, q="Hafen").one("aside.rail")

    assert [(link.line, link["href"]) for link in rail.all("a")] == [("Schiffe", "/thema/schiffe/"), ("Kai", "/thema/kai/")]


def test_every_page_leads_there(client: Client) -> None:
    make.house()
    make.article("Hafen")

    for path in ("/", "/ausland/", "/gibt-es-nicht/"):
        page = read(client.get(path))
        assert next(form["action"] for form in page.all("form")) == "/suche/"
        assert "/suche/" in [link["href"] for link in page.one("div.masthead__tools").all("a")]
    assert len(read(client.get("/gibt-es-nicht/")).one("main").all("form")) == 1


@pytest.mark.parametrize("path", ["/suche", "/Suche/"])
def test_untidy_addresses_lead_to_the_tidy_one(client: Client, path: str) -> None:
    response = client.get(f"{path}?q=Hafen")

    assert (response.status_code, response.headers["Location"]) == (301, "/suche/?q=Hafen")


def test_the_page_cache_knows_its_parameters() -> None:
    addresses = Addresses(["x"], settings.PAGE_CACHE_PARAMETERS)
    asked = urlencode({**dict.fromkeys(NAMES, "ä"), "vor": "1", "blatt": "2", "utm_source": "x"})

    assert {part.partition("=")[0] for part in addresses.query("/suche/", asked).split("&")} == {*NAMES, "vor", "blatt"}
    assert addresses.query("/suche/", f"q={'x' * 200}") == f"q={'x' * 200}"


def test_it_is_dropped_with_every_change_and_kept_meanwhile(client: Client) -> None:
    make.article("Hafen", tags=["Schiffe"])
    response = client.get("/suche/?q=Hafen")

    assert {"all", "ticker", f"tagname-{Tag.objects.get().pk}"} <= set(response.headers["Surrogate-Key"].split())
    assert "ticker" in desk.page_keys(make.draft())
    assert response.headers["ETag"] == client.get("/suche/?q=Hafen").headers["ETag"]
    assert not response.cookies


def test_no_cache_keeps_it_beyond_the_end_of_a_hit(client: Client) -> None:
    make.article("Hafen", visible_until=timezone.now() + timedelta(seconds=40))

    shared = client.get("/suche/?q=Hafen").headers["Cache-Control"].split("s-maxage=")[1].split(",")[0]

    assert 30 <= int(shared) <= 40


def test_a_period_ends_at_midnight(client: Client) -> None:
    with time_machine.travel("2025-02-24T22:58:00Z", tick=False):
        make.article("Hafen", at=make.MOMENT)
        shared = client.get("/suche/?q=Hafen&zeitraum=heute").headers["Cache-Control"].split("s-maxage=")[1].split(",")[0]

    assert int(shared) == 120


def queries(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def test_it_needs_few_queries_however_much_it_finds(client: Client) -> None:
    make.house()
    many(150)

    assert queries(client, "/suche/") <= 2
    assert queries(client, "/suche/?q=Meldung") <= 14
    assert queries(client, "/suche/?q=Meldung&sortierung=beste") <= 18  # PostgreSQL is asked where its stretches end
    assert queries(client, "/suche/?q=Meldung&vor=20250210000000-1") <= 14


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_it_only_answers(client: Client, method: str) -> None:
    assert getattr(client, method)("/suche/?q=Hafen").status_code == 405
