"""Addresses and ids that no link of ours holds: a list, a sentence or «not found», never a broken page."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib import admin
from django.db import models
from django.test import Client
from django.urls import reverse

from articles.models import Article
from tests import make
from tests.admin import forms
from tests.admin.test_every_page import one_of

HUGE = "9" * 20
ODD = ["abc", HUGE, "\x00"]
MODELS = sorted(admin.site._registry, key=lambda model: model._meta.label)
ADDRESSES = [f"{model._meta.app_label}_{model._meta.model_name}" for model in MODELS]
FINE = (200, 302, 400, 403, 404)
OWN = [
    "p",
    "o",
    "q",
    "all",
    "_popup",
    "_to_field",
    "e",
    "_facets",
    "_changelist_filters",
    "pk",
    "id",
    "id__in",
    "stand",
    "unknown",
]


def filters_of(model: type[models.Model]) -> list[str]:
    """Every parameter by which the model's list can be narrowed, spelt in every way Django knows."""
    names = [field.name for field in model._meta.concrete_fields]
    tails = ("", "__id__exact", "__gte", "__in")
    return [f"{name}{tail}" for name in names for tail in tails]


@pytest.mark.parametrize("model", MODELS, ids=ADDRESSES)
def test_a_list_takes_any_parameter(boss: Client, model: type[models.Model]) -> None:
    if model._meta.app_label == "articles" and model._meta.model_name != "house":
        one_of(str(model._meta.model_name))
    address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")

    broken = [
        (name, value, status)
        for name in [*OWN, *filters_of(model)]
        for value in (ODD if name in OWN else ODD[:2])
        if (status := boss.get(address, {name: value}).status_code) not in FINE
    ]

    assert broken == []


@pytest.mark.parametrize("model", MODELS, ids=ADDRESSES)
@pytest.mark.parametrize("page", ["change", "delete", "history"])
def test_a_row_that_cannot_be_leads_back_or_is_not_found(boss: Client, model: type[models.Model], page: str) -> None:
    for value in ["abc", HUGE, f"-{HUGE}", "1.5", "0"]:
        address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=[value])

        assert boss.get(address).status_code in (302, 403, 404), address
        assert boss.post(address, {"post": "yes"}).status_code in (302, 403, 404), address


@pytest.mark.parametrize("model", MODELS, ids=ADDRESSES)
def test_an_empty_form_may_be_opened_with_anything_filled_in(boss: Client, model: type[models.Model]) -> None:
    address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_add")
    names = [field.name for field in (*model._meta.concrete_fields, *model._meta.many_to_many)]

    broken = [
        (name, value, status)
        for name in [*names, "_popup", "_to_field", "_changelist_filters"]
        for value in ODD
        if (status := boss.get(address, {name: value}).status_code) not in FINE
    ]

    assert broken == []


@pytest.mark.parametrize("model", MODELS, ids=ADDRESSES)
def test_a_form_takes_any_value_and_says_what_is_wrong(boss: Client, model: type[models.Model]) -> None:
    address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_add")
    if boss.get(address).status_code == 403:
        return
    names = list(forms.shown(boss, address) | dict.fromkeys(boss.get(address).context["adminform"].form.fields))
    for value in ODD:
        answer = boss.post(address, dict.fromkeys(names, value))

        assert answer.status_code in (200, 302), value


@pytest.mark.parametrize("name", ["article", "picture", "category", "agency", "position", "merged_into", "author"])
@pytest.mark.parametrize("value", ["abc", HUGE, "1.5"])
def test_a_choice_that_cannot_be_is_refused_with_a_sentence(boss: Client, name: str, value: str) -> None:
    rooms = {"article": "teaser", "picture": "article", "category": "article", "agency": "article"}
    room = rooms.get(name) or {"position": "teaser", "merged_into": "tag", "author": "feed"}[name]
    typed: dict[str, Any] = {**forms.article(), "name": "Hafen", name: value, "agency": value}

    page = boss.post(f"/admin/articles/{room}/add/", typed).content.decode()

    assert "errorlist" in page
    assert not Article.objects.exists()


@pytest.mark.parametrize("name", ["app_label", "model_name", "field_name", "term", "page", "q"])
@pytest.mark.parametrize("value", ODD)
def test_the_completing_search_takes_anything(writer: Client, name: str, value: str) -> None:
    make.article("Kai", tags=["Hafen"])
    asked = {"app_label": "articles", "model_name": "teaser", "field_name": "article", "term": "Kai", name: value}

    assert writer.get("/admin/autocomplete/", asked).status_code in (200, 403, 404)


@pytest.mark.parametrize("value", ["abc", HUGE, "", "\x00"])
@pytest.mark.parametrize("act", ["publish_selected", "withdraw_selected", "delete_selected", "unknown"])
def test_an_act_on_rows_that_cannot_be_changes_nothing(boss: Client, act: str, value: str) -> None:
    article = make.draft()
    chosen = {"action": act, "_selected_action": [value], "post": "yes", "confirmed": "yes"}

    assert boss.post("/admin/articles/article/", chosen, follow=True).status_code == 200
    assert Article.objects.get().status == article.status


@pytest.mark.parametrize("model", ["position", "category"])
@pytest.mark.parametrize("value", ["abc", HUGE, "", "-1", "99999"])
def test_a_number_in_the_list_that_cannot_be_is_refused(boss: Client, model: str, value: str) -> None:
    row: Any = make.positions()["lead"] if model == "position" else make.category()
    typed = {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "1", "form-0-id": row.pk, "form-0-position": value, "_save": "1"}

    page = boss.post(f"/admin/articles/{model}/", typed)

    assert page.status_code == 200
    assert "errorlist" in page.content.decode()


@pytest.mark.parametrize("path", [
    "article/{}/zurueckziehen/", "article/{}/fassungen/1/", "picture/{}/original/", "wireitem/{}/uebernehmen/",
    "wireitem/{}/verwerfen/", "wireitem/{}/veroeffentlichen/", "wiredelivery/{}/roh/",
])  # fmt: skip
@pytest.mark.parametrize("number", ["0", HUGE, "9" * 400])
def test_our_own_pages_do_not_find_what_cannot_be(boss: Client, path: str, number: str) -> None:
    address = "/admin/articles/" + path.format(number)

    assert boss.get(address).status_code == 404
    assert boss.post(address, {"confirmed": "yes"}).status_code == 404


@pytest.mark.parametrize("field", ["form-TOTAL_FORMS", "form-INITIAL_FORMS", "form-0-id"])
@pytest.mark.parametrize("value", ["abc", HUGE, "-1", ""])
def test_a_list_sent_back_in_pieces_is_refused(boss: Client, field: str, value: str) -> None:
    place = make.positions()["lead"]
    typed: dict[str, Any] = {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "1", "form-0-id": place.pk, "form-0-position": "3"}

    answer = boss.post("/admin/articles/position/", {**typed, field: value, "_save": "1"})

    assert answer.status_code in (200, 302, 400)


@pytest.mark.parametrize(
    "field", ["teasers-TOTAL_FORMS", "teasers-0-id", "teasers-0-article", "teasers-0-picture", "seen_version"]
)
@pytest.mark.parametrize("value", ["abc", HUGE, "-1"])
def test_an_article_sent_back_in_pieces_is_refused(boss: Client, field: str, value: str) -> None:
    article = make.draft("Kai")
    address = reverse("admin:articles_article_change", args=[article.pk])

    answer = boss.post(address, {**forms.shown(boss, address), "headline": "Anders", field: value, "_save": "1"})

    assert answer.status_code in (200, 302)
