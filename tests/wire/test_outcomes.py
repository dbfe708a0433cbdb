"""Every sample file, and what becomes of it: the table of docs/wire.md."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest

from articles.models import Feed, WireDelivery
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
FEEDS = {
    "atom-1.0.xml": ["published", "inbox"],
    "dts-like-rss-2.0.xml": ["published", "inbox", "published"],
    "jsonfeed-1.1.json": ["inbox", "inbox"],
    "rss-later-poll-changed-title.xml": ["updated"],
}
REAL_NINJS = {
    "complex-1.4.json": "rejected",
    "dpa-text-2.1.json": "inbox",
    "dpa-text-3.0.json": "repeat",
    "event-not-an-article-3.0.json": "rejected",
    "picture-linked-rights-3.0.json": "inbox",
    "simple-text-3.0.json": "inbox",
    "text-with-people-and-places-1.4.json": "rejected",
    "tt-text-and-picture-3.0.json": "rejected",
}
needs_samples = pytest.mark.skipif(not SHARED.is_dir(), reason="the agencies' samples are not beside this project")


def outcomes(folder: Path, by: Feed) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in delivering.take_files(sorted(folder.iterdir()), by):
        found.setdefault(line.name, []).append(line.outcome.code)
    return found


@pytest.mark.parametrize("generation", ["ninjs", "ninjs-1"])
def test_life_cycle_by_the_rule_publish(generation: str) -> None:
    by = delivering.feed("publish")

    found = outcomes(DATA / generation, by)

    assert found == {f"{name}.json": [code] for name, code in LIFE_CYCLE.items() if f"{name}.json" in found}
    assert len(found) == (15 if generation == "ninjs" else 14)


@pytest.mark.parametrize("generation", ["ninjs", "ninjs-1"])
def test_life_cycle_by_the_rule_inbox(generation: str) -> None:
    by = delivering.feed("inbox")

    found = outcomes(DATA / generation, by)

    assert found == {f"{name}.json": [code] for name, code in INTO_THE_INBOX.items() if f"{name}.json" in found}


def test_feeds() -> None:
    by = delivering.feed("publish")
    by.category = None
    by.save()

    found = outcomes(DATA / "feeds", by)

    # the tag of the Atom entry and two of the RSS items name a category; nothing tells where the others belong
    assert found == FEEDS


@needs_samples
def test_real_ninjs() -> None:
    by = delivering.feed("publish")

    found = outcomes(SHARED / "ninjs", by)

    assert found == {name: [code] for name, code in REAL_NINJS.items()}


@needs_samples
def test_rejected_languages_are_kept_with_their_reason() -> None:
    by = delivering.feed("publish")

    delivering.take_files([SHARED / "ninjs" / "tt-text-and-picture-3.0.json"], by)

    row = delivering.row("http://tt.se/media/text/210526-militarovning-a0f2d045")
    assert (row.place, row.reason, row.article) == ("discarded", "abgelehnt: Sprache sv", None)


@needs_samples
@pytest.mark.parametrize(
    ("folder", "name"),
    [("newsml-g2", "NewsML-G2"), ("nitf", "NITF"), ("digitalwires", "dpa digitalwires"), ("iptc7901", "IPTC 7901")],
)
def test_formats_of_later_are_refused_by_name_and_kept(folder: str, name: str) -> None:
    by = delivering.feed("publish")
    paths = sorted(path for path in (SHARED / folder).iterdir() if path.name != "ntb.xml")

    lines = delivering.take_files(paths, by)

    assert {(line.outcome.code, line.reason) for line in lines} == {("refused", "format-later")}
    assert all(line.outcome.sentence.startswith(f"{name} wird noch nicht gelesen") for line in lines)
    assert delivering.raws() == [path.read_bytes() for path in paths]
    assert set(WireDelivery.objects.values_list("is_done", flat=True)) == {False}


def test_everything_a_second_time_changes_nothing() -> None:
    by = delivering.feed("publish")
    paths = [*sorted((DATA / "ninjs").iterdir()), *sorted((DATA / "feeds").iterdir())]
    delivering.take_files(paths, by)
    before = delivering.frozen()

    lines = delivering.take_files(paths, by)

    assert delivering.frozen() == before
    assert {line.outcome.code for line in lines} == {"repeat", "late"}


def test_documentation_says_what_happens() -> None:
    document = (DATA.parents[2] / "docs" / "wire.md").read_text(encoding="utf-8")
    table = dict(re.findall(r"^\| `((?:ninjs|ninjs-1|feeds)/[^`]+)` \| ([a-z, ]+) \|$", document, flags=re.MULTILINE))

    expected = {f"feeds/{name}": ", ".join(codes) for name, codes in FEEDS.items()}
    for generation in ("ninjs", "ninjs-1"):
        expected |= {f"{generation}/{path.name}": LIFE_CYCLE[path.stem] for path in (DATA / generation).iterdir()}

    assert table == expected


def test_documentation_explains_every_outcome() -> None:
    document = (DATA.parents[2] / "docs" / "wire.md").read_text(encoding="utf-8")

    assert [code for code in get_args(Code) if f"`{code}`" not in document] == []
