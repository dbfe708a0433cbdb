"""The page «Eingang»: order, folding, preview, narrowing, merging."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles import desk
from articles.models import Article, Feed, WireItem
from articles.wire.item import Subject
from tests import make
from tests.admin.forms import messages_of
from tests.wire import delivering
from tests.wire.delivering import NOW, sent, take

INBOX = "/admin/articles/wireitem/eingang/"
TEXT = (
    "<p>Die Stadt Jena hat am Montag die Paradiesbrücke für den Verkehr gesperrt, weil Prüfer Risse im Beton fanden. "
    "Baudezernent Karl Weber sagte, die Arbeiten kosteten 1,4 Millionen Euro und dauerten bis zum 12. Mai.</p>"
)


@pytest.fixture
def feed(db: None) -> Feed:
    return delivering.feed("inbox")


def other_feed() -> Feed:
    agency = make.agency("xpd", name="Erfundener Pressedienst", slug="xpd", credit_line="xpd.example")
    return make.feed("xpd", agency=agency, rule="inbox")


def waits(feed: Feed, number: int, **fields: Any) -> WireItem:
    item = sent(guid=f"urn:x:{number}", **{"headline": f"Meldung {number}", "body": f"<p>Text der Nummer {number}.</p>", **fields})
    take(item, feed, now=NOW + timedelta(minutes=number))
    return delivering.row(item.guid)


def page(client: Client, **parameters: Any) -> str:
    return client.get(INBOX, parameters).content.decode()


def entries(client: Client, **parameters: Any) -> list[tuple[str, list[str]]]:
    found = client.get(INBOX, parameters).context["entries"]
    return [(entry.item.headline, [one.headline for one in entry.similar]) for entry in found]


def test_most_urgent_stands_first_then_the_newest(writer: Client, feed: Feed) -> None:
    for number, urgency in enumerate((5, 1, 5)):
        waits(feed, number, urgency=urgency)

    assert [headline for headline, _similar in entries(writer)] == ["Meldung 1", "Meldung 2", "Meldung 0"]


def test_same_event_of_another_agency_is_folded_below(writer: Client, feed: Feed) -> None:
    waits(feed, 1, headline="Paradiesbrücke in Jena gesperrt", body=TEXT)
    waits(other_feed(), 2, headline="Jena: Paradiesbrücke ist dicht", body=TEXT + "<p>Mehr dazu später.</p>")
    waits(feed, 3, headline="Sieg im Finale", body="<p>Der Verein hat gewonnen, die Zuschauer feierten lange.</p>")

    assert entries(writer) == [("Sieg im Finale", []), ("Jena: Paradiesbrücke ist dicht", ["Paradiesbrücke in Jena gesperrt"])]
    assert "liegt auch von nda vor" in page(writer)


def test_preview_shows_the_item_asked_for_without_what_could_run(writer: Client, feed: Feed) -> None:
    first = waits(feed, 1, body="<p>Der Rat stimmt zu.</p><script>alert(1)</script>", note="Nicht vor Mittag", lead="Vorspann")
    waits(feed, 2)

    shown = page(writer, meldung=first.pk)

    assert "<p>Der Rat stimmt zu.</p>" in shown
    assert "alert(1)" not in shown
    assert "Nicht vor Mittag" in shown


@pytest.mark.parametrize("wanted", ["", "x", "0", "99999999999999999999", "-1"])
def test_item_that_does_not_wait_is_not_shown_but_the_first(writer: Client, feed: Feed, wanted: str) -> None:
    first = waits(feed, 1)

    assert writer.get(INBOX, {"meldung": wanted}).context["shown"] == first


def test_empty_inbox_says_so(writer: Client) -> None:
    assert "Der Eingang ist leer." in page(writer)


def test_it_is_narrowed_by_feed_and_desk(writer: Client, feed: Feed) -> None:
    waits(feed, 1, subjects=(Subject("dpacat:pl"),))
    waits(other_feed(), 2, subjects=(Subject("dpacat:sp"),))

    assert entries(writer, dienst="xpd") == [("Meldung 2", [])]
    assert entries(writer, desk="dpacat:pl") == [("Meldung 1", [])]
    assert "Hier wartet nichts." in page(writer, dienst="xpd", desk="dpacat:pl")
    assert "Hier wartet nichts." in page(writer, dienst="gibt-es-nicht")


def test_after_an_act_the_editor_is_where_he_was(writer: Client, feed: Feed) -> None:
    item = waits(feed, 1)
    data = {"zurueck": "eingang", "dienst": feed.slug}

    answer = writer.post(reverse("admin:articles_wireitem_verwerfen", args=[item.pk]), data)

    assert answer.headers["Location"] == f"{INBOX}?dienst={feed.slug}"


def test_similar_ones_are_discarded_together_and_what_was_taken_meanwhile_is_not(writer: Client, feed: Feed) -> None:
    items = [waits(feed, number) for number in range(3)]
    writer.post(reverse("admin:articles_wireitem_uebernehmen", args=[items[0].pk]))

    told = messages_of(writer.post(f"{INBOX}verwerfen/", {"meldung": [*(item.pk for item in items), "x"]}, follow=True))

    assert told[-1] == "2 Meldungen sind verworfen."
    assert [delivering.row(item.guid).place for item in items] == ["taken", "discarded", "discarded"]


def merge(client: Client, item: WireItem, article: object) -> list[str]:
    return messages_of(client.post(reverse("admin:articles_wireitem_einarbeiten", args=[item.pk]), {"artikel": article}, follow=True))


@pytest.mark.parametrize("named", ["{pk}", " {pk} ", "https://tagblatt.example/ausland/kai-{pk}/", "/ausland/kai-{pk}/"])
def test_item_is_laid_beside_an_article_whose_words_stay(writer: Client, feed: Feed, named: str) -> None:
    article = make.article("Eigener Text")
    item = waits(feed, 1)

    merge(writer, item, named.format(pk=article.pk))

    item.refresh_from_db()
    assert (item.article, item.place, item.needs_look) == (article, "taken", True)
    article.refresh_from_db()
    assert article.headline == "Eigener Text"
    shown = writer.get(reverse("admin:articles_wireitem_change", args=[item.pk])).content.decode()
    assert "Agentur hat Fassung 1" in shown


def test_new_version_never_touches_the_article_it_lies_beside_and_a_kill_takes_it_down(writer: Client, feed: Feed) -> None:
    article = make.article("Eigener Text")
    merge(writer, waits(feed, 1), article.pk)

    assert take(sent(2, guid="urn:x:1", headline="Neu"), feed).code == "flagged"
    article.refresh_from_db()
    assert article.headline == "Eigener Text"

    take(sent(3, guid="urn:x:1", status="canceled"), feed)
    article.refresh_from_db()
    assert article.status == "withdrawn"


@pytest.mark.parametrize("named", ["", "x", "0", "99999999999999999999", "\x00", "1; DROP TABLE"])
def test_article_that_is_not_there_is_said(writer: Client, feed: Feed, named: str) -> None:
    item = waits(feed, 1)

    assert "Diesen Artikel gibt es nicht" in merge(writer, item, named)[-1]
    assert delivering.row(item.guid).place == "inbox"


def test_article_that_has_an_item_or_is_withdrawn_takes_none(writer: Client, feed: Feed) -> None:
    first, second = waits(feed, 1), waits(feed, 2)
    writer.post(reverse("admin:articles_wireitem_uebernehmen", args=[first.pk]))
    taken = Article.objects.get()
    withdrawn = make.article("Weg")
    desk.withdraw(withdrawn)

    assert "gehört schon zu einer Meldung von nda" in merge(writer, second, taken.pk)[-1]
    assert "ist zurückgezogen" in merge(writer, second, withdrawn.pk)[-1]
    assert delivering.row(second.guid).place == "inbox"


def test_articles_that_tell_the_same_are_named_in_the_preview(writer: Client, feed: Feed) -> None:
    just_now: dict[str, Any] = {"updated": timezone.now(), "issued": timezone.now()}
    take(sent(guid="urn:x:9", headline="Paradiesbrücke in Jena gesperrt", body=TEXT, **just_now), delivering.feed("publish"), now=timezone.now())
    item = waits(other_feed(), 1, headline="Paradiesbrücke dicht", body=TEXT, **just_now)

    assert "Paradiesbrücke in Jena gesperrt" in page(writer, meldung=item.pk)


@pytest.mark.parametrize("address", ["eingang/verwerfen/", "1/einarbeiten/"])
def test_acts_answer_posts_of_those_who_may(writer: Client, client: Client, address: str) -> None:
    assert writer.get(f"/admin/articles/wireitem/{address}").status_code == 404
    client.force_login(User.objects.create_user("gast", password="geheim", is_staff=True))
    assert client.post(f"/admin/articles/wireitem/{address}").status_code == 403
    assert client.get(INBOX).status_code == 403
