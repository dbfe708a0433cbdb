"""Every list, every empty form, every filled form opens."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.db import models
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.models import UnknownCode, WireDelivery, WireItem, WireRule
from tests import make


def wire_item() -> WireItem:
    feed = make.feed()
    delivery = WireDelivery.objects.create(feed=feed, name="meldung.json", raw=b'{"body": "<script>"}', hash="a" * 64)
    return WireItem.objects.create(
        guid="urn:nda:1", feed=feed, delivery=delivery, headline="Kai wird gebaut",
        updated_at=timezone.now(), issued_at=timezone.now(),
        payload={
            "guid": "urn:nda:1", "headline": "Kai wird gebaut", "body": "<p>Der Rat stimmt zu.</p><script>alert(1)</script>",
        },
    )  # fmt: skip


def one_of(name: str) -> models.Model | None:
    article = make.article(tags=["Hafen"], authors=["Helene Kramer"])
    makers: dict[str, Callable[[], models.Model | None]] = {
        "article": lambda: article,
        "category": make.category,
        "tag": make.tag,
        "author": make.author,
        "agency": make.agency,
        "feed": make.feed,
        "picture": make.picture,
        "teaser": lambda: make.own_teaser(article),
        "position": lambda: make.positions()["lead"],
        "breaking": make.breaking,
        "house": make.house,
        "page": make.page,
        "correction": lambda: make.correction(article),
        "report": lambda: make.report(article),
        "wireitem": wire_item,
        "wiredelivery": lambda: wire_item().delivery,
        "wirerule": lambda: WireRule.objects.create(feed=make.feed(), name="Vorschauen verwerfen"),
        "unknowncode": lambda: UnknownCode.objects.create(feed=make.feed(), code="dpacat:xa", seen_at=timezone.now()),
    }
    return makers[name]()


WITH_FORM = ["article", "category", "tag", "author", "agency", "feed", "picture", "teaser", "position", "breaking", "page", "wirerule"]
ALL = [*WITH_FORM, "correction", "report", "wireitem", "wiredelivery", "unknowncode"]


@pytest.mark.parametrize("name", ALL)
def test_a_list_opens_empty_and_filled(boss: Client, name: str) -> None:
    address = reverse(f"admin:articles_{name}_changelist")
    assert boss.get(address).status_code == 200

    row = one_of(name)
    assert row is not None

    page = boss.get(address, {"q": "a"})
    assert page.status_code == 200
    assert reverse(f"admin:articles_{name}_change", args=[row.pk]) in boss.get(address).content.decode()


@pytest.mark.parametrize("name", WITH_FORM)
def test_an_empty_form_opens_and_names_what_is_missing(boss: Client, name: str) -> None:
    address = reverse(f"admin:articles_{name}_add")
    assert boss.get(address).status_code == 200

    answer = boss.post(address, {})

    assert answer.status_code == 200
    assert "errorlist" in answer.content.decode()


@pytest.mark.parametrize("name", [*ALL, "house"])
def test_a_filled_form_opens(boss: Client, name: str) -> None:
    row = one_of(name)
    assert row is not None

    page = boss.get(reverse(f"admin:articles_{name}_change", args=[row.pk]))

    assert page.status_code == 200
    assert "<h1>" in page.content.decode()


@pytest.mark.parametrize("name", ["house", "wireitem", "wiredelivery", "correction", "report"])
def test_what_arrives_or_exists_once_cannot_be_added_by_hand(boss: Client, name: str) -> None:
    if name == "house":
        make.house()

    assert boss.get(reverse(f"admin:articles_{name}_add")).status_code == 403


def test_the_list_of_sites_leads_to_the_one_there_is(boss: Client) -> None:
    make.house()

    answer = boss.get(reverse("admin:articles_house_changelist"))

    assert answer.headers["Location"] == reverse("admin:articles_house_change", args=[1])


def test_users_and_roles_open(boss: Client) -> None:
    group = Group.objects.get(name="Redakteur")

    assert boss.get(reverse("admin:auth_user_changelist")).status_code == 200
    assert boss.get(reverse("admin:auth_user_add")).status_code == 200
    assert boss.get(reverse("admin:auth_user_change", args=[make.editor("Redakteur").pk])).status_code == 200
    assert boss.get(reverse("admin:auth_group_changelist")).status_code == 200
    assert boss.get(reverse("admin:auth_group_change", args=[group.pk])).status_code == 200


def test_a_page_that_no_longer_fits_does_not_break_the_list(boss: Client) -> None:
    make.articles(3, first=timezone.now() - timedelta(days=1))

    for address in ("?p=99999", "?p=abc", "?o=99", "?stand=unknown", "?unknown=1", "?q=%00"):
        assert boss.get(reverse("admin:articles_article_changelist") + address).status_code in (200, 302)
