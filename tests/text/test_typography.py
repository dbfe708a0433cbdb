"""Quotation marks in HTML, headlines, and copy on one line."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.text.html import clean, plain
from articles.text.typography import QUOTE_CHARACTERS, headline, one_line, quotes, quotes_html

PARTS = r"""<p> </p> <em> </em> <code> </code> <br> <li> </li> <td> " „ “ » « ' ‚ ‘ Wort . &amp; < >"""
MARKED_HTML = st.lists(st.sampled_from([*PARTS.split(), " ", '<a href="/x">', "</a>"]), max_size=40).map("".join)
ANYTHING = st.text(st.characters(exclude_categories=())) | st.text(st.sampled_from("a –-\u00a0\t\n\x00\u202eo\u0308"))


def stripped(text: str) -> str:
    return "".join(sign for sign in text if sign not in QUOTE_CHARACTERS)


@pytest.mark.parametrize(
    ("delivered", "printed"),
    [
        ('<p>"Ja"</p>', "<p>„Ja“</p>"),
        ('<p>"<em>Ja</em>", sagt er.</p>', "<p>„<em>Ja</em>“, sagt er.</p>"),
        ('<p>"Das <strong>ist „gut“</strong>", sagt er.</p>', "<p>„Das <strong>ist ‚gut‘</strong>“, sagt er.</p>"),
        ('<p><a href="/x">"Ja"</a></p>', '<p><a href="/x">„Ja“</a></p>'),
        ("<p>geht<em>'s</em></p>", "<p>geht<em>'s</em></p>"),
        ('<p>"Ja,<br>nein"</p>', "<p>„Ja,<br>nein“</p>"),
        ('<p>Ja<br>"nein"</p>', "<p>Ja<br>„nein“</p>"),
        ('<p>H<sub>2</sub>"O"</p>', '<p>H<sub>2</sub>"O"</p>'),
        ('"bloßer Text"', "„bloßer Text“"),
        ("", ""),
    ],
)
def test_a_quotation_runs_through_inline_tags(delivered: str, printed: str) -> None:
    assert quotes_html(delivered, style="german") == printed


@pytest.mark.parametrize("tag", ["p", "li", "h2", "h3", "blockquote", "td", "th", "caption"])
def test_a_quotation_does_not_run_into_the_next_block(tag: str) -> None:
    html = f'<{tag}>"offen</{tag}><{tag}>zu" und "ganz"</{tag}>'

    assert quotes_html(html, style="german") == f'<{tag}>"offen</{tag}><{tag}>zu" und „ganz“</{tag}>'


def test_a_nested_list_starts_anew() -> None:
    html = '<ul><li>"offen<ul><li>"ganz"</li></ul></li></ul>'

    assert quotes_html(html, style="swiss") == '<ul><li>"offen<ul><li>«ganz»</li></ul></li></ul>'


def test_addresses_and_attributes_stay() -> None:
    html = '<p><a href="/x?q=%22a%22" title="„a“ \'b\'">"Ja"</a></p><table><tr><th scope="col">"A"</th></tr></table>'

    printed = quotes_html(html, style="guillemets")

    assert printed == html.replace('>"Ja"<', ">»Ja«<").replace('>"A"<', ">»A«<")


def test_code_stays_as_it_is() -> None:
    html = '<p>"Sag <code>print("Ja" &quot;)</code>", sagt er, <code>"</code> und "x"</p>'

    assert quotes_html(html, style="german") == '<p>„Sag <code>print("Ja" &quot;)</code>“, sagt er, <code>"</code> und „x“</p>'


def test_code_touching_a_mark_counts_as_a_word() -> None:
    assert quotes_html('<p>"<code>x</code>"</p>', style="german") == "<p>„<code>x</code>“</p>"


def test_a_text_that_begins_like_masked_code_is_converted() -> None:
    assert quotes_html('<p>xxx "Ja"<br>x "Nein"</p>', style="german") == "<p>xxx „Ja“<br>x „Nein“</p>"


