"""Changing copy without losing a word."""

from __future__ import annotations

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles import desk
from articles.models import Article, Correction, Revision
from tests import make

pytestmark = pytest.mark.django_db


def test_what_stood_there_before_is_kept_with_who_replaced_it() -> None:
    article, editor = make.article("Alt", lead="Alter Vorspann."), make.editor()

    desk.revise(article, {"headline": "Neu", "body": "<p>Neu.</p>"}, kind="update", editor=editor)

    kept = Revision.objects.get()
    assert (kept.headline, kept.lead, kept.body, kept.editor) == ("Alt", "Alter Vorspann.", make.BODY, editor)
    assert Article.objects.get(pk=article.pk).headline == "Neu"


def test_what_changes_nothing_leaves_no_trace() -> None:
    article = make.article()
    before = Article.objects.values().get(pk=article.pk)

    assert desk.revise(article, {"headline": article.headline, "lead": article.lead}, kind="update") is False

    assert Article.objects.values().get(pk=article.pk) == before
    assert not Revision.objects.exists()


@pytest.mark.parametrize(("kind", "is_told"), [("edit", False), ("update", True), ("correction", True)])
def test_readers_are_told_of_updates_and_corrections_only(kind: desk.Change, is_told: bool) -> None:
    article = make.article()

    desk.revise(article, {"lead": "Anders."}, kind=kind)

    stored = Article.objects.get(pk=article.pk)
    assert (stored.updated_at is not None) is is_told
    assert stored.changed_at > make.MOMENT


def test_a_draft_is_never_shown_as_updated() -> None:
    article = make.draft()

    desk.revise(article, {"lead": "Anders."}, kind="update")

    assert Article.objects.get(pk=article.pk).updated_at is None


def test_a_new_category_is_no_revision_of_the_text() -> None:
    article = make.article()

    desk.revise(article, {"category": make.category("Sport")})

    assert not Revision.objects.exists()
    assert Article.objects.get(pk=article.pk).category.name == "Sport"


def test_a_correction_stands_below_the_article(client: Client) -> None:
    article = make.article()

    desk.correct(article, "  Es waren zwei, nicht drei.  ")

    assert Correction.objects.get().text == "Es waren zwei, nicht drei."
    page = client.get(article.get_absolute_url()).content.decode()
    assert "Es waren zwei, nicht drei." in page
    assert "Aktualisiert:" in page


def test_the_version_counts_every_change() -> None:
    article = make.draft()
    versions = [Article.objects.get(pk=article.pk).version]

    for act in (lambda: desk.revise(article, {"lead": "Anders."}), lambda: desk.publish(article), lambda: desk.withdraw(article)):
        act()
        versions.append(Article.objects.get(pk=article.pk).version)

    assert versions == [1, 2, 3, 4]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(st.text(st.characters(categories=["L", "N", "P"]), min_size=1, max_size=20), min_size=1, max_size=8))
def test_every_state_an_article_ever_had_can_be_found(texts: list[str]) -> None:
    article = make.article("Anfang")

    for text in texts:
        desk.revise(article, {"headline": text}, kind="update")

    kept = [*Revision.objects.filter(article=article).order_by("version").values_list("headline", flat=True), article.headline]
    written = [text for place, text in enumerate(["Anfang", *texts]) if place == 0 or text != ["Anfang", *texts][place - 1]]
    assert kept == written


def test_tags_keep_their_order_and_merged_ones_are_replaced() -> None:
    stayed = make.tag("Russland")
    merged = make.tag("Rußland", slug="russland-alt", merged_into=stayed)
    article = make.draft()

    assert desk.set_tags(article, [make.tag("USA"), merged, make.tag("Öl"), stayed]) is True
    assert desk.set_tags(article, [make.tag("USA"), stayed, make.tag("Öl")]) is False

    assert [tagging.tag.name for tagging in article.taggings.select_related("tag")] == ["USA", "Russland", "Öl"]


def test_the_main_category_is_never_a_further_one() -> None:
    article = make.draft(category="Ausland")

    desk.set_further_categories(article, [make.category("Ausland"), make.category("Sport")])

    assert [further.category.name for further in article.further.all()] == ["Sport"]


def test_a_preview_address_opens_the_draft_for_a_while(client: Client) -> None:
    article = make.draft("Noch geheim")

    response = client.get(desk.preview_path(article))

    assert response.status_code == 200
    assert "Noch geheim" in response.content.decode()
    assert "Vorschau (Entwurf)" in response.content.decode()
    assert response.headers["Cache-Control"] == "private, no-store"
    assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert "ETag" not in response.headers


def test_a_preview_address_cannot_be_guessed(client: Client) -> None:
    article = make.draft()

    assert client.get(desk.preview_path(article).replace(":", "x:", 1)).status_code == 404
