"""A topic's form: picture, pinned pieces and milestones."""

from __future__ import annotations

from django.test import Client

from articles.models import Highlight
from tests import make
from tests.admin import forms


def test_an_editor_pins_a_piece_and_sets_a_milestone(writer: Client) -> None:
    tag, article, picture = make.tag("Häfen"), make.article("Kai wird gebaut"), make.picture()
    address = f"/admin/articles/tag/{tag.pk}/change/"
    rows = {
        "highlights-TOTAL_FORMS": "2", "highlights-0-kind": "pinned", "highlights-0-article": article.pk, "highlights-0-position": "1",
        "highlights-1-kind": "milestone", "highlights-1-article": article.pk, "highlights-1-text": "Der Bau beginnt", "highlights-1-position": "0",
    }  # fmt: skip

    answer = writer.post(address, {**forms.shown(writer, address), **rows, "picture": picture.pk})

    assert answer.status_code == 302
    assert sorted(Highlight.objects.values_list("kind", "text")) == [("milestone", "Der Bau beginnt"), ("pinned", "")]
    tag.refresh_from_db()
    assert tag.picture == picture


def test_the_same_piece_twice_at_one_place_is_refused_with_a_sentence(writer: Client) -> None:
    tag, article = make.tag("Häfen"), make.article()
    Highlight.objects.create(tag=tag, article=article)
    address = f"/admin/articles/tag/{tag.pk}/change/"
    more = {"highlights-TOTAL_FORMS": "2", "highlights-1-kind": "pinned", "highlights-1-article": article.pk, "highlights-1-position": "0"}

    answer = writer.post(address, {**forms.shown(writer, address), **more})

    assert answer.status_code == 200
    assert "errorlist" in answer.content.decode()


def test_a_picture_that_a_topic_shows_is_not_deleted(boss: Client) -> None:
    picture = make.picture()
    make.tag("Häfen", picture=picture)

    page = boss.get(f"/admin/articles/picture/{picture.pk}/delete/").content.decode()

    assert "Häfen" in page
