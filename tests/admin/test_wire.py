"""The inbox: reading, taking over, publishing, discarding; deliveries as they came."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from articles import desk
from articles.admin import wire
from articles.models import Article, Status, WireItem
from tests import make
from tests.admin.test_every_page import wire_item


def act(item: WireItem, name: str) -> str:
    return reverse(f"admin:articles_wireitem_{name}", args=[item.pk])


@pytest.fixture
def item(db: None) -> WireItem:
    make.category()
    made = wire_item()
    made.feed.category = make.category()
    made.feed.save()
    return made


def test_the_text_is_shown_without_what_could_run(writer: Client, item: WireItem) -> None:
    page = writer.get(reverse("admin:articles_wireitem_change", args=[item.pk])).content.decode()

    assert "<p>Der Rat stimmt zu.</p>" in page
    assert "alert(1)" not in page
    assert 'name="_save"' not in page


def test_an_item_taken_over_is_a_draft_to_write_on(writer: Client, item: WireItem) -> None:
    answer = writer.post(act(item, "uebernehmen"))

    article = Article.objects.get()
    assert article.status == Status.DRAFT
    assert answer.headers["Location"] == reverse("admin:articles_article_change", args=[article.pk])


def test_an_item_is_published_at_once(writer: Client, item: WireItem) -> None:
    writer.post(act(item, "veroeffentlichen"))

    assert Article.objects.get().status == Status.PUBLISHED


def test_a_discarded_item_leaves_the_inbox(writer: Client, item: WireItem) -> None:
    writer.post(act(item, "verwerfen"))

    item.refresh_from_db()
    assert item.place == WireItem.Place.DISCARDED
    assert not Article.objects.exists()


def test_several_are_discarded_at_once(writer: Client, item: WireItem) -> None:
    data = {"action": "discard_selected", "_selected_action": [item.pk]}

    page = writer.post("/admin/articles/wireitem/", data, follow=True).content.decode()

    item.refresh_from_db()
    assert item.place == WireItem.Place.DISCARDED
    assert "1 Meldung ist verworfen." in page


def test_a_refusal_is_a_sentence_beside_the_item(writer: Client, item: WireItem, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(refused: WireItem) -> None:
        raise desk.Refused("Die Sperrfrist läuft noch.")

    monkeypatch.setitem(wire.ACTS, "veroeffentlichen", refuse)

    answer = writer.post(act(item, "veroeffentlichen"), follow=True)

    assert "Die Sperrfrist läuft noch." in answer.content.decode()
    assert answer.redirect_chain[0][0] == reverse("admin:articles_wireitem_change", args=[item.pk])


def test_acts_need_a_form_and_the_right(writer: Client, item: WireItem) -> None:
    assert writer.get(act(item, "uebernehmen")).status_code == 404
    assert writer.post(reverse("admin:articles_wireitem_verwerfen", args=[999])).status_code == 404

    group = make.editor("Redakteur", name="zweite").groups.get()
    group.permissions.remove(*group.permissions.filter(codename__in=["publish_article"]))

    assert writer.post(act(item, "veroeffentlichen")).status_code == 403
    group.permissions.remove(*group.permissions.filter(codename="change_wireitem"))
    assert writer.post(act(item, "verwerfen")).status_code == 403


def test_the_list_does_not_read_the_text(writer: Client, item: WireItem) -> None:
    rows = writer.get("/admin/articles/wireitem/").context["cl"].queryset

    assert "payload" in rows.query.deferred_loading[0]
    assert list(rows) == [item]


def test_a_delivery_is_downloaded_as_plain_text(boss: Client, item: WireItem) -> None:
    assert item.delivery is not None

    answer = boss.get(reverse("admin:articles_wiredelivery_raw", args=[item.delivery.pk]))

    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.content == b'{"body": "<script>"}'
    assert boss.get(reverse("admin:articles_wiredelivery_raw", args=[999])).status_code == 404


def test_a_delivery_is_not_for_every_editor(writer: Client, item: WireItem) -> None:
    assert item.delivery is not None

    assert writer.get(reverse("admin:articles_wiredelivery_raw", args=[item.delivery.pk])).status_code == 403
