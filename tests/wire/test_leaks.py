"""Copy that must not be read is nowhere, in whatever format it came: a marker word, and a walk over every public address."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from articles import desk
from articles.models import Article, Feed, Picture, Revision, Teaser, WireItem
from articles.wire import inbox
from articles.wire.receiving import deliver
from tests import make
from tests.pages.test_leaks import MARKER, STARTS, WORD, guessed, walk
from tests.wire import delivering
from tests.wire.delivering import DATA, raws

pytestmark = pytest.mark.django_db
FORMATS = ("ninjs", "ninjs-1", "newsml-g2", "nitf")
NOTE = f"Nur für Redaktionen: {WORD}"
NOTES = {  # where a note to editors stands, and how
    "ninjs": ('"urgency"', f'"edNote": "{NOTE}", "urgency"'),
    "ninjs-1": ('"urgency"', f'"ednote": "{NOTE}", "urgency"'),
    "newsml-g2": ("</itemMeta>", f'<edNote role="nprole:np-nonpublic">{NOTE}</edNote></itemMeta>'),
    "nitf": ("<urgency", f'<ed-msg info="{NOTE}"/><urgency'),
}


@pytest.fixture
def feed(db: None) -> Feed:
    made = delivering.feed("publish")
    make.house()
    make.article("Öffentlich", tags=["Unglück"])
    make.article("Von heute", at=timezone.now(), tags=["Unglück"])
    return made


def marked(kind: str, number: str) -> bytes:
    """The made delivery with the word in place of the town's name: in headline or text, lead, dateline and places."""
    (path,) = (DATA / kind).glob(f"{number}-*")
    return path.read_text(encoding="utf-8").replace("Altenwalde", WORD).encode()


def send(feed: Feed, raw: bytes) -> list[str]:
    return [line.outcome.code for line in deliver(raw, feed=feed, name="leak")]


def hits(client: Client) -> list[str]:
    guesses = [path for article in Article.objects.all() for path in guessed(article)]
    return walk(client, [*STARTS, *guesses, "/suche/?q=Br%C3%BCcken"]).hits


@pytest.mark.parametrize("kind", FORMATS)
def test_the_walk_finds_what_is_public(client: Client, feed: Feed, kind: str) -> None:
    assert send(feed, marked(kind, "01")) == ["published"]

    found = hits(client)

    assert delivering.article_of(WireItem.objects.get().guid).get_absolute_url() in found
    assert len(found) > 5


@pytest.mark.parametrize(
    ("numbers", "code"),
    [
        (["01", "07"], "held"),
        (["01", "02", "07"], "held"),
        (["01", "02", "03", "09"], "killed"),
        (["01", "09", "10"], "late"),
        (["09", "01"], "late"),
        (["14"], "inbox"),
    ],
)
@pytest.mark.parametrize("kind", FORMATS)
def test_what_is_held_killed_embargoed_or_not_for_readers_is_nowhere(
    client: Client, feed: Feed, kind: str, numbers: list[str], code: str,
) -> None:  # fmt: skip
    codes = [send(feed, marked(kind, number)) for number in numbers]

    assert codes[-1] == [code]
    assert hits(client) == []


@pytest.mark.parametrize("kind", FORMATS)
def test_what_is_embargoed_is_nowhere_though_an_editor_publishes_it(client: Client, feed: Feed, kind: str) -> None:
    send(feed, marked(kind, "12"))

    with suppress(desk.Refused):  # NITF names an embargo and no moment
        inbox.publish_item(WireItem.objects.get())

    assert Article.objects.filter(embargo_until__gt=timezone.now()).exists() or kind == "nitf"
    assert hits(client) == []


@pytest.mark.parametrize("kind", FORMATS)
def test_pages_that_were_read_before_a_kill_say_nothing_after_it(client: Client, feed: Feed, kind: str) -> None:
    send(feed, marked(kind, "01"))
    assert hits(client)

    send(feed, marked(kind, "09"))

    assert hits(client) == []
    assert kept_words() == []


def kept_words() -> list[str]:
    """Tables in which copy stands, and where the word is still to be found; headlines stay, by the agencies' own rule."""
    tables: list[Any] = [Article, Revision, Teaser, Picture, WireItem]
    rows = {table.__name__: str([{**row, "headline": "", "slug": "", "guid": ""} for row in table.objects.values()]) for table in tables}
    return [name for name, text in {**rows, "raw": str(raws())}.items() if MARKER.search(text) and name != "WireItem"]


@pytest.mark.parametrize("kind", FORMATS)
def test_notes_to_editors_reach_no_reader_when_an_editor_publishes(client: Client, feed: Feed, kind: str) -> None:
    (path,) = (DATA / kind).glob("01-*")
    before, after = NOTES[kind]
    raw = path.read_text(encoding="utf-8").replace(before, after, 1).encode()
    assert send(feed, raw) == ["inbox"]
    item = WireItem.objects.get()
    assert WORD in item.note

    inbox.publish_item(item)

    assert client.get(delivering.article_of(item.guid).get_absolute_url()).status_code == 200
    assert hits(client) == []


def test_copy_whose_licence_has_ended_is_nowhere(client: Client, feed: Feed) -> None:
    feed.agency.expiry_days = 30
    feed.agency.save()
    send(feed, marked("ninjs", "01"))
    Article.objects.filter(headline__contains="eingestürzt").update(status="published", visible_until=timezone.now())

    assert hits(client) == []


def test_delivery_that_could_not_be_read_is_nowhere(client: Client, feed: Feed, tmp_path: Path) -> None:
    assert send(feed, f'{{"headline": "{WORD}", '.encode()) == ["refused"]

    assert hits(client) == []
