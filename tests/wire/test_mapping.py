"""Agencies' words in the house's terms."""

from __future__ import annotations

from typing import Any

import pytest

from articles.models import Category, Kind, Tag, TagAlias
from articles.wire import mapping
from articles.wire.item import Subject
from articles.wire.mediatopics import main_topic
from tests import make
from tests.wire import delivering
from tests.wire.delivering import SHARED, sent

pytestmark = pytest.mark.django_db


def category_of(*, default: Category | None = None, **fields: Any) -> str | None:
    by = delivering.feed(category=default)
    make.category("Börse", codes=["Boerse", "dpacat:bö"], position=3)
    make.category("Sport", codes=["medtop:20000822", "medtop:15000000"], position=4)
    found = mapping.category_for(sent(**{"subjects": (), **fields}), feed=by)
    return found.name if found else None


def tags_of(rule: str = "inbox", **fields: Any) -> list[str]:
    by = delivering.feed(rule)
    return [tag.name for tag in mapping.tags_for(sent(**{"subjects": (), **fields}), feed=by)]


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("medtop:03000000", "Panorama"),
        ("medtop:20000139", "Panorama"),
        ("MEDTOP:11000000", "Inland"),
        ("medtop:20000822", "Sport"),
        ("medtop:20000830", "Sport"),
        ("dpacat:BÖ", "Börse"),
        ("medtop:20000200", None),
        ("dpasubject:9", None),
    ],
)
def test_category_by_code_or_by_the_codes_main_topic(code: str, name: str | None) -> None:
    assert category_of(subjects=(Subject(code),)) == name


@pytest.mark.parametrize(
    ("keyword", "name"),
    [("Boerse", "Börse"), ("BÖRSE", "Börse"), ("inland", "Inland"), ("vermischtes", "Panorama"), ("Garten", None)],
)
def test_category_by_name_whatever_its_case_and_umlauts(keyword: str, name: str | None) -> None:
    assert category_of(keywords=(keyword,)) == name


def test_first_code_decides_and_codes_come_before_names() -> None:
    subjects = (Subject("x:1", "Inland"), Subject("medtop:20000139"), Subject("medtop:15000000"))

    assert category_of(subjects=subjects, keywords=("Sport",)) == "Panorama"


def test_feeds_own_category_takes_the_rest() -> None:
    assert category_of(default=make.category("Ausland"), keywords=("Garten",)) == "Ausland"


def test_without_any_hint_no_category_is_guessed() -> None:
    assert category_of(keywords=("Garten",), places=("Inland",)) is None


def test_category_whose_codes_are_no_list_does_no_harm() -> None:
    make.category("Kaputt", codes={"a": 1})

    assert category_of(keywords=("kaputt",)) == "Kaputt"


@pytest.mark.parametrize(
    ("code", "topic"),
    [
        ("medtop:20000139", "medtop:03000000"),
        ("medtop:20000002", "medtop:01000000"),
        ("medtop:20000822", "medtop:15000000"),
        ("medtop:20001131", "medtop:17000000"),
        ("medtop:20001160", ""),
        ("medtop:20009999", ""),
        ("medtop:04000000", ""),
        ("medtop:2000013", ""),
        ("subj:20000139", ""),
        ("subj:03010000", "medtop:03000000"),
        ("subj:18000000", ""),
        ("", ""),
    ],
)
def test_main_topic(code: str, topic: str) -> None:
    assert main_topic(code) == topic


@pytest.mark.skipif(not SHARED.is_dir(), reason="the list of topics is not beside this project")
def test_main_topics_agree_with_the_published_tree() -> None:
    rows = [line.split("\t") for line in (SHARED / "mediatopics.tsv").read_text(encoding="utf-8").splitlines()[1:]]
    parents = {row[0]: row[1] for row in rows}

    def top(code: str) -> str:
        return top(parents[code]) if parents.get(code) else code

    codes = [code for code in parents if code.startswith("medtop:2")]
    right = [code for code in codes if main_topic(code) == top(code)]

    assert len(right) / len(codes) > 0.96


def test_known_keywords_become_tags_in_the_agencys_order() -> None:
    for name in ("Jena", "Breitband", "Alpen"):
        make.tag(name)

    assert tags_of(keywords=("Breitband", "Jena", "Unbekannt", "Alpen")) == ["Breitband", "Jena", "Alpen"]


@pytest.mark.parametrize("word", ["Österreich", "OESTERREICH", "oesterreich", "österreich"])
def test_tag_is_found_in_any_case_and_spelling(word: str) -> None:
    make.tag("Österreich")

    assert tags_of(keywords=(word,)) == ["Österreich"]


