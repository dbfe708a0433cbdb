"""Forms of what frames the news: teasers, places, breaking lines, categories, tags, the site and its pages."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.front.arrangement import arrange
from articles.models import Article, Breaking, Category, House, Page, Position, Tag, Teaser
from articles.text.colours import DARK_GROUNDS, LIGHT_GROUNDS, READABLE, contrast, pair_for
from articles.text.slugs import RESERVED
from tests import make
from tests.admin import forms
from tests.admin.test_models_in_use import hearing

NOON = datetime(2025, 2, 24, 11, 0, tzinfo=UTC)
WINDOWS = [("24.02.2025 12:00", "24.02.2025 11:59"), ("24.02.2025 12:00", "24.02.2025 12:00"), ("30.02.2025 12:00", "")]


def address_of(row: Any) -> str:
    return reverse(f"admin:articles_{row._meta.model_name}_change", args=[row.pk])


def add(client: Client, model: str, /, **typed: Any) -> Any:
    return client.post(reverse(f"admin:articles_{model}_add"), typed)


def save(client: Client, row: Any, /, **typed: Any) -> Any:
    return client.post(address_of(row), {**forms.shown(client, address_of(row)), "_save": "1", **typed})


def lead_story(at: datetime | None = None) -> tuple[str, str]:
    """The headline of the article that leads the front page, and what the teaser says instead."""
    placed = arrange(at).places["lead"].placed
    return (placed[0].article.headline, placed[0].headline) if placed else ("", "")


@pytest.mark.parametrize(("begins", "ends"), WINDOWS)
def test_a_teaser_with_an_impossible_time_is_refused_and_its_words_stay(writer: Client, begins: str, ends: str) -> None:
    data = {"article": make.article().pk, "position": make.positions()["lead"].pk, "headline": "Kürzer"}

    page = add(writer, "teaser", visible_from=begins, visible_until=ends, **data)

    assert page.status_code == 200
    assert page.context["errors"]
    assert 'value="Kürzer"' in page.content.decode()
    assert f'value="{begins}"' in page.content.decode()
    assert not Teaser.objects.exists()


@pytest.mark.parametrize(
    ("begins", "ends", "expected"),
    [("", "", (None, None)), ("24.02.2025 12:00", "", (NOON, None)), ("", "24.02.2025 12:00", (None, NOON))],
)
def test_a_teaser_may_leave_either_end_open(writer: Client, begins: str, ends: str, expected: tuple[Any, Any]) -> None:
    position = make.positions()["lead"]

    add(writer, "teaser", article=make.article().pk, position=position.pk, visible_from=begins, visible_until=ends)

    teaser = Teaser.objects.get()
    assert (teaser.visible_from, teaser.visible_until) == expected


def test_a_pin_stands_at_its_place_with_its_own_words_for_its_time(writer: Client) -> None:
    pinned = make.article("Alt", at=NOON - timedelta(days=9))
    make.article("Neu", at=NOON)
    window = {"visible_from": "24.02.2025 13:00", "visible_until": "24.02.2025 14:00"}

    add(writer, "teaser", article=pinned.pk, position=make.positions()["lead"].pk, pinned="on", headline="Kürzer", **window)

    hour = timedelta(hours=1)
    assert lead_story(NOON + hour - timedelta(seconds=1)) == ("Neu", "")
    assert lead_story(NOON + hour) == ("Alt", "Kürzer")
    assert lead_story(NOON + 2 * hour) == ("Neu", "")


def test_a_pin_taken_off_gives_the_place_back(writer: Client) -> None:
    make.article("Neu")
    teaser = make.pin(make.article("Alt", at=make.MOMENT - timedelta(days=9)), make.positions()["lead"])
    assert lead_story()[0] == "Alt"
    typed = {name: value for name, value in forms.shown(writer, address_of(teaser)).items() if name != "pinned"}

    writer.post(address_of(teaser), {**typed, "_save": "1"})

    teaser.refresh_from_db()
    assert not teaser.pinned
    assert lead_story()[0] == "Neu"


def test_a_draft_may_be_pinned_and_waits_until_it_is_published(writer: Client) -> None:
    draft = make.draft("Kommt noch")

    add(writer, "teaser", article=draft.pk, position=make.positions()["lead"].pk, pinned="on")
    assert Teaser.objects.get().article == draft
    assert lead_story() == ("", "")

    writer.post(address_of(draft), {**forms.shown(writer, address_of(draft)), "_publish": "1"})
    assert lead_story()[0] == "Kommt noch"


@pytest.mark.parametrize("typed", [{"article": ""}, {"article": "999"}, {"position": "999"}, {"text": "x" * 601}])
def test_a_teaser_that_points_nowhere_or_says_too_much_is_refused(writer: Client, typed: dict[str, str]) -> None:
    data = {"article": make.article().pk, "position": make.positions()["lead"].pk, **typed}

    page = add(writer, "teaser", **data)

    assert page.status_code == 200
    assert next(iter(typed)) in page.context["adminform"].form.errors
    assert not Teaser.objects.exists()


def test_every_page_with_the_article_hears_of_its_teaser(writer: Client, django_capture_on_commit_callbacks: Any) -> None:
    article = make.article(tags=["Hafen"], authors=["Helene Kramer"], agency=make.agency(), at=NOON)
    position = make.positions()["lead"]
    keys = {
        article.page_key, article.category.page_key, make.tag("Hafen").page_key, make.author().page_key, make.agency().page_key,
        "archive-2025-02-24", "front", "ticker",
    }  # fmt: skip

    with hearing(django_capture_on_commit_callbacks) as added:
        add(writer, "teaser", article=article.pk, position=position.pk)
    with hearing(django_capture_on_commit_callbacks) as changed:
        save(writer, Teaser.objects.get(), headline="Kürzer")
    with hearing(django_capture_on_commit_callbacks) as deleted:
        writer.post(reverse("admin:articles_teaser_delete", args=[Teaser.objects.get().pk]), {"post": "yes"})

    assert added == changed == deleted == keys
    assert not Teaser.objects.exists()


def test_what_is_refused_is_not_announced(boss: Client, django_capture_on_commit_callbacks: Any) -> None:
    begins, ends = WINDOWS[0]

    with hearing(django_capture_on_commit_callbacks) as heard:
        add(boss, "breaking", headline="Landtag stimmt zu", visible_from=begins, visible_until=ends)
        add(boss, "teaser", article=make.article().pk, visible_from=begins, visible_until=ends)
        save(boss, make.category(), slug="suche")

    assert "all" not in heard
    assert not Breaking.objects.exists()
    assert Category.objects.get().slug == "ausland"


@pytest.mark.parametrize(("begins", "ends"), [*WINDOWS, ("", "24.02.2025 12:00"), ("24.02.2025 12:00", "")])
def test_a_breaking_line_needs_both_ends_in_their_order(chief: Client, begins: str, ends: str) -> None:
    page = add(chief, "breaking", headline="Landtag stimmt zu", visible_from=begins, visible_until=ends)

    assert page.status_code == 200
    assert page.context["errors"]
    assert 'value="Landtag stimmt zu"' in page.content.decode()
    assert not Breaking.objects.exists()


@pytest.mark.parametrize("headline", ["", "   ", "x" * 161, "Land\u202etag"])
def test_a_breaking_line_says_something_that_can_be_printed(chief: Client, headline: str) -> None:
    page = add(chief, "breaking", headline=headline, visible_from="24.02.2025 12:00", visible_until="24.02.2090 12:00")

    assert "headline" in page.context["adminform"].form.errors
    assert not Breaking.objects.exists()


def test_a_breaking_line_stands_until_its_end_and_every_page_hears(
    chief: Client, django_capture_on_commit_callbacks: Any
) -> None:
    window = {"visible_from": "24.02.2025 12:00", "visible_until": "24.02.2025 14:00"}

    with hearing(django_capture_on_commit_callbacks) as added:
        add(chief, "breaking", headline="Landtag stimmt zu", article=make.draft().pk, **window)
    line = Breaking.objects.get()
    with hearing(django_capture_on_commit_callbacks) as ended:
        save(chief, line, visible_until="24.02.2025 13:00")

    assert (added, ended) == ({"all"}, {"all"})
    assert Breaking.objects.showing(NOON).get() == line
    assert not Breaking.objects.showing(NOON + timedelta(hours=1)).exists()


def test_a_place_keeps_its_name_for_templates_and_takes_its_new_size(
    boss: Client, django_capture_on_commit_callbacks: Any
) -> None:
    place = make.positions()["second"]

    with hearing(django_capture_on_commit_callbacks) as heard:
        save(boss, place, label="Darunter", slug="", limit="5")

    place.refresh_from_db()
    assert (place.label, place.slug, place.limit) == ("Darunter", "second", 5)
    assert heard == {"front"}


def test_a_place_of_a_category_shows_that_category(boss: Client) -> None:
    make.positions()
    make.article("Tor", category="Sport")
    sport = Category.objects.get(name="Sport")

    add(boss, "position", label="Sport", slug="block-tore", rule="category", category=sport.pk, limit="3", position="1")

    assert Position.objects.get(slug="block-tore").category == sport
    assert [placed.article.headline for placed in arrange().places["block-tore"].placed] == []  # it already leads
    assert lead_story()[0] == "Tor"


def test_the_order_of_the_list_is_announced(writer: Client, django_capture_on_commit_callbacks: Any) -> None:
    place = make.positions()["opinion"]
    formset = {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "1", "form-0-id": place.pk, "form-0-position": "17", "_save": "1"}

    with hearing(django_capture_on_commit_callbacks) as heard:
        writer.post("/admin/articles/position/", formset)

    place.refresh_from_db()
    assert (place.position, heard) == (17, {"front"})


@pytest.mark.parametrize("slug", ["suche", "archiv", "tdmrep", "admin"])
def test_a_category_cannot_move_to_an_address_of_the_site(boss: Client, slug: str) -> None:
    assert slug in RESERVED

    page = save(boss, make.category(), slug=slug)

    assert f"Die Adresse «{slug}» braucht die Website selbst" in page.content.decode()
    assert Category.objects.get().slug == "ausland"


@pytest.mark.parametrize("colour", ["#ffffff", "#ffff00", "#000000", "#808080"])
def test_a_colour_too_faint_is_kept_and_printed_readable(boss: Client, colour: str) -> None:
    assert min(contrast(colour, ground) for ground in (*LIGHT_GROUNDS, *DARK_GROUNDS)) < READABLE

    save(boss, make.category(), colour=colour)

    category = Category.objects.get()
    assert category.colour == colour
    page = boss.get(address_of(category)).content.decode()
    for printed, grounds in zip(pair_for(colour), (LIGHT_GROUNDS, DARK_GROUNDS), strict=True):
        assert f">{printed}</span>" in page
        assert min(contrast(printed, ground) for ground in grounds) >= READABLE


def test_an_article_of_both_tags_has_the_merged_one_once(boss: Client) -> None:
    article, other = make.article(tags=["Alt", "Zoll", "Neu"]), make.draft(tags=["Alt"])
    before = article.published_at

    save(boss, make.tag("Alt"), merged_into=make.tag("Neu").pk)

    assert list(article.taggings.order_by("position").values_list("tag__name", flat=True)) == ["Neu", "Zoll"]
    assert set(article.taggings.values_list("published_at", flat=True)) == {before}
    assert other.taggings.get().tag == make.tag("Neu")
    assert Tag.objects.get(name="Alt").merged_into == make.tag("Neu")


def test_whoever_types_a_merged_tag_gets_the_one_it_became(writer: Client) -> None:
    make.tag("Alt", merged_into=make.tag("Neu"))

    writer.post("/admin/articles/article/add/", forms.article(category=make.category().pk, tag_names="alt, Neu"))

    assert [tag.name for tag in Article.objects.get().tags.all()] == ["Neu"]


def test_a_second_site_cannot_be_added(boss: Client) -> None:
    make.house(name="Tagblatt")
    assert (
        reverse("admin:articles_house_add")
        not in boss.get(reverse("admin:articles_house_changelist"), follow=True).content.decode()
    )

    answer = add(boss, "house", name="Zweites", quote_style="german", related_count="6")

    assert answer.status_code == 403
    assert [house.name for house in House.objects.all()] == ["Tagblatt"]


def test_the_site_changes_in_place(boss: Client, django_capture_on_commit_callbacks: Any) -> None:
    house = make.house(changed_at=make.MOMENT)

    with hearing(django_capture_on_commit_callbacks) as heard:
        save(boss, house, name="Abendblatt", related_count="20")

    found = House.objects.get()
    assert (found.pk, found.name, found.related_count, heard) == (1, "Abendblatt", 20, {"all"})
    assert make.MOMENT < found.changed_at <= timezone.now()


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ('<p onclick="x()">Verlag</p>', "<p>Verlag</p>"),
        ("<p>Ruf <a href='javascript:x()'>an</a></p>", "<p>Ruf an</p>"),
        ("<p>Verlag</p><iframe src='https://x.example'></iframe><style>p{}</style>", "<p>Verlag</p>"),
        ("AG & Co. <KG", "<p>AG &amp; Co. &lt;KG</p>"),
    ],
)
def test_the_text_of_a_page_is_cleaned_before_it_is_kept(chief: Client, typed: str, stored: str) -> None:
    add(chief, "page", slug="impressum", title="Impressum", body=typed)

    assert Page.objects.get().body == stored


@pytest.mark.parametrize("slug", ["impressum", "ueber-uns", ""])
def test_a_page_stands_once_at_an_address_the_site_knows(chief: Client, slug: str) -> None:
    make.page("impressum")

    page = add(chief, "page", slug=slug, title="Noch eine", body="Text")

    assert "slug" in page.context["adminform"].form.errors
    assert Page.objects.get().title == "Impressum"
