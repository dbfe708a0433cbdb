"""Hold and kill: what goes offline, what is emptied, what stays."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.test import TestCase

from articles import desk
from articles.models import Article, Picture, Status
from articles.signals import pages_changed
from articles.wire import inbox
from articles.wire.item import WirePicture
from articles.wire.receiving import deliver
from tests import make
from tests.wire import delivering
from tests.wire.delivering import sent, take, take_all

pytestmark = pytest.mark.django_db
PHOTO = WirePicture(filename="bruecke.jpg", caption="Die Brücke.", credit="Ole Petersen/nda")


def with_photo(tmp_path: Path) -> Path:
    (tmp_path / "bruecke.jpg").write_bytes(make.jpeg(64, 64, shade=7))
    return tmp_path


def test_kill_takes_down_what_an_editor_has_changed() -> None:
    by = delivering.feed()
    take(sent(), by)
    desk.revise(delivering.article_of(), {"body": "<p>Von der Redaktion.</p>"}, kind="update")

    outcome = take(sent(2, status="canceled"), by)

    assert outcome.code == "killed"
    article = delivering.article_of()
    assert (article.status, article.body) == (Status.WITHDRAWN, "")
    assert not article.revisions.exclude(body="").exists()


def test_kill_drops_the_pages_hard() -> None:
    by = delivering.feed()
    take(sent(), by)
    announced: list[dict[str, Any]] = []
    pages_changed.connect(lambda **sent: announced.append(sent), weak=False, dispatch_uid="test")

    with TestCase.captureOnCommitCallbacks(execute=True):
        take(sent(2, status="canceled"), by)
    pages_changed.disconnect(dispatch_uid="test")

    key = delivering.article_of().page_key
    assert any(call["hard"] and key in call["keys"] for call in announced)


def test_kill_tells_editors_about_an_article_but_not_about_a_stranger() -> None:
    by = delivering.feed()
    take(sent(), by)

    take_all([sent(2, status="canceled"), sent(1, guid="urn:nda:2", status="canceled")], by)

    assert (delivering.row().needs_look, delivering.row().reason) == (True, "Rückruf der Agentur")
    assert not delivering.row("urn:nda:2").needs_look


def test_kill_empties_a_draft_so_that_nobody_can_publish_it() -> None:
    by = delivering.feed("inbox")
    take(sent(), by)
    draft = inbox.take_over(delivering.row())

    take(sent(2, status="canceled"), by)

    draft.refresh_from_db()
    assert (draft.status, draft.body, draft.lead) == (Status.DRAFT, "", "")
    with pytest.raises(desk.Refused):
        desk.publish(draft)


def test_kill_of_what_waits_in_the_inbox_needs_no_article() -> None:
    by = delivering.feed("inbox")
    take(sent(), by)

    outcome = take(sent(2, status="canceled"), by)

    assert outcome.code == "killed"
    assert (delivering.row().state, delivering.row().place) == ("canceled", "discarded")
    assert "body" not in delivering.row().payload


def test_kill_with_the_same_version_and_stamp_still_kills() -> None:
    by = delivering.feed()

    codes = take_all([sent(), sent(status="canceled")], by)

    assert codes == ["published", "killed"]


def test_kill_during_a_hold_withdraws_for_good() -> None:
    by = delivering.feed()

    codes = take_all([sent(), sent(2, status="withheld"), sent(3, status="canceled")], by)

    assert codes == ["published", "held", "killed"]
    assert delivering.article_of().status == Status.WITHDRAWN


def test_second_kill_is_a_repeat() -> None:
    by = delivering.feed()
    take_all([sent(), sent(2, status="canceled")], by)
    before = delivering.frozen()

    assert take_all([sent(2, status="canceled"), sent(1, status="canceled")], by) == ["repeat", "repeat"]
    assert delivering.frozen() == before


def test_same_or_lower_version_after_a_kill_stays_dead() -> None:
    by = delivering.feed()
    take_all([sent(), sent(3, status="canceled")], by)

    codes = take_all([sent(2), sent(3), sent(3, updated=sent(9).updated)], by)

    assert codes == ["late", "late", "late"]
    assert delivering.row().state == "canceled"


def test_higher_version_after_a_kill_waits_in_the_inbox_and_gets_a_new_article() -> None:
    by = delivering.feed()
    take_all([sent(), sent(2, status="canceled")], by)
    withdrawn = delivering.article_of()

    outcome = take(sent(3, headline="Brücke doch gesperrt"), by)
    row = delivering.row()
    waiting = (row.place, row.state, row.article)
    published = inbox.publish_item(row)

    assert (outcome.code, waiting) == ("inbox", ("inbox", "usable", None))
    assert published.pk != withdrawn.pk
    assert published.is_public()
    withdrawn.refresh_from_db()
    assert withdrawn.status == Status.WITHDRAWN


def test_further_versions_after_a_kill_never_go_online_by_themselves() -> None:
    by = delivering.feed()
    take_all([sent(), sent(2, status="canceled")], by)

    assert take_all([sent(3), sent(4, headline="Neu")], by) == ["inbox", "inbox"]
    assert not Article.objects.public().exists()


def test_kill_that_comes_too_late_ends_in_the_same_as_one_in_time() -> None:
    by = delivering.feed()
    take_all([sent(), sent(3)], by)

    outcome = take(sent(2, status="canceled"), by)

    assert (outcome.code, outcome.article and outcome.article.status) == ("killed", Status.WITHDRAWN)
    row = delivering.row()
    assert (row.version, row.state, row.place, row.needs_look, row.article) == (3, "usable", "inbox", True, None)
    assert row.payload["body"]
    assert take_all([sent(2, status="canceled"), sent(1)], by) == ["repeat", "late"]


def test_late_kill_spares_the_raw_text_of_the_version_it_does_not_mean() -> None:
    by = delivering.feed()
    old, new, kill = (delivering.DATA / "ninjs" / name for name in ("01-eil-v1.json", "08-released-v5.json", "09-kill-v6.json"))
    order = kill.read_bytes().replace(b'"version": "6"', b'"version": "2"')
    delivering.take_files([old, new], by)

    list(deliver(order, feed=by, name="kill", now=delivering.NOW))

    assert delivering.raws() == [b"", new.read_bytes(), order]


def test_picture_goes_with_the_kill(tmp_path: Path) -> None:
    by = delivering.feed()
    take(sent(pictures=(PHOTO,)), by, folder=with_photo(tmp_path))
    name = str(Picture.objects.get().file.name)

    with TestCase.captureOnCommitCallbacks(execute=True):
        take(sent(2, status="canceled"), by)

    assert not Picture.objects.exists()
    assert not default_storage.exists(name)


def test_picture_that_another_article_shows_survives_the_kill(tmp_path: Path) -> None:
    by = delivering.feed()
    take(sent(pictures=(PHOTO,)), by, folder=with_photo(tmp_path))
    other = make.article("Anderes", picture=Picture.objects.get())

    take(sent(2, status="canceled"), by)

    other.refresh_from_db()
    assert other.picture == Picture.objects.get()
    assert delivering.article_of().picture is None


def test_picture_that_was_in_the_library_before_survives_the_kill(tmp_path: Path) -> None:
    by = delivering.feed()
    known = make.picture(raw=make.jpeg(64, 64, shade=7))
    take(sent(pictures=(PHOTO,)), by, folder=with_photo(tmp_path))
    shown = delivering.article_of().picture

    take(sent(2, status="canceled"), by)

    assert shown == known
    assert Picture.objects.get() == known


def test_hold_of_an_unknown_item_waits_and_its_release_goes_by_rule() -> None:
    by = delivering.feed()

    codes = take_all([sent(status="withheld", body="", note="HOLD: Angaben werden geprüft"), sent(2)], by)

    assert codes == ["held", "published"]


def test_hold_names_its_reason_and_keeps_the_text_known_before() -> None:
    by = delivering.feed("inbox")
    take(sent(), by)

    take(sent(2, status="withheld", body="", lead="", note="HOLD: bitte warten"), by)

    row = delivering.row()
    assert (row.state, row.reason) == ("withheld", "HOLD: bitte warten")
    assert row.payload["body"] == sent().body
    assert row.payload["status"] == "withheld"


def test_second_hold_leaves_the_article_held_until_the_release() -> None:
    by = delivering.feed()

    codes = take_all([sent(), sent(2, status="withheld"), sent(3, status="withheld"), sent(4)], by)

    assert codes == ["published", "held", "held", "released"]
    assert delivering.article_of().is_public()


def test_release_brings_editors_words_back_and_flags_the_agencys() -> None:
    by = delivering.feed()
    take(sent(), by)
    desk.revise(delivering.article_of(), {"lead": "Von der Redaktion."})
    take(sent(2, status="withheld"), by)

    outcome = take(sent(3, lead="Von der Agentur."), by)

    article = delivering.article_of()
    assert (outcome.code, article.is_public(), article.lead) == ("released", True, "Von der Redaktion.")
    assert delivering.row().needs_look


def test_release_leaves_withdrawn_what_an_editor_withdrew_meanwhile() -> None:
    by = delivering.feed()
    take_all([sent(), sent(2, status="withheld")], by)
    desk.withdraw(delivering.article_of())

    outcome = take(sent(3), by)

    assert (outcome.code, delivering.article_of().status) == ("flagged", Status.WITHDRAWN)


def test_hold_of_a_draft_leaves_it_a_draft() -> None:
    by = delivering.feed("inbox")
    take(sent(), by)
    inbox.take_over(delivering.row())

    outcome = take(sent(2, status="withheld"), by)

    assert (outcome.code, delivering.article_of().status) == ("held", Status.DRAFT)
    assert take(sent(3), by).code != "released"
    assert delivering.article_of().status == Status.DRAFT
