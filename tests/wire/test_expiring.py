"""Licences: their days by agency and form, the warning, and what stays when they have run out."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles import desk
from articles.models import Agency, Article, Feed, LicenceTerm, Status, WireItem
from articles.wire import expiring
from tests import make
from tests.wire import delivering
from tests.wire.delivering import article_of, raws, row, sent, take

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def licensed(days: int | None = 30, **terms: int) -> Feed:
    by = delivering.feed("publish")
    Agency.objects.filter(pk=by.agency_id).update(expiry_days=days)
    for kind, number in terms.items():
        LicenceTerm.objects.create(agency_id=by.agency_id, kind=kind, days=number)
    return Feed.objects.select_related("agency", "category").get(pk=by.pk)


def arrived(days_ago: float, by: Feed, **fields: Any) -> Article:
    at = NOW - timedelta(days=days_ago)
    take(sent(updated=at, issued=at, **fields), by, now=at if days_ago < 29 else NOW - timedelta(days=1))
    return article_of(fields.get("guid", "urn:nda:1"))


def later(days: float) -> int:
    return expiring.end_licences(now=NOW + timedelta(days=days))


def test_text_goes_on_the_day_and_headline_and_410_stay(client: Client) -> None:
    article = arrived(0, licensed())
    address = article.get_absolute_url()
    assert later(29.9) == 0
    assert client.get(address).status_code == 200

    assert later(30) == 1

    answer = client.get(address)
    assert answer.status_code == 410
    assert "Brücke gesperrt" in answer.content.decode()
    assert "seit Montag gesperrt" not in answer.content.decode()
    article.refresh_from_db()
    assert (article.status, article.body, article.lead) == (Status.WITHDRAWN, "", "")
    assert "seit Montag" not in str(row().payload)
    assert later(31) == 0


def test_deliveries_lose_the_text(db: None) -> None:
    by = licensed(4000)
    path = next(delivering.DATA.glob("ninjs/01-*"))
    delivering.take_files([path], by, now=NOW)
    Article.objects.update(published_at=NOW - timedelta(days=4001))

    later(0)

    assert raws() == [b""]


def test_words_of_an_editor_stay_in_the_house(client: Client) -> None:
    article = arrived(0, licensed())
    desk.revise(article, {"body": "<p>Von uns geschrieben.</p>"})

    later(30)

    article.refresh_from_db()
    assert (article.status, article.body) == (Status.WITHDRAWN, "<p>Von uns geschrieben.</p>")
    assert client.get(article.get_absolute_url()).status_code == 410


def test_form_has_its_own_days(db: None) -> None:
    by = licensed(30, analysis=3)
    report = arrived(0, by)
    analysis = arrived(0, by, guid="urn:nda:2", genres=("Analyse",))
    assert (desk.licence_end(report), desk.licence_end(analysis)) == (
        report.published_at + timedelta(days=30) if report.published_at else None,
        analysis.published_at + timedelta(days=3) if analysis.published_at else None,
    )

    assert later(3) == 1
    analysis.refresh_from_db()
    report.refresh_from_db()
    assert (analysis.status, report.status) == (Status.WITHDRAWN, Status.PUBLISHED)


def test_form_may_be_the_only_one_with_a_limit(db: None) -> None:
    by = licensed(None, analysis=3)
    arrived(0, by)
    arrived(0, by, guid="urn:nda:2", genres=("Analyse",))

    assert later(400) == 1


def test_what_an_editor_withdrew_says_no_headline_when_the_licence_ends(client: Client) -> None:
    article = arrived(0, licensed())
    desk.withdraw(article)

    later(40)

    assert "Brücke gesperrt" not in client.get(article.get_absolute_url()).content.decode()


def test_own_copy_and_copy_without_a_limit_never_end(db: None) -> None:
    make.article("Eigenes")
    arrived(0, licensed(None))

    assert later(4000) == 0


def test_desk_warns_a_week_before_and_lists_what_ends(client: Client) -> None:
    client.force_login(make.editor("Chef vom Dienst"))
    by = licensed()
    arrived(25, by)
    arrived(2, by, guid="urn:nda:2", headline="Noch lange da")

    assert "Bei 1 Text endet die Lizenz in sieben Tagen" in client.get(reverse("admin:index")).content.decode()
    listed = client.get(reverse("admin:articles_article_changelist"), {"lizenz": "bald"}).content.decode()
    assert "Brücke gesperrt" in listed
    assert "Noch lange da" not in listed


def test_what_has_ended_is_exported_as_a_list(client: Client) -> None:
    client.force_login(make.editor("Chef vom Dienst"))
    article = arrived(0, licensed(), headline="=2+5")
    later(30)
    address = reverse("admin:articles_article_changelist")
    assert "=2+5" in client.get(address, {"lizenz": "vorbei"}).content.decode()

    answer = client.post(address, {"action": "list_selected", "_selected_action": [article.pk]})

    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert rows[1][0] == str(article.pk)
    assert rows[1][1] == "'=2+5"
    assert rows[1][2].endswith(article.get_absolute_url())
    assert rows[1][6]


def test_new_version_after_the_end_brings_nothing_back(client: Client) -> None:
    by = licensed()
    article = arrived(0, by)
    later(30)

    take(sent(2, updated=NOW + timedelta(days=31), body="<p>Neue Fassung.</p>"), by, now=NOW + timedelta(days=31))

    assert client.get(article.get_absolute_url()).status_code == 410
    assert WireItem.objects.get().article == article
