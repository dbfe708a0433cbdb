"""Mistakes that an editor made and the desk once let pass."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles import desk
from articles.models import Article, Category, Position, Status
from tests import make
from tests.admin import forms
from tests.page import read

pytestmark = pytest.mark.django_db
SOON = timedelta(days=5)


@pytest.fixture(name="boss")
def _boss(client: Client) -> Client:
    client.force_login(make.editor("Administrator"))
    return client


def publish_selected(client: Client, article: Article) -> str:
    address = reverse("admin:articles_article_changelist")
    typed = {"action": "publish_selected", "_selected_action": [article.pk]}
    return client.post(address, typed, follow=True).content.decode()


def test_published_copy_cannot_be_emptied(boss: Client) -> None:
    article = make.article(lead="Vorspann.", body="<p>Text.</p>")
    address = reverse("admin:articles_article_change", args=[article.pk])

    answer = boss.post(address, {**forms.shown(boss, address), "lead": "", "body": "", "_save": "1"})

    assert "braucht Vorspann oder Text" in answer.content.decode()
    assert Article.objects.get(pk=article.pk).lead == "Vorspann."


def test_publishing_a_selection_keeps_the_planned_moment(boss: Client) -> None:
    moment = timezone.now().replace(microsecond=0) + SOON
    article = make.article(at=moment)

    page = publish_selected(boss, article)

    assert Article.objects.get(pk=article.pk).published_at == moment
    assert "erscheint am" in page
    assert "ist öffentlich" not in page


def test_what_an_embargo_holds_is_not_called_public(boss: Client) -> None:
    article = make.article()
    desk.revise(article, {"embargo_until": timezone.now() + SOON})

    page = publish_selected(boss, article)

    assert "erscheint am" in page
    assert "ist öffentlich" not in page


@pytest.mark.parametrize("slug", ["lead", "second"])
def test_a_second_place_with_the_same_address_is_refused_with_a_sentence(boss: Client, slug: str) -> None:
    make.positions()
    typed = {"label": "Noch einer", "slug": slug, "rule": Position.Rule.NEWEST, "limit": "3", "position": "9"}

    answer = boss.post(reverse("admin:articles_position_add"), typed)

    assert f"Einen Platz mit der Kennung «{slug}» gibt es schon" in answer.content.decode()
    assert "Noch einer" in answer.content.decode()


@pytest.mark.parametrize("path", ["1/fassungen/99999999999999999999/", "99999999999999999999/fassungen/1/"])
def test_a_revision_that_cannot_be_is_not_found(boss: Client, path: str) -> None:
    assert boss.get(f"/admin/articles/article/{path}").status_code == 404


def test_a_renamed_category_keeps_its_one_block() -> None:
    category = make.category("Wirtschaft")
    make.positions()

    Category.objects.filter(pk=category.pk).update(slug="oekonomie")
    desk.add_block(Category.objects.get(pk=category.pk))

    assert Position.objects.filter(category=category).count() == 1


def test_a_place_that_was_deleted_stays_away(boss: Client) -> None:
    category = make.category("Wirtschaft")
    make.positions()
    Position.objects.filter(slug__in=["opinion", "block-wirtschaft"]).delete()
    address = reverse("admin:articles_category_change", args=[category.pk])

    boss.post(address, {**forms.shown(boss, address), "description": "Neu", "_save": "1"})
    desk.ensure_positions()

    assert Category.objects.get(pk=category.pk).description == "Neu"
    assert not Position.objects.filter(slug__in=["opinion", "block-wirtschaft"]).exists()


def test_the_newer_pin_wins_a_full_place() -> None:
    lead = make.positions()["lead"]
    make.pin(make.article("Alt"), lead)
    newer = make.pin(make.article("Neu"), lead)

    page = read(Client().get("/"))

    assert page.one("article.teaser--lead").one("a")["href"] == newer.article.get_absolute_url()


def test_a_tag_that_only_held_copy_carries_has_no_page_yet(client: Client) -> None:
    make.article(tags=["Geheimthema"], at=timezone.now() + SOON)
    make.draft(tags=["Beschrieben"])
    described = make.tag("Beschrieben")
    described.description = "Darum geht es."
    described.save()

    assert client.get("/thema/geheimthema/").status_code == 404
    assert client.get("/thema/beschrieben/").status_code == 404


def test_a_published_article_is_not_changed_by_a_refused_form(boss: Client) -> None:
    article = make.article(lead="Vorspann.", body="<p>Text.</p>")
    address = reverse("admin:articles_article_change", args=[article.pk])

    boss.post(address, {**forms.shown(boss, address), "lead": "", "body": "<p> </p>", "_save": "1"})

    assert Article.objects.get(pk=article.pk).status == Status.PUBLISHED
    assert Article.objects.get(pk=article.pk).body == "<p>Text.</p>"
