"""Embargoes: copy is never seen before its moment, whoever wrote it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from articles import desk
from tests.wire import delivering
from tests.wire.delivering import NOW, sent, take

pytestmark = pytest.mark.django_db
TOMORROW = NOW + timedelta(days=1)
FAR = datetime(2099, 1, 1, tzinfo=UTC)


def test_embargo_set_later_hides_the_article_at_once() -> None:
    by = delivering.feed()
    take(sent(), by)

    outcome = take(sent(2, embargo=TOMORROW), by)

    article = delivering.article_of()
    assert (outcome.code, article.is_public(NOW), article.is_public(TOMORROW)) == ("scheduled", False, True)


def test_embargo_set_later_hides_editors_words_too() -> None:
    by = delivering.feed()
    take(sent(), by)
    desk.revise(delivering.article_of(), {"lead": "Eigener Vorspann."})

    take(sent(2, embargo=TOMORROW), by)

    article = delivering.article_of()
    assert (article.is_public(NOW), article.lead) == (False, "Eigener Vorspann.")


def test_embargo_an_editor_lifted_is_not_set_again_by_the_same_embargo() -> None:
    by = delivering.feed()
    take(sent(embargo=TOMORROW), by)
    article = delivering.article_of()
    desk.revise(article, {"embargo_until": None})
    desk.publish(article, at=NOW)

    take(sent(2, embargo=TOMORROW, body="<p>Neu.</p>"), by)

    assert delivering.article_of().embargo_until is None


def test_embargo_moved_moves_the_publication() -> None:
    by = delivering.feed()
    take(sent(embargo=FAR), by)

    take(sent(2, embargo=FAR + timedelta(hours=3)), by)

    article = delivering.article_of()
    assert article.published_at == article.embargo_until == FAR + timedelta(hours=3)


def test_unreadable_embargo_takes_the_article_offline_until_a_clean_version_comes() -> None:
    by = delivering.feed()
    take(sent(), by)

    held = take(sent(2, embargo_unreadable=True), by)
    was_public = delivering.article_of().is_public()
    released = take(sent(3), by)

    assert (held.code, was_public) == ("held", False)
    assert (released.code, delivering.article_of().is_public()) == ("released", True)


def test_embargoed_copy_is_published_at_its_moment_and_not_before() -> None:
    by = delivering.feed()

    outcome = take(sent(embargo=FAR), by)

    article = delivering.article_of()
    assert outcome.sentence == "gesperrt bis 01.01.2099, 01:00\u00a0Uhr, erscheint dann in Panorama"
    assert (article.is_public(FAR - timedelta(seconds=1)), article.is_public(FAR)) == (False, True)
    assert (delivering.row().state, delivering.row().embargo_until) == ("embargoed", FAR)


def test_embargo_that_is_over_is_none() -> None:
    by = delivering.feed()

    outcome = take(sent(embargo=NOW), by)

    assert (outcome.code, delivering.row().state) == ("published", "usable")
    assert delivering.article_of().is_public(NOW)


def test_embargo_in_the_inbox_is_shown_there() -> None:
    by = delivering.feed("inbox")

    take(sent(embargo=FAR), by)

    row = delivering.row()
    assert (row.state, row.place, row.embargo_until, row.article) == ("embargoed", "inbox", FAR, None)


def test_unreadable_embargo_waits_in_the_inbox() -> None:
    by = delivering.feed()

    outcome = take(sent(embargo_unreadable=True), by)

    assert outcome.code == "inbox"
    assert (delivering.row().state, delivering.row().reason) == ("embargoed", "Die Sperrfrist ist nicht zu lesen")
