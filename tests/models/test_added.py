"""Rows written with SQL that is made once: the same rows as Django's own `save()` leaves."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Announcement, Article, Story, StoryTrace, Tag
from articles.models.added import add, add_all, change
from tests import make

pytestmark = pytest.mark.django_db


def test_a_row_has_its_key_and_reads_back_as_it_was() -> None:
    row = add(Announcement(keys=["article-1", "«ä»"], is_hard=True))
    stored = Announcement.objects.get(pk=row.pk)
    assert (stored.keys, stored.is_hard, stored.created_at) == (["article-1", "«ä»"], True, row.created_at)
    assert not row._state.adding


def test_two_of_a_kind_have_their_own_values() -> None:
    first, second = add(Announcement(keys=["a"])), add(Announcement(keys=["b"], is_hard=True))
    assert list(Announcement.objects.order_by("pk").values_list("keys", "is_hard")) == [(["a"], False), (["b"], True)]
    assert first.pk < second.pk


def test_a_row_without_any_value_of_its_own() -> None:
    assert Story.objects.filter(pk=add(Story()).pk).exists()


def test_a_key_that_is_given_stays() -> None:
    article = make.draft("Meldung")
    add(StoryTrace(pk=article.pk, at=timezone.now(), runs=b"\x00\xff", words=b"", quotations=b"'"))
    assert bytes(StoryTrace.objects.get().runs) == b"\x00\xff"
    assert StoryTrace.objects.get().pk == article.pk


def test_an_article_is_saved_as_by_save() -> None:
    category = make.category()
    at = timezone.now() + timedelta(hours=1)
    added = Article(headline="Straße gesperrt", body="<p>Text</p>", category=category, embargo_until=at).add()
    saved = Article(headline="Straße gesperrt", body="<p>Text</p>", category=category, embargo_until=at)
    saved.save()
    apart = {"id", "changed_at"}
    rows = [Article.objects.filter(pk=one.pk).values().get() for one in (added, saved)]
    assert {name: value for name, value in rows[0].items() if name not in apart} == {name: value for name, value in rows[1].items() if name not in apart}
    assert (rows[0]["slug"], rows[0]["version"]) == ("strasse-gesperrt", 1)


def test_what_the_database_refuses_is_refused() -> None:
    add(Tag(name="Politik", slug="politik"))
    with pytest.raises(IntegrityError), transaction.atomic():
        add(Tag(name="Politik", slug="politik"))


def test_an_article_changes_in_the_fields_named_and_counts_its_version() -> None:
    article = make.draft("Meldung")
    article.headline, article.urgency, before = "Anders", 2, article.version
    article.change(("urgency",))
    stored = Article.objects.get(pk=article.pk)
    assert (stored.headline, stored.urgency, stored.version) == ("Meldung", 2, before + 1)


def test_moments_and_nothing_are_written() -> None:
    article = make.draft("Meldung")
    at = timezone.now()
    for moment in (at, None):
        article.visible_until = moment
        change(article, ("visible_until",))
        assert Article.objects.get(pk=article.pk).visible_until == moment


def test_a_row_that_is_gone_cannot_be_changed() -> None:
    row = add(Announcement(keys=["a"]))
    Announcement.objects.all().delete()
    with pytest.raises(DatabaseError, match="gone"):
        change(row, ("is_hard",))


def test_each_is_one_statement() -> None:
    row = add(Announcement(keys=["a"]))
    with CaptureQueriesContext(connection) as log:
        add(Announcement(keys=["b"]))
        change(row, ("keys",))
    assert [query["sql"].split(" ")[0] for query in log] == ["INSERT", "UPDATE"]


@pytest.mark.parametrize("number", [0, 1, 12])
def test_several_are_one_statement(number: int) -> None:
    with CaptureQueriesContext(connection) as log:
        add_all([Announcement(keys=[f"a {place}"], is_hard=place % 2 == 0) for place in range(number)])
    assert len(log) == min(number, 1)
    assert list(Announcement.objects.values_list("keys", "is_hard")) == [([f"a {place}"], place % 2 == 0) for place in range(number)]


def test_several_of_which_one_is_refused_are_none() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        add_all([Tag(name="A", slug="a"), Tag(name="A", slug="a")])
    assert not Tag.objects.exists()


def test_a_field_that_there_is_not_is_an_error_of_ours() -> None:
    with pytest.raises(KeyError):
        change(add(Story()), ("headline",))
