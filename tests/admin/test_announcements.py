"""What editors change is announced, so that readers see it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from articles.models import Category, Position, Tag
from articles.signals import pages_changed
from tests import make
from tests.admin import forms

ALIASES = {"aliases-TOTAL_FORMS": "0", "aliases-INITIAL_FORMS": "0"}


class Heard(set[str]):
    def __call__(self, *, keys: frozenset[str], **rest: Any) -> None:
        self.update(keys)


@pytest.fixture
def heard() -> Iterator[Heard]:
    """The keys announced."""
    keys = Heard()
    pages_changed.connect(keys, weak=False)
    yield keys
    pages_changed.disconnect(keys)


@pytest.fixture
def commits(django_capture_on_commit_callbacks: Any) -> Any:
    """Runs what waits for a commit, although the test never commits."""
    return django_capture_on_commit_callbacks


def save(client: Client, row: Any, commits: Any, **typed: Any) -> int:
    address = reverse(f"admin:articles_{row._meta.model_name}_change", args=[row.pk])
    data = {**forms.shown(client, address), **typed, "_save": "1"}
    with commits(execute=True):
        return client.post(address, data).status_code


def test_what_stands_on_every_page_drops_every_page(boss: Client, heard: Heard, commits: Any) -> None:
    for row in (make.category(), make.author(), make.agency(), make.house(), make.breaking()):
        heard.clear()

        assert save(boss, row, commits) == 302

        assert "all" in heard, row


def test_other_things_drop_their_own_pages(boss: Client, heard: Heard, commits: Any) -> None:
    article = make.article(picture=make.picture())
    assert article.picture is not None
    rows = {
        make.tag(): "tag-", make.page(): "page-impressum", make.positions()["lead"]: "front",
        make.own_teaser(article): article.page_key, article.picture: article.page_key,
    }  # fmt: skip
    for row, key in rows.items():
        heard.clear()

        assert save(boss, row, commits) == 302

        assert any(found.startswith(key) for found in heard), row
        assert "all" not in heard or row == article.picture


def test_a_deletion_is_announced(boss: Client, heard: Heard, commits: Any) -> None:
    line = make.breaking()

    with commits(execute=True):
        boss.post(reverse("admin:articles_breaking_delete", args=[line.pk]), {"post": "yes"})

    assert "all" in heard


def test_a_tag_taken_away_drops_the_topic_it_leaves(boss: Client, heard: Heard, commits: Any) -> None:
    article = make.article(tags=["Hafen"])
    heard.clear()

    save(boss, article, commits, tag_names="Zoll")

    assert {f"tag-{Tag.objects.get(name=name).pk}" for name in ("Hafen", "Zoll")} <= heard


def test_a_new_category_gets_its_block_on_the_front_page(boss: Client, heard: Heard, commits: Any) -> None:
    data = {"name": "Wissen", "slug": "", "colour": "#0d655f", "position": "3", "codes": "medtop:13000000\n Wissenschaft \n\n"}

    with commits(execute=True):
        boss.post("/admin/articles/category/add/", data)

    category = Category.objects.get()
    assert (category.slug, category.codes) == ("wissen", ["medtop:13000000", "Wissenschaft"])
    assert Position.objects.filter(category=category).exists()
    assert "all" in heard


def test_the_colour_of_a_category_says_how_readable_it_is(boss: Client) -> None:
    category = make.category(colour="#ffcc00")

    page = boss.get(reverse("admin:articles_category_change", args=[category.pk])).content.decode()

    assert "hell:" in page
    assert "dunkel:" in page
    assert " : 1" in page


def test_merging_a_tag_moves_its_articles_in_their_order(boss: Client, heard: Heard, commits: Any) -> None:
    article = make.article(tags=["Zoll", "US-Präsident", "Handel"])
    old, new = make.tag("US-Präsident"), make.tag("Präsident der USA")

    assert save(boss, old, commits, merged_into=new.pk) == 302

    names = article.taggings.order_by("position").values_list("tag__name", flat=True)
    assert list(names) == ["Zoll", "Präsident der USA", "Handel"]
    assert {f"tag-{old.pk}", f"tag-{new.pk}", article.page_key} <= heard


@pytest.mark.parametrize("target", ["itself", "merged"])
def test_a_tag_is_not_merged_in_circles(boss: Client, target: str) -> None:
    old, new = make.tag("Alt"), make.tag("Neu")
    merged = make.tag("Halb", merged_into=new)
    data = {"name": "Alt", "automatic": "suggest", "merged_into": (old if target == "itself" else merged).pk, **ALIASES}

    page = boss.post(reverse("admin:articles_tag_change", args=[old.pk]), data).content.decode()

    assert "errorlist" in page
    old.refresh_from_db()
    assert old.merged_into is None


def test_a_tag_with_a_comma_is_refused(boss: Client) -> None:
    page = boss.post("/admin/articles/tag/add/", {"name": "Kiel, Stadt", "automatic": "suggest", **ALIASES}).content.decode()

    assert "weder Komma" in page
    assert not Tag.objects.exists()
