"""Teasers, places, the breaking line, the site, its pages and its agencies."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.models import Agency, Author, Breaking, Feed, House, Page, Position, Teaser
from tests import make
from tests.admin import forms


def add(client: Client, model: str, /, **typed: Any) -> Any:
    return client.post(reverse(f"admin:articles_{model}_add"), {**forms.NO_TERMS, **typed})


def test_a_breaking_line_stands_two_hours_unless_told_otherwise(chief: Client) -> None:
    filled = forms.shown(chief, "/admin/articles/breaking/add/")

    chief.post("/admin/articles/breaking/add/", {**filled, "headline": "Landtag stimmt zu"})

    line = Breaking.objects.get()
    assert line.visible_until - line.visible_from == timedelta(hours=2)
    assert Breaking.objects.showing(timezone.now() + timedelta(seconds=2)).exists()


def test_a_breaking_line_cannot_end_before_it_begins(chief: Client) -> None:
    data = {"headline": "Landtag stimmt zu", "visible_from": "24.02.2025 12:00", "visible_until": "24.02.2025 11:00"}

    page = add(chief, "breaking", **data)

    assert page.status_code == 200
    assert "Landtag stimmt zu" in page.content.decode()
    assert not Breaking.objects.exists()


def test_an_article_is_pinned_to_a_place(writer: Client) -> None:
    article, position = make.article(), make.positions()["lead"]

    add(
        writer,
        "teaser",
        article=article.pk,
        position=position.pk,
        pinned="on",
        headline="Kürzer",
        visible_until="24.02.2090 12:00",
    )

    teaser = Teaser.objects.get()
    assert (teaser.position, teaser.headline, teaser.pinned) == (position, "Kürzer", True)
    assert "Kürzer" in writer.get("/admin/articles/teaser/").content.decode()


@pytest.mark.parametrize("place", ["lead", ""])
def test_an_article_has_one_teaser_a_place(writer: Client, place: str) -> None:
    article, position = make.article(), make.positions()["lead"]
    data = {"article": article.pk, "position": position.pk if place else "", "headline": "Kürzer"}
    add(writer, "teaser", **data)

    page = add(writer, "teaser", **data)

    assert page.status_code == 200
    assert "errorlist" in page.content.decode()
    assert Teaser.objects.count() == 1


def test_a_teaser_without_words_is_listed_by_its_article(writer: Client) -> None:
    make.own_teaser(make.article("Kai wird gebaut"))

    assert "Kai wird gebaut" in writer.get("/admin/articles/teaser/").content.decode()


@pytest.mark.parametrize(
    ("typed", "fits"), [({"limit": "0"}, False), ({"limit": "21"}, False), ({"limit": "20"}, True), ({"rule": "category"}, False)]
)
def test_a_place_that_cannot_be_is_refused(boss: Client, typed: dict[str, str], *, fits: bool) -> None:
    data = {"label": "Sport am Abend", "slug": "", "rule": "newest", "limit": "4", "position": "9", **typed}

    page = add(boss, "position", **data)

    assert Position.objects.filter(slug="sport-am-abend").exists() is fits
    assert page.status_code == (302 if fits else 200)


def test_the_order_of_places_is_changed_in_the_list(boss: Client) -> None:
    place = make.positions()["lead"]
    formset = {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "1", "form-0-id": place.pk, "form-0-position": "7", "_save": "1"}

    boss.post("/admin/articles/position/", formset)

    place.refresh_from_db()
    assert place.position == 7


def test_there_is_one_site(boss: Client) -> None:
    data = {"name": "Tagblatt", "quote_style": "german", "related_count": "6"}
    add(boss, "house", **data)

    assert House.objects.get().pk == 1
    assert add(boss, "house", **data).status_code == 403
    assert boss.get(reverse("admin:articles_house_delete", args=[1])).status_code == 403


@pytest.mark.parametrize("number", ["0", "21", "viele"])
def test_an_impossible_number_of_related_articles_is_refused(boss: Client, number: str) -> None:
    make.house()
    address = reverse("admin:articles_house_change", args=[1])

    page = boss.post(address, {**forms.shown(boss, address), "related_count": number})

    assert page.status_code == 200
    assert House.objects.get().related_count == 6


def test_a_page_is_cleaned_and_dated(chief: Client) -> None:
    page = make.page(changed_at=make.MOMENT)
    address = reverse("admin:articles_page_change", args=[page.pk])

    chief.post(address, {**forms.shown(chief, address), "body": "Verlag\n\n<script>alert(1)</script>Kaistraße 12"})

    page.refresh_from_db()
    assert page.body == "<p>Verlag</p><p>Kaistraße 12</p>"
    assert page.changed_at > make.MOMENT


def test_a_page_too_long_is_kept_in_the_form(chief: Client) -> None:
    page = make.page()
    address = reverse("admin:articles_page_change", args=[page.pk])

    answer = chief.post(address, {**forms.shown(chief, address), "body": "Wort " * 21_000}).content.decode()

    assert "das sind zu viele: Erlaubt sind 100000" in answer
    assert Page.objects.get().body == "<p>Tagblatt Verlag, Kaistraße 12.</p>"


def test_addresses_are_made_from_names_and_stay(boss: Client) -> None:
    add(boss, "author", name="Jörg Größe")
    add(boss, "agency", name="Nord", short_name="Nörd", credit_line="nord.example", quote_style="german", priority="5")

    assert Author.objects.get().slug == "joerg-groesse"
    agency = Agency.objects.get()
    assert agency.slug == "noerd"
    address = reverse("admin:articles_agency_change", args=[agency.pk])
    boss.post(address, {**forms.shown(boss, address), "short_name": "Süd", "slug": ""})
    agency.refresh_from_db()
    assert (agency.short_name, agency.slug) == ("Süd", "noerd")


def test_an_agency_needs_its_credit_line(boss: Client) -> None:
    page = add(boss, "agency", name="Nord", short_name="nord", credit_line="  ", quote_style="german", priority="5")

    assert "errorlist" in page.content.decode()
    assert not Agency.objects.exists()


def test_an_agency_address_may_leave_out_its_scheme(boss: Client) -> None:
    data = {"name": "Nord", "short_name": "nord", "credit_line": "nord", "quote_style": "german", "priority": "5"}

    add(boss, "agency", address="nord.example", **data)

    assert Agency.objects.get().address == "https://nord.example"


def test_a_feed_is_set_up(boss: Client) -> None:
    add(boss, "feed", agency=make.agency().pk, name="Basisdienst", slug="", rule="inbox", languages="de", is_active="on", pull_seconds="60")

    feed = Feed.objects.get()
    assert (feed.slug, feed.rule, feed.is_active) == ("basisdienst", "inbox", True)


def test_a_correction_is_put_right_and_its_article_stays(chief: Client) -> None:
    correction = make.correction(make.article())
    address = reverse("admin:articles_correction_change", args=[correction.pk])

    chief.post(address, {"text": "Es waren drei.", "article": "999"})

    article = correction.article
    correction.refresh_from_db()
    assert (correction.text, correction.article) == ("Es waren drei.", article)


def test_an_unused_tag_and_picture_are_deleted(chief: Client) -> None:
    for row, name in ((make.tag("Weg"), "tag"), (make.picture(), "picture")):
        chief.post(reverse(f"admin:articles_{name}_delete", args=[row.pk]), {"post": "yes"})

        assert not type(row).objects.filter(pk=row.pk).exists()


def test_completion_offers_tags_by_alias_and_never_merged_ones(writer: Client) -> None:
    whole = make.tag("Europäische Zentralbank")
    whole.aliases.create(name="EZB")
    make.tag("Zentralbankrat", merged_into=whole)
    query = {"app_label": "articles", "model_name": "tagging", "field_name": "tag"}

    def found(term: str) -> list[str]:
        return [row["text"] for row in writer.get("/admin/autocomplete/", {**query, "term": term}).json()["results"]]

    assert found("EZB") == ["Europäische Zentralbank"]
    assert found("Zentralbank") == ["Europäische Zentralbank"]
    assert found("nichts") == []
