"""Who may do what."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from articles.models import Article
from tests import make
from tests.admin import forms

WRITER = {"article", "wireitem", "teaser", "position", "breaking", "correction", "picture", "tag", "author", "category", "agency", "report"}


def models_of(client: Client) -> set[str]:
    groups = client.get("/admin/").context["available_apps"]
    return {model["object_name"].lower() for group in groups for model in group["models"]}


def test_each_role_sees_what_it_needs(writer: Client, chief: Client, boss: Client) -> None:
    assert models_of(writer) == WRITER
    assert models_of(chief) == WRITER | {"page", "wiredelivery", "feed", "house", "wirerule", "unknowncode"}
    assert models_of(boss) == models_of(chief) | {"user", "group"}


@pytest.mark.parametrize("name", ["feed", "wiredelivery", "house", "page"])
def test_an_editor_cannot_open_what_is_not_shown(writer: Client, name: str) -> None:
    assert writer.get(reverse(f"admin:articles_{name}_changelist")).status_code == 403


@pytest.mark.parametrize("name", ["category", "agency", "author", "breaking"])
def test_an_editor_reads_what_others_keep(writer: Client, name: str) -> None:
    row = {"category": make.category, "agency": make.agency, "author": make.author, "breaking": make.breaking}[name]()
    address = reverse(f"admin:articles_{name}_change", args=[row.pk])

    page = writer.get(address)

    assert page.status_code == 200
    assert 'name="_save"' not in page.content.decode()
    assert writer.post(address, {"name": "Anders"}).status_code == 403


def test_an_editor_cannot_make_users(chief: Client) -> None:
    assert chief.get(reverse("admin:auth_user_changelist")).status_code == 403
    assert chief.post(reverse("admin:auth_user_add"), {"username": "x"}).status_code == 403
    assert User.objects.count() == 1


def test_whoever_is_not_logged_in_is_asked_to(client: Client, db: None) -> None:
    article = make.article()

    for address in ("/admin/", reverse("admin:articles_article_withdraw", args=[article.pk])):
        assert client.get(address).headers["Location"].startswith("/admin/login/")


def test_someone_without_a_role_is_told_so(client: Client, db: None) -> None:
    client.force_login(User.objects.create_user("neu", password="geheim", is_staff=True))

    assert "noch keine Rolle" in client.get("/admin/").content.decode()


def test_publishing_needs_the_right_to(client: Client, db: None) -> None:
    user = make.editor("Redakteur")
    user.groups.get().permissions.remove(*user.groups.get().permissions.filter(codename="publish_article"))
    client.force_login(user)

    client.post("/admin/articles/article/add/", forms.article(category=make.category().pk, _publish="1"))

    assert Article.objects.get().status == "draft"
    assert 'name="_publish"' not in client.get("/admin/articles/article/add/").content.decode()


def test_the_administrator_makes_an_editor(boss: Client) -> None:
    data = {"username": "helene", "password1": "Kaimauer-17-Nord", "password2": "Kaimauer-17-Nord", "usable_password": "true"}
    boss.post(reverse("admin:auth_user_add"), data)

    assert User.objects.filter(username="helene").exists()
