"""Whatever is typed is understood as words, phrases and exclusions, or as nothing."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles import search
from articles.search.conditions import Phrase, fts5, tsquery
from articles.search.wishes import LONGEST, MOST, Clause, read
from tests import make

HOSTILE = [
    "\x00", "a\x00b", '"', "'", '""', '"a', 'a"b', "''''", "a OR b", "AND", "NOT", "NEAR(a b)", "a*", "^a", "a:b", "{a}", "(a", ")", "-", "--",
    "-a", '-"', '-"a b"', "+a", "&|!<->", "a & b | !c", "\\", "%", "_", "%s %d {0}", "'); DROP TABLE articles_article; --", "#c1", "=hafen", "|",
    "a|b", " OR ".join(f"wort{number}" for number in range(800)), "hafen " * 20_000, "x" * 100_000, "ä" * 100_000, '"' * 100_000, "-" * 100_000,
    "(" * 5_000, "\ud800", "\u202e", "🙂", "½", "Ǆ", "ﬃ", "\u0301", "a\u0301" * 500, "1" * 5_000, "0x10", "1e309", "\r\n\t", "a-" * 5_000,
    "<script>alert(1)</script>", "../../etc/passwd", "NULL", "true", "\ufffe", "İ" * 300, "ß" * 300,
]  # fmt: skip


def words(typed: str) -> list[str]:
    return [clause.word for clause in read(typed).wanted]


def test_words_phrases_and_exclusions() -> None:
    wish = read('Hafen "am Kai" -Bahn -"der See"')

    assert wish.wanted == (Clause((("haf",),), "Hafen"), Clause((("am", "kai"),)))
    assert wish.unwanted == (Clause((("bahn",),), "Bahn"), Clause((("der", "see"),)))


@pytest.mark.parametrize("typed", ['"am Kai"', "„am Kai“", "»am Kai«", "«am Kai»", "“am Kai”"])
def test_every_newspaper_has_its_quotation_marks(typed: str) -> None:
    assert read(typed).wanted == (Clause((("am", "kai"),)),)


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("Corona-Krise", ["Corona-Krise"]), ("Hafen, Bahn.", ["Hafen", "Bahn"]), ("USA/Iran", ["USA", "Iran"]), ("der Hafen", ["Hafen"]),
        ("der die", ["der", "die"]), ("Hafen Hafen hafen", ["Hafen", "hafen"]), ("a - b", ["a", "b"]), ("", []), ("   ", []), ("?!", []),
        ('"a', ["a"]), ("Hafen- und Bahn", ["Hafen", "Bahn"]),
    ],
)  # fmt: skip
def test_words_are_what_is_left(typed: str, wanted: list[str]) -> None:
    assert words(typed) == wanted


def test_a_hyphenated_word_may_be_written_in_one() -> None:
    assert read("Corona-Krise").wanted[0].phrases == (("coronakris",), ("corona", "kris"))


def test_nothing_but_exclusions_is_no_wish() -> None:
    assert not read("-Hafen")
    assert read("Hafen -Bahn")


def test_too_much_is_cut_and_that_is_said() -> None:
    many = read(" ".join(f"w{number}" for number in range(MOST + 3)))
    long = read("Hafen " * LONGEST)

    assert (len(many.wanted), many.is_cut) == (MOST, True)
    assert (len(long.wanted), long.is_cut) == (1, True)
    assert not read("Hafen Bahn").is_cut


@pytest.mark.django_db
@pytest.mark.parametrize("typed", HOSTILE, ids=range(len(HOSTILE)))
def test_nothing_that_is_typed_does_harm_or_asks_much(typed: str) -> None:
    make.article("Hafen", lead="Wort0 und Wort1.")

    with CaptureQueriesContext(connection) as asked:
        wish = read(typed)
        if wish:
            search.newest(search.ask(wish), now=timezone.now(), most=10)
            search.best(search.ask(wish), now=timezone.now(), most=10)
            search.suggestion(typed, wish, now=timezone.now())

    assert len(asked) <= 80


@pytest.mark.django_db
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=60))
def test_whatever_is_typed_the_database_understands(typed: str) -> None:
    wish = read(typed)

    if wish:
        search.newest(search.ask(wish), now=timezone.now(), most=3)


@settings(max_examples=200)
@given(st.text(alphabet='abä "-\'OR', max_size=40))
def test_terms_in_conditions_are_plain_words_in_quotes(typed: str) -> None:
    for clause in read(typed).wanted:
        for phrase in clause.phrases:
            condition = Phrase(phrase)
            assert fts5(condition).strip('"').replace(" ", "").isalnum()
            assert tsquery(condition, "abc").strip("()").replace("'", "").replace(" <-> ", "").isalnum()
