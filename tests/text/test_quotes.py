"""Quotation marks in plain text: converted in pairs, or not at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text.typography import QUOTE_CHARACTERS, STYLES, quotes

MARKED = st.text(st.sampled_from(QUOTE_CHARACTERS + "aB1 .,–-(\n\u00a0")) | st.text()
STYLE = st.sampled_from(["as-delivered", *STYLES])


def stripped(text: str) -> str:
    return "".join(sign for sign in text if sign not in QUOTE_CHARACTERS)


@pytest.mark.parametrize(
    "delivered",
    [
        "«Ja», sagt er.",
        "»Ja«, sagt er.",
        "„Ja“, sagt er.",
        "„Ja”, sagt er.",
        '„Ja", sagt er.',
        '"Ja", sagt er.',
        "“Ja”, sagt er.",
        "”Ja”, sagt er.",
    ],
)
def test_every_delivered_style_becomes_the_houses(delivered: str) -> None:
    assert quotes(delivered, style="german") == "„Ja“, sagt er."
    assert quotes(delivered, style="guillemets") == "»Ja«, sagt er."
    assert quotes(delivered, style="swiss") == "«Ja», sagt er."
    assert quotes(delivered, style="as-delivered") == delivered


def test_an_unknown_style_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="'french'"):
        quotes("«Ja»", style="french")


@pytest.mark.parametrize(
    ("delivered", "printed"),
    [
        ('"Er sagte „ja“ dazu"', "„Er sagte ‚ja‘ dazu“"),
        ("«Er sagte «ja» dazu»", "„Er sagte ‚ja‘ dazu“"),
        ("»Er sagte ›ja‹ dazu«", "„Er sagte ‚ja‘ dazu“"),
        ("«Er sagte ‹ja› dazu»", "„Er sagte ‚ja‘ dazu“"),
        ("“He said ‘yes’ then”", "„He said ‚yes‘ then“"),
        ("\"Er sagte 'ja' dazu\"", "„Er sagte ‚ja‘ dazu“"),
        ("„Er sagte ‚ja‘ dazu“", "„Er sagte ‚ja‘ dazu“"),
        ("\"Er sagte 'ja'\"", "„Er sagte ‚ja‘“"),
        ("\"'Ja', sagte er\"", "„‚Ja‘, sagte er“"),
        ('"Er las „Die „Zeit“ heute“ vor"', "„Er las ‚Die „Zeit“ heute‘ vor“"),
        ('"Sie ("Nein") ging"', "„Sie (‚Nein‘) ging“"),
    ],
)
def test_nested_marks_become_single_ones(delivered: str, printed: str) -> None:
    assert quotes(delivered, style="german") == printed


@pytest.mark.parametrize("text", ["‚Ja‘, sagt er.", "'Ja', sagt er.", "‹Ja›, sagt er.", "‘Yes’, he says."])
def test_single_marks_outside_an_open_quotation_stay(text: str) -> None:
    assert quotes(text, style="swiss") == text


@pytest.mark.parametrize(
    ("delivered", "printed"),
    [
        ("So geht's, Hans' Auto, geht’s", "So geht's, Hans' Auto, geht’s"),
        ('"So geht\'s", sagt er.', "„So geht's“, sagt er."),
        ('"Das ist Hans\' Auto"', "„Das ist Hans' Auto“"),
        ("„Das ist Hans’ Auto“", "„Das ist Hans’ Auto“"),
        ("\"Er sagte: 'Wie geht's?' – und ging\"", "„Er sagte: ‚Wie geht's?‘ – und ging“"),
        ("Rock 'n' Roll", "Rock 'n' Roll"),
        ("die 90's", "die 90's"),
    ],
)
def test_apostrophes_are_no_quotation_marks(delivered: str, printed: str) -> None:
    assert quotes(delivered, style="german") == printed


@pytest.mark.parametrize(
    ("delivered", "printed"),
    [
        ('Ein Bildschirm mit 27" kostet wenig', 'Ein Bildschirm mit 27" kostet wenig'),
        ('27" und "Ja"', '27" und „Ja“'),
        ('Die "Agenda 2010" wirkt', "Die „Agenda 2010“ wirkt"),
    ],
)
def test_inches_are_told_from_closing_marks(delivered: str, printed: str) -> None:
    assert quotes(delivered, style="german") == printed


@pytest.mark.parametrize("text", ['"offen', "offen«", "„offen", "»offen", '"', 'a"b', "„offen und ‚auch", "“", "”zu“"])
def test_marks_without_a_partner_stay_unharmed(text: str) -> None:
    assert quotes(text, style="swiss") == text


def test_an_open_mark_does_not_spoil_the_next_quotation() -> None:
    assert quotes('„Offen und "ganz" gut', style="guillemets") == "„Offen und »ganz« gut"
    assert quotes('"Ganz" und „offen', style="guillemets") == "»Ganz« und „offen"


def test_each_line_stands_for_itself() -> None:
    assert quotes('"offen\nzu" und "ganz"', style="german") == '"offen\nzu" und „ganz“'


@pytest.mark.parametrize(
    ("delivered", "printed"),
    [
        ('("Ja")', "(„Ja“)"),
        ('"Ja"-Sager', "„Ja“-Sager"),
        ('Anti-"Ja"', "Anti-„Ja“"),
        ('"Ich …", sagte er', "„Ich …“, sagte er"),
        ('"Ich –", sagte er', "„Ich –“, sagte er"),
        ('–"Ja"', "–„Ja“"),
        ('"Ja" "Nein"', "„Ja“ „Nein“"),
        ('"Ja"/"Nein"', "„Ja“/„Nein“"),
        ("« Oui »", "„ Oui “"),
        ("«\u00a0Oui\u00a0», dit-il", "„\u00a0Oui\u00a0“, dit-il"),
        ('\u00a0"Ja"\u00a0', "\u00a0„Ja“\u00a0"),
        ('"(Ja)"', "„(Ja)“"),
        ('"Ja?!"', "„Ja?!“"),
        ("»Ja« und »Nein«", "„Ja“ und „Nein“"),
        ("«Ja» und »Nein«", "„Ja“ und „Nein“"),
    ],
)
def test_the_neighbours_tell_opening_from_closing_marks(delivered: str, printed: str) -> None:
    assert quotes(delivered, style="german") == printed


@given(MARKED, STYLE)
def test_nothing_but_quotation_marks_changes(text: str, style: str) -> None:
    printed = quotes(text, style=style)

    assert len(printed) == len(text)
    assert stripped(printed) == stripped(text)
    assert [at for at, sign in enumerate(printed) if sign in QUOTE_CHARACTERS] == [
        at for at, sign in enumerate(text) if sign in QUOTE_CHARACTERS
    ]


@given(MARKED)
def test_as_delivered_means_as_delivered(text: str) -> None:
    assert quotes(text, style="as-delivered") == text


@given(
    st.lists(st.sampled_from(["Ja", "nein", "Hans", "geht's", "2026"]), min_size=1).map(" ".join), st.sampled_from(sorted(STYLES))
)
def test_a_printed_quotation_can_be_turned_into_any_other_style(words: str, style: str) -> None:
    printed = quotes(f'Er sagt: "{words}".', style=style)

    assert quotes(printed, style="german") == f"Er sagt: „{words}“."


@pytest.mark.parametrize("pattern", ['"', "„", '" a', "«a» ", "„‚", "‹", "'", '„"', '\x00"'])
def test_a_hundred_kilobytes_of_marks_keep_their_length(pattern: str) -> None:
    text = pattern * (100_000 // len(pattern))

    assert len(quotes(text, style="guillemets")) == len(text)


def test_many_open_marks_before_many_closing_ones_are_paired_or_left() -> None:
    text = "‹" * 50_000 + "“" * 50_000

    assert quotes(text, style="german") == text
