"""Cleaning: what of delivered HTML and plain text is kept, and how it is written."""

from __future__ import annotations

import pytest

from articles.text.html import clean, from_text

TABLE = (
    '<table><caption>Tabelle</caption><thead><tr><th scope="col">Land</th></tr></thead>'
    '<tbody><tr><th scope="row">A</th><td></td></tr></tbody></table>'
)


@pytest.mark.parametrize(
    "html",
    [
        "<p>Ein <strong>fetter</strong> und ein <em>schräger</em> Satz.</p>",
        "<h2>Zwischentitel</h2><p>Text</p><h3>Kleiner</h3><p>Text</p>",
        "<ul><li>eins</li><li>zwei<ol><li>zwei a</li></ol></li></ul>",
        "<ul><li><p>eins</p><p>noch eins</p></li></ul>",
        "<blockquote><p>Gesagt</p><p>ist gesagt</p></blockquote>",
        '<p><a href="https://example.org/a?b=1&amp;c=2">Netz</a>, <a href="mailto:post@example.org">Post</a></p>',
        '<p><a href="/ausland/">hier</a></p>',
        "<p>eine Zeile<br>noch eine</p>",
        "<p>H<sub>2</sub>O, m<sup>2</sup>, <code>a &lt; b</code></p>",
        TABLE,
        "",
    ],
)
def test_what_the_house_prints_stays_as_it_is(html: str) -> None:
    assert clean(html) == html


@pytest.mark.parametrize(
    "text",
    [
        "Sie haben (Vorkommen von) Gold entdeckt",
        '«Ja», "nein", „doch“, ‚so‘ – geht\'s?',
        "3 > 2 &amp; so weiter...",
        "100\u00a0000 Euro, z.\u202fB. heute",
    ],
)
def test_parentheses_quotation_marks_and_inner_no_break_spaces_are_untouched(text: str) -> None:
    assert clean(f"<p>{text}</p>") == f"<p>{text.replace('>', '&gt;')}</p>"


@pytest.mark.parametrize(
    ("delivered", "kept"),
    [
        ("<p><b>fett</b> <i>schräg</i></p>", "<p><strong>fett</strong> <em>schräg</em></p>"),
        ("<h1>Titel</h1>", "<h2>Titel</h2>"),
        ("<h4>a</h4><h5>b</h5><h6>c</h6>", "<h3>a</h3><h3>b</h3><h3>c</h3>"),
        ("<table><tfoot><tr><td>x</td></tr></tfoot></table>", "<table><tbody><tr><td>x</td></tr></tbody></table>"),
        ("<p><em><strong>beides</strong></em></p>", "<p><strong><em>beides</em></strong></p>"),
        ("<p><b>a</b><strong>b</strong></p>", "<p><strong>ab</strong></p>"),
        ("<p><b><b>doppelt</b></b></p>", "<p><strong>doppelt</strong></p>"),
        ("<b><p>x</p><p>y</p></b>", "<p><strong>x</strong></p><p><strong>y</strong></p>"),
    ],
)
def test_tags_of_the_same_meaning_become_one(delivered: str, kept: str) -> None:
    assert clean(delivered) == kept


@pytest.mark.parametrize(
    ("delivered", "kept"),
    [
        ("<div>eins<div>zwei</div>drei</div>", "<p>eins</p><p>zwei</p><p>drei</p>"),
        ("<section><article><p>eins</p>zwei</article></section>", "<p>eins</p><p>zwei</p>"),
        ("<div><h2>Titel</h2>Text</div>", "<h2>Titel</h2><p>Text</p>"),
        ("eins<hr>zwei", "<p>eins</p><p>zwei</p>"),
        ("<p>a <span class=x style='color:red'>b</span> <u>c</u></p>", "<p>a b c</p>"),
        ("<blockquote>bloßer Text</blockquote>", "<blockquote><p>bloßer Text</p></blockquote>"),
        ("<dl><dt>Wort</dt><dd>Sinn</dd></dl>", "<p>Wort</p><p>Sinn</p>"),
        ("<p class=lead id=x onclick='y()'>a</p>", "<p>a</p>"),
    ],
)
def test_wrappers_fall_away_and_their_text_becomes_paragraphs(delivered: str, kept: str) -> None:
    assert clean(delivered) == kept


