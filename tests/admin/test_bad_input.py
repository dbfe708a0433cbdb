"""Whatever an editor types, the answer is a German sentence, and nothing typed is lost."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from articles.models import Article, Category, Tag
from tests import make
from tests.admin import forms

ADD = "/admin/articles/article/add/"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("01.01.0001 00:00", "Das Jahr 1 liegt zu weit weg"),
        ("24.02.1944 12:00", "Das Jahr 1944 liegt zu weit weg"),
        ("24.02.2101 12:00", "Das Jahr 2101 liegt zu weit weg"),
        ("30.02.2025 12:00", "Den 30.02.2025 gibt es im Kalender nicht"),
        ("30.03.2025 02:30", "Die Uhr springt von 02:00 auf 03:00 Uhr"),
        ("2025-03-30T02:30", "Die Uhr springt von 02:00 auf 03:00 Uhr"),
        ("24.02.2025 25:00", "Die Uhrzeit 25:00 gibt es nicht"),
        ("morgen", "Das ist kein Zeitpunkt"),
        ("9" * 400, "Das ist kein Zeitpunkt"),
    ],
)
@pytest.mark.parametrize("field", ["embargo_until", "visible_until", "publish_at"])
def test_a_moment_the_calendar_does_not_know(writer: Client, field: str, typed: str, sentence: str) -> None:
    page = writer.post(ADD, forms.article(category=make.category().pk, _publish="1", **{field: typed})).content.decode()

    assert sentence in page
    assert f'value="{typed}"' in page
    assert "Der Rat stimmt zu." in page
    assert not Article.objects.exists()


def test_the_doubled_hour_comes_back_as_it_was(writer: Client) -> None:
    article = make.draft(embargo_until="2025-10-26T01:30:00Z")
    article.refresh_from_db()
    address = reverse("admin:articles_article_change", args=[article.pk])
    filled = forms.shown(writer, address)
    assert filled["embargo_until"] == "2025-10-26T02:30:00+01:00"

    writer.post(address, {**filled, "headline": "Anders", "_save": "1"})

    before, version = article.embargo_until, article.version
    article.refresh_from_db()
    assert (article.headline, article.embargo_until, article.version) == ("Anders", before, version + 1)


@pytest.mark.parametrize("sign", ["\x07", "\u202e", "\u200f"])
@pytest.mark.parametrize(
    "field", ["kicker", "headline", "lead", "body", "caption", "tag_names", "dateline", "teasers-0-headline"],
)  # fmt: skip
def test_signs_nobody_sees_are_named(writer: Client, field: str, sign: str) -> None:
    page = writer.post(ADD, forms.article(category=make.category().pk, **{field: f"Wort{sign}Wort"})).content.decode()

    assert f"unsichtbares Steuerzeichen (U+{ord(sign):04X})" in page
    assert not Article.objects.exists()


def test_a_nul_is_refused(writer: Client) -> None:
    page = writer.post(ADD, forms.article(category=make.category().pk, headline="Wort\x00Wort"))

    assert page.status_code == 200
    assert not Article.objects.exists()


def test_a_body_of_five_megabytes_gets_a_sentence_and_stays(writer: Client) -> None:
    body = "<p>Lang.</p>" * (5 * 1024 * 1024 // 12)

    page = writer.post(ADD, forms.article(category=make.category().pk, body=body)).content.decode()

    assert "das sind zu viele: Erlaubt sind 400000" in page
    assert page.count("Lang.") > 400_000


@pytest.mark.parametrize(("field", "limit"), [("headline", 200), ("lead", 1500), ("kicker", 80), ("caption", 500)])
def test_what_is_too_long_is_kept_whole(writer: Client, field: str, limit: int) -> None:
    text = "ä" * (limit + 1)

    page = writer.post(ADD, forms.article(category=make.category().pk, **{field: text})).content.decode()

    assert text in page
    assert f"höchstens {limit} Zeichen" in page
    assert "maxlength" not in page


def test_too_many_or_too_long_names_are_refused(writer: Client) -> None:
    many = ", ".join(f"Wort {n}" for n in range(31))
    assert "höchstens 30" in writer.post(ADD, forms.article(tag_names=many)).content.decode()

    page = writer.post(ADD, forms.article(tag_names="x" * 101)).content.decode()

    assert "ist länger als 100 Zeichen" in page


@pytest.mark.parametrize("urgency", ["0", "10", "eins"])
def test_an_urgency_out_of_range_is_refused(writer: Client, urgency: str) -> None:
    page = writer.post(ADD, forms.article(category=make.category().pk, urgency=urgency)).content.decode()

    assert "errorlist" in page
    assert not Article.objects.exists()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"slug": "suche"}, "Die Adresse «suche» braucht die Website selbst"),
        ({"name": "Archiv", "slug": ""}, "Die Adresse «archiv» braucht die Website selbst"),
        ({"slug": "Große Welt"}, "Adresse"),
        ({"colour": "rot"}, "Eine Farbe sieht so aus"),
        ({"codes": "x" * 101}, "ist kein Code"),
        ({"position": "-1"}, "größer oder gleich 0"),
    ],
)
def test_a_category_that_cannot_be(boss: Client, typed: dict[str, str], sentence: str) -> None:
    data = {"name": "Welt", "slug": "welt", "colour": "#0d655f", "position": "1", "codes": "", **typed}

    page = boss.post("/admin/articles/category/add/", data).content.decode()

    assert sentence in page
    assert not Category.objects.exists()


def test_a_name_that_exists_is_refused(boss: Client) -> None:
    make.tag("Hafen")

    data = {"name": "Hafen", "automatic": "suggest", "aliases-TOTAL_FORMS": "0", "aliases-INITIAL_FORMS": "0"}
    page = boss.post("/admin/articles/tag/add/", data).content.decode()

    assert "existiert bereits" in page
    assert Tag.objects.count() == 1


def deletable() -> dict[str, Any]:
    article = make.article(tags=["Hafen"], authors=["Helene Kramer"], agency=make.agency(), picture=make.picture())
    position = make.positions()["lead"]
    make.pin(article, position)
    return {
        "category": article.category, "tag": make.tag("Hafen"), "author": make.author("Helene Kramer"),
        "agency": article.agency, "picture": article.picture, "position": position,
    }  # fmt: skip


@pytest.mark.parametrize("name", ["category", "tag", "author", "agency", "picture", "position"])
def test_what_is_in_use_is_not_deleted_and_its_users_are_named(boss: Client, name: str) -> None:
    row = deletable()[name]
    address = reverse(f"admin:articles_{name}_delete", args=[row.pk])

    page = boss.post(address, {"post": "yes"}).content.decode()

    assert "lässt sich nicht löschen, denn es wird noch gebraucht" in page
    assert "Rat beschließt neuen Plan" in page or name in ("position", "category")
    assert type(row).objects.filter(pk=row.pk).exists()


def test_many_users_are_counted_and_not_listed(boss: Client, django_assert_max_num_queries: Any) -> None:
    make.articles(40)
    address = reverse("admin:articles_category_delete", args=[make.category().pk])

    with django_assert_max_num_queries(20):
        page = boss.get(address).content.decode()

    assert "… und 35 weitere (Artikel)" in page


def test_a_form_that_no_browser_sends_is_answered(writer: Client) -> None:
    article = make.article()
    address = reverse("admin:articles_article_change", args=[article.pk])

    for data in ({}, {"seen_version": "x"}, {"teasers-TOTAL_FORMS": "x"}, {**forms.TEASERS, "category": "x", "further": ["x"]}):
        assert writer.post(address, data).status_code == 200
    assert User.objects.count() == 1
