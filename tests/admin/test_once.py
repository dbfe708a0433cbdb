"""«Publish, Back, publish again» makes one article, and no word of the second time is lost."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from articles.admin import once
from articles.models import Article, Author, Breaking, Status, Submission, Tag
from tests import make
from tests.admin import forms

ADD = "/admin/articles/article/add/"


def filled(client: Client, **typed: Any) -> dict[str, Any]:
    """The empty form as it was drawn, with an article typed into it."""
    return {**forms.shown(client, ADD), **forms.article(category=make.category().pk), **typed}


def test_a_form_sent_twice_makes_one_article(writer: Client) -> None:
    typed = filled(writer, _publish="1")
    first = writer.post(ADD, typed)

    second = writer.post(ADD, typed, follow=True)

    article = Article.objects.get()
    assert article.status == Status.PUBLISHED
    assert second.redirect_chain == [(first.headers["Location"], 302)]
    assert "ist nur einmal angelegt" in second.content.decode()


def test_other_words_from_the_same_form_are_shown_and_not_lost(writer: Client) -> None:
    typed = filled(writer, _publish="1")
    writer.post(ADD, typed)

    page = writer.post(ADD, {**typed, "lead": "Der Rat stimmt doch nicht zu, sagt er."})

    assert "lautet anders und ist nicht gespeichert" in page.content.decode()
    assert "Der Rat stimmt doch nicht zu, sagt er." in page.context["words"]
    assert Article.objects.get().lead == "Der Rat stimmt zu."


def test_from_there_a_second_article_may_be_made(writer: Client) -> None:
    typed = filled(writer, _save="1")
    writer.post(ADD, typed)
    page = writer.post(ADD, {**typed, "headline": "Kai wird doch nicht gebaut"})

    writer.post(ADD, dict(page.context["kept"]))

    assert set(Article.objects.values_list("headline", flat=True)) == {"Kai wird gebaut", "Kai wird doch nicht gebaut"}


def test_two_windows_make_two_articles(writer: Client) -> None:
    for number in range(2):
        writer.post(ADD, filled(writer, headline=f"Kai {number} wird gebaut"))

    assert Article.objects.count() == 2


def test_the_same_words_from_a_form_drawn_anew_are_the_same_article(writer: Client) -> None:
    writer.post(ADD, filled(writer, _save="1"))

    page = writer.post(ADD, filled(writer, _publish="1"), follow=True)

    assert "ist nur einmal angelegt" in page.content.decode()
    assert Article.objects.get().status == Status.DRAFT


def test_the_same_words_on_another_day_are_another_article(writer: Client) -> None:
    writer.post(ADD, filled(writer))
    Submission.objects.update(made_at=timezone.now() - timedelta(hours=2))

    writer.post(ADD, filled(writer))

    assert Article.objects.count() == 2


def test_a_refused_form_keeps_its_token(writer: Client) -> None:
    typed = filled(writer, headline="")

    page = writer.post(ADD, typed)

    assert f'value="{typed["form_token"]}"' in page.content.decode()
    assert not Submission.objects.exists()


def test_what_was_deleted_may_be_made_again_from_the_old_form(boss: Client) -> None:
    typed = filled(boss)
    boss.post(ADD, typed)
    Article.objects.all().delete()

    assert boss.post(ADD, typed).status_code == 302
    assert Article.objects.count() == 1


@pytest.mark.parametrize("token", ["", "x" * 65, "\x00"])
def test_a_form_without_a_token_of_ours_is_taken(writer: Client, token: str) -> None:
    answer = writer.post(ADD, forms.article(category=make.category().pk, form_token=token))

    assert answer.status_code in (200, 302)
    assert not Submission.objects.exists()


def test_the_one_who_comes_second_at_the_same_moment_is_led_to_the_first(
    writer: Client, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    typed = filled(writer)
    writer.post(ADD, typed)
    asked: list[object] = []
    looks = once.made

    def looks_too_early(*question: Any) -> Any:
        asked.append(question)
        return None if len(asked) == 1 else looks(*question)

    monkeypatch.setattr(once, "made", looks_too_early)

    assert writer.post(ADD, typed).status_code == 302
    assert len(asked) == 2
    assert Article.objects.count() == 1


def test_other_forms_make_one_as_well(boss: Client) -> None:
    for path, typed in (("author", {"name": "Jörg Größe"}), ("breaking", {"headline": "Landtag stimmt zu"})):
        address = f"/admin/articles/{path}/add/"
        form = {**forms.shown(boss, address), **typed}

        for _time in range(2):
            assert boss.post(address, form).status_code == 302

    assert (Author.objects.count(), Breaking.objects.count()) == (1, 1)


def test_a_popup_sent_twice_still_fills_its_field(boss: Client) -> None:
    typed = {**forms.shown(boss, "/admin/articles/tag/add/?_popup=1"), "name": "Hafen", "_popup": "1"}

    answers = [boss.post("/admin/articles/tag/add/", typed) for _time in range(2)]

    assert [b"popup_response" in answer.content for answer in answers] == [True, True]
    assert Tag.objects.count() == 1


def test_old_submissions_are_forgotten(writer: Client) -> None:
    Submission.objects.create(
        token="alt", model="articles.article", object_id=1, digest="0" * 64, made_at=timezone.now() - timedelta(days=3)
    )

    writer.post(ADD, filled(writer))

    assert not Submission.objects.filter(token="alt").exists()


def test_an_empty_form_may_be_kept_for_back_and_a_filled_one_may_not(writer: Client) -> None:
    article = make.article()

    assert writer.get(ADD).headers["Cache-Control"] == "private, max-age=0, no-cache"
    assert "no-store" in writer.get(f"/admin/articles/article/{article.pk}/change/").headers["Cache-Control"]
    assert "no-store" in writer.get("/admin/").headers["Cache-Control"]


def test_a_submission_names_its_row() -> None:
    assert str(Submission(model="articles.article", object_id=7)) == "articles.article · 7"
