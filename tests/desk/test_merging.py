"""One tag becomes part of another: articles follow in their order, chains end at their end, and size costs nothing."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from articles import desk
from articles.admin.forms.names import tags_named
from articles.models import Article, Tag, Tagging
from articles.models.tag import ends_of
from articles.signals import pages_changed
from tests import make

pytestmark = pytest.mark.django_db


def merged(tag: Tag, into: Tag) -> None:
    """As the form does it: the row first, then the desk."""
    tag.merged_into = into
    tag.save()
    desk.merge_tag(tag, into)


def names(article: Article) -> list[str]:
    return list(article.taggings.order_by("position", "pk").values_list("tag__name", flat=True))


def test_an_article_keeps_the_order_of_its_tags() -> None:
    article = make.article(tags=["Zoll", "Alt", "Handel"])

    merged(make.tag("Alt"), make.tag("Neu"))

    assert names(article) == ["Zoll", "Neu", "Handel"]


@pytest.mark.parametrize(
    ("before", "after"),
    [(["Alt", "Zoll", "Neu"], ["Neu", "Zoll"]), (["Neu", "Zoll", "Alt"], ["Neu", "Zoll"]), (["Alt"], ["Neu"])],
)
def test_who_has_both_keeps_one_at_the_earlier_place(before: list[str], after: list[str]) -> None:
    article = make.article(tags=before)

    merged(make.tag("Alt"), make.tag("Neu"))

    assert names(article) == after


def test_a_chain_ends_at_its_end(client: Client) -> None:
    first, second, third = make.tag("Eins"), make.tag("Zwei"), make.tag("Drei")
    merged(first, second)
    merged(second, third)
    make.article(tags=["Drei"])

    first.refresh_from_db()
    assert first.merged_into == third
    assert client.get("/thema/eins/").headers["Location"] == "/thema/drei/"


def test_a_chain_left_by_somebody_else_is_followed_in_one_hop(client: Client) -> None:
    third = make.tag("Drei")
    second = make.tag("Zwei", merged_into=third)
    first = make.tag("Eins", merged_into=second)
    article = make.article()

    desk.set_tags(article, [first, second])

    assert names(article) == ["Drei"]
    assert client.get("/thema/eins/").headers["Location"] == "/thema/drei/"
    assert ends_of([first, third]) == [third, third]


def test_a_circle_ends(client: Client) -> None:
    first, second = make.tag("Eins"), make.tag("Zwei")
    Tag.objects.filter(pk=first.pk).update(merged_into=second)
    Tag.objects.filter(pk=second.pk).update(merged_into=first)

    assert len(ends_of(Tag.objects.filter(pk=first.pk))) == 1
    assert client.get("/thema/eins/").status_code in (301, 404)


def test_many_articles_cost_the_same_statements(django_assert_max_num_queries: Any) -> None:
    old, new = make.tag("Alt"), make.tag("Neu")
    articles = make.articles(600)
    Tagging.objects.bulk_create(Tagging(content_object=article, tag=old, position=1) for article in articles)
    Tagging.objects.bulk_create(Tagging(content_object=article, tag=new, position=3) for article in articles[:200])

    with django_assert_max_num_queries(10):
        desk.merge_tag(old, new)

    assert old.taggings.count() == 0
    assert new.taggings.filter(position=1).count() == 600


@pytest.mark.parametrize(("number", "told"), [(3, False), (101, True)])
def test_pages_hear_of_it(number: int, told: bool, django_capture_on_commit_callbacks: Any) -> None:
    old, new = make.tag("Alt"), make.tag("Neu")
    articles = make.articles(number)
    Tagging.objects.bulk_create(Tagging(content_object=article, tag=old) for article in articles)
    heard: set[str] = set()

    def listen(keys: frozenset[str], **_: Any) -> None:
        heard.update(keys)

    pages_changed.connect(listen)
    with django_capture_on_commit_callbacks(execute=True):
        desk.merge_tag(old, new)
    pages_changed.disconnect(listen)

    assert ("all" in heard) is told
    assert told or {old.page_key, new.page_key, articles[0].page_key} <= heard


def test_spellings_of_one_word_are_one_tag() -> None:
    assert [tag.name for tag in tags_named(["Ärzte", "aerzte", "ÄRZTE"])] == ["Ärzte"]
    assert [tag.name for tag in tags_named(["aerzte"])] == ["Ärzte"]
    assert Tag.objects.count() == 1


def test_words_that_only_look_alike_in_an_address_stay_two() -> None:
    assert [tag.name for tag in tags_named(["C", "C++"])] == ["C", "C++"]
