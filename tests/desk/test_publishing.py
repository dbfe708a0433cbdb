"""Publishing, scheduling, holding, withdrawing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from articles import desk
from articles.models import Article, Status
from articles.signals import pages_changed
from tests import make

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 2, 4, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
Capture = Callable[..., Any]


def stored(article: Article) -> Article:
    return Article.objects.get(pk=article.pk)


@time_machine.travel(NOW, tick=False)
def test_what_is_published_is_public_from_now_on() -> None:
    article = make.draft()

    desk.publish(article)

    assert (stored(article).status, stored(article).published_at) == (Status.PUBLISHED, NOW)
    assert Article.objects.public().get() == article


@time_machine.travel(NOW, tick=False)
def test_a_second_call_keeps_the_first_date() -> None:
    article = make.article(at=NOW - 5 * HOUR)

    desk.publish(article)
    desk.publish(article, at=NOW + HOUR)

    assert stored(article).published_at == NOW - 5 * HOUR


@time_machine.travel(NOW, tick=False)
def test_a_moment_still_to_come_may_be_moved() -> None:
    article = make.article(at=NOW + HOUR)
    assert not Article.objects.public().exists()

    desk.publish(article, at=NOW + 2 * HOUR)
    assert stored(article).published_at == NOW + 2 * HOUR

    desk.publish(article)
    assert stored(article).published_at == NOW


@time_machine.travel(NOW, tick=False)
def test_an_embargo_moves_the_moment() -> None:
    article = make.draft(embargo_until=NOW + 3 * HOUR)

    desk.publish(article, at=NOW + HOUR)

    assert stored(article).published_at == NOW + 3 * HOUR
    assert not Article.objects.public(NOW + 3 * HOUR - timedelta(seconds=1)).exists()
    assert Article.objects.public(NOW + 3 * HOUR).exists()


@time_machine.travel(NOW, tick=False)
def test_what_ends_before_it_begins_is_refused() -> None:
    article = make.draft(visible_until=NOW - HOUR)

    with pytest.raises(desk.Refused, match="Sichtbar bis"):
        desk.publish(article)

    assert stored(article).status == Status.DRAFT


def test_copy_without_a_word_is_refused() -> None:
    article = make.draft(lead="", body="<p> </p>")

    with pytest.raises(desk.Refused, match="keinen Text"):
        desk.publish(article)


def test_what_was_never_published_cannot_be_withdrawn() -> None:
    with pytest.raises(desk.Refused, match="nie veröffentlicht"):
        desk.withdraw(make.draft())


def test_what_is_withdrawn_may_come_back_with_its_date() -> None:
    article = make.article()
    desk.withdraw(article)
    assert not Article.objects.public().exists()

    desk.publish(article)

    assert Article.objects.public().get().published_at == make.MOMENT


def test_what_is_held_is_offline_until_it_is_released() -> None:
    article = make.article()
    desk.hold(article)
    assert (stored(article).status, Article.objects.public().exists()) == (Status.REVIEW, False)

    desk.publish(article)

    assert Article.objects.public().get().published_at == make.MOMENT


def test_only_a_draft_goes_to_review() -> None:
    draft, published = make.draft(), make.article()

    desk.send_to_review(draft)
    desk.send_to_review(published)

    assert (stored(draft).status, stored(published).status) == (Status.REVIEW, Status.PUBLISHED)


@pytest.mark.parametrize(
    ("act", "is_hard", "is_seen_anew"),
    [
        (desk.publish, False, True), (desk.withdraw, True, True), (desk.hold, True, True),
        (lambda a: desk.revise(a, {"kicker": "Neu"}), False, False),
    ],
)  # fmt: skip
def test_caches_hear_of_it_after_commit(
    act: Callable[[Article], object], is_hard: bool, is_seen_anew: bool, django_capture_on_commit_callbacks: Capture,
) -> None:  # fmt: skip
    article = make.article(tags=["Russland"], authors=["Helene Kramer"], agency=make.agency("nda"))
    desk.set_further_categories(article, [make.category("Sport")])
    make.settle()
    heard: list[tuple[frozenset[str], bool]] = []

    def listen(keys: frozenset[str], hard: bool, **options: object) -> None:
        heard.append((keys, hard))

    pages_changed.connect(listen)
    try:
        with django_capture_on_commit_callbacks(execute=False) as waiting:
            act(article)
        assert heard == []
        for callback in waiting:
            callback()
    finally:
        pages_changed.disconnect(listen)

    tag, author, agency = make.tag("Russland"), make.author("Helene Kramer"), make.agency("nda")
    assert heard == [
        (
            frozenset(
                {
                    f"article-{article.pk}", f"category-{article.category_id}", f"category-{make.category('Sport').pk}",
                    f"tag-{tag.pk}", f"author-{author.pk}", f"agency-{agency.pk}", "front", "ticker", "archive-2025-02-24",
                } | ({"archive"} if is_seen_anew else set()),
            ),
            is_hard,
        ),
    ]  # fmt: skip


def test_missing_names_what_readers_would_miss() -> None:
    bare = make.draft(lead="")
    full = make.draft(tags=["Russland"], authors=["Helene Kramer"], picture=make.picture())

    assert desk.missing(bare) == ["Vorspann", "Bild", "Schlagwörter", "Autor oder Agentur"]
    assert desk.missing(full) == []


def test_the_dates_on_the_links_are_those_of_the_article() -> None:
    soon = timezone.now() + HOUR
    article = make.draft(tags=["Russland"], authors=["Helene Kramer"])
    desk.set_further_categories(article, [make.category("Sport")])

    def dates() -> set[datetime | None]:
        links = (article.taggings, article.further, article.authorships)
        return {date for link in links for date in link.values_list("published_at", flat=True)}

    assert dates() == {None}
    desk.publish(article, at=soon)
    assert dates() == {soon}
    desk.hold(article)
    assert dates() == {None}
    desk.publish(article)
    desk.set_tags(article, [make.tag("USA"), make.tag("Öl")])
    assert dates() == {stored(article).published_at}
    desk.withdraw(article)
    assert dates() == {None}


def test_publishing_costs_twenty_two_statements(django_assert_max_num_queries: Any) -> None:
    """BEGIN and COMMIT apart; the number of articles there are does not matter to any."""
    make.articles(50)
    draft = make.draft(tags=["Russland", "USA", "Öl"], authors=["Helene Kramer"], agency=make.agency("nda"))

    with django_assert_max_num_queries(24):
        desk.publish(draft)