@pytest.mark.parametrize(
    "delivered",
    [
        "<script>alert(1)</script>",
        "<style>p { color: red }</style>",
        "<!-- nur ein Hinweis -->",
        "<template><p>x</p></template>",
        "<noscript>x</noscript>",
        "<svg><text>x</text></svg>",
        "<iframe src=//x>x</iframe>",
        "<title>x</title>",
        "<img src=x onerror=alert(1)>",
        "<!DOCTYPE html>",
        "<input value=x>",
    ],
)
def test_some_things_go_with_all_they_hold(delivered: str) -> None:
    assert clean(f"<p>vor</p>{delivered}<p>nach</p>") == "<p>vor</p><p>nach</p>"


@pytest.mark.parametrize(
    "href",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\nscript:alert(1)",
        " javascript:alert(1)",
        "&#106;avascript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "//evil.example/",
        "/\\evil.example/",
        "\\\\evil.example",
        "/\t/evil.example",
        "https:evil",
        "http:///x",
        "relativ.html",
        "#anker",
        "",
    ],
)
def test_a_link_nobody_should_follow_leaves_its_words(href: str) -> None:
    assert clean(f'<p>vor <a href="{href}">Wort</a> nach</p>') == "<p>vor Wort nach</p>"


@pytest.mark.parametrize(
    ("href", "kept"),
    [
        ("HTTPS://example.org/", "HTTPS://example.org/"),
        (" https://example.org/ ", "https://example.org/"),
        ("/suche/?q=a b", "/suche/?q=a%20b"),
        ("https://example.org/?a=%22&b='", "https://example.org/?a=%22&amp;b=&#x27;"),
        ("/\u202eoben/", "/oben/"),
    ],
)
def test_addresses_of_links_are_tidied(href: str, kept: str) -> None:
    assert clean(f'<p><a href="{href}" target="_blank" rel="x" title="y">Wort</a></p>') == f'<p><a href="{kept}">Wort</a></p>'


def test_a_link_within_a_link_becomes_two() -> None:
    html = clean('<p><a href="/a">eins <a href="/b">zwei</a></a></p>')

    assert html == '<p><a href="/a">eins </a><a href="/b">zwei</a></p>'


@pytest.mark.parametrize(
    ("delivered", "kept"),
    [
        ("eins\n\nzwei", "<p>eins</p><p>zwei</p>"),
        ("eins\r\n\r\nzwei", "<p>eins</p><p>zwei</p>"),
        ("eins\n \t\n\n\nzwei", "<p>eins</p><p>zwei</p>"),
        ("eins\nzwei", "<p>eins zwei</p>"),
        ("eins<br><br>zwei", "<p>eins</p><p>zwei</p>"),
        ("eins<br/> <br/>zwei", "<p>eins</p><p>zwei</p>"),
        ("<p>eins<br>&nbsp;<br>zwei</p>", "<p>eins</p><p>zwei</p>"),
        ("eins<br>zwei", "<p>eins<br>zwei</p>"),
        ("<b>eins\n\nzwei</b>", "<p><strong>eins</strong></p><p><strong>zwei</strong></p>"),
        ("<p>eins\n\nzwei</p>", "<p>eins zwei</p>"),
        ("<h2>eins<br><br>zwei</h2>", "<h2>eins<br>zwei</h2>"),
        ("<em>eins<br>zwei</em>", "<p><em>eins<br>zwei</em></p>"),
    ],
)
def test_a_blank_line_or_two_breaks_part_paragraphs(delivered: str, kept: str) -> None:
    assert clean(delivered) == kept


@pytest.mark.parametrize(
    ("delivered", "kept"),
    [
        ("<p> Text  mit \n Lücken \t</p>", "<p>Text mit Lücken</p>"),
        ("<p>Text\u00a0 \u00a0</p>", "<p>Text</p>"),
        ("<p>Text&nbsp;</p>", "<p>Text</p>"),
        ("<p>Text <b>fett&nbsp;</b> </p>", "<p>Text <strong>fett</strong></p>"),
        ("<p>a <b> b</b></p>", "<p>a <strong>b</strong></p>"),
        ("<p>eins <br> zwei<br></p>", "<p>eins<br>zwei</p>"),
        ("<ul> <li> a </li> </ul>", "<ul><li>a</li></ul>"),
    ],
)
def test_blanks_at_the_ends_are_trimmed(delivered: str, kept: str) -> None:
    assert clean(delivered) == kept


@pytest.mark.parametrize(
    "empty",
    ["<p></p>", "<p>&nbsp;</p>", "<p><b> </b></p>", "<p><br></p>", "<h2> </h2>", "<ul><li></li></ul>", "<ul></ul>",
     "<table><tr><td></td></tr></table>", "<blockquote><p></p></blockquote>", "<p>\u200e</p>", "<b></b>"],
)  # fmt: skip
def test_what_holds_no_text_is_removed(empty: str) -> None:
    assert clean(f"<p>vor</p>{empty}<p>nach</p>") == "<p>vor</p><p>nach</p>"


