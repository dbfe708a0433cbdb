"""Every sample file, and what becomes of it: the table of docs/wire.md."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest

from articles.models import Feed
from articles.wire.outcomes import Code
from tests.wire import delivering
from tests.wire.delivering import DATA, SHARED

pytestmark = pytest.mark.django_db

LIFE_CYCLE = {
    "01-eil-v1": "published",
    "02-update-v2": "updated",
    "03-correction-v3": "corrected",
    "04-repeat-of-v3": "repeat",
    "05-late-v2-after-v3": "late",
    "06-same-version-newer-stamp": "metadata",
    "07-hold-withheld-v4": "held",
    "08-released-v5": "released",
    "09-kill-v6": "killed",
    "10-late-v5-after-kill": "late",
    "11-kill-of-unknown-item": "tombstone",
    "12-embargo-far-future": "scheduled",
    "13-embargo-lifted-v2": "published",
    "14-not-for-readers": "inbox",
    "15-with-picture": "published",
}
INTO_THE_INBOX = LIFE_CYCLE | dict.fromkeys(
    ["01-eil-v1", "02-update-v2", "03-correction-v3", "06-same-version-newer-stamp", "08-released-v5",
     "12-embargo-far-future", "13-embargo-lifted-v2", "15-with-picture"], "inbox",
)  # fmt: skip
IN_FORMATS_WITH_LESS = {  # NITF says its embargo in words only, so that it waits for a person; what lifts it publishes
    "nitf": LIFE_CYCLE | {"12-embargo-far-future": "inbox"},
}
FEEDS = {
    "atom-1.0.xml": ["published", "inbox"],
    "dts-like-rss-2.0.xml": ["published", "inbox", "published"],
    "jsonfeed-1.1.json": ["inbox", "inbox"],
    "rss-later-poll-changed-title.xml": ["updated"],
}
REAL_NINJS = {
    "complex-1.4.json": "rejected",
    "dpa-text-2.1.json": "published",
    "dpa-text-3.0.json": "repeat",
    "event-not-an-article-3.0.json": "rejected",
    "picture-linked-rights-3.0.json": "inbox",
    "simple-text-3.0.json": "inbox",
    "text-with-people-and-places-1.4.json": "rejected",
    "tt-text-and-picture-3.0.json": "rejected",
}
REAL = {
    "ninjs": REAL_NINJS,
    "digitalwires": {
        "dpa-correction.json": "published",
        "dpa-eil.json": "published",
        "dpa-embargoed.json": "inbox",
        "dpa-not-for-readers-lesestuecke.json": "inbox",
        "dpa-update-with-dateline.json": "published",
        "dpa-with-picture-and-place.json": "published",
        "picture-only-no-text.json": "rejected",
    },
    "newsml-g2": {
        "dpa-correction.xml": "published",
        "dpa-eil.xml": "published",
        "dpa-embargoed.xml": "inbox",
        "dpa-update-with-dateline.xml": "published",
        "listing-01-news-item.xml": "rejected",
        "listing-02-text.xml": "rejected",
        "listing-03-picture.xml": "rejected",
        "listing-06-package.xml": "inbox",
        "listing-25-nitf-inside.xml": "refused",
        "picture-only-no-text.xml": "rejected",
    },
    "nitf": {"dpa-starline.xml": "inbox", "ntb.xml": "rejected"},
    "iptc7901": {"dpa-eil.iptc": "inbox", "dpa-regional.iptc": "inbox"},
}
needs_samples = pytest.mark.skipif(not SHARED.is_dir(), reason="the agencies' samples are not beside this project")


def outcomes(folder: Path, by: Feed) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in delivering.take_files(sorted(folder.iterdir()), by):
        found.setdefault(line.name, []).append(line.outcome.code)
    return found


def life_cycle(folder: str) -> dict[str, str]:
    """File → outcome, of an agency whose copy is published at once."""
    codes = IN_FORMATS_WITH_LESS.get(folder, LIFE_CYCLE)
    return {path.name: codes[path.stem] for path in sorted((DATA / folder).iterdir())}


@pytest.mark.parametrize(("folder", "number"), [("ninjs", 15), ("ninjs-1", 14), ("newsml-g2", 14), ("nitf", 14)])
def test_life_cycle_by_the_rule_publish(folder: str, number: int) -> None:
    by = delivering.feed("publish")

    found = outcomes(DATA / folder, by)

    assert found == {name: [code] for name, code in life_cycle(folder).items()}
    assert len(found) == number


@pytest.mark.parametrize("folder", ["ninjs", "ninjs-1", "newsml-g2", "nitf"])
def test_life_cycle_by_the_rule_inbox(folder: str) -> None:
    by = delivering.feed("inbox")

    found = outcomes(DATA / folder, by)

    assert found == {path.name: [INTO_THE_INBOX[path.stem]] for path in (DATA / folder).iterdir()}


def test_feeds() -> None:
    by = delivering.feed("publish")
    by.category = None
    by.save()

    found = outcomes(DATA / "feeds", by)

    # the tag of the Atom entry and two of the RSS items name a category; nothing tells where the others belong
    assert found == FEEDS


@needs_samples
@pytest.mark.parametrize("folder", REAL)
def test_real_files(folder: str) -> None:
    by = delivering.feed("publish")
    by.category = delivering.department("Panorama")
    by.save()

    found = outcomes(SHARED / folder, by)

    assert found == {name: [code] for name, code in REAL[folder].items()}


@needs_samples
def test_every_sample_has_its_line() -> None:
    beside = {path.name for path in SHARED.iterdir() if path.is_dir()} - {"made"}

    assert beside == set(REAL)
    assert {folder: {path.name for path in (SHARED / folder).iterdir()} for folder in REAL} == {
        folder: set(files) for folder, files in REAL.items()
    }


@needs_samples
def test_rejected_languages_are_kept_with_their_reason() -> None:
    by = delivering.feed("publish")

    delivering.take_files([SHARED / "ninjs" / "tt-text-and-picture-3.0.json"], by)

    row = delivering.row("http://tt.se/media/text/210526-militarovning-a0f2d045")
    assert (row.place, row.reason, row.article) == ("discarded", "abgelehnt: Sprache sv", None)


def test_everything_a_second_time_changes_nothing() -> None:
    by = delivering.feed("publish")
    folders = ("ninjs", "newsml-g2", "nitf", "feeds")
    paths = [path for folder in folders for path in sorted((DATA / folder).iterdir())]
    delivering.take_files(paths, by)
    before = delivering.frozen()

    lines = delivering.take_files(paths, by)

    assert delivering.frozen() == before
    assert {line.outcome.code for line in lines} == {"repeat", "late"}


def test_documentation_says_what_happens() -> None:
    document = (DATA.parents[2] / "docs" / "wire.md").read_text(encoding="utf-8")
    table = re.findall(r"^\| `([a-z0-9-]+/[^`]+)` \| ([a-z, ]+) \|$", document, flags=re.MULTILINE)

    expected = [(f"{folder}/{name}", code) for folder in ("ninjs", "ninjs-1", "newsml-g2", "nitf") for name, code in life_cycle(folder).items()]
    expected += [(f"feeds/{name}", ", ".join(codes)) for name, codes in FEEDS.items()]
    expected += [(f"{folder}/{name}", code) for folder, files in REAL.items() for name, code in files.items()]

    assert table == expected


def test_documentation_explains_every_outcome() -> None:
    document = (DATA.parents[2] / "docs" / "wire.md").read_text(encoding="utf-8")

    assert [code for code in get_args(Code) if f"`{code}`" not in document] == []
