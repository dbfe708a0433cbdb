"""Generated copy is German to look at, the same for the same number, and as long as it should be."""

from __future__ import annotations

import re

import pytest

from articles.management.demo.generating import SIGNS, generate
from articles.management.demo.words import HEADLINES, KINDS, LEADS, SENTENCES, TAGS
from articles.text.html import clean
from articles.text.slugs import slugify

SOME = range(200)


def test_the_same_number_gives_the_same_copy() -> None:
    assert generate(17) == generate(17)


def test_other_numbers_give_other_copy() -> None:
    assert len({generate(number).body for number in SOME}) == len(SOME)


def test_headlines_fit_the_model() -> None:
    assert max(len(generate(number).headline) for number in SOME) <= 120


@pytest.mark.parametrize("number", [0, 1, 128, 9999])
def test_a_body_is_about_eight_kilobytes_of_clean_html(number: int) -> None:
    body = generate(number).body

    assert SIGNS <= len(body.encode()) <= 9000
    assert clean(body) == body
    assert "<h2>" in body


def test_no_place_in_a_pattern_stays_open() -> None:
    for number in SOME:
        copy = generate(number)
        assert not re.search(r"[{}%]", copy.headline + copy.lead + copy.body)


def test_sentences_begin_with_a_capital() -> None:
    for number in SOME:
        copy = generate(number)
        texts = re.findall(r"<(?:p|h2)>([^<]+)", copy.body)
        sentences = [sentence for text in [copy.headline, copy.lead, *texts] for sentence in re.split(r"(?<=[a-zß“]\.) ", text)]
        assert all(sentence.lstrip("„")[0].isupper() or sentence[0].isdigit() for sentence in sentences)


@pytest.mark.parametrize("pattern", [*HEADLINES, *LEADS, *SENTENCES])
def test_patterns_ask_only_for_words_that_exist(pattern: str) -> None:
    slots = re.findall(r"\{([^}]*)\}", pattern)

    assert set(slots) <= set(KINDS)
    assert "%" not in pattern, "patterns are filled with the % operator"


def test_every_kind_of_word_is_used() -> None:
    assert set(re.findall(r"\{([a-z]+)\}", " ".join([*HEADLINES, *LEADS, *SENTENCES]))) == set(KINDS)


@pytest.mark.parametrize(("quotes", "opening", "closing"), [("", "„", "“"), ("swiss", "«", "»"), ("as-delivered", '"', '"')])
def test_each_source_has_its_quotation_marks(quotes: str, opening: str, closing: str) -> None:
    body = "".join(generate(number, quotes=quotes).body for number in range(5))

    assert {sign for sign in body if sign in '„“«»"'} == {opening, closing}


def test_tags_are_two_to_five_and_never_twice() -> None:
    for number in SOME:
        tags = generate(number).tags
        assert 2 <= len(tags) <= 5
        assert len(set(tags)) == len(tags)
        assert all(0 <= tag < len(TAGS) for tag in tags)


def test_some_tags_come_up_more_often_than_others() -> None:
    used = [tag for number in SOME for tag in generate(number).tags]

    assert sum(tag < 100 for tag in used) > 2 * sum(tag >= 300 for tag in used) > 0


def test_the_vocabulary_has_400_words_with_400_addresses() -> None:
    assert len(TAGS) == len(set(TAGS)) == len({slugify(tag) for tag in TAGS}) == 400
