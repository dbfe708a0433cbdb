"""What agencies tell editors."""

from __future__ import annotations

import pytest

from articles.wire import notes
from articles.wire.notes import Note


def test_signatures_contacts_and_titles_of_pictures_are_left_out() -> None:
    told = [
        Note("closingline", "dpa abc yydd n1", True),
        Note("editorialnote", "Die Stadt schreibt sich mit einem s.", True),
        Note("editorialnote", "Zu diesem Text finden Sie Bilder mit folgendem Titel im dpa Bildangebot:", True),
        Note("editorialnote", "Baustelle", True),
        Note("dpacontacts", "Autor: +49 30 00000000", False),
        Note("editorialnote", "Noch ein Hinweis.", True),
    ]

    assert notes.for_editors(told, signal="") == "Die Stadt schreibt sich mit einem s.\nNoch ein Hinweis."


def test_what_a_correction_corrects_is_no_remark_but_an_order_without_signal_is() -> None:
    told = [Note("correction", "Im ersten Absatz muss es sieben heißen.", True)]

    assert notes.for_editors(told, signal="correction") == ""
    assert notes.for_editors(told, signal="") == "Im ersten Absatz muss es sieben heißen."


def test_sentence_for_readers_is_public_and_rather_the_short_one() -> None:
    long, short = Note("correction", "Lang.", True), Note("correctionshort", "Kurz.", True)

    assert notes.correction([long, short]) == "Kurz."
    assert notes.correction([long]) == "Lang."
    assert notes.correction([long._replace(is_public=False)]) == ""
    assert notes.correction([Note("editorialnote", "Hinweis.", True)]) == ""


@pytest.mark.parametrize("text", ["Sperrfrist: 18.00 Uhr", "Neu: Zitat\nSPERRFRIST bis Montag", "STRICTLY EMBARGOED until noon"])
def test_embargo_in_words(text: str) -> None:
    assert notes.speaks_of_embargo(text)


@pytest.mark.parametrize("text", ["", "Sperrfrist aufgehoben.", "Die Sperrfrist ist abgelaufen", "ohne Sperrfrist", "Embargo lifted"])
def test_no_embargo_in_words(text: str) -> None:
    assert not notes.speaks_of_embargo(text)


@pytest.mark.parametrize(("text", "is_one"), [("Berichtigung: sieben", True), ("  Korrektur", True), ("Keine Berichtigung", False)])
def test_correction_in_words(text: str, is_one: bool) -> None:
    assert notes.is_correction(text) is is_one
