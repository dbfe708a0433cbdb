"""Words are found in any spelling, and inflected words have one stem."""

from __future__ import annotations

import unicodedata

import pytest
import snowballstemmer
from hypothesis import given, settings
from hypothesis import strategies as st
from snowballstemmer.german_stemmer import GermanStemmer

from articles.text import stems
from articles.text.stems import LONGEST, WORD, analyse, fold, pieces, stem, stem_of, tokens
from articles.text.stopwords import STOPWORDS, is_stopword

SAME = """
    Verhandlung Verhandlungen | Angriff Angriffe Angriffs Angriffen | Haus Häuser Häusern Hauses Haeuser | Börse Boerse BÖRSE Börsen
    Straße Strasse STRASSE STRAẞE Straßen Strassen | Präsident Präsidenten | Präsidentin Präsidentinnen | Regierung Regierungen
    Krieg Kriege Kriegs Krieges | Land Länder Laender Landes | Museum Museen | Firma Firmen | Thema Themen | Risiko Risiken
    Zug Züge Zuege Zügen | neu neue neuen neuer neues | Erdogan Erdoğan | Cafe Café | São Sao | Müller Mueller Muller | Wahl Wahlen
    Ministerium Ministerien | Streik Streiks Streiken | Goethe Göthe | Maß Mass | Łódź Lodz | Stadt Städte Städten | Konto Konten
    Lehrerin Lehrerinnen Lehrer | russisch russische russischen russischer | Jahr Jahre Jahres Jahren | geht’s gehts geht's
    Auto Autos | Büro Büros | China Chinas | Handy Handys | Foto Fotos | Kamera Kameras | arbeitslos Arbeitslose Arbeitslosen | Chaos
    Kreml KREML | Ukrai\u00adne Ukraine | Bo\u0308rse Börse | Zentrum Zentren | Kriterium Kriterien | Brand Brände Brände
"""


def groups() -> list[list[str]]:
    return [line.split() for line in " | ".join(SAME.strip().split("\n")).split("|")]


@pytest.mark.parametrize("words", groups(), ids=lambda words: words[0])
def test_spellings_and_inflections_have_one_stem(words: list[str]) -> None:
    assert len({stem_of(word) for word in words}) == 1, {word: stem_of(word) for word in words}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Haushalt", "Haus"), ("Russland", "Russe"), ("Land", "Landung"), ("Minister", "Ministerium"), ("Bund", "Bünde-Treffen"),
        ("Regierung", "Register"), ("Börse", "Bor"), ("2024", "2025"), ("Iran", "Irak"), ("Sinn", "Sinus"), ("neu", "neun"),
        ("Andrea", "Andreas"), ("Ga", "Gas"), ("Erdga", "Erdgas"), ("Thoma", "Thomas"),
    ],
)  # fmt: skip
def test_other_words_stay_other_words(one: str, other: str) -> None:
    assert stem_of(one) != stem_of(other)


@pytest.mark.parametrize(
    ("word", "folded"),
    [
        ("Ärger", "aerger"), ("GROẞ", "gross"), ("ﬁnale", "finale"), ("²", "2"), ("Ærø", "aeroe"), ("Œuvre", "oeuvre"), ("İzmir", "izmir"),
        ("Đorđe", "dorde"), ("Мир", "x43cx438x440"), ("北京", "x5317x4eac"), ("E\u0301clair", "eclair"), ("½", "12"), ("'tis", "tis"),
    ],
)  # fmt: skip
def test_words_are_folded_to_small_ascii(word: str, folded: str) -> None:
    assert fold(word) == folded


@given(st.text(max_size=200))
def test_whatever_is_written_the_stems_are_plain_ascii_words(text: str) -> None:
    found = analyse(text)

    for term in [*found.stems, *found.joined]:
        assert term == "" or (term.isascii() and term.isalnum() and term == term.lower())
        assert len(term) <= LONGEST
    assert len(found.stems) == len(found.words)


@given(st.text(alphabet="aeioubdstnrlmßäöüÄÖ-' ", max_size=80))
def test_case_does_not_matter(text: str) -> None:
    assert [stem_of(word) for word in analyse(text).words] == [stem_of(word.upper()) for word in analyse(text).words]


def test_hyphens_part_words_and_join_them() -> None:
    found = analyse("Die Corona-Krise und das E‑Mail-Konto.")

    assert found.stems == ["die", "corona", "kris", "und", "das", "e", "mail", "konto"]
    assert found.joined == sorted(["coronakris", stem_of("Emailkonto")])


def test_a_dash_and_an_underscore_are_no_hyphens() -> None:
    assert analyse("Berlin – Paris a_b -minus- x--y").words == ["Berlin", "Paris", "a", "b", "minus", "x", "y"]


def test_tokens_know_where_they_stand() -> None:
    text = "Der «Nachtrags-Haushalt», so Müller."

    found = list(tokens(text))

    assert [text[token.start : token.end] for token in found] == [token.text for token in found]
    assert found[1].pieces == ["Nachtrags", "Haushalt"]


def test_numbers_are_words() -> None:
    assert analyse("Am 24.02.2025 um 3,5 Prozent, G20").stems == ["am", "24", "02", "2025", "um", "3", "5", stem_of("Prozent"), "g20"]


def test_endless_words_are_cut() -> None:
    assert len(stem_of("x" * 100_000)) == LONGEST


def test_hostile_text_takes_no_time_to_speak_of() -> None:
    text = ("a-" * 50_000) + ("'" * 50_000) + ("\u00ad" * 50_000) + "ä" * 50_000

    assert analyse(text).stems[0] == "a"


def test_both_stemmers_say_the_same() -> None:
    in_python, found = GermanStemmer(), snowballstemmer.stemmer("german")
    words = {fold(word) for group in groups() for word in group} | STOPWORDS

    assert type(found).__module__ == "Stemmer", "the one in C is used where it is there"
    assert {word: in_python.stemWord(word) for word in words} == {word: found.stemWord(word) for word in words}


def test_the_analyser_names_its_version() -> None:
    assert stems.ANALYSER.endswith("/3.1.0")


def test_memory_for_stems_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stems, "MOST_KNOWN", 10)
    known = stems._Known()

    for number in range(100):
        assert known[f"Wort{number}"] == stem(f"wort{number}")
    assert len(known) <= 11


@pytest.mark.parametrize("word", ["der", "Die", "FÜR", "fuer", "und", "Über"])
def test_stopwords_are_known_in_any_spelling(word: str) -> None:
    assert is_stopword(word)


@pytest.mark.parametrize("word", ["Hafen", "Krieg", "neu", "", "2025", "Rat"])
def test_other_words_are_no_stopwords(word: str) -> None:
    assert not is_stopword(word)


@settings(max_examples=300)
@given(st.text(alphabet="aäßÉ1-‐_’\u00ad\u200b\u00a0\u2028\x1f\x85 .,\n", max_size=60))
def test_a_text_cut_at_its_blanks_has_the_same_words(text: str) -> None:
    words = [piece for word in WORD.findall(unicodedata.normalize("NFC", text)) for piece in pieces(word)]
    assert analyse(text).words == words
    assert analyse(text).stems == [stem_of(word) for word in words]


def test_what_is_very_long_is_not_remembered() -> None:
    text = "x" * (stems.LONGEST_KNOWN + 1)
    assert analyse(text).words == [text]
    assert text not in stems._chunks
    assert text not in stems._known


def test_a_word_of_endless_length_is_folded_and_not_remembered() -> None:
    before = stems._fold.cache_info().currsize

    assert fold("Ä" * 10_000) == "ae" * 10_000
    assert stems._fold.cache_info().currsize == before
