"""The index says what the desk has published, in the same transaction."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone

from articles import desk, search
from articles.models import SearchDocument, Tagging, WireItem
from articles.search.index import backend
from articles.wire import stopping
from articles.wire.item import Item
from tests import make
from tests.search.conftest import Finds

pytestmark = pytest.mark.django_db


def places(term: str) -> list[int]:
    """What the index itself holds, whether readers may see it or not."""
    condition = search.ask(search.read(f'"{term}"')).condition
    with connection.cursor() as cursor:
        batches = backend().walk(cursor, condition, below=1 << 62, above=0, size=100)
        return [place for batch in batches for place in batch.places]


def test_a_draft_is_not_in_it(finds: Finds) -> None:
    draft = make.draft("Zirkus kommt", tags=["Manege"])
    desk.revise(draft, {"lead": "Mit Elefanten."})
    desk.send_to_review(draft)

    assert (finds("Zirkus"), places("Zirkus"), places("Elefant"), places("Manege")) == ([], [], [], [])
    assert not SearchDocument.objects.exists()


def test_what_is_published_is_found_by_every_part_of_it(finds: Finds) -> None:
    make.article(
        "Zirkus kommt", kicker="Vergnügen", lead="Mit Elefanten.", body="<h2>Ponys</h2><p>Am <strong>Don</strong>nerstag &amp; Freitag.</p>",
        dateline="Bern (nda)", tags=["Manege"],
    )  # fmt: skip

    for word in ("zirkus", "Vergnügen", "Elefant", "Pony", "Donnerstag", "Freitag", "Bern", "Manegen"):
        assert finds(word) == ["Zirkus kommt"], word
    for word in ("strong", "amp", "Don", "h2", "p"):
        assert finds(word) == [], word


def test_a_phrase_does_not_run_from_one_field_into_the_next(finds: Finds) -> None:
    make.article("Zirkus kommt", kicker="Vergnügen", lead="Mit Elefanten.", body="<p>Ponys.</p>", tags=["Manege", "Zelt"])

    for phrase in ("kommt Vergnügen", "Vergnügen Mit", "Elefanten Ponys", "Manege Zelt", "kommt Mit"):
        assert finds(f'"{phrase}"') == [], phrase
    assert finds('"Mit Elefanten"') == ["Zirkus kommt"]


def test_changed_words_are_found_and_the_old_ones_are_not(finds: Finds) -> None:
    article = make.article("Zirkus kommt", lead="Mit Elefanten.")

    desk.revise(article, {"lead": "Mit Kamelen.", "headline": "Zirkus bleibt"})

    assert (finds("Kamel"), finds("Elefant")) == (["Zirkus bleibt"], [])
    assert (len(places("Kamel")), places("Elefant")) == (1, [])


def test_tags_follow(finds: Finds) -> None:
    article = make.article("Zirkus kommt", tags=["Manege"])

    desk.set_tags(article, [make.tag("Zelt")])

    assert (finds("Zelt"), finds("Manege")) == (["Zirkus kommt"], [])


@pytest.mark.parametrize("act", [desk.withdraw, desk.hold])
def test_what_is_taken_away_leaves_no_word(finds: Finds, act: Any) -> None:
    article = make.article("Zirkus kommt", lead="Mit Elefanten.")

    act(article)

    assert (finds("Zirkus"), places("Zirkus"), places("Elefant")) == ([], [], [])
    assert not SearchDocument.objects.exists()


def test_what_comes_back_is_found_again(finds: Finds) -> None:
    article = make.article("Zirkus kommt")
    desk.hold(article)

    desk.publish(article)

    assert finds("Zirkus") == ["Zirkus kommt"]
    assert len(places("Zirkus")) == 1


def test_a_kill_empties_it(finds: Finds) -> None:
    article = make.article("Zirkus kommt", lead="Mit Elefanten.", agency=make.agency())
    feed = make.feed(agency=article.agency)
    moments = dict.fromkeys(["received_at", "updated_at", "issued_at"], timezone.now())
    row = WireItem.objects.create(feed=feed, guid="urn:1", article=article, headline="Zirkus kommt", payload={}, **moments)

    stopping.kill(row, Item(guid="urn:1", version=2), was_known=True)

    assert (places("Zirkus"), places("Elefant"), SearchDocument.objects.count()) == ([], [], 0)


@pytest.mark.parametrize("fields", [{"embargo_until": 1}, {"at": 1}])
def test_what_is_planned_is_in_it_but_nobody_finds_it(finds: Finds, fields: dict[str, int]) -> None:
    later = timezone.now() + timedelta(hours=1)
    make.article("Zirkus kommt", **dict.fromkeys(fields, later))

    assert finds("Zirkus") == []
    assert len(places("Zirkus")) == 1
    asked = search.ask(search.read("Zirkus"))
    assert len(search.newest(asked, now=later + timedelta(minutes=1), most=5).hits) == 1
    assert len(search.best(asked, now=later + timedelta(minutes=1), most=5).hits) == 1
    assert search.best(asked, now=timezone.now(), most=5).hits == ()


def test_what_is_over_is_not_found(finds: Finds) -> None:
    make.article("Zirkus kommt", visible_until=make.MOMENT + timedelta(hours=1))

    assert finds("Zirkus") == []


def test_a_moment_that_is_moved_moves_it_in_time(finds: Finds) -> None:
    later = timezone.now() + timedelta(days=3)
    article = make.article("Zirkus kommt", at=later)

    desk.publish(article, at=later + timedelta(days=90))

    assert len(places("Zirkus")) == 1
    assert SearchDocument.objects.get().place == places("Zirkus")[0]


def test_what_is_rolled_back_was_never_in_it(finds: Finds) -> None:
    article = make.draft("Zirkus kommt")
    with transaction.atomic():
        desk.publish(article)
        transaction.set_rollback(True)

    assert (finds("Zirkus"), places("Zirkus")) == ([], [])


@pytest.mark.parametrize("number", [3, 101])
def test_a_merged_tag_is_followed_at_once_or_soon(finds: Finds, number: int) -> None:
    old, new = make.tag("Manege"), make.tag("Zelt")
    articles = make.articles(number)
    Tagging.objects.bulk_create(Tagging(content_object=article, tag=old, published_at=article.published_at) for article in articles)
    search.follow_all([article.pk for article in articles])
    assert len(finds("Manege")) == min(number, 50)

    desk.merge_tag(old, new)
    while search.renew(limit=40):
        pass

    assert (len(finds("Zelt")), finds("Manege")) == (min(number, 50), [])


def test_a_renamed_tag_is_followed_soon(finds: Finds) -> None:
    article = make.article("Zirkus kommt", tags=["Manege"])
    tag = article.taggings.get().tag
    tag.name = "Zelt"
    tag.save()

    desk.rename_tag(tag)

    assert (search.renew(limit=5), search.renew(limit=5)) == (1, 0)
    assert (finds("Zelt"), finds("Manege")) == (["Zirkus kommt"], [])


def test_articles_of_one_second_keep_the_order_of_lists(finds: Finds) -> None:
    for number in range(5):
        make.article(f"Zirkus {number}")

    assert finds("Zirkus") == ["Zirkus 4", "Zirkus 3", "Zirkus 2", "Zirkus 1", "Zirkus 0"]


def test_a_taken_place_is_left_to_whoever_has_it(finds: Finds) -> None:
    first, second = make.article("Zirkus eins"), make.draft("Zirkus zwei")
    SearchDocument.objects.filter(article=first).delete()
    other = search.document(search.Source(first.pk, make.MOMENT, "", "Zirkus eins", "", "", "", "report", {1}, None))
    other.place = search.document(search.Source(second.pk, make.MOMENT, "", "", "", "", "", "report", {1}, None)).place
    search.put([other])

    desk.publish(second, at=make.MOMENT)
    desk.revise(second, {"lead": "Noch einmal."})

    assert sorted(finds("Zirkus"))[1:] == ["Zirkus zwei"]
    assert len(set(SearchDocument.objects.values_list("place", flat=True))) == 2


def test_following_costs_eight_statements(django_assert_max_num_queries: Any) -> None:
    make.articles(50)
    article = make.article("Zirkus kommt", tags=["Manege", "Zelt"], authors=["Helene Kramer"])

    with django_assert_max_num_queries(8):
        search.follow(article)


def test_an_emptied_table_empties_the_index(finds: Finds) -> None:
    make.article("Zirkus kommt")
    SearchDocument.objects.all().delete()

    search.ensure()

    assert places("Zirkus") == []
