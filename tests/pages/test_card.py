"""A story without a picture has one for networks, as long as it is public."""

from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.test import Client
from django.utils import timezone
from PIL import Image

from articles import desk
from articles.models import Article
from tests import make
from tests.page import json_ld, read

pytestmark = pytest.mark.django_db


@pytest.fixture
def article() -> Article:
    make.house()
    return make.article("Ahrensmünde baut zweiten Kai – und streitet")


def path_of(client: Client, article: Article) -> str:
    page = client.get(article.get_absolute_url()).content.decode()
    found = re.search(r'property="og:image" content="[^"]*?(/[a-z]+/[^"]+)"', page.replace("https://tagblatt.example", ""))
    assert found is not None
    return found[1]


def test_networks_and_search_engines_are_shown_the_same_card(client: Client, article: Article) -> None:
    path = path_of(client, article)
    told = json_ld(read(client.get(article.get_absolute_url())))["NewsArticle"]["image"]
    assert [(image["url"].removeprefix("https://tagblatt.example"), image["width"], image["height"]) for image in told] == [(path, 1280, 720)]
    response = client.get(path)
    assert (response.status_code, response.headers["Content-Type"]) == (200, "image/jpeg")
    assert Image.open(BytesIO(response.content)).size == (1280, 720)
    assert set(response.headers["Surrogate-Key"].split()) == {"all", article.page_key}


def test_a_picture_of_its_own_is_shown_instead(client: Client) -> None:
    assert "karte-" not in path_of(client, make.article(picture=make.picture()))


def test_another_headline_is_another_card_and_the_old_address_leads_there(client: Client, article: Article) -> None:
    old = path_of(client, article)
    desk.revise(article, {"headline": "Ahrensmünde baut keinen Kai"})
    new = path_of(client, article)
    assert new != old
    assert client.get(old).headers["Location"] == new
    assert client.get(new).status_code == 200


@pytest.mark.parametrize("act", ["withdraw", "end", "never"])
def test_what_is_not_public_has_no_card(client: Client, article: Article, act: str) -> None:
    path = path_of(client, article)
    if act == "withdraw":
        desk.withdraw(article)
    elif act == "end":
        desk.revise(article, {"visible_until": timezone.now() - timedelta(seconds=1)})
    else:
        path = path.replace(f"-{article.pk}/", f"-{article.pk + 999}/")
    assert client.get(path).status_code == 404


def test_no_cache_keeps_it_longer_than_the_article(client: Client, article: Article) -> None:
    desk.revise(article, {"visible_until": timezone.now() + timedelta(seconds=30)})
    assert re.search(r"s-maxage=(2\d|30)\b", client.get(path_of(client, article)).headers["Cache-Control"])
