"""Newer versions of an article's item: the wire's words follow, editors' words stay."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from articles import desk
from articles.models import Agency, Article, Status, WireItem
from articles.wire import inbox
from articles.wire.item import Subject, WirePicture
from tests import make
from tests.wire import delivering
from tests.wire.delivering import NOW, sent, take, take_all

pytestmark = pytest.mark.django_db
INLAND = (Subject("medtop:11000000", "Politik"),)
FAR = datetime(2099, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("headline", "Eigen"),
        ("lead", "Eigener Vorspann."),
        ("body", "<p>Eigener Text.</p>"),
        ("kicker", "Eigen"),
        ("dateline", "Ulm"),
    ],
)
def test_editors_words_are_never_overwritten(field: str, value: str) -> None:
    by = delivering.feed()
    take(sent(), by)
    desk.revise(delivering.article_of(), {field: value})
    before = Article.objects.values().get()

    outcome = take(sent(2, headline="Neu", lead="Neu.", body="<p>Neu.</p>", subjects=INLAND, urgency=1), by)

    assert outcome.code == "flagged"
    assert Article.objects.values().get() == before
    row = delivering.row()
    assert (row.needs_look, row.version) == (True, 2)
    assert row.payload["body"] == "<p>Neu.</p>"


def test_flag_goes_when_the_editor_has_looked_and_the_article_stays() -> None:
    by = delivering.feed()
    take(sent(), by)
    desk.revise(delivering.article_of(), {"lead": "Eigener Vorspann."})
    take(sent(2, lead="Neu."), by)

    inbox.discard(delivering.row())

    row = delivering.row()
    assert (row.needs_look, row.place) == (False, "published")
    assert delivering.article_of().is_public()


def test_editors_category_tags_and_picture_stay_while_the_words_follow() -> None:
    by = delivering.feed()
    take(sent(), by)
    article, picture = delivering.article_of(), make.picture()
    desk.revise(article, {"category": delivering.department("Inland"), "picture": picture})
    desk.set_tags(article, [make.tag("Eigenes")])
    make.tag("Jena")

    outcome = take(sent(2, body="<p>Neu.</p>", keywords=("Jena",)), by)

    article = delivering.article_of()
    assert (outcome.code, article.body) == ("updated", "<p>Neu.</p>")
    assert (article.category.name, article.picture) == ("Inland", picture)
    assert [tag.name for tag in article.tags.all()] == ["Eigenes"]


def test_what_an_editor_set_once_stays_theirs_after_further_versions() -> None:
    by = delivering.feed()
    take(sent(), by)
    desk.revise(delivering.article_of(), {"category": delivering.department("Inland")})

    take_all([sent(2, body="<p>Zwei.</p>"), sent(3, body="<p>Drei.</p>"), sent(4, body="<p>Vier.</p>", urgency=2)], by)

    article = delivering.article_of()
    assert (article.category.name, article.body, article.urgency) == ("Inland", "<p>Vier.</p>", 2)


def test_wires_own_category_and_tags_follow_the_agency() -> None:
    by = delivering.feed()
    make.tag("Jena")
    take(sent(), by)

    take(sent(2, subjects=INLAND, keywords=("Jena",)), by)

    article = delivering.article_of()
    assert article.category.name == "Inland"
    assert [tag.name for tag in article.tags.all()] == ["Jena"]


def test_publishing_by_an_editor_is_no_change_of_words() -> None:
    by = delivering.feed("inbox")
    take(sent(), by)
    desk.publish(inbox.take_over(delivering.row()))

    outcome = take(sent(2, body="<p>Neu.</p>"), by)

    assert (outcome.code, delivering.article_of().body) == ("updated", "<p>Neu.</p>")


def test_draft_taken_over_follows_without_being_published() -> None:
    by = delivering.feed("inbox")
    take(sent(), by)
    inbox.take_over(delivering.row())

    outcome = take(sent(2, body="<p>Neu.</p>"), by)

    article = delivering.article_of()
    assert (outcome.code, article.body, article.status, article.updated_at) == ("updated", "<p>Neu.</p>", Status.DRAFT, None)


def test_article_an_editor_withdrew_stays_withdrawn() -> None:
    by = delivering.feed()
    take(sent(), by)
    desk.withdraw(delivering.article_of())

    outcome = take(sent(2, body="<p>Neu.</p>"), by)

    article = delivering.article_of()
    assert (outcome.code, article.status, article.body) == ("flagged", Status.WITHDRAWN, sent().body)


def test_article_an_editor_deleted_does_not_come_back() -> None:
    by = delivering.feed("inbox")
    take(sent(), by)
    inbox.take_over(delivering.row()).delete()
    by.rule = "publish"
    by.save()

    outcome = take(sent(2, body="<p>Neu.</p>"), by)

    assert (outcome.code, delivering.row().reason) == ("inbox", "Der Artikel dazu ist gelöscht worden")
    assert not Article.objects.exists()


def test_same_words_under_a_new_number_tell_readers_nothing_new() -> None:
    by = delivering.feed()
    take(sent(), by)
    before = Article.objects.values().get()

    outcome = take(sent(2), by)

    assert outcome.code == "repeat"
    assert Article.objects.values().get() == before
    assert (delivering.row().version, delivering.row().repeats) == (2, 1)


def test_same_version_with_another_text_waits_for_an_editor() -> None:
    by = delivering.feed()
    take(sent(), by)

    outcome = take(sent(1, updated=sent(2).updated, body="<p>Still geändert.</p>", urgency=1), by)

    article, row = delivering.article_of(), delivering.row()
    assert (outcome.code, article.body, article.updated_at) == ("metadata", sent().body, None)
    assert article.urgency == 1
    assert (row.needs_look, row.payload["body"]) == (True, "<p>Still geändert.</p>")


def test_publishable_correction_is_told_to_readers() -> None:
    by = delivering.feed()
    take(sent(), by)

    take(sent(2, signal="correction", body="<p>Richtig.</p>", correction_note="Es waren sieben."), by)

    assert [correction.text for correction in delivering.article_of().corrections.all()] == ["Es waren sieben."]


def test_correction_of_what_nobody_has_read_is_told_to_nobody() -> None:
    by = delivering.feed()
    take(sent(embargo=FAR), by)

    take(sent(2, embargo=FAR, signal="correction", body="<p>Richtig.</p>", correction_note="Es waren sieben."), by)

    article = delivering.article_of()
    assert (article.body, article.updated_at) == ("<p>Richtig.</p>", None)
    assert not article.corrections.exists()


def test_update_stamped_before_the_publication_shows_the_time_of_its_arrival() -> None:
    by = delivering.feed()
    take(sent(1, version=0), by)

    take(sent(1, version=0, headline="Neue Überschrift"), by)

    assert delivering.article_of().updated_at == NOW


def test_stamp_of_the_future_is_not_shown() -> None:
    by = delivering.feed()

    take(sent(updated=FAR), by)
    take(sent(2, updated=FAR + timedelta(days=1), body="<p>Neu.</p>"), by)

    article = delivering.article_of()
    assert (article.published_at, article.updated_at) == (NOW, NOW)


def test_item_of_the_inbox_is_replaced_and_offered_again() -> None:
    by = delivering.feed()

    codes = take_all([sent(headline=""), sent(2)], by)

    assert codes == ["inbox", "published"]
    assert (delivering.row().reason, delivering.row().place) == ("", "published")


def test_discarded_item_stays_discarded_whatever_comes() -> None:
    by = delivering.feed("inbox")
    take(sent(), by)
    inbox.discard(delivering.row())

    outcome = take(sent(2, body="<p>Neu.</p>"), by)

    assert (outcome.code, delivering.row().place, delivering.row().version) == ("discarded", "discarded", 2)


def test_item_rejected_for_its_language_is_taken_once_it_speaks_german() -> None:
    by = delivering.feed()

    codes = take_all([sent(language="en"), sent(2, language="de")], by)

    assert codes == ["rejected", "published"]


def test_later_picture_replaces_the_wires_own(tmp_path: Path) -> None:
    by = delivering.feed()
    for number in (1, 2):
        (tmp_path / f"{number}.jpg").write_bytes(make.jpeg(64, 64, shade=number))
    take(sent(pictures=(WirePicture(filename="1.jpg", alt="Eins"),)), by, folder=tmp_path)

    take(sent(2, pictures=(WirePicture(filename="2.jpg", alt="Zwei"),)), by, folder=tmp_path)
    with_second = delivering.article_of().picture
    take(sent(3, body="<p>Neu.</p>"), by, folder=tmp_path)

    assert with_second is not None
    assert with_second.alt == "Zwei"
    assert delivering.article_of().picture == with_second


def test_release_the_desk_refuses_is_flagged_with_its_sentence() -> None:
    by = delivering.feed()
    take_all([sent(), sent(2, status="withheld")], by)
    Agency.objects.update(credit_line=" ")
    by.refresh_from_db()

    outcome = take(sent(3), by)

    assert outcome.code == "flagged"
    assert "keine Quellenzeile" in outcome.sentence
    assert WireItem.objects.get().needs_look
    assert not delivering.article_of().is_public()
