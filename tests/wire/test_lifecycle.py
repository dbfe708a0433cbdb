"""The life of one item, from its first take to its kill, in any order."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from pathlib import Path

import pytest

from articles.models import Article, Status, WireItem
from tests.wire import delivering
from tests.wire.delivering import DATA, GUID

pytestmark = pytest.mark.django_db
FILES = sorted((DATA / "ninjs").iterdir())
UNTIL_RELEASE, UNTIL_KILL = FILES[:8], FILES[:10]


def local(hour: int, minute: int, second: int) -> datetime:
    """A moment of that Monday in Berlin."""
    return datetime(2025, 2, 3, hour - 1, minute, second, tzinfo=UTC)


def shuffled(paths: list[Path], seed: int) -> list[Path]:
    """In some order, and every third one twice."""
    dealt = [*paths, *paths[::3]]
    random.Random(seed).shuffle(dealt)
    return dealt


def test_first_take_stands_under_the_agencys_time() -> None:
    by = delivering.feed()

    delivering.take_files(FILES[:1], by)

    article = delivering.article_of(GUID)
    assert article.is_public()
    assert (article.published_at, article.updated_at) == (local(8, 2, 11), None)
    assert article.headline == "Fußgängerbrücke in Altenwalde eingestürzt"
    assert (article.kicker, article.dateline) == ("Brücken", "Altenwalde")
    assert (article.category.name, article.agency, article.urgency) == ("Panorama", by.agency, 2)
    assert article.body.startswith("<p>Beim Einsturz einer Fußgängerbrücke")


def test_update_keeps_address_and_first_date_and_shows_the_new_time() -> None:
    by = delivering.feed()
    delivering.take_files(FILES[:1], by)
    address = delivering.article_of(GUID).get_absolute_url()

    delivering.take_files(FILES[1:2], by)

    article = delivering.article_of(GUID)
    assert article.get_absolute_url() == address
    assert (article.published_at, article.updated_at) == (local(8, 2, 11), local(8, 11, 40))
    assert article.headline == "Brücke in Altenwalde eingestürzt - neun Verletzte"
    assert [revision.headline for revision in article.revisions.all()] == ["Fußgängerbrücke in Altenwalde eingestürzt"]


def test_correction_replaces_the_text_and_its_note_stays_inside() -> None:
    by = delivering.feed()

    delivering.take_files(FILES[:3], by)

    article = delivering.article_of(GUID)
    assert "sieben Menschen" in article.body
    assert article.updated_at == local(8, 47, 2)
    assert not article.corrections.exists()
    assert "nicht: neun" not in article.body + article.lead
    assert delivering.row(GUID).note.startswith("Berichtigung: Im ersten Absatz")


def test_repeat_and_late_version_change_no_row_of_the_article() -> None:
    by = delivering.feed()
    delivering.take_files(FILES[:3], by)
    before = delivering.frozen()

    codes = [line.outcome.code for line in delivering.take_files(FILES[3:5], by)]

    assert codes == ["repeat", "late"]
    assert delivering.frozen() == before
    assert delivering.row(GUID).repeats == 1


def test_resent_metadata_shows_no_new_time_and_makes_no_revision() -> None:
    by = delivering.feed()
    delivering.take_files(FILES[:3], by)

    delivering.take_files(FILES[5:6], by)

    article = delivering.article_of(GUID)
    assert article.updated_at == local(8, 47, 2)
    assert article.revisions.count() == 2
    assert delivering.row(GUID).updated_at == local(8, 49, 30)


def test_hold_takes_offline_and_release_brings_back_as_before() -> None:
    by = delivering.feed()
    delivering.take_files(FILES[:6], by)
    before = delivering.article_of(GUID)

    delivering.take_files(FILES[6:7], by)
    held = delivering.article_of(GUID)
    delivering.take_files(FILES[7:8], by)

    assert (held.is_public(), held.body) == (False, before.body)
    released = delivering.article_of(GUID)
    assert released.is_public()
    assert (released.published_at, released.updated_at) == (before.published_at, before.updated_at)
    assert (delivering.row(GUID).state, delivering.row(GUID).version) == ("usable", 5)


def test_kill_withdraws_and_empties_every_kept_text() -> None:
    by = delivering.feed()

    delivering.take_files(UNTIL_KILL, by)

    article = delivering.article_of(GUID)
    assert article.status == Status.WITHDRAWN
    assert (article.lead, article.body, article.kicker, article.dateline) == ("", "", "", "")
    assert {(old.lead, old.body, old.kicker) for old in article.revisions.all()} == {("", "", "")}
    row = delivering.row(GUID)
    assert (row.state, row.place, row.headline) == ("canceled", "discarded", "Brücke in Altenwalde eingestürzt - neun Verletzte")
    assert not {"body", "lead", "note"} & row.payload.keys()
    assert "Ostermann" not in str(row.payload)


def test_kill_leaves_no_raw_text_but_the_orders_themselves() -> None:
    by = delivering.feed()

    delivering.take_files(UNTIL_KILL, by)

    kept = [raw for raw in delivering.raws() if raw]
    assert kept == [FILES[6].read_bytes(), FILES[8].read_bytes()]
    assert len(delivering.raws()) == 10


def test_kill_of_an_unknown_item_keeps_it_dead_when_it_comes() -> None:
    by = delivering.feed()
    delivering.take_files(FILES[8:9], by)

    codes = [line.outcome.code for line in delivering.take_files(FILES[:3], by)]

    assert codes == ["late", "late", "late"]
    assert not Article.objects.exists()
    assert delivering.row(GUID).state == "canceled"


def test_embargo_of_the_far_future_hides_until_it_is_lifted() -> None:
    by = delivering.feed()
    guid = f"{GUID}-sperrfrist"

    delivering.take_files(FILES[11:12], by)
    waiting = delivering.article_of(guid)
    delivering.take_files(FILES[12:13], by)

    assert not waiting.is_public()
    assert waiting.published_at == waiting.embargo_until == datetime(2099, 3, 1, 17, 0, tzinfo=UTC)
    lifted = delivering.article_of(guid)
    assert lifted.is_public()
    assert (lifted.embargo_until, lifted.published_at) == (None, local(11, 30, 0))


@pytest.mark.parametrize("seed", range(8))
def test_any_order_until_the_release_ends_in_the_newest_version(seed: int) -> None:
    by = delivering.feed()

    delivering.take_files(shuffled(UNTIL_RELEASE, seed), by)

    article, row = delivering.article_of(GUID), delivering.row(GUID)
    assert article.is_public()
    assert "sieben Menschen" in article.body
    assert (row.version, row.state, row.place, row.needs_look) == (5, "usable", "published", False)
    assert Article.objects.count() == 1


@pytest.mark.parametrize("seed", range(8))
def test_any_order_until_the_kill_ends_in_nothing(seed: int) -> None:
    by = delivering.feed()

    delivering.take_files(shuffled(UNTIL_KILL, seed), by)

    row = delivering.row(GUID)
    assert (row.version, row.state, row.place) == (6, "canceled", "discarded")
    assert not Article.objects.public().exists()
    assert not Article.objects.exclude(body="").exists()
    assert "Ostermann" not in str(row.payload) + str(delivering.raws())


@pytest.mark.parametrize("seed", range(4))
def test_any_order_by_the_rule_inbox_shows_nobody_anything(seed: int) -> None:
    by = delivering.feed("inbox")

    delivering.take_files(shuffled(FILES, seed), by)

    assert not Article.objects.exists()
    assert WireItem.objects.count() == 5


@pytest.mark.parametrize("seed", range(4))
def test_embargo_and_its_lifting_in_any_order_end_online(seed: int) -> None:
    by = delivering.feed()

    delivering.take_files(shuffled(FILES[11:13], seed), by)

    assert delivering.article_of(f"{GUID}-sperrfrist").is_public()
    assert delivering.row(f"{GUID}-sperrfrist").embargo_until is None
