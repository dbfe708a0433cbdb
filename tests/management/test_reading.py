"""Demo copy is read from its text files, and files that are wrong say where."""

from __future__ import annotations

from datetime import time
from pathlib import Path

import pytest

from articles.management.demo.ages import Age
from articles.management.demo.reading import BadCopy, Piece, head_of, html_of, parse, pieces
from articles.text.html import clean
from tests.management.texts import BOERSE, INLAND

SHORT = """headline: Brücke gesperrt
kicker: Verkehr
tags: Verkehr
agency: nda
age: 1d 10:00:00
kind: report
urgency: 4

Die Brücke ist zu.

Der Verkehr staut sich.
"""


def one(text: str = SHORT) -> Piece:
    return parse(text, category="inland")[0]


def test_a_file_holds_several_articles_in_order() -> None:
    found = parse(INLAND, category="inland")

    assert [piece.headline for piece in found] == [
        "Landtag billigt Nachtragshaushalt nach vierzehn Stunden Debatte",
        "Geburtshilfe in Seefurt bleibt geöffnet",
        "Warum Brücken altern",
    ]
    assert {piece.category for piece in found} == {"inland"}


def test_the_head_of_agency_copy() -> None:
    piece = one(INLAND)

    assert (piece.kicker, piece.kind, piece.urgency) == ("Landesfinanzen", "report", 3)
    assert (piece.agency, piece.dateline, piece.authors) == ("nda", "Altenwalde", ())
    assert (piece.age, piece.updated) == (Age(0, time(4, 48, 19)), Age(0, time(5, 20)))
    assert (piece.picture, piece.further) == ("parlament", ("wirtschaft", "boerse"))


def test_tags_keep_their_order() -> None:
    assert one(INLAND).tags == ("Haushalt", "Landtag", "Altenwalde")


def test_the_head_of_own_copy() -> None:
    piece = parse(INLAND, category="inland")[1]

    assert (piece.agency, piece.authors) == ("", ("helene-kramer", "kofi-osei"))
    assert piece.correction == "In einer früheren Fassung hieß es, 61 Kinder. Richtig sind 16."
    assert (piece.updated, piece.picture, piece.further, piece.dateline) == (None, "", (), "")


def test_a_colon_in_a_value_belongs_to_the_value() -> None:
    assert one(SHORT.replace("Brücke gesperrt", "Brücke: gesperrt")).headline == "Brücke: gesperrt"


def test_the_lead_is_one_line() -> None:
    assert one(INLAND).lead == "Mit knapper Mehrheit hat das Parlament 640 Millionen Euro freigegeben."


def test_the_lead_is_not_in_the_body() -> None:
    piece = one()

    assert piece.lead == "Die Brücke ist zu."
    assert piece.body == "<p>Der Verkehr staut sich.</p>"


def test_the_marks_become_html() -> None:
    assert one(INLAND).body == (
        "<p>Dafür stimmten 57 Abgeordnete. Der Minister nannte es «überfällig &amp; richtig».</p>"
        "<h2>Was geplant ist</h2>"
        "<ul><li>260 Millionen für Schulen</li><li>180 Millionen für Brücken</li></ul>"
        "<blockquote><p>Wer heute kein Dach abdichtet, bezahlt in fünf Jahren das ganze Haus.</p>"
        "<p>– Henning Aschoff, Finanzminister</p></blockquote>"
        "<p>Das Gesetz tritt nach der Verkündung in Kraft.</p>"
    )


def test_quotation_marks_stay_as_the_source_writes_them() -> None:
    assert one(BOERSE).body == '<p>"Wir hätten den Kurs nicht halten können", sagte der Chef der Bank.</p>'


def test_html_in_copy_is_text() -> None:
    assert html_of(["<script>alert(1)</script> & <b>fett</b>"]) == (
        "<p>&lt;script&gt;alert(1)&lt;/script&gt; &amp; &lt;b&gt;fett&lt;/b&gt;</p>"
    )


def test_a_quotation_may_have_no_speaker() -> None:
    assert "– " not in html_of(["> Nur Worte."])
    assert "<blockquote>" in html_of(["> Nur Worte."])


def test_a_dash_inside_a_paragraph_is_no_list() -> None:
    assert html_of(["Eins - zwei\n- drei"]) == "<p>Eins - zwei - drei</p>"


def test_a_head_may_be_all_there_is() -> None:
    assert head_of("title: Impressum") == ({"title": "Impressum"}, [])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("kicker: Verkehr\n", ""),
        ("urgency: 4", "urgency: hoch"),
        ("age: 1d 10:00:00", "age: gestern"),
        ("kind: report", "kind: report\nmood: heiter"),
        ("agency: nda", "agency: nda\nauthor: piet-harms"),
        ("agency: nda\n", ""),
        ("agency: nda", "agency:"),
        ("headline: Brücke gesperrt", "Brücke gesperrt"),
        ("\n\nDer Verkehr staut sich.", ""),
    ],
)
def test_a_wrong_article_is_refused_by_file_and_number(old: str, new: str) -> None:
    broken = SHORT.replace(old, new)

    with pytest.raises(BadCopy, match="inland, article 2: "):
        parse(SHORT + "====\n" + broken, category="inland")


def test_the_reason_names_what_is_missing_and_what_is_unknown() -> None:
    with pytest.raises(BadCopy, match=r"missing: \['kicker'\], unknown: \['ticker'\]"):
        parse(SHORT.replace("kicker", "ticker"), category="inland")


def test_each_file_of_a_folder_is_a_category(tmp_path: Path) -> None:
    (tmp_path / "sport.txt").write_text(SHORT, "utf-8")
    (tmp_path / "inland.txt").write_text(INLAND, "utf-8")
    (tmp_path / "notes.md").write_text("no copy", "utf-8")

    assert [piece.category for piece in pieces(tmp_path)] == ["inland", "inland", "inland", "sport"]


def test_what_is_read_is_clean_already() -> None:
    for piece in parse(INLAND, category="inland"):
        assert clean(piece.body) == piece.body