def test_an_empty_cell_keeps_its_column() -> None:
    html = clean("<table><tr><td>a<td><td>c<tr><td><td><td></table>")

    assert html == "<table><tbody><tr><td>a</td><td></td><td>c</td></tr></tbody></table>"


@pytest.mark.parametrize("sign", ["\u202e", "\u2066", "\u200f", "\x00", "\x1f", "\ud800", "&#x202e;", "&#8206;", "&#x1f;"])
def test_invisible_signs_go_also_when_written_as_entities(sign: str) -> None:
    assert clean(f"<p>Bun{sign}destag</p>") == "<p>Bundestag</p>"


def test_letters_are_composed_even_where_a_tag_parted_them() -> None:
    assert clean("<p>Bo\u0308rse, Bo<!-- -->\u0308rse, Bo<b></b>\u0308rse</p>") == "<p>Börse, Börse, Börse</p>"


def test_composing_letters_cannot_eat_the_end_of_a_tag() -> None:
    html = clean("<p>\u0338x</p>")

    assert html == "<p>&#824;x</p>"
    assert clean(html) == html


def test_text_that_looks_like_html_stays_text() -> None:
    assert clean("<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>") == "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"
    assert clean("<p>&amp;lt;b&amp;gt;</p>") == "<p>&amp;lt;b&amp;gt;</p>"


@pytest.mark.parametrize(
    ("delivered", "kept"),
    [
        ("<ul>lose<li>a</li></ul>", "<ul><li>lose</li><li>a</li></ul>"),
        ("<ul><li>a</li><ul><li>b</li></ul></ul>", "<ul><li>a<ul><li>b</li></ul></li></ul>"),
        ("<li>verwaist</li>", "<p>verwaist</p>"),
        ("<td>verwaist</td>", "<p>verwaist</p>"),
        ("<ul><li><p>ein Absatz</p></li></ul>", "<ul><li>ein Absatz</li></ul>"),
        ("<ul><li>a<p>b</p></li></ul>", "<ul><li><p>a</p><p>b</p></li></ul>"),
        ("<ol><h2>Titel</h2></ol>", "<ol><li><h2>Titel</h2></li></ol>"),
        ("<table>lose<tr><td>x</table>", "<p>lose</p><table><tbody><tr><td>x</td></tr></tbody></table>"),
        ("<table><tr><th scope=quer>x</table>", "<table><tbody><tr><th>x</th></tr></tbody></table>"),
        ("<table><tr><th scope=COL>x</table>", '<table><tbody><tr><th scope="col">x</th></tr></tbody></table>'),
        ("<p>a<table><tr><td><p>x</p></table>", "<p>a</p><table><tbody><tr><td>x</td></tr></tbody></table>"),
    ],
)
def test_lists_and_tables_get_the_shape_they_need(delivered: str, kept: str) -> None:
    assert clean(delivered) == kept


def test_copy_from_a_word_processor_becomes_plain_paragraphs() -> None:
    pasted = (
        "<html><head><title>Dokument1</title><style>p.MsoNormal {margin:0}</style></head><body lang=DE>"
        "<!--[if gte mso 9]><xml><o:p></o:p></xml><![endif]-->"
        "<p class=MsoNormal><b style='mso-bidi-font-weight:normal'><span style='font-size:14pt'>Titel<o:p></o:p></span></b></p>"
        "<p class=MsoNormal><o:p>&nbsp;</o:p></p><p class=MsoNormal>Text\nmit Umbruch.<span>&nbsp; </span></p></body></html>"
    )

    assert clean(pasted) == "<p><strong>Titel</strong></p><p>Text mit Umbruch.</p>"


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("eins\nzwei\n\ndrei", "<p>eins zwei</p><p>drei</p>"),
        ("a < b & c > d", "<p>a &lt; b &amp; c &gt; d</p>"),
        ("<b>kein HTML</b> &amp; keine Entität", "<p>&lt;b&gt;kein HTML&lt;/b&gt; &amp;amp; keine Entität</p>"),
        ("  \n\n ", ""),
        ('«Ja», "nein"', '<p>«Ja», "nein"</p>'),
    ],
)
def test_plain_text_becomes_paragraphs_word_for_word(text: str, html: str) -> None:
    assert from_text(text) == html
