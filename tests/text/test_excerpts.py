"""Copy cut at the end of a sentence, as teasers and descriptions need it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.text.html import excerpt
from articles.text.sentences import excerpt as cut

WORDY = st.lists(
    st.sampled_from(
        ["Der", "Bundestag", "tagt.", "z. B.", "Dr.", "am 3.", "März", "2026.", "»Nein!«", "so?", "–", "\n", "…", "...", "a"]
    )
).map(" ".join)


def test_short_copy_stays_as_it_is() -> None:
    assert excerpt(" Kurz. ") == " Kurz. "
    assert excerpt("x" * 500) == "x" * 500
    assert excerpt("") == ""


def test_the_last_sentence_end_within_bounds_is_taken() -> None:
    sentence = "Der Bundestag hat am Mittwoch ein Gesetz beschlossen, das viele betrifft. "  # 74 signs

    assert excerpt(sentence * 10) == (sentence * 6).strip()


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("Er kam. Sie ging. Dann war es still.", "Er kam. Sie ging."),
        ("Wer kam? Sie ging! Dann war es still.", "Wer kam? Sie ging!"),
        ("Er kam. Sie sagte: »Nein.« Dann war es still.", "Er kam. Sie sagte: »Nein.«"),
        ('Er kam. Sie sagte "nein." Dann war es still.', 'Er kam. Sie sagte "nein."'),
        ("Er kam (und blieb.) Dann war es lange still.", "Er kam (und blieb.)"),
        ("Er kam und blieb … Dann war es lange still.", "Er kam und blieb …"),
        ("Er kam und blieb... Dann war es lange still.", "Er kam und blieb..."),
        ("Er kam und blieb 2026. Dann war es still hier.", "Er kam und blieb 2026."),
        ("Er kam und blieb.\nDann war es lange still hier.", "Er kam und blieb."),
        ("Er kam und blieb.\u00a0Dann war es lange still.", "Er kam und blieb."),
    ],
)
def test_a_sentence_ends_with_its_marks(text: str, short: str) -> None:
    assert excerpt(text, low=10, high=30) == short


@pytest.mark.parametrize(
    "start",
    [
        "Er sprach z. B.",
        "Er sprach z.\u202fB.",
        "Er sprach mit Dr.",
        "Er sprach mit Prof.",
        "Er kam am 3.",
        "Er kam am 24. Nov. Nr.",
        "Er wohnt in St.",
        "Es sprach J.",
        "Es kostet 3 Mrd.",
        "Sie gehen u. a.",
        "»Was?« fragte er ca.",
        "Es geht usw.",
    ],
)
def test_german_abbreviations_and_ordinals_end_no_sentence(start: str) -> None:
    text = f"{start} Wortlos ging man dann auseinander"

    short = excerpt(text, low=5, high=36)

    assert short.startswith(f"{start} Wortlos")
    assert short.endswith(" …")


@pytest.mark.parametrize(
    "text", ["»Was ist das?« fragte sie und ging nach Hause.", "Er sprach vom sog. kleinen Wunder und ging nach Hause."]
)
def test_what_goes_on_in_lower_case_has_not_ended(text: str) -> None:
    assert excerpt(text, low=5, high=30).endswith(" …")


def test_without_a_sentence_end_the_cut_lies_between_words() -> None:
    assert excerpt("eins zwei drei vier", low=5, high=12) == "eins zwei …"
    assert excerpt("eins zwei drei vier", low=5, high=11) == "eins zwei …"
    assert excerpt("eins zwei drei vier", low=5, high=10) == "eins …"


def test_a_sentence_that_ends_too_early_is_no_place_to_cut() -> None:
    assert excerpt("Nein. Aber dann kam alles ganz anders als gedacht", low=10, high=30) == "Nein. Aber dann kam alles …"


def test_punctuation_before_the_cut_is_dropped() -> None:
    assert excerpt("eins zwei, drei vier fünf", low=5, high=14) == "eins zwei …"
    assert excerpt("eins zwei – drei vier fünf", low=5, high=15) == "eins zwei …"


def test_one_endless_word_is_cut_within() -> None:
    assert excerpt("x" * 600) == "x" * 498 + " …"


def test_a_sentence_that_fills_the_room_exactly_fits() -> None:
    text = "Das sind genau dreißig Zeichen. Und dann noch mehr."

    assert excerpt(text, low=10, high=31) == "Das sind genau dreißig Zeichen."
    assert excerpt(text, low=10, high=30) == "Das sind genau dreißig …"


def test_html_and_sentences_offer_the_same_act() -> None:
    assert excerpt is cut


@settings(deadline=None)
@given(WORDY | st.text(), st.integers(min_value=2, max_value=60), st.integers(min_value=0, max_value=60))
def test_an_excerpt_is_a_start_of_the_copy_within_bounds(text: str, high: int, low: int) -> None:
    short = excerpt(text, low=low, high=high)

    assert len(short) <= high
    assert text.startswith((short, short.removesuffix(" …")))
    assert short == text or short.endswith(" …") or low <= len(short)


@given(WORDY, st.integers(min_value=20, max_value=60))
def test_words_are_not_torn_where_the_copy_has_blanks(text: str, high: int) -> None:
    short = excerpt(text, low=5, high=high)

    assert set(short.split()) - {"…"} <= {word.rstrip(",;:–-") for word in text.split()} | set(text.split())


@pytest.mark.parametrize("pattern", [".", "a.", "!?", "”", ".”", " a. ", "\u00a0", "\x00", "1. "])
def test_a_hundred_kilobytes_are_cut_like_any_copy(pattern: str) -> None:
    text = pattern * (100_000 // len(pattern))

    assert len(excerpt(text)) <= 500
    assert len(excerpt(text, high=90_000)) <= 90_000
