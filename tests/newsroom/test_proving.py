"""The receipt of a kill, as the site itself answers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.models import Announcement, Article, KillReceipt, Picture
from articles.wire import receipts
from newsroom import proving
from tests import make
from tests.wire import delivering
from tests.wire.delivering import row, sent, take

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def known_host(settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["testserver", "tagblatt.example"]


def killed(**fields: Any) -> KillReceipt:
    by = delivering.feed("publish")
    take(sent(**fields), by)
    take(sent(2, status="canceled"), by)
    return KillReceipt.objects.get()


def application(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
    return WSGIHandler()(environ, start)


def site(address: str) -> tuple[int, bytes]:
    return proving.ask(application, address)


def test_receipt_names_every_surface_and_is_proven_by_asking_them() -> None:
    make.tag("Brücken")
    make.article("Andere Brücke", tags=["Brücken"])
    receipt = killed(keywords=("Brücken",))
    names = {surface["name"] for surface in receipt.surfaces}
    assert {"Artikelseite", "Startseite", "Panorama", "Brücken", "Feed «Brücken»", "Suche", "Sitemap", "Archiv", "Weitere Meldungen: Andere Brücke"} <= names
    Announcement.objects.all().delete()

    assert receipts.prove(receipt, site)

    receipt.refresh_from_db()
    assert receipt.done_at
    assert all(surface["seconds"] >= 0 for surface in receipt.surfaces)
    assert receipt.seconds == max(surface["seconds"] for surface in receipt.surfaces)


def test_each_surface_showed_the_article_before() -> None:
    """A proof that any page would pass is none."""
    by = delivering.feed("publish")
    take(sent(), by)
    article = delivering.article_of()
    Article.objects.update(published_at=timezone.now() - timedelta(minutes=1))
    prepared = receipts.prepare(row(), ())
    prepared.save()

    receipts.prove(prepared, site)

    clean = {surface["name"] for surface in prepared.surfaces if surface["seconds"] is not None}
    assert not clean & {"Artikelseite", "Startseite", "Ticker", "Feed der Website", "Panorama", "Suche", "Sitemap", "Sitemap der Nachrichten"}, article


def test_surface_on_which_it_still_stands_stays_open_and_is_asked_again() -> None:
    receipt = killed()
    Announcement.objects.all().delete()
    still = f'<a href="/panorama/bruecke-gesperrt-{receipt.article_id}/">'.encode()

    assert not receipts.prove(receipt, lambda address: (200, still) if address == "/" else site(address))
    assert [one["name"] for one in receipt.surfaces if one["seconds"] is None] == ["Startseite"]

    assert receipts.prove(receipt, site)


@pytest.mark.parametrize("status", [200, 500, 503])
def test_page_that_answers_anything_but_gone_is_not_clean(status: int) -> None:
    receipt = killed()

    receipts.prove(receipt, lambda address: (200 if address == "/" else status, b"Brueckenbau"))

    assert {one["name"]: one["seconds"] for one in receipt.surfaces}["Artikelseite"] is None


@pytest.mark.parametrize("status", [404, 410, 500])
def test_site_that_does_not_answer_proves_nothing(status: int) -> None:
    receipt = killed()

    assert not receipts.prove(receipt, lambda _address: (status, b""))
    assert all(surface["seconds"] is None for surface in receipt.surfaces)


def test_caches_that_were_not_told_yet_keep_it_open() -> None:
    receipt = killed()
    Announcement.objects.create(keys=["x"], is_hard=True, created_at=receipt.ordered_at - timedelta(seconds=1))

    assert not receipts.prove(receipt, site)
    assert [one["name"] for one in receipt.surfaces if one["seconds"] is None] == ["Zwischenspeicher und CDN"]


def test_word_of_the_kill_itself_has_to_reach_the_caches_first() -> None:
    receipt = killed()

    assert not receipts.prove(receipt, site)
    assert [one["name"] for one in receipt.surfaces if one["seconds"] is None] == ["Zwischenspeicher und CDN"]

    Announcement.objects.all().delete()
    assert receipts.prove(receipt, site)


def test_topic_whose_name_ends_like_the_articles_address_is_no_way_to_it() -> None:
    receipt = killed()
    Announcement.objects.all().delete()
    topic = f'<a href="/thema/covid-{receipt.article_id}/">'.encode()

    assert receipts.prove(receipt, lambda address: site(address) if receipt.article and receipt.article.slug in address else (200, topic))


def test_copy_that_never_was_public_needs_no_receipt() -> None:
    by = delivering.feed("inbox")
    take(sent(), by)

    take(sent(2, status="canceled"), by)

    assert not KillReceipt.objects.exists()


def test_picture_that_goes_is_a_surface_and_one_that_stays_is_none(tmp_path: Any) -> None:
    kept = make.picture()
    made = make.picture("Brücke", raw=make.jpeg(shade=77))
    by = delivering.feed("publish")
    take(sent(), by)
    prepared = receipts.prepare(row(), [kept.pk, made.pk])
    Picture.objects.filter(pk=made.pk).delete()

    receipts.hand_out(prepared)

    pictures = [one["address"] for one in prepared.surfaces if one["address"].startswith("/bild/")]
    assert len(pictures) == 1
    assert made.rendition_key in pictures[0]


def test_background_asks_the_whole_site(settings: Any) -> None:
    settings.WSGI_APPLICATION = "tests.newsroom.test_proving.application"
    killed()
    Announcement.objects.all().delete()

    assert proving.prove() == 1
    assert proving.prove() == 0


def test_nobody_asks_for_ever() -> None:
    receipt = killed()
    KillReceipt.objects.filter(pk=receipt.pk).update(ordered_at=timezone.now() - timedelta(hours=2))

    assert receipts.still_open() == []


def test_asking_gives_status_and_body() -> None:
    def answering(environ: dict[str, Any], start: Any) -> list[bytes]:
        start("410 Gone", [])
        return [environ["PATH_INFO"].encode(), environ["QUERY_STRING"].encode()]

    assert proving.ask(answering, "/suche/?q=a%20b") == (410, b"/suche/q=a%20b")


def test_editors_are_told_on_the_desk_and_read_the_receipt(client: Client) -> None:
    client.force_login(make.editor("Redakteur"))
    receipt = killed()

    assert "noch nicht überall weg" in client.get(reverse("admin:index")).content.decode()
    Announcement.objects.all().delete()
    receipts.prove(receipt, site)
    assert "überall weg nach" in client.get(reverse("admin:index")).content.decode()
    page = client.get(reverse("admin:articles_wireitem_change", args=[row().pk])).content.decode()
    assert "Überall weg nach" in page
    assert "Artikelseite" in page