@pytest.mark.parametrize(
    "written", ["&quot;Ja&quot;", "&#34;Ja&#34;", "&laquo;Ja&raquo;", "&bdquo;Ja&ldquo;", "&ldquo;Ja&rdquo;"]
)
def test_marks_written_as_entities_are_marks(written: str) -> None:
    assert quotes_html(f"<p>a&nbsp;{written} &amp; mehr</p>", style="german") == "<p>a\u00a0„Ja“ &amp; mehr</p>"


def test_as_delivered_leaves_every_byte() -> None:
    html = '<p>&quot;Ja&quot; "x</p>&nbsp;<'

    assert quotes_html(html, style="as-delivered") == html


def test_an_unknown_style_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown style"):
        quotes_html("<p>x</p>", style="")


@settings(deadline=None)
@given(MARKED_HTML)
def test_only_marks_change_in_clean_html(html: str) -> None:
    cleaned = clean(html)

    printed = quotes_html(cleaned, style="german")

    assert stripped(printed) == stripped(cleaned)
    assert re.findall(r"<[^>]*>", printed) == re.findall(r"<[^>]*>", cleaned)
    assert clean(printed) == printed


@given(MARKED_HTML | st.text())
def test_even_broken_html_keeps_its_letters(html: str) -> None:
    printed = quotes_html(html, style="swiss")

    assert stripped(printed).replace("\u00a0", "") == re.sub(r"&(quot|nbsp|#39|#34|#x27);|\u00a0", "", stripped(html))


@settings(deadline=None)
@given(st.text(st.sampled_from("\"„“»«'aB1 .,–-(")))
def test_a_single_paragraph_is_converted_like_plain_text(text: str) -> None:
    line = plain(text)

    assert plain(quotes_html(f"<p>{line}</p>", style="swiss")) == quotes(line, style="swiss")


@pytest.mark.parametrize("pattern", ["<a", "<", '<p>"', "&", "<code>", '<em>"', '<p title="', "&quot;"])
def test_a_hundred_kilobytes_of_broken_html_do_no_harm(pattern: str) -> None:
    html = pattern * (100_000 // len(pattern))

    assert len(quotes_html(html, style="german")) <= len(html)


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("Bundestag – ein Haus", "Bundestag\u00a0– ein Haus"),
        ("Bundestag  –  ein \n Haus ", "Bundestag\u00a0– ein Haus"),
        ("Bundestag - ein Haus", "Bundestag - ein Haus"),
        ("2024–2026", "2024–2026"),
        ("A\u00a0– B – C", "A\u00a0– B\u00a0– C"),
        ("– erster", "– erster"),
        ("Haus —  Hof", "Haus — Hof"),
        ("", ""),
    ],
)
def test_no_line_of_a_headline_starts_with_a_dash(text: str, printed: str) -> None:
    assert headline(text) == printed


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("  eins \t\r\n zwei  ", "eins zwei"),
        ("100\u00a0000 Euro\u00a0", "100\u00a0000 Euro"),
        ("Bun\x00des\u202etag\ufeff", "Bundestag"),
        ("eins\u2028zwei", "eins zwei"),
        ("Bo\u0308rse", "Börse"),
        ("lone \ud800 half", "lone half"),
        ("«Ja» (so) <b>", "«Ja» (so) <b>"),
        ("\u00a0\u202f \n", ""),
    ],
)
def test_one_line_holds_visible_signs_only(text: str, line: str) -> None:
    assert one_line(text) == line


@given(ANYTHING)
def test_one_line_and_headline_are_tidy_and_stay_so(text: str) -> None:
    line = one_line(text)

    assert one_line(line) == line == line.strip(" \n\t\u00a0")
    assert headline(headline(text)) == headline(text)
    assert not [sign for sign in line if unicodedata.category(sign) in {"Cc", "Cs"}]
    assert "  " not in line
    assert headline(text).replace("\u00a0", " ").replace(" ", "") == line.replace("\u00a0", " ").replace(" ", "")
