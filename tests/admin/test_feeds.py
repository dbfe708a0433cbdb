"""Feeds: how they are, the key with which an agency hands copy over, and who may see what."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from articles.models import Feed, FeedState, WireDelivery
from articles.wire.transport import keys
from tests.wire import delivering

pytestmark = pytest.mark.django_db


@pytest.fixture
def feed() -> Feed:
    made = delivering.feed()
    Feed.objects.update(authorization="Bearer geheim-17")
    return made


def page(client: Client, feed: Feed) -> str:
    return client.get(reverse("admin:articles_feed_change", args=[feed.pk])).content.decode()


def test_a_key_is_shown_once_and_only_its_hash_is_kept(boss: Client, feed: Feed) -> None:
    said = boss.post(reverse("admin:articles_feed_token", args=[feed.pk]), follow=True).content.decode()

    token = re.search(r"Neuer Zustellschlüssel: ([\w-]{40,})", said)
    assert token is not None
    feed.refresh_from_db()
    assert keys.is_right(feed, token[1])
    assert token[1] not in page(boss, feed)


def test_who_may_only_look_gets_no_keys(chief: Client, feed: Feed) -> None:
    assert "geheim-17" not in page(chief, feed)
    assert chief.post(reverse("admin:articles_feed_token", args=[feed.pk])).status_code == 403


def test_whoever_may_change_sees_both_addresses(boss: Client, feed: Feed) -> None:
    shown = page(boss, feed)

    assert "geheim-17" in shown
    assert f"/wire/{feed.slug}/" in shown
    assert "noch nichts angekommen" in shown


def test_a_feed_that_fails_stands_on_the_desk(writer: Client, feed: Feed) -> None:
    FeedState.objects.create(feed=feed, failures=4, error="Die Agentur antwortet mit 500.")

    assert "nicht abzurufen: Die Agentur antwortet mit 500." in writer.get(reverse("admin:index")).content.decode()


def test_unreadable_deliveries_wait_on_the_desk_and_are_read_again(boss: Client, feed: Feed) -> None:
    delivering.take_files([delivering.DATA / "ninjs" / "01-eil-v1.json"], feed)
    WireDelivery.objects.update(is_done=False, error="Der Dienst war abgeschaltet.")
    assert "1 unlesbare Lieferung" in boss.get(reverse("admin:index")).content.decode()
    unread = reverse("admin:articles_wiredelivery_changelist") + "?stand=unlesbar"

    pk = WireDelivery.objects.get().pk
    said = boss.post(unread, {"action": "read_again", "_selected_action": [pk]}, follow=True).content.decode()

    assert "Wiederholung, nichts geändert" in said
    assert WireDelivery.objects.get().is_done
    assert "01-eil" not in boss.get(unread).content.decode().partition('id="result_list"')[2]
