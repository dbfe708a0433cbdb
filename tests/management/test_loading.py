"""The demo is loaded whole or not at all, and a second time it changes nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.conf import LazySettings
from django.test import Client

from articles import desk
from articles.management.demo import front, logins, topics
from articles.management.demo.loading import load
from articles.models import (
    Agency,
    Announcement,
    Article,
    Author,
    Breaking,
    Category,
    Feed,
    House,
    Page,
    Picture,
    Position,
    Tag,
    TagAlias,
    Teaser,
)
from articles.signals import pages_changed
from articles.text.colours import pair_for
from tests import make
from tests.management.conftest import NOW

LANDTAG = "landtag-billigt-nachtragshaushalt-nach-vierzehn-stunden-debatte"


def rows() -> dict[str, list[dict[str, Any]]]:
    """Every row of every table of the newsroom, and its editors; what waits to be told to caches is no copy."""
    tables = [*apps.get_app_config("articles").get_models(), *apps.get_app_config("auth").get_models()]
    return {model.__name__: list(model._default_manager.order_by("pk").values()) for model in tables if model is not Announcement}


def test_a_second_run_changes_nothing(small: None) -> None:
    load(now=NOW)
    before = rows()

    again = load(now=NOW + timedelta(days=2))

    assert again.published == 0
    assert rows() == before


def test_what_fails_halfway_leaves_nothing(small: None, monkeypatch: pytest.MonkeyPatch) -> None:
    before = rows()
    monkeypatch.setattr(front, "arrange", lambda *_, **__: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        load(now=NOW)

    assert rows() == before
    assert not logins.file().exists()


def test_the_categories_stand_in_order_with_their_colours(small: None) -> None:
    load(now=NOW)

    found = list(Category.objects.in_order())

    assert [category.slug for category in found] == [
        "inland", "ausland", "wirtschaft", "boerse", "sport", "kultur", "wissen", "panorama",
    ]  # fmt: skip
    assert [category.name for category in found][3] == "Börse"
    assert [category.colour for category in found][:2] == ["#1b4f91", "#0d655f"]
    assert all(category.description and category.codes for category in found)
    assert all(pair_for(category.colour)[0] == category.colour for category in found), "readable as they are on light pages"


def test_no_code_means_two_categories(small: None) -> None:
    load(now=NOW)

    codes = [code for category in Category.objects.all() for code in category.codes]

    assert len(codes) == len(set(codes))


def test_every_category_has_its_block_on_the_front_page(small: None) -> None:
    load(now=NOW)

    slugs = set(Position.objects.values_list("slug", flat=True))

    assert {"lead", "second", "ticker", "opinion"} <= slugs
    assert {f"block-{category.slug}" for category in Category.objects.all()} <= slugs


def test_two_agencies_have_two_styles_and_an_inbox_each(small: None) -> None:
    load(now=NOW)

    assert dict(Agency.objects.values_list("short_name", "quote_style")) == {"nda": "swiss", "tnd": "as-delivered"}
    assert dict(Agency.objects.values_list("slug", "credit_line")) == {"nda": "nda.example", "tnd": "tnd.example"}
    assert {(feed.slug, feed.agency.slug, feed.rule) for feed in Feed.objects.select_related("agency")} == {
        ("nda", "nda", "inbox"), ("tnd", "tnd", "inbox"),
    }  # fmt: skip


def test_authors_have_words_and_some_a_portrait(small: None) -> None:
    load(now=NOW)

    kramer = Author.objects.get(slug="helene-kramer")

    assert Author.objects.count() == 7
    assert not Author.objects.filter(about="").exists()
    assert kramer.picture
    assert kramer.picture.caption == "Helene Kramer"
    assert Author.objects.get(slug="piet-harms").picture is None


def test_the_house_says_who_it_is(small: None, settings: LazySettings) -> None:
    settings.SITE_NAME = "Abendpost"
    House.objects.all().delete()

    load(now=NOW)

    house = House.objects.get()
    assert house.name == "Abendpost"
    assert all((house.publisher, house.description, house.email))


def test_what_an_editor_wrote_stays(small: None) -> None:
    make.house(name="Abendpost", publisher="Abendpost eG")
    make.category("Inland", description="Unser Land.")
    make.page("kontakt", title="So erreichen Sie uns")

    load(now=NOW)

    house = House.objects.get()
    assert (house.name, house.publisher) == ("Abendpost", "Abendpost eG")
    assert house.email, "what was empty is filled in"
    assert Category.objects.get(slug="inland").description == "Unser Land."
    assert Page.objects.get(slug="kontakt").title == "So erreichen Sie uns"


def test_the_pages_that_are_no_news_are_filled_with_the_houses_fields(small: None, client: Client) -> None:
    load(now=NOW)

    assert not Page.objects.exists(), "the house brings their text along"
    assert desk.imprint_lacks() == []
    assert desk.imprint_is_sample()
    imprint, privacy = (client.get(path).content.decode() for path in ("/impressum/", "/datenschutz/"))
    assert "Kaistraße 12<br>00000 Altenwalde" in imprint
    assert "Kaistraße 12<br>00000 Altenwalde" in privacy
    assert "noch nicht" not in imprint + privacy


def test_topics_describe_themselves(small: None) -> None:
    load(now=NOW)

    assert Tag.objects.exclude(description="").count() == len(topics.DESCRIPTIONS) >= 15
    assert Tag.objects.get(name="Haushalt").description.startswith("Woher das Land")
    assert TagAlias.objects.get(name="Eisenbahn").tag.name == "Bahnverkehr"


def test_the_lead_is_pinned_for_a_while(small: None) -> None:
    load(now=NOW)

    pin = Teaser.objects.showing(NOW).get()

    assert pin.position
    assert pin.position.slug == "lead"
    assert pin.article.slug == LANDTAG
    assert (pin.headline, pin.picture) == (front.LEAD_TEASER[0], Picture.objects.get(title="Parlament"))
    assert not Teaser.objects.showing(NOW + front.SHOWN).exists()


def test_a_breaking_line_shows_for_twelve_hours(small: None) -> None:
    load(now=NOW)

    line = Breaking.objects.showing(NOW).get()

    assert line.headline == front.BREAKING_LINE
    assert line.article
    assert line.article.urgency == 1
    assert line.visible_from == line.article.published_at
    assert Breaking.objects.showing(NOW + timedelta(hours=11, minutes=59)).exists()
    assert not Breaking.objects.showing(NOW + timedelta(hours=12)).exists()


def test_at_night_the_breaking_line_begins_now_and_not_on_a_clock_to_come(small: None) -> None:
    night = datetime(2025, 2, 24, 1, 0, tzinfo=UTC)

    load(now=night)

    assert Breaking.objects.get().visible_from == night


def test_articles_have_teasers_of_their_own(small: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(front, "OWN_TEASERS", {"Warum Brücken altern": ("Beton lebt", "")})

    load(now=NOW)

    teaser = Teaser.objects.get(position=None)
    assert (teaser.article.slug, teaser.headline, teaser.text) == ("warum-bruecken-altern", "Beton lebt", "")


def test_what_editors_took_off_the_front_page_does_not_come_back(small: None) -> None:
    load(now=NOW)
    Teaser.objects.all().delete()
    Breaking.objects.all().delete()

    load(now=NOW)

    assert not Teaser.objects.exists()
    assert not Breaking.objects.exists()


def test_caches_are_told(small: None, django_capture_on_commit_callbacks: Any) -> None:
    told: list[frozenset[str]] = []

    def note(keys: frozenset[str], **rest: Any) -> None:
        told.append(keys)

    pages_changed.connect(note)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            load(now=NOW)
    finally:
        pages_changed.disconnect(note)

    assert any("all" in keys for keys in told)
    assert any("front" in keys and f"article-{Article.objects.get(slug=LANDTAG).pk}" in keys for keys in told)
