"""Two editors at one thing: the second is told, keeps the words, and decides."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from articles.models import Article
from tests import make
from tests.admin import forms


def change(article: Article) -> str:
    return reverse("admin:articles_article_change", args=[article.pk])


def test_the_second_editor_is_told_who_saved_and_keeps_the_words(writer: Client, chief: Client) -> None:
    User.objects.filter(username="chef-vom-dienst").update(first_name="Marit", last_name="Sandvoß")
    article = make.article()
    mine = forms.shown(writer, change(article))
    chief.post(change(article), {**forms.shown(chief, change(article)), "headline": "Von der Chefin", "_save": "1"})

    page = writer.post(change(article), {**mine, "headline": "Von mir", "_save": "1"})

    article.refresh_from_db()
    assert article.headline == "Von der Chefin"
    assert "Inzwischen hat Marit Sandvoß gespeichert" in page.content.decode()
    assert page.context["adminform"].form["headline"].value() == "Von mir"
    assert "Von mir</textarea>" in page.content.decode()


def test_saving_again_is_a_decision_and_the_other_text_stays_a_revision(writer: Client, chief: Client) -> None:
    article = make.article()
    mine = forms.shown(writer, change(article))
    chief.post(change(article), {**forms.shown(chief, change(article)), "headline": "Von der Chefin", "_save": "1"})
    refused = writer.post(change(article), {**mine, "headline": "Von mir", "_save": "1"})

    again = refused.context["adminform"].form["seen_version"].value()
    writer.post(change(article), {**mine, "headline": "Von mir", "seen_version": again, "_save": "1"})

    article.refresh_from_db()
    assert article.headline == "Von mir"
    assert article.revisions.filter(headline="Von der Chefin").exists()


def test_tags_alone_are_a_change_too(writer: Client, chief: Client) -> None:
    article = make.article(tags=["Hafen"])
    mine = forms.shown(writer, change(article))
    chief.post(change(article), {**forms.shown(chief, change(article)), "tag_names": "Zoll", "_save": "1"})

    page = writer.post(change(article), {**mine, "tag_names": "Hafen, Kai", "_save": "1"}).content.decode()

    assert "Inzwischen hat chef-vom-dienst gespeichert" in page
    assert "Hafen, Kai" in page
    assert article.taggings.get().tag.name == "Zoll"


def test_a_change_by_the_wire_is_noticed(writer: Client) -> None:
    article = make.article()
    mine = forms.shown(writer, change(article))
    article.lead = "Von der Agentur."
    article.save()

    page = writer.post(change(article), {**mine, "lead": "Von mir.", "_save": "1"}).content.decode()

    assert "jemand anderes oder die Agentur gespeichert" in page
    assert "Von mir." in page


def test_an_editor_alone_never_meets_a_conflict(writer: Client) -> None:
    article = make.article()

    for headline in ("Eins", "Zwei", "Drei"):
        data = {**forms.shown(writer, change(article)), "headline": headline, "tag_names": headline, "_save": "1"}
        assert writer.post(change(article), data).status_code == 302

    article.refresh_from_db()
    assert article.headline == "Drei"


@pytest.mark.parametrize("name", ["category", "author", "agency", "page", "breaking", "house", "picture"])
def test_every_other_form_notices_as_well(boss: Client, name: str) -> None:
    makers: dict[str, Callable[[], Any]] = {
        "category": make.category, "author": make.author, "agency": make.agency, "page": make.page, "breaking": make.breaking,
        "house": make.house, "picture": make.picture,
    }  # fmt: skip
    row = makers[name]()
    address = reverse(f"admin:articles_{name}_change", args=[row.pk])
    mine = forms.shown(boss, address)
    row.save()

    page = boss.post(address, {**mine, "_save": "1"})

    assert page.status_code == 200
    assert "Inzwischen hat" in page.content.decode()


def test_a_version_sent_for_what_has_none_does_no_harm(boss: Client) -> None:
    correction = make.correction(make.article())
    address = reverse("admin:articles_correction_change", args=[correction.pk])

    answer = boss.post(address, {"text": "Es waren drei.", "seen_version": "7", "_save": "1"})

    correction.refresh_from_db()
    assert (answer.status_code, correction.text) == (302, "Es waren drei.")
