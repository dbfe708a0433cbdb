"""What becomes of an article after it is written: shown, planned, changed, corrected, withdrawn."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.models import Article, Picture, Status
from tests import make
from tests.admin import forms

ADD = "/admin/articles/article/add/"


def change(article: Article) -> str:
    return reverse("admin:articles_article_change", args=[article.pk])


@pytest.mark.parametrize(("kind", "is_shown"), [("edit", False), ("update", True)])
def test_readers_learn_of_an_update_but_not_of_an_edit(writer: Client, kind: str, *, is_shown: bool) -> None:
    article = make.article()

    writer.post(change(article), {**forms.shown(writer, change(article)), "lead": "Anders.", "change": kind, "_save": "1"})

    article.refresh_from_db()
    assert article.lead == "Anders."
    assert (article.updated_at is not None) is is_shown


def test_a_correction_is_kept_and_dated(writer: Client) -> None:
    article = make.article()

    data = {**forms.shown(writer, change(article)), "lead": "3 statt 4.", "correction": "Es waren 3, nicht 4.", "_save": "1"}
    writer.post(change(article), data)

    article.refresh_from_db()
    assert article.corrections.get().text == "Es waren 3, nicht 4."
    assert article.updated_at is not None


def test_a_correction_of_what_nobody_read_is_refused(writer: Client) -> None:
    article = make.draft()

    data = {**forms.shown(writer, change(article)), "correction": "Es waren 3.", "_save": "1"}
    page = writer.post(change(article), data).content.decode()

    assert "Leser kennen den Artikel noch nicht" in page
    assert "Es waren 3." in page


def test_a_moment_to_come_schedules_the_article_and_can_be_moved(writer: Client) -> None:
    article = make.draft()
    data = {**forms.shown(writer, change(article)), "publish_at": "24.02.2090 06:00", "_publish": "1"}
    writer.post(change(article), data)
    article.refresh_from_db()
    assert article.published_at == datetime(2090, 2, 24, 5, 0, tzinfo=UTC)
    assert not article.is_public()

    filled = forms.shown(writer, change(article))
    assert filled["publish_at"] == "24.02.2090 06:00:00"
    writer.post(change(article), {**filled, "publish_at": "2090-02-25T06:00", "_publish": "1"})

    article.refresh_from_db()
    assert article.published_at == datetime(2090, 2, 25, 5, 0, tzinfo=UTC)


def test_a_moment_is_not_lost_when_only_saved(writer: Client) -> None:
    article = make.draft()

    data = {**forms.shown(writer, change(article)), "publish_at": "24.02.2090 06:00", "_save": "1"}
    page = writer.post(change(article), data).content.decode()

    assert "Ein Termin gilt erst mit der Veröffentlichung" in page
    assert "24.02.2090 06:00" in page


def test_the_first_date_stays_when_the_article_changes(writer: Client) -> None:
    article = make.article()

    writer.post(change(article), {**forms.shown(writer, change(article)), "headline": "Anders", "_publish": "1"})

    article.refresh_from_db()
    assert (article.headline, article.published_at) == ("Anders", make.MOMENT)


def test_what_the_desk_refuses_is_saved_and_explained(writer: Client) -> None:
    data = forms.article(category=make.category().pk, lead="", body="", _publish="1")

    page = writer.post(ADD, data, follow=True).content.decode()

    article = Article.objects.get()
    assert article.status == Status.DRAFT
    assert "Gespeichert, aber nicht veröffentlicht" in page


def test_a_draft_can_wait_for_approval(writer: Client) -> None:
    writer.post(ADD, forms.article(category=make.category().pk, _review="1"))

    assert Article.objects.get().status == Status.REVIEW


def test_withdrawing_asks_first_and_then_answers_410(chief: Client) -> None:
    article = make.article()
    address = reverse("admin:articles_article_withdraw", args=[article.pk])
    asked = chief.get(address)
    article.refresh_from_db()
    assert (asked.status_code, article.status) == (200, Status.PUBLISHED)

    chief.post(address, {"confirmed": "yes"})

    article.refresh_from_db()
    assert article.status == Status.WITHDRAWN
    assert Client().get(article.get_absolute_url()).status_code == 410


def test_an_editor_without_that_right_cannot_withdraw(writer: Client) -> None:
    article = make.article()
    address = reverse("admin:articles_article_withdraw", args=[article.pk])

    assert writer.post(address, {"confirmed": "yes"}).status_code == 403
    assert address not in writer.get(change(article)).content.decode()
    article.refresh_from_db()
    assert article.status == Status.PUBLISHED


def test_withdrawing_what_never_was_is_404(chief: Client) -> None:
    assert chief.get(reverse("admin:articles_article_withdraw", args=[999])).status_code == 404
    assert chief.get(reverse("admin:articles_article_revision", args=[999, 1])).status_code == 404


def test_the_end_must_come_after_the_start(writer: Client) -> None:
    article = make.article()

    data = {**forms.shown(writer, change(article)), "visible_until": "24.02.2025 10:00", "_save": "1"}
    page = writer.post(change(article), data).content.decode()

    assert "Das Ende liegt vor der Veröffentlichung" in page


def test_the_checklist_names_what_is_missing(writer: Client) -> None:
    article = make.draft(tags=["Zoll"])

    page = writer.get(change(article)).content.decode()

    assert '<li class="no">Bild fehlt</li>' in page
    assert '<li class="yes">Schlagwörter</li>' in page


def test_preview_and_the_way_to_the_page_are_offered(writer: Client) -> None:
    article = make.article()
    page = writer.get(change(article)).content.decode()
    assert article.get_absolute_url() in page
    assert "/vorschau/" in page

    draft = writer.get(change(make.draft("Noch nicht"))).content.decode()

    assert "/vorschau/" in draft
    assert "Ansehen" not in draft


def test_a_picture_is_chosen_by_its_number(writer: Client) -> None:
    picture: Picture = make.picture()

    writer.post(ADD, forms.article(category=make.category().pk, picture=picture.pk, _save="1"))

    assert Article.objects.get().picture == picture


def test_a_withdrawn_article_comes_back_with_its_first_date(chief: Client) -> None:
    article = make.article(at=timezone.now() - timedelta(days=3))
    chief.post(reverse("admin:articles_article_withdraw", args=[article.pk]), {"confirmed": "yes"})

    chief.post(change(article), {**forms.shown(chief, change(article)), "_publish": "1"})

    first = article.published_at
    article.refresh_from_db()
    assert article.is_public()
    assert article.published_at == first
