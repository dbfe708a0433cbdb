"""Marks of a piece of copy: the same for the same words, whatever their dress."""

from __future__ import annotations

from articles.text.marks import Marks, marks

TEXT = (
    "Jena. Der Rat von Jena hat am Montag den Umbau der Turnhalle beschlossen.\n"
    "«Wir haben lange darauf gewartet, und das sieht man», sagte Greta Ostermann. Es kostet 1.250 Euro und dauert 34 Tage."
)


def of(text: str = TEXT, headline: str = "Rat beschließt Umbau der Turnhalle in Jena", lead: str = "") -> Marks:
    return marks(headline=headline, lead=lead, text=text)


def test_dress_makes_no_difference() -> None:
    other = TEXT.replace("«", "„").replace("»", "“").replace("1.250", "1250").replace("Es kostet", "Es  kostet")

    assert of(other) == of()


def test_umlauts_and_case_make_no_difference_to_runs() -> None:
    assert of("Die Größe der Straße in Jena ist für alle Fahrer gleich").runs == of("DIE GROESSE DER STRASSE IN JENA IST FUER ALLE FAHRER GLEICH").runs


def test_a_changed_word_changes_the_runs_around_it_only() -> None:
    words = " ".join(f"wort{number}" for number in range(40))

    assert len(of(words).runs & of(words.replace("wort20", "anders")).runs) == len(of(words).runs) - 8


def test_names_and_numbers_are_found_in_other_words() -> None:
    own, other = of(), of("Nach 34 Tagen soll die Turnhalle fertig sein, erklärte gestern Greta Ostermann. Bezahlt werden 1250 Euro.")

    assert len(own.names & other.names) >= 2
    assert len(own.numbers & other.numbers) == 4, "each number alone, and with its noun"


def test_the_same_quotation_is_found_in_other_words() -> None:
    other = of("Greta Ostermann sprach von Geduld: «Wir haben lange darauf gewartet, und das sieht man»")

    assert len(of().quotations & other.quotations) >= 3
    assert not of("Wir warten auf niemanden und sagen auch nichts dazu").quotations


def test_headline_and_lead_as_a_whole() -> None:
    assert of(headline="Rat beschließt Umbau der Turnhalle", lead="").opening == of("x", headline="RAT beschliesst Umbau der Turnhalle").opening
    assert of("x", headline="Kurz").opening == frozenset()


def test_nothing_has_no_marks() -> None:
    assert marks(headline="", lead="", text="") == Marks(frozenset(), frozenset(), frozenset(), frozenset(), frozenset())


def test_endless_text_is_bounded() -> None:
    found = of(" ".join(f"Wort{number} {number} Haus{number}." for number in range(20_000)))

    assert len(found.runs) <= 4001
    assert max(len(found.names), len(found.numbers)) <= 160


def test_marks_are_the_same_in_every_release() -> None:
    """They lie in the database for days: what is published after an update must find what was published before."""
    found = of()

    parts = [found.runs, found.names, found.numbers, found.quotations, found.opening]
    assert [sum(part) for part in parts] == [26820851424, 9508522545, 5713566906, 4257203339, 1898772621]


def test_half_a_sign_breaks_nothing() -> None:
    assert of("\ud800 eins zwei drei vier fünf sechs sieben acht neun zehn").runs