@pytest.mark.parametrize("word", ["EU", "eu"])
def test_alias_leads_to_its_tag(word: str) -> None:
    TagAlias.objects.create(name="EU", tag=make.tag("Europäische Union"))

    assert tags_of(keywords=(word,)) == ["Europäische Union"]


def test_alias_and_name_of_one_tag_set_it_once() -> None:
    TagAlias.objects.create(name="EU", tag=make.tag("Europäische Union"))

    assert tags_of(keywords=("EU", "Europäische Union")) == ["Europäische Union"]


def test_merged_tag_leads_to_the_one_it_went_into() -> None:
    make.tag("Alt", merged_into=make.tag("Neu"))

    assert tags_of(keywords=("Alt",)) == ["Neu"]


def test_tag_marked_never_is_not_set() -> None:
    make.tag("Jena", automatic=Tag.Automatic.NEVER)

    assert tags_of("publish", keywords=("Jena",)) == []


def test_other_signs_are_another_word() -> None:
    make.tag("C")

    assert tags_of(keywords=("C++",)) == []


def test_names_of_subjects_count_only_without_keywords() -> None:
    for name in ("Unglück", "Jena"):
        make.tag(name)
    subjects = (Subject("medtop:20000139", "Unglück"),)

    assert tags_of(subjects=subjects) == ["Unglück"]
    assert tags_of(subjects=subjects, keywords=("Jena",)) == ["Jena"]


def test_places_become_tags_only_if_the_house_has_them() -> None:
    make.tag("Niedersachsen")

    assert tags_of("publish", places=("Altenwalde", "Niedersachsen")) == ["Niedersachsen"]
    assert not Tag.objects.filter(name="Altenwalde").exists()


def test_feed_that_publishes_may_bring_six_new_tags() -> None:
    words = tuple(f"Wort {letter}" for letter in "abcdefghi")

    assert tags_of("publish", keywords=words) == list(words[:6])
    assert Tag.objects.count() == 6


def test_feed_into_the_inbox_brings_no_new_tag() -> None:
    assert tags_of("inbox", keywords=("Neues",)) == []
    assert not Tag.objects.exists()


def test_subjects_never_become_new_tags() -> None:
    assert tags_of("publish", subjects=(Subject("", "Unglück"),)) == []


@pytest.mark.parametrize("word", ["x", "2025", "w" * 61, "Inland", "vermischtes"])
def test_words_that_are_no_tags_stay_outside(word: str) -> None:
    assert tags_of("publish", keywords=(word,)) == []


def test_article_gets_twelve_tags_at_most() -> None:
    words = tuple(f"Wort {letter}" for letter in "abcdefghijklmno")
    for word in words:
        make.tag(word)

    assert tags_of(keywords=words) == list(words[:12])


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("Von Erika Muster", ["Erika Muster"]),
        ("Von Erika Muster und Max Muster, nda", ["Erika Muster", "Max Muster"]),
        ("Max Muster/Erika Muster", ["Max Muster", "Erika Muster"]),
        ("Von Unbekannt", []),
        ("", []),
    ],
)
def test_authors_of_the_byline_are_those_the_house_knows(byline: str, names: list[str]) -> None:
    for name in ("Erika Muster", "Max Muster"):
        make.author(name)

    assert [author.name for author in mapping.authors_for(sent(byline=byline))] == names


@pytest.mark.parametrize(
    ("slugline", "kicker"),
    [
        ("Unfälle/Verkehr/Brücken", "Brücken"),
        ("Unfälle/Verkehr/KORR", "Verkehr"),
        ("Fußball/1. Liga/117", "1. Liga"),
        ("Wetter/", "Wetter"),
        ("Konflikte / Eil", "Konflikte"),
        ("Neuseeland", "Neuseeland"),
        ("", ""),
    ],
)
def test_kicker_is_the_last_part_that_readers_understand(slugline: str, kicker: str) -> None:
    assert mapping.kicker_for(sent(kicker=slugline)) == kicker


@pytest.mark.parametrize(("genre", "kind"), [("Kommentar", Kind.OPINION), ("Analyse", Kind.ANALYSIS), ("Meldung", Kind.REPORT)])
def test_genre_becomes_the_form(genre: str, kind: Kind) -> None:
    assert mapping.kind_for(sent(genres=(genre,))) == kind
    assert mapping.kind_for(sent()) == Kind.REPORT
