"""Reading clean copy: blocks, plain text, words, minutes."""

from __future__ import annotations

import pytest

from articles.text.html import clean, drop_repeated_lead, paragraphs, plain, reading_minutes, words


def test_each_block_is_one_text() -> None:
    html = (
        "<h2>Titel</h2><p>Ein <em>schräger</em> Satz.</p><ul><li>eins</li><li>zwei<ul><li>drei</li></ul></li></ul>"
        "<blockquote><p>Zitat</p></blockquote><table><caption>Tabelle</caption><tr><th>Land</th><td>A</td></tr></table>"
    )

    assert paragraphs(html) == ["Titel", "Ein schräger Satz.", "eins", "zwei", "drei", "Zitat", "Tabelle", "Land", "A"]


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>Erster Satz.</p><p>Zweiter Satz.</p>", "Erster Satz. Zweiter Satz."),
        ('<p>Er sagte "nein."</p><p>Sie ging.</p>', 'Er sagte "nein." Sie ging.'),
        ("<p>eins </p> <p> zwei</p>", "eins zwei"),
        ("<p>eins<br>zwei</p>", "eins zwei"),
        ("<p>A &amp; B &lt; C</p>", "A & B < C"),
        ("<p>100\u00a0000</p>", "100\u00a0000"),
        ("<p>Wort<b>teil</b></p>", "Wortteil"),
        ("bloßer Text", "bloßer Text"),
        ("<p>&amp;lt;</p>", "&lt;"),
        ("", ""),
        ("<script>x</script>", ""),
    ],
)
def test_blocks_are_joined_by_exactly_one_blank(html: str, text: str) -> None:
    assert plain(html) == text


def test_reading_needs_no_cleaning_first() -> None:
    html = "<div onclick=x>eins\n\n<b>zwei</b><script>drei</script></div>"

    assert plain(html) == plain(clean(html)) == "eins zwei"


@pytest.mark.parametrize(
    ("html", "count"),
    [
        ("<p>Drei kleine Wörter</p>", 3),
        ("<p>Wort – und – Wort</p>", 3),
        ("<p>Ende.</p><p>Anfang</p>", 2),
        ("<p>2 Euro-Münzen</p>", 2),
        ("<p>100\u00a0000 Menschen</p>", 3),
        ("<p>... !</p>", 0),
        ("", 0),
    ],
)
def test_words_are_counted_without_dashes(html: str, count: int) -> None:
    assert words(html) == count


@pytest.mark.parametrize(("count", "minutes"), [(0, 1), (1, 1), (220, 1), (329, 1), (331, 2), (440, 2), (2200, 10)])
def test_two_hundred_and_twenty_words_take_a_minute(count: int, minutes: int) -> None:
    assert reading_minutes(f"<p>{'Wort ' * count}</p>") == minutes


@pytest.mark.parametrize(
    "html",
    [
        "<p>Der Rat hat am <strong>Montag</strong> entschieden.</p><p>Es bleibt dabei.</p>",
        "<p>Ein<strong>zel</strong>wort, H<sub>2</sub>O und 5&nbsp;000 Euro – mehr nicht &amp; Schluss.</p>",
        "<h2>Die Zahlen</h2><ul><li>eins</li><li>zwei</li></ul><p>Zeile<br>Umbruch</p>",
        '<p><a href="/x">Verweis</a>e sind – wie hier – ein Wort.</p><table><tr><td>a</td><td>b</td></tr></table>',
        "",
    ],
)
def test_minutes_count_the_words_that_readers_read(html: str) -> None:
    long = clean(html * 400)

    assert reading_minutes(long) == max(1, round(words(long) / 220))


@pytest.mark.parametrize(
    ("lead", "body", "left"),
    [
        ("Der Rat sagt ja.", "<p>Der Rat sagt ja.</p><p>Mehr.</p>", "<p>Mehr.</p>"),
        ("Der Rat sagt ja.", "<p>Der <strong>Rat</strong> sagt&nbsp;ja.</p><p>Mehr.</p>", "<p>Mehr.</p>"),
        ("Rat & Tat", "<p>Rat &amp; Tat</p><p>Mehr.</p>", "<p>Mehr.</p>"),
        ("Er sagt «ja».", "<p>Er sagt „ja“.</p><p>Mehr.</p>", "<p>Mehr.</p>"),
        ("Der Rat sagt ja.", "<p>Der Rat<br>sagt ja.</p><p>Mehr.</p>", "<p>Mehr.</p>"),
        ("Der Rat sagt ja.", "<p>Der Rat sagt nein.</p>", "<p>Der Rat sagt nein.</p>"),
        ("Der Rat sagt ja.", "<h2>Der Rat sagt ja.</h2><p>Mehr.</p>", "<h2>Der Rat sagt ja.</h2><p>Mehr.</p>"),
        ("", "<p></p><p>Mehr.</p>", "<p></p><p>Mehr.</p>"),
    ],
)
def test_a_lead_said_twice_is_printed_once(lead: str, body: str, left: str) -> None:
    assert drop_repeated_lead(lead, body) == left
