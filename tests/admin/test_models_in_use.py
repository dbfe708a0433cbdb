"""What something else needs is not deleted: the page says who needs it, and nothing is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, User
from django.db import models
from django.test import Client
from django.urls import reverse

from articles import desk
from articles.models import (
    Article,
    Author,
    FurtherCategory,
    Page,
    Picture,
    Revision,
    Tag,
    Tagging,
    Teaser,
    WireDelivery,
    WireItem,
)
from articles.signals import pages_changed
from tests import make
from tests.admin.test_announcements import Heard
from tests.admin.test_every_page import wire_item

Case = tuple[Any, Any, str]  # what is to go, what needs it, and the sentence that says so
NOT_DELETED = "lässt sich nicht löschen, denn es wird noch gebraucht"


@contextmanager
def hearing(commits: Any) -> Iterator[Heard]:
    """The keys announced by what is committed within."""
    keys = Heard()
    pages_changed.connect(keys, weak=False)
    try:
        with commits(execute=True):
            yield keys
    finally:
        pages_changed.disconnect(keys)


def delete_address(row: models.Model) -> str:
    return reverse(f"admin:articles_{row._meta.model_name}_delete", args=[row.pk])


def delete_selected(client: Client, *rows: models.Model) -> Any:
    data = {"action": "delete_selected", "_selected_action": [row.pk for row in rows], "post": "yes"}
    return client.post(reverse(f"admin:articles_{rows[0]._meta.model_name}_changelist"), data, follow=True)


def counts() -> dict[str, int]:
    """How many rows there are of everything."""
    return {model.__name__: model._default_manager.count() for model in apps.get_app_config("articles").get_models()}


def category_of_an_article() -> Case:
    article = make.draft("Kai wird gebaut")
    return article.category, article, "Artikel: Kai wird gebaut"


def category_beside_another() -> Case:
    article, further = make.draft("Kai wird gebaut"), make.category("Wirtschaft")
    desk.set_further_categories(article, [further])
    return further, FurtherCategory.objects.get(), "Artikel: Kai wird gebaut"


def category_of_a_feed() -> Case:
    feed = make.feed(category=make.category())
    return feed.category, feed, "Dienst: nda · Basisdienst"


def category_of_a_place() -> Case:
    category = make.category()
    return category, make.positions()["block-ausland"], "Platz: Ausland"


def tag_of_an_article() -> Case:
    make.draft("Kai wird gebaut", tags=["Hafen"])
    return make.tag("Hafen"), Tagging.objects.get(), "Artikel: Kai wird gebaut"


def tag_of_a_tag() -> Case:
    whole = make.tag("Ganz")
    return whole, make.tag("Teil", merged_into=whole), "Schlagwort: Teil"


def author_of_an_article() -> Case:
    article = make.draft("Kai wird gebaut", authors=["Helene Kramer"])
    return make.author("Helene Kramer"), article.authorships.get(), "Artikel: Kai wird gebaut"


def agency_of_an_article() -> Case:
    article = make.draft("Kai wird gebaut", agency=make.agency())
    return article.agency, article, "Artikel: Kai wird gebaut"


def agency_of_a_feed() -> Case:
    feed = make.feed()
    return feed.agency, feed, "Dienst: nda · Basisdienst"


def feed_of_a_delivery() -> Case:
    feed = make.feed()
    return feed, WireDelivery.objects.create(feed=feed, name="kai.json", raw=b"{}", hash="a" * 64), "Lieferung: kai.json"


def feed_of_an_item() -> Case:
    item = wire_item()
    WireItem.objects.update(delivery=None)
    WireDelivery.objects.all().delete()
    return item.feed, item, "Agenturmeldung: Kai wird gebaut"


def picture_of_an_article() -> Case:
    article = make.draft("Kai wird gebaut", picture=make.picture())
    return article.picture, article, "Artikel: Kai wird gebaut"


def picture_of_an_author() -> Case:
    author = make.author("Helene Kramer", picture=make.picture())
    return author.picture, author, "Autor: Helene Kramer"


def picture_of_a_teaser() -> Case:
    teaser = make.own_teaser(make.draft(), headline="Kai kürzer", picture=make.picture())
    return teaser.picture, teaser, "Teaser: Kai kürzer"


def place_of_a_teaser() -> Case:
    position = make.positions()["lead"]
    return position, make.pin(make.draft(), position, headline="Kai kürzer"), "Teaser: Kai kürzer"


CASES: list[Callable[[], Case]] = [
    category_of_an_article, category_beside_another, category_of_a_feed, category_of_a_place, tag_of_an_article, tag_of_a_tag,
    author_of_an_article, agency_of_an_article, agency_of_a_feed, feed_of_a_delivery, feed_of_an_item, picture_of_an_article,
    picture_of_an_author, picture_of_a_teaser, place_of_a_teaser,
]  # fmt: skip
each_case = pytest.mark.parametrize("case", CASES, ids=lambda case: case.__name__)


@each_case
def test_what_is_needed_stays_and_the_sentence_names_who_needs_it(boss: Client, case: Callable[[], Case]) -> None:
    row, _, sentence = case()
    before = counts()

    for page in (boss.get(delete_address(row)), boss.post(delete_address(row), {"post": "yes"})):
        assert page.status_code == 200
        assert page.context["protected"] == [sentence]
        assert NOT_DELETED in page.content.decode()
        assert f"<li>{sentence}</li>" in page.content.decode()
        assert 'name="post"' not in page.content.decode()
    assert counts() == before


@each_case
def test_a_selection_with_something_needed_stays_whole(boss: Client, case: Callable[[], Case]) -> None:
    row, _, sentence = case()
    before = counts()

    page = delete_selected(boss, row).content.decode()

    assert "Gelöscht ist nichts" in page
    assert f"<li>{sentence}</li>" in page
    assert counts() == before


@each_case
def test_what_nobody_needs_any_longer_goes(boss: Client, case: Callable[[], Case]) -> None:
    row, user, _ = case()
    user.delete()
    assert boss.get(delete_address(row)).context["protected"] == []

    answer = boss.post(delete_address(row), {"post": "yes"})

    assert answer.status_code == 302
    assert not type(row)._default_manager.filter(pk=row.pk).exists()


def test_one_needed_tag_keeps_the_free_one_beside_it(chief: Client) -> None:
    make.draft("Kai wird gebaut", tags=["Hafen"])
    free = make.tag("Frei")

    delete_selected(chief, make.tag("Hafen"), free)
    assert Tag.objects.count() == 2

    delete_selected(chief, free)
    assert list(Tag.objects.values_list("name", flat=True)) == ["Hafen"]


def test_all_who_need_it_are_named(boss: Client) -> None:
    article = make.draft("Kai wird gebaut", picture=make.picture())
    make.own_teaser(article, headline="Kai kürzer", picture=article.picture)
    make.author("Helene Kramer", picture=article.picture)
    assert article.picture is not None

    page = boss.post(delete_address(article.picture), {"post": "yes"})

    named = {"Artikel: Kai wird gebaut", "Teaser: Kai kürzer", "Autor: Helene Kramer"}
    assert set(page.context["protected"]) == named
    assert Picture.objects.exists()


@pytest.mark.parametrize(("number", "last"), [(5, "Artikel: Meldung 0"), (6, "… und 1 weitere (Artikel)")])
def test_five_are_named_and_the_sixth_is_counted(boss: Client, number: int, last: str) -> None:
    make.articles(number)

    named = boss.get(delete_address(make.category())).context["protected"]

    assert named[-1] == last
    assert len(named) == number
    assert named[0] == f"Artikel: Meldung {number - 1}"


def test_a_headline_cannot_become_markup_in_the_sentence(boss: Client) -> None:
    make.draft("<img src=x onerror=alert(1)>", tags=["Hafen"])

    page = boss.get(delete_address(make.tag("Hafen"))).content.decode()

    assert "<img src=x" not in page
    assert "Artikel: &lt;img src=x" in page


def test_asking_deletes_nothing(boss: Client) -> None:
    rows = [make.category(), make.tag(), make.author(), make.agency(), make.picture(), make.page(), make.breaking()]
    before = counts()

    for row in rows:
        assert "wirklich löschen" in boss.get(delete_address(row)).content.decode()

    assert counts() == before


def test_a_draft_takes_only_its_own_with_it(chief: Client) -> None:
    draft = make.draft(tags=["Hafen"], authors=["Helene Kramer"], agency=make.agency("kai"), picture=make.picture())
    desk.revise(draft, {"headline": "Neu"})
    make.own_teaser(draft)
    item = wire_item()
    WireItem.objects.update(article=draft)

    assert chief.post(delete_address(draft), {"post": "yes"}).status_code == 302

    for mine in (Article, Revision, Teaser, Tagging):
        assert not mine._default_manager.exists(), mine
    for other in (Tag, Author, Picture):
        assert other._default_manager.exists(), other
    item.refresh_from_db()
    assert (item.article, item.headline) == (None, "Kai wird gebaut")


@pytest.mark.parametrize("name", ["wireitem", "wiredelivery", "house"])
def test_nobody_deletes_what_arrived_or_the_site_itself(boss: Client, name: str) -> None:
    rows: dict[str, Any] = {"wireitem": wire_item, "wiredelivery": lambda: wire_item().delivery, "house": make.house}
    row = rows[name]()
    before = counts()

    assert boss.post(delete_address(row), {"post": "yes"}).status_code == 403
    delete_selected(boss, row)

    assert counts() == before


def test_an_editor_who_leaves_takes_no_text_along(boss: Client) -> None:
    editor, article = make.editor("Redakteur"), make.article("Vorher")
    desk.revise(article, {"headline": "Nachher"}, editor=editor)
    before = counts()

    boss.post(reverse("admin:auth_user_delete", args=[editor.pk]), {"post": "yes"})

    assert not User.objects.filter(pk=editor.pk).exists()
    revision = Revision.objects.get()
    assert (revision.headline, revision.editor) == ("Vorher", None)
    assert counts() == before


def test_a_role_that_goes_leaves_its_people(boss: Client) -> None:
    editor = make.editor("Redakteur")

    boss.post(reverse("admin:auth_group_delete", args=[Group.objects.get(name="Redakteur").pk]), {"post": "yes"})

    assert not Group.objects.filter(name="Redakteur").exists()
    editor.refresh_from_db()
    assert not User.objects.get(pk=editor.pk).has_perm("articles.view_article")


def test_each_row_of_a_selection_is_announced(chief: Client, django_capture_on_commit_callbacks: Any) -> None:
    pages = [make.page(slug) for slug in ("impressum", "kontakt")]

    with hearing(django_capture_on_commit_callbacks) as heard:
        delete_selected(chief, *pages)

    assert not Page.objects.exists()
    assert {"page-impressum", "page-kontakt", "front"} <= heard


def test_what_stays_is_not_announced(boss: Client, django_capture_on_commit_callbacks: Any) -> None:
    row, _, _ = author_of_an_article()

    with hearing(django_capture_on_commit_callbacks) as heard:
        boss.post(delete_address(row), {"post": "yes"})
        delete_selected(boss, row)

    assert heard == set()


def test_a_correction_taken_back_leaves_its_article_and_drops_its_page(
    chief: Client, django_capture_on_commit_callbacks: Any
) -> None:
    article = make.article()
    correction = make.correction(article)

    with hearing(django_capture_on_commit_callbacks) as heard:
        chief.post(delete_address(correction), {"post": "yes"})

    assert not article.corrections.exists()
    assert Article.objects.get().is_public()
    assert article.page_key in heard
