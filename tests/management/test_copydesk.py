"""Demo copy passes the desk as an editor's would, and bears the dates that it claims."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from articles.management.demo import copydesk, reading
from articles.management.demo.copydesk import Cast, publish_missing
from articles.models import Article, Status
from tests.management.conftest import NOW

LANDTAG = "Landtag billigt Nachtragshaushalt nach vierzehn Stunden Debatte"
GEBURT = "Geburtshilfe in Seefurt bleibt geöffnet"
KURSE = "Kurse treten auf der Stelle"


def find(headline: str) -> Article:
    return Article.objects.get(headline=headline)


def test_every_piece_is_public(cast: Cast) -> None:
    assert Article.objects.public(NOW).count() == 5


def test_a_piece_becomes_an_article(cast: Cast) -> None:
    article = find(LANDTAG)

    assert (article.category.slug, article.kicker, article.kind, article.urgency) == ("inland", "Landesfinanzen", "report", 3)
    assert article.status == Status.PUBLISHED
    assert article.agency == cast.agencies["nda"]
    assert article.picture == cast.pictures["parlament"]
    assert article.lead.startswith("Mit knapper Mehrheit")


def test_the_dateline_names_place_and_agency(cast: Cast) -> None:
    assert find(LANDTAG).dateline == "Altenwalde (nda)"
    assert find("Skelland gibt festen Wechselkurs der Mark auf").dateline == "Varnhold (tnd)"


def test_without_a_place_there_is_no_dateline(cast: Cast) -> None:
    assert find(KURSE).dateline == ""


def test_tags_stand_in_the_order_given_and_know_the_date(cast: Cast) -> None:
    article = find(LANDTAG)

    links = list(article.taggings.select_related("tag"))

    assert [link.tag.name for link in links] == ["Haushalt", "Landtag", "Altenwalde"]
    assert {link.published_at for link in links} == {article.published_at}


def test_authors_stand_in_the_order_given_and_know_the_date(cast: Cast) -> None:
    article = find(GEBURT)

    links = list(article.authorships.select_related("author"))

    assert [link.author.name for link in links] == ["Helene Kramer", "Kofi Osei"]
    assert {link.published_at for link in links} == {article.published_at}
    assert article.agency is None


def test_further_categories_know_the_date(cast: Cast) -> None:
    article = find(LANDTAG)

    assert dict(article.further.values_list("category__slug", "published_at")) == {
        "wirtschaft": article.published_at,
        "boerse": article.published_at,
    }


def test_copy_appeared_when_it_says(cast: Cast) -> None:
    assert find(LANDTAG).published_at == datetime(2025, 2, 24, 3, 48, 19, tzinfo=UTC)
    assert find(GEBURT).published_at == datetime(2025, 2, 21, 10, 17, 32, tzinfo=UTC)


def test_older_copy_has_the_smaller_number(cast: Cast) -> None:
    by_number = list(Article.objects.order_by("pk"))

    assert by_number == list(Article.objects.order_by("published_at"))


def test_an_update_is_shown_and_keeps_what_stood_before(cast: Cast) -> None:
    article = find(LANDTAG)
    updated = datetime(2025, 2, 24, 4, 20, tzinfo=UTC)

    before = article.revisions.get()

    assert article.updated_at == article.changed_at == before.created_at == updated
    assert article.body.endswith("<p>Das Gesetz tritt nach der Verkündung in Kraft.</p>")
    assert before.body
    assert article.body.startswith(before.body)
    assert "Das Gesetz tritt" not in before.body
    assert before.headline == article.headline


def test_a_correction_is_as_old_as_its_article(cast: Cast) -> None:
    article = find(GEBURT)

    correction = article.corrections.get()

    assert correction.text == "In einer früheren Fassung hieß es, 61 Kinder. Richtig sind 16."
    assert article.published_at
    assert correction.created_at == article.published_at + copydesk.NOTICED
    assert article.updated_at == article.changed_at == correction.created_at
    assert not article.revisions.exists()


def test_after_an_update_the_correction_comes_later_still(cast: Cast) -> None:
    article = find(KURSE)

    updated = datetime(2025, 2, 23, 18, 0, tzinfo=UTC)

    assert article.revisions.get().created_at == updated
    assert article.corrections.get().created_at == article.updated_at == updated + copydesk.NOTICED


def test_what_nobody_touched_was_last_changed_when_it_appeared(cast: Cast) -> None:
    article = find("Warum Brücken altern")

    assert article.changed_at == article.published_at
    assert article.updated_at is None


def test_nothing_is_corrected_in_the_future(small: None, cast: Cast) -> None:
    Article.objects.all().delete()
    soon = datetime(2025, 2, 23, 18, 30, tzinfo=UTC)  # half an hour after the update

    publish_missing(reading.pieces(), cast, now=soon + timedelta(days=1))

    assert find(KURSE).corrections.get().created_at <= soon + timedelta(days=1)


def test_early_in_the_morning_nothing_lies_in_the_future(small: None, cast: Cast) -> None:
    Article.objects.all().delete()
    morning = datetime(2025, 2, 24, 3, 50, tzinfo=UTC)  # 4:50, between two of today's

    publish_missing(reading.pieces(), cast, now=morning)

    assert Article.objects.public(morning).count() == 5
    assert find(LANDTAG).published_at == datetime(2025, 2, 23, 3, 48, 19, tzinfo=UTC)


def test_a_second_time_nothing_is_missing(cast: Cast) -> None:
    assert publish_missing(reading.pieces(), cast, now=NOW + timedelta(days=3)) == 0
    assert Article.objects.count() == 5


def test_only_what_is_missing_is_published_again(cast: Cast) -> None:
    find(KURSE).delete()

    made = publish_missing(reading.pieces(), cast, now=NOW)

    assert made == 1
    assert find(KURSE).published_at == datetime(2025, 2, 23, 17, 0, tzinfo=UTC)


def test_an_edited_headline_does_not_bring_the_old_one_back(cast: Cast) -> None:
    Article.objects.filter(headline=KURSE).update(headline="Kurse ruhen")

    assert publish_missing(reading.pieces(), cast, now=NOW) == 0


def test_a_name_that_nobody_knows_is_no_silent_gap(cast: Cast) -> None:
    Article.objects.all().delete()
    without = Cast(cast.categories, cast.agencies, {}, cast.pictures, cast.tags)

    with pytest.raises(KeyError):
        publish_missing(reading.pieces(), without, now=NOW)
