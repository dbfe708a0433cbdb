"""«Agentur hat Fassung 2»: both texts side by side, to take whole, by field, or not at all."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from articles.models import Article
from tests import make
from tests.wire import delivering
from tests.wire.test_comparing import NEW, article  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db


def test_the_page_shows_both_and_takes_what_is_ticked(writer: Client, article: Article) -> None:  # noqa: F811
    item = delivering.row()
    page = writer.get(reverse("admin:articles_wireitem_change", args=[item.pk])).content.decode()

    assert "Agentur hat Fassung 2" in page
    assert "<del>" in page
    assert "<ins>" in page
    assert "Wie kam diese Meldung hierher?" in page
    answer = writer.post(reverse("admin:articles_wireitem_fassung", args=[item.pk]), {"feld": ["lead"]}, follow=True)
    assert "trägt jetzt die Worte der Agentur" in answer.content.decode()
    article.refresh_from_db()
    assert article.lead == NEW["lead"]
    assert "Agentur hat Fassung" not in writer.get(reverse("admin:articles_wireitem_change", args=[item.pk])).content.decode()


def test_without_a_role_nobody_takes_anything(article: Article) -> None:  # noqa: F811
    stranger = Client()
    user = make.editor()
    user.groups.clear()
    stranger.force_login(user)
    url = reverse("admin:articles_wireitem_fassung", args=[delivering.row().pk])

    assert stranger.post(url, {"feld": ["lead"]}).status_code == 403
    article.refresh_from_db()
    assert article.lead != NEW["lead"]
