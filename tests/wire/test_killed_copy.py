"""After a kill: nobody reads the text any more, wherever it was kept, and nothing comes back online by itself."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from articles import desk
from articles.models import Article, Correction, Highlight, Revision, Status, Teaser, WireDelivery, WireItem
from articles.wire import inbox
from articles.wire.receiving import deliver
from tests import make
from tests.wire import delivering
from tests.wire.delivering import DATA, GUID, NOW, sent, take, take_all

pytestmark = pytest.mark.django_db
EIL = json.loads((DATA / "ninjs" / "01-eil-v1.json").read_bytes())
KILL = json.loads((DATA / "ninjs" / "09-kill-v6.json").read_bytes())
MARKER = "Zwölfkornquark"


def send(*values: dict[str, Any]) -> list[str]:
    raw = json.dumps(values if len(values) > 1 else values[0]).encode()
    return [line.outcome.code for line in deliver(raw, feed=delivering.feed(), name="liste.json", now=NOW)]


def marked(**fields: Any) -> dict[str, Any]:
    copy = {"contentType": "text/html", "value": f"<p>Text {MARKER}.</p>"}
    return {**EIL, "bodies": [copy], "edNote": "", **fields}


def everything_kept() -> str:
    """All that the house holds about wire copy and articles, as one text."""
    rows: list[Any] = [bytes(raw).decode("utf-8", "replace") for raw in WireDelivery.objects.values_list("raw", flat=True)]
    for model in (WireItem, Article, Revision, Correction, Teaser, Highlight):
        rows += model._default_manager.values()
    return json.dumps(rows, default=str, ensure_ascii=False).encode().decode("unicode_escape", "ignore") + str(rows)


def test_marker_is_found_before_the_kill() -> None:
    send(marked(), marked(uri="urn:nda:2"))

    assert MARKER in everything_kept()


def test_killed_text_is_nowhere_though_a_neighbour_came_in_the_same_delivery() -> None:
    send(marked(), {**EIL, "uri": "urn:nda:2"})

    assert send(KILL) == ["killed"]

    assert MARKER not in everything_kept()
    assert Article.objects.public().count() == 1


def test_killed_text_is_nowhere_though_an_unreadable_item_came_beside_it() -> None:
    send(marked(), {**EIL, "uri": ""})

    send(KILL)

    assert MARKER not in everything_kept()


def test_killed_text_goes_from_every_repeat_however_many() -> None:
    for _number in range(3):
        send(marked())
    item = WireItem.objects.get()
    item.payload["house"]["deliveries"] = item.payload["house"]["deliveries"][-1:]  # as if the others were long ago
    item.save()

    send(KILL)

    assert MARKER not in everything_kept()


def test_late_take_of_killed_copy_in_a_list_leaves_no_text() -> None:
    send(marked())
    send(KILL)

    assert send(marked(), {**EIL, "uri": "urn:nda:2"}) == ["late", "published"]

    assert MARKER not in everything_kept()


def test_kill_order_itself_stays_as_evidence() -> None:
    send(marked())

    send(KILL)

    assert json.loads(delivering.raws()[-1]) == KILL


def test_delivery_whose_items_cannot_be_parted_is_emptied() -> None:
    entry = f"<item><guid>%s</guid><title>Brücke</title><description>{MARKER}</description></item>"
    raw = f'<rss version="2.0"><channel>{entry % GUID}{entry % "urn:nda:9"}</channel></rss>'.encode()
    list(deliver(raw, feed=delivering.feed("inbox"), name="rss.xml", now=NOW))

    send(KILL)

    assert delivering.raws()[0] == b""


def test_what_editors_wrote_about_it_goes_too() -> None:
    send(marked())
    article = delivering.article_of(GUID)
    desk.correct(article, f"Richtig ist {MARKER}.")
    make.own_teaser(article, headline=f"Teaser {MARKER}", text=f"{MARKER}.", picture=make.picture())
    make.pin(article, make.positions()["lead"], headline=MARKER, text=MARKER)
    Highlight.objects.create(tag=make.tag("Häfen"), article=article, text=MARKER)
    desk.revise(article, {"kicker": MARKER, "caption": MARKER, "dateline": MARKER, "lead": MARKER})

    send(KILL)

    assert MARKER not in everything_kept()
    assert article.corrections.get().text == "Mit dem Rückruf der Agentur gelöscht."
    assert not article.teasers.exclude(picture=None).exists()


def test_admin_shows_no_killed_text(client: Client) -> None:
    send(marked(), {**EIL, "uri": "urn:nda:2"})
    send(marked(version="2", bodies=[{"contentType": "text/html", "value": f"<p>Zweite {MARKER}.</p>"}]))
    send(KILL)
    client.force_login(make.editor("Administrator"))
    item, article = WireItem.objects.get(guid=GUID), delivering.article_of(GUID)
    paths = [
        reverse("admin:articles_wireitem_change", args=[item.pk]),
        reverse("admin:articles_article_change", args=[article.pk]),
        *[reverse("admin:articles_wiredelivery_raw", args=[pk]) for pk in WireDelivery.objects.values_list("pk", flat=True)],
        *[reverse("admin:articles_wiredelivery_change", args=[pk]) for pk in WireDelivery.objects.values_list("pk", flat=True)],
        *[reverse("admin:articles_article_revision", args=[article.pk, row.version]) for row in article.revisions.all()],
    ]

    for path in paths:
        response = client.get(path)
        assert response.status_code == 200, path
        assert MARKER not in response.content.decode(), path


def test_later_version_that_took_the_place_of_killed_copy_waits_however_often_it_comes() -> None:
    by = delivering.feed()

    before = take_all([sent(), sent(2, body="<p>Zwei.</p>"), sent(4, body="<p>Vier.</p>")], by)
    after = take_all([sent(3, status="canceled"), sent(5, body="<p>Fünf.</p>"), sent(6, body="<p>Sechs.</p>")], by)

    assert (before, after) == (["published", "updated", "updated"], ["killed", "inbox", "inbox"])
    assert not Article.objects.public().exists()
    assert (delivering.row().place, delivering.row().article) == ("inbox", None)


@pytest.mark.parametrize("status", ["withheld", "canceled"])
def test_only_a_usable_version_brings_killed_copy_to_the_inbox(status: Any) -> None:
    by = delivering.feed()
    take_all([sent(), sent(2, status="canceled")], by)

    take(sent(3, status=status), by)

    assert delivering.row().place == "discarded"
    assert not Article.objects.public().exists()


def test_what_an_editor_has_brought_back_follows_the_agency_and_can_be_killed_again() -> None:
    by = delivering.feed()
    take_all([sent(), sent(2, status="canceled"), sent(3, headline="Brücke doch gesperrt")], by)
    back = inbox.publish_item(delivering.row())

    updated = take(sent(4, body="<p>Neuer Stand.</p>"), by)
    assert (updated.code, updated.article) == ("updated", back)

    killed = take(sent(5, status="canceled"), by)

    back.refresh_from_db()
    assert (killed.code, back.status, back.body) == ("killed", Status.WITHDRAWN, "")
    assert not Article.objects.public().exists()
    assert take(sent(6, headline="Noch einmal"), by).code == "inbox"


def test_draft_made_after_a_kill_stays_a_draft_when_a_newer_version_comes() -> None:
    by = delivering.feed()
    take_all([sent(), sent(2, status="canceled"), sent(3)], by)
    draft = inbox.take_over(delivering.row())

    take(sent(4, body="<p>Neuer Stand.</p>"), by)

    draft.refresh_from_db()
    assert (draft.status, draft.body) == (Status.DRAFT, "<p>Neuer Stand.</p>")
    assert not Article.objects.public().exists()
    assert delivering.article_of() == draft


def test_address_of_killed_copy_answers_410_for_ever(client: Client) -> None:
    by = delivering.feed()
    take(sent(), by)
    path = delivering.article_of().get_absolute_url()
    take_all([sent(2, status="canceled"), sent(3)], by)
    inbox.publish_item(delivering.row())

    assert client.get(path).status_code == 410
