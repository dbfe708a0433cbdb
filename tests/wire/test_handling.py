"""What editors do with an item that waits."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from articles import desk
from articles.models import Article, Category, Status, WireItem
from articles.wire import inbox
from articles.wire.item import Item
from tests import make
from tests.wire import delivering
from tests.wire.delivering import FIRST, sent, take

pytestmark = pytest.mark.django_db
FAR = datetime(2099, 1, 1, tzinfo=UTC)


def waiting(item: Item | None = None, **fields: Any) -> WireItem:
    """The usual item, or another, in the inbox."""
    item = item or sent(**fields)
    take(item, delivering.feed("inbox"))
    return delivering.row(item.guid)


def test_taking_over_makes_a_draft_that_nobody_sees() -> None:
    row = waiting(keywords=("Jena",), genres=("Interview",), byline="Von Helene Kramer")
    make.tag("Jena")
    author = make.author("Helene Kramer")

    article = inbox.take_over(row)

    assert (article.status, article.published_at, article.kind) == (Status.DRAFT, None, "interview")
    assert (article.headline, article.lead, article.dateline) == ("Brücke gesperrt", "Die Stadt sperrt die Brücke.", "Jena (nda)")
    assert (article.kicker, article.category.name, article.agency) == ("Brücken", "Panorama", row.feed.agency)
    assert [tag.name for tag in article.tags.all()] == ["Jena"]
    assert list(article.authors.all()) == [author]
    assert (row.place, row.article, row.reason) == ("taken", article, "")


def test_taking_over_twice_gives_the_same_draft() -> None:
    row = waiting()

    assert inbox.take_over(row) == inbox.take_over(delivering.row())
    assert Article.objects.count() == 1


def test_draft_without_a_fitting_category_gets_the_first() -> None:
    row = waiting(subjects=())

    assert inbox.take_over(row).category == Category.objects.in_order().first()


def test_without_any_category_there_is_a_sentence() -> None:
    row = waiting(subjects=())
    Category.objects.all().delete()

    with pytest.raises(desk.Refused, match="noch kein Ressort"):
        inbox.take_over(row)
    assert delivering.row().place == "inbox"


def test_headline_too_long_for_an_article_is_cut_at_a_word() -> None:
    row = waiting(headline="Brücke " * 60)

    headline = inbox.take_over(row).headline

    assert len(headline) <= 200
    assert headline.endswith("Brücke …")


def test_publishing_shows_the_article_under_the_agencys_time() -> None:
    row = waiting()

    article = inbox.publish_item(row)

    assert article.is_public()
    assert article.published_at == FIRST
    assert (row.place, row.article, row.needs_look) == ("published", article, False)


def test_publishing_keeps_an_embargo_to_come() -> None:
    article = inbox.publish_item(waiting(embargo=FAR))

    assert not article.is_public()
    assert article.published_at == article.embargo_until == FAR


def test_publishing_goes_past_what_only_the_rule_objects_to() -> None:
    row = waiting(note="Bitte Rücksprache halten", genres=("Vorschau",))
    reason = row.reason

    article = inbox.publish_item(row)

    assert reason.startswith("Form «Vorschau»")
    assert article.is_public()


def test_publishing_a_draft_taken_over_before_publishes_that_draft() -> None:
    row = waiting()
    draft = inbox.take_over(row)
    desk.revise(draft, {"lead": "Von der Redaktion."})

    article = inbox.publish_item(row)

    assert (article, article.lead) == (draft, "Von der Redaktion.")
    assert article.is_public()


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"subjects": ()}, "Kein Ressort passt"),
        ({"embargo_unreadable": True}, "Sperrfrist ist nicht zu lesen"),
        ({"headline": ""}, "keine Überschrift"),
        ({"body": "", "lead": ""}, "hat keinen Text"),
    ],
)
def test_publishing_is_refused_with_a_reason_and_leaves_no_article(fields: dict[str, Any], sentence: str) -> None:
    row = waiting(**fields)

    with pytest.raises(desk.Refused, match=sentence):
        inbox.publish_item(row)
    assert not Article.objects.exists()
    assert delivering.row().place == "inbox"


@pytest.mark.parametrize("status", ["withheld", "canceled"])
@pytest.mark.parametrize("act", [inbox.take_over, inbox.publish_item])
def test_what_the_agency_stopped_cannot_be_used(status: str, act: Any) -> None:
    row = waiting(status=status)

    with pytest.raises(desk.Refused, match="zurückgerufen oder zurückgehalten"):
        act(row)
    assert not Article.objects.exists()


def test_unreadable_embargo_can_be_taken_over_for_an_editor_to_set() -> None:
    assert inbox.take_over(waiting(embargo_unreadable=True)).status == Status.DRAFT


def test_item_that_is_no_article_can_be_taken_over_as_a_note() -> None:
    draft = inbox.take_over(waiting(kind="event", body="", lead="Konferenz am Mittwoch."))

    assert (draft.lead, draft.body) == ("Konferenz am Mittwoch.", "")


def test_discarding_puts_aside_and_can_be_undone_by_taking_over() -> None:
    row = waiting()

    inbox.discard(row)
    place = row.place
    article = inbox.take_over(row)

    assert (place, row.place) == ("discarded", "taken")
    assert article.headline == "Brücke gesperrt"


def test_discarding_works_for_what_the_agency_stopped() -> None:
    row = waiting(status="withheld")

    inbox.discard(row)

    assert (row.place, row.state) == ("discarded", "withheld")


def test_discarding_leaves_an_article_that_is_online() -> None:
    row = waiting()
    article = inbox.publish_item(row)

    inbox.discard(row)

    article.refresh_from_db()
    assert (row.place, article.is_public()) == ("published", True)
