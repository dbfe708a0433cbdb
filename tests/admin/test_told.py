"""Nothing is dropped or taken along in silence: dates, pins, breaking lines, and the pages that showed them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles import desk
from articles.admin.forms.moment import typed
from articles.models import Article, Breaking, Teaser
from articles.signals import pages_changed
from tests import make
from tests.admin import forms

SOON = timedelta(days=3)


@pytest.fixture(name="heard")
def _heard() -> Iterator[set[str]]:
    keys: set[str] = set()

    def listen(*, keys: frozenset[str], told: set[str] = keys, **_: Any) -> None:
        told.update(keys)

    pages_changed.connect(listen)
    yield keys
    pages_changed.disconnect(listen)


def send(client: Client, row: Any, **typed: Any) -> Any:
    address = reverse(f"admin:articles_{row._meta.model_name}_change", args=[row.pk])
    return client.post(address, {**forms.shown(client, address), **typed})


def test_a_date_for_what_is_public_is_refused_with_a_sentence(writer: Client) -> None:
    article = make.article(at=timezone.now() - SOON)

    page = send(writer, article, publish_at=typed(timezone.now() + SOON), _save="1").content.decode()

    assert "Der Artikel erschien am" in page
    assert "dabei bleibt es" in page


def test_a_date_for_what_was_withdrawn_is_refused_with_a_sentence(chief: Client) -> None:
    article = make.article(at=timezone.now() - SOON)
    desk.withdraw(article)

    page = send(chief, article, publish_at=typed(timezone.now() + SOON), _publish="1").content.decode()

    assert "Der Artikel erschien am" in page


def test_a_planned_moment_is_moved(writer: Client) -> None:
    article = make.article(at=timezone.now() + SOON)
    later = timezone.now().replace(microsecond=0) + 2 * SOON

    page = send(writer, article, publish_at=typed(later), _publish="1")

    assert page.status_code == 302
    assert Article.objects.get().published_at == later


def test_a_planned_moment_moved_by_the_wrong_button_is_not_dropped(writer: Client) -> None:
    moment = timezone.now().replace(microsecond=0) + SOON
    article = make.article(at=moment)

    page = send(writer, article, publish_at=typed(moment + SOON), _save="1").content.decode()

    assert "Ein Termin gilt erst mit der Veröffentlichung" in page
    assert Article.objects.get().published_at == moment


def test_a_moment_that_passed_while_the_form_was_open_is_no_mistake(writer: Client) -> None:
    moment = timezone.now().replace(microsecond=0) - timedelta(minutes=1)
    article = make.article(at=moment)

    assert send(writer, article, publish_at=typed(moment), headline="Anders", _save="1").status_code == 302
    assert Article.objects.get().headline == "Anders"


def test_a_teaser_that_moves_on_tells_the_article_it_leaves(
    writer: Client, heard: set[str], django_capture_on_commit_callbacks: Any,
) -> None:  # fmt: skip
    left, taken = make.article("Alt"), make.article("Neu")
    teaser = make.pin(left, make.positions()["lead"])

    with django_capture_on_commit_callbacks(execute=True):
        send(writer, teaser, article=taken.pk, _save="1")

    assert Teaser.objects.get().article == taken
    assert {left.page_key, taken.page_key, "front"} <= heard


def test_a_page_that_moves_is_announced_under_both_addresses(
    boss: Client, heard: set[str], django_capture_on_commit_callbacks: Any,
) -> None:  # fmt: skip
    page = make.page("impressum")

    with django_capture_on_commit_callbacks(execute=True):
        send(boss, page, slug="kontakt", _save="1")

    assert {"page-impressum", "page-kontakt"} <= heard


@pytest.mark.parametrize(("what", "key"), [("line", "all"), ("pin", "front")])
def test_what_goes_along_with_a_draft_is_named_and_announced(
    chief: Client, heard: set[str], what: str, key: str, django_capture_on_commit_callbacks: Any,
) -> None:  # fmt: skip
    draft = make.draft("Entwurf")
    row: Any = make.breaking("Landtag stimmt zu", article=draft) if what == "line" else None
    row = row or make.pin(draft, make.positions()["lead"], headline="Kürzer gesagt")
    address = reverse("admin:articles_article_delete", args=[draft.pk])

    page = chief.get(address).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        chief.post(address, {"post": "yes"})

    assert "Mit gelöscht wird:" in page
    assert str(row) in page
    assert key in heard
    assert not Breaking.objects.exists()
    assert not Teaser.objects.exists()


def test_a_draft_that_nothing_hangs_on_goes_quietly(
    chief: Client, heard: set[str], django_capture_on_commit_callbacks: Any,
) -> None:  # fmt: skip
    draft = make.draft("Entwurf", tags=["Hafen"])
    address = reverse("admin:articles_article_delete", args=[draft.pk])

    page = chief.get(address).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        chief.post(address, {"post": "yes"})

    assert "Mit gelöscht wird" not in page
    assert not heard & {"all", "front"}
    assert not Article.objects.exists()
