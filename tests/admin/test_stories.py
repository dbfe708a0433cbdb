"""Editors join and part stories from the list of articles."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.models import Article, StoryVerdict
from tests import make

pytestmark = pytest.mark.django_db
LIST = reverse("admin:articles_article_changelist")


def act(client: Client, name: str, *articles: Article) -> str:
    answer = client.post(LIST, {"action": name, "_selected_action": [article.pk for article in articles]}, follow=True)
    return answer.content.decode()


def test_join_and_part_with_one_click_each(writer: Client) -> None:
    one, other = make.article("Eins", at=timezone.now()), make.article("Zwei", at=timezone.now())

    assert "2 Artikel stehen jetzt als eine Geschichte" in act(writer, "join_selected", one, other)
    assert len(set(Article.objects.values_list("story", flat=True))) == 1
    assert StoryVerdict.objects.get().by is not None

    assert "1 Artikel steht wieder für sich" in act(writer, "split_selected", one)
    assert list(Article.objects.values_list("story", flat=True)) == [None, None]


def test_one_alone_is_no_story(writer: Client) -> None:
    one = make.article("Eins", at=timezone.now())

    assert "mindestens zwei" in act(writer, "join_selected", one)
    assert "Keiner der Artikel" in act(writer, "split_selected", one)
